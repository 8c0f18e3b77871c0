//! The text of a cursor: one that the list did not give out is refused, and one that it did means the same place.
#![no_main]

use std::fmt::Debug;
use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use libfuzzer_sys::fuzz_target;
use models::ProblemType;
use serde_json::Value;
use service_kit::paging::{Cursor, List};
use service_kit::problem::Reply;
use uuid::Uuid;

static LIST: LazyLock<List> = LazyLock::new(|| List::new("tables", &("shop", 1)));
static OTHER: LazyLock<List> = LazyLock::new(|| List::new("tables", &("shop", 2)));

/// How a cursor of the list names it.
static NAME: LazyLock<Value> = LazyLock::new(|| {
    let cursor = URL_SAFE_NO_PAD.decode(Cursor::encode(&LIST, 0));
    let cursor: Value = serde_json::from_slice(&cursor.expect("base64")).expect("JSON");
    cursor["list"].clone()
});

fuzz_target!(|text: &str| {
    read(text);
    // What nobody would hit upon: the right list, with anything for a key.
    let forged = format!(r#"{{"list":{},"key":{text}}}"#, *NAME);
    read(&URL_SAFE_NO_PAD.encode(forged));

    let key = (text.to_owned(), i64::MIN);
    let cursor = Cursor::encode(&LIST, &key);
    assert_eq!(Cursor::<(String, i64)>::decode(&cursor, &LIST), Ok(key));
    refused(Cursor::<(String, i64)>::decode(&cursor, &OTHER));
});

/// As a cursor of each kind of list.
fn read(text: &str) {
    for _ in [
        Cursor::<i64>::decode(text, &LIST).map_or_else(of_the_caller, drop),
        Cursor::<(String, i64)>::decode(text, &LIST).map_or_else(of_the_caller, drop),
        Cursor::<(Option<String>, String, i64)>::decode(text, &LIST)
            .map_or_else(of_the_caller, drop),
        Cursor::<Uuid>::decode(text, &LIST).map_or_else(of_the_caller, drop),
    ] {}
}

fn refused<K: Debug>(read: Result<K, Reply>) {
    of_the_caller(read.expect_err("a cursor of another list"));
}

fn of_the_caller(Reply(problem): Reply) {
    assert!(problem.is(ProblemType::InvalidCursor), "{problem:?}");
}
