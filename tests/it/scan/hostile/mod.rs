//! Servers that are broken or mean harm: a scan ends with an error that says so, before it waits for long or holds much.

use std::time::Duration;

use models::datasource::{Engine, TlsMode};
use scan::{Inventory, ScanError, scanner};
use test_support::{Act, FakeServer, Value};
use tokio::time::timeout;

mod databases;
mod memory;
mod previews;

use databases::{a_million_databases_are_too_many, thousands_of_databases_are_read};

/// One test for each engine.
macro_rules! on_both {
    ($($test:ident),* $(,)?) => {
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                super::$test(models::datasource::Engine::Postgresql).await;
            })*
        }
        mod mysql {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                super::$test(models::datasource::Engine::Mysql).await;
            })*
        }
    };
}
on_both! {
    one_that_means_well_is_read,
    a_request_for_files_is_refused,
    a_password_is_not_sent_in_clear,
    an_oversized_message_is_not_waited_for,
    tls_hides_nothing_from_the_guard,
    no_answer_is_a_timeout,
    a_byte_now_and_then_is_a_timeout,
    a_login_that_never_ends_is_a_timeout,
    names_may_be_of_any_bytes,
    a_million_databases_are_too_many,
    thousands_of_databases_are_read,
    rows_without_an_end_are_too_many,
    wrong_types_are_an_error,
    a_long_complaint_is_cut,
    a_long_name_in_a_login_is_cut,
    garbage_in_place_of_an_answer_is_an_error,
}

/// What lists databases.
const LIST: &str = "plumbline databases";

/// A row of the list of databases.
fn database(engine: Engine, name: &[u8]) -> Vec<Value> {
    let name = Value::Text(name.to_vec());
    match engine {
        Engine::Mysql => vec![name, "utf8mb4".into(), "utf8mb4_bin".into()],
        Engine::Postgresql => vec![
            name,
            "UTF8".into(),
            "C".into(),
            "C".into(),
            "owner".into(),
            Value::Flag(true),
            Value::Small(-1),
            // No CONNECT: it is listed, and not asked for more.
            Value::Flag(false),
            Value::Number(1),
            "GRANT".into(),
            Value::Number(1),
        ],
    }
}

async fn read(server: &FakeServer) -> Result<Inventory, ScanError> {
    scanner(server.target()).sync().await
}

/// Level 1 fails. Its limits of a second each end what takes time; who waits here for long waits for ever.
async fn failure(server: &FakeServer) -> ScanError {
    let reading = timeout(Duration::from_mins(2), read(server)).await;
    let error = reading.expect("it does not hang").expect_err("it fails");
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains("canary-of-a-password"), "{shown}");
    error
}

/// Bytes that begin an answer, such as a request, in the engine's protocol.
fn request_for_files(engine: Engine) -> Act {
    Act::Says(match engine {
        Engine::Mysql => b"\x0c\0\0\x01\xfb/etc/passwd".to_vec(),
        Engine::Postgresql => b"G\0\0\0\x07\0\0\0".to_vec(),
    })
}

async fn one_that_means_well_is_read(engine: Engine) {
    let server = FakeServer::start(engine).await;
    server.on(LIST, Act::Rows(vec![database(engine, b"shop")]));
    let inventory = read(&server).await.expect("it is read");
    assert_eq!(inventory.databases.len(), 1);
    assert_eq!(inventory.databases[0].name, "shop");
    let steps = scanner(server.target()).test().await;
    let names: Vec<&str> = steps.iter().map(|step| step.name.as_str()).collect();
    assert_eq!(
        names.get(..4),
        Some(&["resolve", "connect", "tls", "authenticate"][..]),
        "{steps:?}"
    );
}

async fn a_request_for_files_is_refused(engine: Engine) {
    let server = FakeServer::start(engine).await;
    server.on(LIST, request_for_files(engine));
    let error = failure(&server).await;
    let told = match engine {
        Engine::Mysql => "asks for a file of this machine (LOCAL INFILE)",
        Engine::Postgresql => "asks for data of this machine",
    };
    assert!(
        matches!(&error, ScanError::Hostile { cause, .. } if cause.contains(told)),
        "{error:?}"
    );
    assert!(!error.is_transient());
}

