//! Rows that are newer than the newest of the business table.

use chrono::{DateTime, TimeDelta, Utc};
use models::Clock;
use test_support::{Server, Source};
use transfer::delta::{DeltaError, Method};

use super::{change, column, measured, servers, source};

/// A column of points in time to the microsecond.
fn instant(server: Server) -> &'static str {
    match server {
        Server::Postgres => "timestamptz",
        Server::MariaDb | Server::MySql => "timestamp(6) null",
    }
}

/// A table with these times in UTC.
fn table(server: Server, name: &str, of_type: &str, times: &[&str]) -> String {
    let zone = match server {
        Server::Postgres => "set time zone 'UTC'",
        Server::MariaDb | Server::MySql => "set time_zone = '+00:00'",
    };
    let rows: Vec<String> = times.iter().map(|time| format!("({time})")).collect();
    let insert = if rows.is_empty() {
        String::new()
    } else {
        format!("insert into {name} values {};", rows.join(", "))
    };
    format!("{zone}; create table {name} (changed {of_type}); {insert}")
}

async fn by_watermark(sync: &Source, biz: &Source) -> Method {
    Method::Watermark {
        sync: column(sync, "sync", "changed").await,
        biz: column(biz, "biz", "changed").await,
    }
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("a time")
}

pub(super) async fn rows_that_are_newer_wait(server: Server) {
    let times = [
        "'2026-03-04 05:06:07'",
        "'2026-03-04 05:06:07.000001'",
        "'2026-03-04 05:06:08'",
        "'2026-03-05 00:00:00'",
    ];
    let sync = source(server, &table(server, "sync", instant(server), &times)).await;
    for other in servers() {
        let biz = source(other, &table(other, "biz", instant(other), &[])).await;
        let method = by_watermark(&sync, &biz).await;
        let empty = measured(&sync, &biz, method.clone())
            .await
            .expect("it is measured");
        assert_eq!(
            (empty.pending, empty.biz_changed_at),
            (4, None),
            "{other:?}"
        );
        assert!(
            empty.notes[0].contains("every row waits"),
            "{:?}",
            empty.notes
        );
        let newest = table(
            other,
            "newer",
            instant(other),
            &["'2026-03-04 05:06:07'", "'2020-01-01'"],
        );
        change(
            &biz,
            &format!("{newest} insert into biz select * from newer"),
        )
        .await;
        let found = measured(&sync, &biz, method).await.expect("it is measured");
        assert_eq!((found.pending, found.surplus), (3, None), "{other:?}");
        assert_eq!(found.sync_changed_at, Some(at("2026-03-05T00:00:00Z")));
        assert_eq!(found.biz_changed_at, Some(at("2026-03-04T05:06:07Z")));
        assert_eq!(found.notes, [""; 0]);
    }
}

/// Of whole seconds nothing tells whether a row of the same second is in.
pub(super) async fn a_row_of_the_same_second_does_not_wait_for_ever(server: Server) {
    let times = [
        "'2026-03-04 05:06:07'",
        "'2026-03-04 05:06:07.000001'",
        "'2026-03-04 05:06:08'",
        "'2026-03-05 00:00:00'",
    ];
    let sync = source(server, &table(server, "sync", instant(server), &times)).await;
    for other in servers() {
        let newest = ["'2026-03-04 05:06:07'"];
        let coarse = table(other, "biz", "timestamp(0) null", &newest);
        let biz = source(other, &coarse).await;
        let method = by_watermark(&sync, &biz).await;
        let found = measured(&sync, &biz, method).await.expect("it is measured");
        assert_eq!(found.pending, 2, "{other:?}");
        let noted = found
            .notes
            .iter()
            .any(|note| note.contains("keeps whole seconds"));
        assert!(noted, "{:?}", found.notes);
    }
}

pub(super) async fn numbers_are_watermarks_too(server: Server) {
    let sync = source(
        server,
        &table(server, "sync", "bigint", &["1", "9", "10", "11", "null"]),
    )
    .await;
    for other in servers() {
        let biz = source(other, &table(other, "biz", "decimal(12,2)", &["9.50", "2"])).await;
        let method = by_watermark(&sync, &biz).await;
        let found = measured(&sync, &biz, method).await.expect("it is measured");
        assert_eq!(
            (found.pending, found.sync_changed_at),
            (2, None),
            "{other:?}"
        );
        assert_eq!(
            found.notes,
            ["1 rows of the sync table have no value in changed and were not counted"]
        );
    }
}

pub(super) async fn what_is_odd_about_watermarks_is_told(server: Server) {
    // Two hours ahead, as of a clock that somebody reads in another zone.
    let ahead = Clock::system().now() + TimeDelta::hours(2);
    let ahead = format!("'{}'", ahead.format("%Y-%m-%d %H:%M:%S"));
    let plain = match server {
        Server::Postgres => "timestamp",
        Server::MariaDb | Server::MySql => "datetime(6)",
    };
    let sync = source(server, &table(server, "sync", plain, &[&ahead])).await;
    for other in servers() {
        let biz = source(
            other,
            &table(other, "biz", instant(other), &["'2026-01-01'"]),
        )
        .await;
        let method = by_watermark(&sync, &biz).await;
        let found = measured(&sync, &biz, method).await.expect("it is measured");
        assert_eq!(found.pending, 1);
        assert_eq!(found.sync_changed_at, None, "nobody knows");
        assert_eq!(found.biz_changed_at, Some(at("2026-01-01T00:00:00Z")));
        let notes = found.notes.join("\n");
        assert!(
            notes.contains("changed of the sync table has no time zone and is read as UTC"),
            "{notes}"
        );
        assert!(
            notes.contains("s in the future, so that it does not tell"),
            "{notes}"
        );
    }
}

pub(super) async fn a_newest_value_that_is_none_is_told(server: Server) {
    let (of_type, value) = match server {
        Server::Postgres => ("timestamptz", "'infinity'"),
        Server::MariaDb | Server::MySql => ("datetime", "'0000-00-00'"),
    };
    let sloppy = match server {
        Server::Postgres => "",
        Server::MariaDb | Server::MySql => "set sql_mode = '';",
    };
    let biz = table(server, "biz", of_type, &[value]);
    let sync = table(server, "sync", of_type, &["'2026-01-01'"]);
    let both = source(server, &format!("{sloppy} {biz} {sync}")).await;
    let method = by_watermark(&both, &both).await;
    let error = measured(&both, &both, method)
        .await
        .expect_err("nothing is newer");
    assert!(
        matches!(&error, DeltaError::Watermark { column, .. } if column == "changed"),
        "{error}"
    );
    assert!(!error.is_transient());
}
