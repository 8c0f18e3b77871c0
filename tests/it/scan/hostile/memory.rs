//! What the driver would hold all of ends before it is much, and not by the time-out.

use models::datasource::Engine;
use scan::ScanError;
use test_support::{Act, FakeServer, Value};

use super::{LIST, failure};

/// Level 1 ends since the server does what none does that means well.
async fn assert_hostile(server: &FakeServer, told: &str) {
    let error = failure(server).await;
    assert!(
        matches!(&error, ScanError::Hostile { cause, .. } if cause.contains(told)),
        "{error:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn large_settings_are_not_kept() {
    let server = FakeServer::start(Engine::Postgresql).await;
    let setting = [&b"S\0\x20\0\0"[..], &vec![b'x'; 0x0020_0000]].concat();
    server.on(LIST, Act::Says(setting));
    assert_hostile(&server, "tells settings without an end").await;
}

/// The driver asks for a type that it does not know, and takes all rows that it gets.
#[tokio::test(flavor = "multi_thread")]
async fn types_without_an_end_are_not_kept() {
    let server = FakeServer::start(Engine::Postgresql).await;
    server.on(LIST, Act::Rows(vec![vec![Value::Odd(b"x".to_vec())]]));
    server.on(
        "SELECT pg_type.oid",
        Act::Many(u64::MAX, |_| vec![Value::Text(vec![b'x'; 10_000])]),
    );
    assert_hostile(&server, "tells of types without an end").await;
}

/// The driver keeps the columns of each statement that it has prepared.
#[tokio::test(flavor = "multi_thread")]
async fn statements_of_too_many_columns_are_not_prepared() {
    let server = FakeServer::start(Engine::Mysql).await;
    let prepared = b"\x0c\0\0\x01\0\x01\0\0\0\xff\xff\0\0\0\0\0";
    server.on_prepare(Act::Says(prepared.to_vec()));
    assert_hostile(&server, "more columns than a table can have").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn columns_described_at_length_are_not_kept() {
    let server = FakeServer::start(Engine::Mysql).await;
    let mut said = b"\x0c\0\0\x01\0\x01\0\0\0\0\x10\0\0\0\0\0".to_vec();
    for _ in 0..4096 {
        said.extend(b"\0\x20\0\x02");
        said.extend([3; 0x2000]);
    }
    server.on_prepare(Act::Says(said));
    assert_hostile(&server, "describes its columns at length").await;
}