async fn a_password_is_not_sent_in_clear(engine: Engine) {
    let server = FakeServer::start(engine).await;
    match engine {
        Engine::Mysql => server.greet_with("mysql_clear_password"),
        Engine::Postgresql => server.on_login(Act::Says(b"R\0\0\0\x08\0\0\0\x03".to_vec())),
    }
    let asks = |error: &ScanError| matches!(error, ScanError::Authentication { cause, .. } if cause.contains("in clear text"));
    let error = failure(&server).await;
    assert!(asks(&error), "{error:?}");
    let steps = scanner(server.target()).test().await;
    let last = steps.last().expect("a step");
    assert_eq!(
        (last.name.as_str(), last.ok),
        ("authenticate", false),
        "{steps:?}"
    );
    if engine == Engine::Mysql {
        let switch = b"\x2b\0\0\x02\xfemysql_clear_password\0abcdefghijklmnopqrst\0";
        server.greet_with("mysql_native_password");
        server.on_login(Act::Says(switch.to_vec()));
        let error = failure(&server).await;
        assert!(asks(&error), "{error:?}");
    }
    let heard = server.heard();
    let canary = b"canary-of-a-password";
    assert!(!heard.windows(canary.len()).any(|bytes| bytes == canary));
}

/// The beginning of a message that declares a GiB, or as much as it can.
fn oversized(engine: Engine) -> Act {
    Act::Says(match engine {
        // A column, and a row that goes on in others.
        Engine::Mysql => {
            let column = b"\x18\0\0\x02\x03def\0\0\0\x01c\0\x0c\x2d\0\0\x01\0\0\xfd\0\0\0\0\0";
            let mut said = [&b"\x01\0\0\x01\x01"[..], &column[..]].concat();
            said[5] = u8::try_from(column.len() - 4).expect("it is short");
            said.extend(b"\xff\xff\xff\x03\0\0");
            said
        }
        Engine::Postgresql => b"D\x40\0\0\0\0\x01".to_vec(),
    })
}

async fn an_oversized_message_is_not_waited_for(engine: Engine) {
    let server = FakeServer::start(engine).await;
    server.on(LIST, oversized(engine));
    let mut target = server.target();
    target.limits.message_bytes = 1 << 20;
    let error = scanner(target).sync().await.expect_err("it is too large");
    assert!(
        matches!(&error, ScanError::Hostile { cause, .. } if cause.contains("larger")),
        "{error:?}"
    );
}

async fn tls_hides_nothing_from_the_guard(engine: Engine) {
    let server = FakeServer::start(engine).await;
    server.show("expired");
    server.on(LIST, request_for_files(engine));
    let mut target = server.target();
    target.tls.mode = TlsMode::Require;
    let error = scanner(target)
        .sync()
        .await
        .expect_err("it asks for a file");
    assert!(
        matches!(&error, ScanError::Hostile { cause, .. } if cause.contains("of this machine")),
        "{error:?}"
    );
}

async fn no_answer_is_a_timeout(engine: Engine) {
    let server = FakeServer::start(engine).await;
    server.on(LIST, Act::Silent);
    let error = failure(&server).await;
    assert!(
        matches!(&error, ScanError::Timeout { what, .. } if what == "reading the list of databases"),
        "{error:?}"
    );
}

async fn a_byte_now_and_then_is_a_timeout(engine: Engine) {
    let server = FakeServer::start(engine).await;
    let slowly = Duration::from_millis(200);
    let bytes = match engine {
        Engine::Mysql => b"\xff\xff\0\x01\x01".to_vec(),
        Engine::Postgresql => b"D\0\0\xff\xff\0".to_vec(),
    };
    server.on(LIST, Act::Drips(bytes.clone(), slowly));
    let error = failure(&server).await;
    assert!(matches!(error, ScanError::Timeout { .. }), "{error:?}");
    server.on_login(Act::Drips(bytes, slowly));
    let error = failure(&server).await;
    assert!(
        matches!(
            error,
            ScanError::Timeout { .. } | ScanError::Protocol { .. }
        ),
        "{error:?}"
    );
}

async fn a_login_that_never_ends_is_a_timeout(engine: Engine) {
    let server = FakeServer::start(engine).await;
    server.on_login(Act::Silent);
    let error = failure(&server).await;
    assert!(
        matches!(&error, ScanError::Timeout { what, .. } if what == "logging in"),
        "{error:?}"
    );
    assert!(error.is_transient());
}

async fn names_may_be_of_any_bytes(engine: Engine) {
    let server = FakeServer::start(engine).await;
    let names: [(&[u8], &str); 4] = [
        (
            b"\x1b]0;title\x07\x1b[31mred",
            "\u{1b}]0;title\u{7}\u{1b}[31mred",
        ),
        (b"<script>alert(1)</script>", "<script>alert(1)</script>"),
        (b"broken \xff\xfe \xc3(", "broken \\xFF\\xFE \\xC3("),
        (b"a'; drop table x; --\\", "a'; drop table x; --\\"),
    ];
    let rows = names.map(|(name, _)| database(engine, name)).into();
    server.on(LIST, Act::Rows(rows));
    let inventory = read(&server).await.expect("it is read");
    let mut read: Vec<&str> = inventory
        .databases
        .iter()
        .map(|database| database.name.as_str())
        .collect();
    let mut expected = names.map(|(_, name)| name);
    read.sort_unstable();
    expected.sort_unstable();
    assert_eq!(read, expected);
}

