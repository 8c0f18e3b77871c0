//! Servers with more databases than there are, or than answer.

use std::time::Duration;

use models::datasource::Engine;
use scan::{ScanError, scanner};
use test_support::{Act, FakeServer, Value};

use super::{LIST, database};

fn numbered(number: u64) -> Vec<u8> {
    format!("database_{number}").into_bytes()
}

async fn many_databases(engine: Engine, count: u64) -> FakeServer {
    let server = FakeServer::start(engine).await;
    let make: fn(u64) -> Vec<Value> = match engine {
        Engine::Mysql => |number| database(Engine::Mysql, &numbered(number)),
        Engine::Postgresql => |number| database(Engine::Postgresql, &numbered(number)),
    };
    server.on(LIST, Act::Many(count, make));
    server
}

pub(super) async fn a_million_databases_are_too_many(engine: Engine) {
    let server = many_databases(engine, 1_000_000).await;
    let mut target = server.target();
    // A debug build takes its time for what is still within bounds.
    target.limits.statement_timeout = Duration::from_mins(1);
    let error = scanner(target).sync().await.expect_err("they are too many");
    assert!(
        matches!(&error, ScanError::TooMuch { what, most } if what == "the list of databases" && most == "100000 rows"),
        "{error:?}"
    );
    assert!(
        error.to_string().contains("more than a scan takes"),
        "{error}"
    );
}

pub(super) async fn thousands_of_databases_are_read(engine: Engine) {
    let server = many_databases(engine, 20_000).await;
    let mut target = server.target();
    target.limits.statement_timeout = Duration::from_mins(1);
    let inventory = scanner(target).sync().await.expect("it is read");
    assert_eq!(inventory.databases.len(), 20_000);
}

/// Each of them would have to be waited for.
#[tokio::test(flavor = "multi_thread")]
async fn databases_that_never_answer_are_given_up() {
    let server = FakeServer::start(Engine::Postgresql).await;
    server.on(
        LIST,
        Act::Many(1_000, |number| {
            let mut row = database(Engine::Postgresql, &numbered(number));
            row[7] = Value::Flag(true);
            row
        }),
    );
    server.on("plumbline table count", Act::Silent);
    let mut target = server.target();
    target.limits.statement_timeout = Duration::from_millis(100);
    target.limits.max_connections = 5;
    let error = scanner(target).sync().await.expect_err("none answers");
    assert!(matches!(error, ScanError::Timeout { .. }), "{error:?}");
    assert!(error.is_transient());
}
