//! What cannot be measured.

use std::time::Duration;

use scan::ScanError;
use test_support::Server;
use transfer::delta::{Column, DeltaError, Method};

use super::{column, measured, source, within};

pub(super) async fn a_column_that_is_gone_is_told(server: Server) {
    let both = source(
        server,
        "create table sync (id int); create table biz (id int)",
    )
    .await;
    let there = column(&both, "sync", "id").await;
    let gone = Column {
        name: "nobody's".to_owned(),
        ..there.clone()
    };
    let method = Method::Key {
        sync: vec![gone],
        biz: vec![there],
    };
    let error = measured(&both, &both, method)
        .await
        .expect_err("it is gone");
    assert!(!error.is_transient(), "{error}");
    let told = error.to_string();
    assert!(
        told.starts_with("the sync table ") && told.contains("nobody's"),
        "{told}"
    );
    both.execute("drop table biz").await;
    let error = measured(&both, &both, Method::Count)
        .await
        .expect_err("it is gone");
    assert!(
        error.to_string().starts_with("the business table "),
        "{error}"
    );
}

pub(super) async fn columns_that_cannot_be_compared_are_told_before_anything_is_asked(
    server: Server,
) {
    let both = source(
        server,
        "create table sync (id int, t varchar(9)); create table biz (id int)",
    )
    .await;
    let (number, text) = (
        column(&both, "sync", "id").await,
        column(&both, "sync", "t").await,
    );
    both.kill_sessions().await;
    let watermark = Method::Watermark {
        sync: text.clone(),
        biz: text.clone(),
    };
    let error = measured(&both, &both, watermark)
        .await
        .expect_err("text does not grow");
    assert!(matches!(error, DeltaError::Columns { .. }), "{error}");
    assert!(
        error
            .to_string()
            .contains("numbers, or two of dates and times"),
        "{error}"
    );
    let uneven = Method::Key {
        sync: vec![number.clone(), text],
        biz: vec![number],
    };
    let error = measured(&both, &both, uneven)
        .await
        .expect_err("two and one");
    assert!(
        matches!(error, DeltaError::Widths { sync: 2, biz: 1 }),
        "{error}"
    );
}

/// A table that another session has locked.
pub(super) async fn a_measurement_has_its_time(server: Server) {
    let both = source(
        server,
        "create table sync (id int); create table biz (id int)",
    )
    .await;
    let mut holder = both.session().await;
    holder
        .execute(match server {
            Server::Postgres => "begin; lock table biz in access exclusive mode",
            Server::MariaDb | Server::MySql => "lock tables biz write",
        })
        .await;
    // Nobody unlocks it: without a limit this would not come back.
    let error = within(Duration::from_secs(1), &both, &both, Method::Count)
        .await
        .expect_err("it is locked");
    assert!(
        matches!(
            &error,
            DeltaError::Source(ScanError::Timeout { .. }) | DeltaError::Table { .. }
        ),
        "{error}"
    );
    assert!(error.is_transient(), "{error}");
}