async fn rows_without_an_end_are_too_many(engine: Engine) {
    let server = FakeServer::start(engine).await;
    let word = match engine {
        Engine::Mysql => "plumbline identity",
        Engine::Postgresql => "plumbline server",
    };
    server.on(
        word,
        Act::Many(u64::MAX, |_| vec!["a".into(), "b".into(), Value::Number(1)]),
    );
    let mut target = server.target();
    // A debug build takes its time for what is still within bounds.
    target.limits.statement_timeout = Duration::from_mins(1);
    target.limits.answer_rows = 10_000;
    let error = scanner(target.clone())
        .sync()
        .await
        .expect_err("they have no end");
    assert!(
        matches!(&error, ScanError::TooMuch { most, .. } if most == "10000 rows"),
        "{error:?}"
    );
    target.limits.answer_rows = u64::MAX;
    target.limits.answer_bytes = 50_000;
    let error = scanner(target).sync().await.expect_err("they have no end");
    assert!(
        matches!(&error, ScanError::TooMuch { most, .. } if most == "50000 bytes"),
        "{error:?}"
    );
}

async fn wrong_types_are_an_error(engine: Engine) {
    let server = FakeServer::start(engine).await;
    let rows = [
        vec![Value::Null],
        vec![Value::Text(b"longer than any number".to_vec()); 11],
        vec![Value::Text(Vec::new()); 11],
        vec![Value::Number(-1); 3],
    ];
    let word = match engine {
        Engine::Mysql => "plumbline server",
        Engine::Postgresql => LIST,
    };
    for row in rows {
        server.on(word, Act::Rows(vec![row.clone()]));
        let error = failure(&server).await;
        assert!(
            matches!(
                error,
                ScanError::Statement { .. } | ScanError::UnsupportedVersion { .. }
            ),
            "{row:?}: {error:?}"
        );
    }
}

async fn a_long_complaint_is_cut(engine: Engine) {
    let server = FakeServer::start(engine).await;
    let long = "no ".repeat(20_000);
    let said = match engine {
        Engine::Mysql => {
            let payload = [b"\xff\x28\x04#42000", long.as_bytes()].concat();
            let [low, middle, high, ..] = payload.len().to_le_bytes();
            [&[low, middle, high, 1], &payload[..]].concat()
        }
        Engine::Postgresql => {
            let content = [b"SERROR\0VERROR\0C42601\0M", long.as_bytes(), b"\0\0"].concat();
            let [a, b, c, d, ..] = (content.len() + 4).to_le_bytes();
            [&[b'E', d, c, b, a], &content[..], b"Z\0\0\0\x05I"].concat()
        }
    };
    server.on(LIST, Act::Says(said));
    let error = failure(&server).await;
    assert!(matches!(error, ScanError::Statement { .. }), "{error:?}");
    assert!(
        error.to_string().len() < 2500,
        "{}",
        error.to_string().len()
    );
}

/// The driver quotes what it does not know.
async fn a_long_name_in_a_login_is_cut(engine: Engine) {
    let server = FakeServer::start(engine).await;
    let name = vec![b'x'; 60_000];
    server.on_login(Act::Says(match engine {
        Engine::Mysql => {
            let payload = [b"\xfe", &name[..], b"\0abcdefghijklmnopqrst\0"].concat();
            let [low, middle, high, ..] = payload.len().to_le_bytes();
            [&[low, middle, high, 2], &payload[..]].concat()
        }
        Engine::Postgresql => {
            let content = [b"\0\0\0\x0a", &name[..], b"\0\0"].concat();
            let [a, b, c, d, ..] = (content.len() + 4).to_le_bytes();
            [&[b'R', d, c, b, a], &content[..]].concat()
        }
    }));
    let error = failure(&server).await;
    assert!(
        matches!(error, ScanError::Authentication { .. }),
        "{error:?}"
    );
    assert!(
        error.to_string().len() < 3000,
        "{}",
        error.to_string().len()
    );
}

async fn garbage_in_place_of_an_answer_is_an_error(engine: Engine) {
    let server = FakeServer::start(engine).await;
    let all: Vec<u8> = (0..=255).collect();
    for garbage in [
        b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec(),
        vec![0; 4096],
        vec![0xff; 4096],
        all,
        b"\x01\0\0\x01\x02\x03\0\0\x02def\x01\0\0\x03\0".to_vec(),
    ] {
        server.on(LIST, Act::Says(garbage.clone()));
        let error = failure(&server).await;
        assert!(
            !matches!(error, ScanError::Authentication { .. }),
            "{error:?}"
        );
    }
}
