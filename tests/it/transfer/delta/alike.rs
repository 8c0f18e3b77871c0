//! Keys that are the same, however each server keeps them.

use test_support::Server;
use transfer::delta::Method;

use super::{change, columns, measured, servers, source};

/// A table of the one side or the other: numbers beyond those with a sign, more digits behind the point, blanks at the
/// end, finer times.
fn table(server: Server, name: &str, rows: &[[&str; 6]]) -> String {
    let is_sync = name == "sync";
    let (digits, length, fraction) = if is_sync {
        ("20,2", 5, 0)
    } else {
        ("30,6", 9, 6)
    };
    let types = match server {
        Server::Postgres => {
            let day = if is_sync { "date" } else { "timestamp" };
            format!(
                "big numeric(20,0), amount numeric({digits}), code char({length}), is_new boolean, \
                 moment timestamp({fraction}), day {day}"
            )
        }
        Server::MariaDb | Server::MySql => {
            let day = if is_sync { "date" } else { "datetime" };
            format!(
                "big bigint unsigned, amount decimal({digits}), code char({length}), is_new boolean, \
                 moment datetime({fraction}), day {day}"
            )
        }
    };
    let rows: Vec<String> = rows
        .iter()
        .map(|row| format!("({})", row.join(", ")))
        .collect();
    let rows = rows.join(", ");
    format!("create table {name} ({types}); insert into {name} values {rows}")
}

const ROWS: [[&str; 6]; 4] = [
    [
        "1",
        "1.50",
        "'ab'",
        "true",
        "'2026-01-02 03:04:05'",
        "'2026-01-02'",
    ],
    [
        "9223372036854775808",
        "-0.25",
        "'ab c'",
        "false",
        "'2026-01-02 03:04:06'",
        "'2026-01-03'",
    ],
    [
        "18446744073709551615",
        "100",
        "'B'",
        "true",
        "'1999-12-31 23:59:59'",
        "'1999-12-31'",
    ],
    [
        "2",
        "0",
        "'b'",
        "false",
        "'2030-01-01 00:00:00'",
        "'2030-01-01'",
    ],
];

pub(super) async fn what_is_kept_differently_is_the_same(server: Server) {
    let sync = source(server, &table(server, "sync", &ROWS)).await;
    for other in servers() {
        let biz = source(other, &table(other, "biz", &ROWS[..3])).await;
        for names in [
            &["big"][..],
            &["amount"],
            &["code"],
            &["moment"],
            &["day"],
            &["is_new", "big"],
        ] {
            let method = Method::Key {
                sync: columns(&sync, "sync", names).await,
                biz: columns(&biz, "biz", names).await,
            };
            let found = measured(&sync, &biz, method).await;
            let found = found.unwrap_or_else(|error| panic!("{names:?} of {other:?}: {error}"));
            assert_eq!(
                (
                    found.pending,
                    found.surplus,
                    found.sync_rows,
                    found.biz_rows
                ),
                (1, Some(0), Some(4), Some(3)),
                "{names:?} of {other:?}"
            );
            // What was rounded would be another key.
            let may_differ = ["moment", "day"].contains(&names[0]);
            let told: Vec<_> = found
                .notes
                .iter()
                .map(|note| note.contains("is another key"))
                .collect();
            assert_eq!(
                told,
                vec![true; usize::from(may_differ)],
                "{:?}",
                found.notes
            );
        }
    }
}

pub(super) async fn empty_tables_are_compared(server: Server) {
    let both = source(
        server,
        "create table sync (id int); create table biz (id int)",
    )
    .await;
    let method = Method::Key {
        sync: columns(&both, "sync", &["id"]).await,
        biz: columns(&both, "biz", &["id"]).await,
    };
    for (statement, expected) in [
        ("delete from sync", (0, 0)),
        ("insert into sync values (1), (2)", (2, 0)),
        ("insert into biz values (1), (2), (3)", (0, 1)),
        ("delete from sync", (0, 3)),
    ] {
        change(&both, statement).await;
        for method in [&method, &Method::Count] {
            let found = measured(&both, &both, method.clone()).await;
            let found = found.expect("they are compared");
            let (pending, surplus) = expected;
            assert_eq!((found.pending, found.surplus), (pending, Some(surplus)));
        }
    }
}
