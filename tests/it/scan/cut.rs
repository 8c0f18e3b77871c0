//! Connections that end in the middle.

use std::time::Duration;

use scan::{Part, ScanError, Selection, Target, scanner};
use test_support::{Proxy, Server, Source};

use super::read;

fn through(source: &Source, proxy: &Proxy) -> Target {
    let mut target = source.target();
    target.host = "127.0.0.1".into();
    target.port = proxy.port;
    target
}

pub(super) async fn a_killed_session_is_an_interruption(server: Server) {
    let source = Source::create(server).await;
    source.create_tables(5).await;
    let mut reader = scanner(source.target())
        .open(&source.database)
        .await
        .expect("a session");
    let tables = read(&mut *reader, Part::Tables, &Selection::All)
        .await
        .expect("the tables");
    assert_eq!(tables.len(), 5);
    assert_eq!(source.kill_sessions().await, 1);
    let error = read(&mut *reader, Part::Fields, &Selection::All)
        .await
        .expect_err("it was killed");
    assert!(matches!(error, ScanError::Interrupted { .. }), "{error:?}");
    assert!(error.is_transient());
    // What follows is no half answer: an error, or a new session's.
    match read(&mut *reader, Part::Constraints, &Selection::All).await {
        Ok(keys) => assert_eq!(keys.len(), 5),
        Err(error) => assert!(matches!(error, ScanError::Interrupted { .. }), "{error:?}"),
    }
    reader.close().await;
    let mut next = scanner(source.target())
        .open(&source.database)
        .await
        .expect("a new session");
    assert_eq!(
        read(&mut *next, Part::Fields, &Selection::All)
            .await
            .expect("the fields")
            .len(),
        15
    );
}

pub(super) async fn a_cut_wire_is_an_interruption(server: Server) {
    let source = Source::create(server).await;
    source.create_tables(100).await;
    let proxy = Proxy::to(server).await;
    let scanner = scanner(through(&source, &proxy));
    let mut reader = scanner.open(&source.database).await.expect("a session");
    proxy.cut_after(2_000);
    let error = read(&mut *reader, Part::Fields, &Selection::All)
        .await
        .expect_err("it was cut");
    assert!(matches!(error, ScanError::Interrupted { .. }), "{error:?}");
    reader.close().await;
    proxy.cut();
    let error = scanner
        .open(&source.database)
        .await
        .err()
        .expect("nothing goes through");
    assert!(
        matches!(
            error,
            ScanError::Connect { .. } | ScanError::Protocol { .. } | ScanError::Interrupted { .. }
        ),
        "{error:?}"
    );
    proxy.release();
    let mut reader = scanner.open(&source.database).await.expect("a session");
    assert_eq!(
        read(&mut *reader, Part::Fields, &Selection::All)
            .await
            .expect("the fields")
            .len(),
        300
    );
}

pub(super) async fn a_silent_server_is_a_timeout(server: Server) {
    let source = Source::create(server).await;
    source.create_tables(5).await;
    let proxy = Proxy::to(server).await;
    let mut target = through(&source, &proxy);
    target.limits.statement_timeout = Duration::from_secs(1);
    let mut reader = scanner(target)
        .open(&source.database)
        .await
        .expect("a session");
    proxy.hold();
    let error = read(&mut *reader, Part::Tables, &Selection::All)
        .await
        .expect_err("nobody answers");
    assert!(matches!(error, ScanError::Timeout { .. }), "{error:?}");
    assert!(error.to_string().contains("1 s"), "{error}");
    // What the server says after all belongs to the old statement, and must not be taken for an answer.
    proxy.release();
    match read(&mut *reader, Part::Fields, &Selection::All).await {
        Ok(fields) => assert_eq!(fields.len(), 15),
        Err(error) => assert!(matches!(error, ScanError::Interrupted { .. }), "{error:?}"),
    }
}
