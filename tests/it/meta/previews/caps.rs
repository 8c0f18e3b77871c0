//! How much is shown at most: rows, bytes, one value, time, previews at once.

use serde_json::{Value, json};
use test_support::{Server, eventually};

use super::{Rows, ask};

const SMALL: [(&str, &str); 2] = [
    ("META__PREVIEW__MAX_BYTES", "2000"),
    ("META__PREVIEW__MAX_VALUE_BYTES", "100"),
];

pub(super) async fn rows_are_counted(server: Server) {
    let sql = "create table many (id int primary key);
         insert into many values (1), (2), (3), (4), (5);";
    let rows = Rows::of(server, sql).await;
    for (limit, shown, by) in [
        ("4", 4, json!("rows")),
        ("5", 5, Value::Null),
        ("1000", 5, Value::Null),
    ] {
        let preview = rows.preview("many", &[("limit", limit)]).await.expect(200);
        assert_eq!(
            preview["rows"].as_array().map(Vec::len),
            Some(shown),
            "{limit}"
        );
        assert_eq!(preview["truncated"], !by.is_null(), "{limit}");
        assert_eq!(preview["truncated_by"], by, "{limit}");
    }
    for limit in ["0", "1001", "-1", "x"] {
        let answer = rows.preview("many", &[("limit", limit)]).await;
        let problem = answer.problem(422, "validation-failed");
        assert_eq!(problem["errors"][0]["pointer"], "/limit", "{problem}");
    }
}

pub(super) async fn long_values_are_cut_on_the_server(server: Server) {
    let (bytes, text) = match server {
        Server::Postgres => ("bytea", "text"),
        Server::MariaDb | Server::MySql => ("longblob", "longtext"),
    };
    let sql = format!(
        "create table wide (id int primary key, b {bytes}, t {text}, short {text});
         insert into wide values (1, {}, repeat('ü', 2000000), 'ü');",
        match server {
            Server::Postgres => "decode(repeat('ab', 2000000), 'hex')",
            Server::MariaDb | Server::MySql => "repeat(x'ab', 2000000)",
        }
    );
    let rows = Rows::with(server, &sql, &SMALL).await;
    let before = rows.preview("wide", &[("columns", "id")]).await;
    let _ = before.expect(200);
    let preview = rows.preview("wide", &[]).await.expect(200);
    let row = &preview["rows"][0];
    assert_eq!(row[1], "ab".repeat(50), "{preview}");
    assert_eq!(row[2], "ü".repeat(50), "{preview}");
    assert_eq!(row[3], "ü", "{preview}");
    assert_eq!(
        preview["cut"],
        json!([
            { "row": 0, "column": 1, "total_bytes": 2_000_000 },
            { "row": 0, "column": 2, "total_bytes": 4_000_000 },
        ])
    );
}

pub(super) async fn an_answer_has_so_many_bytes(server: Server) {
    let sql = "create table much (id int primary key, t varchar(100));
         insert into much values (1, repeat('x', 100)), (2, repeat('x', 100)), (3, repeat('x', 100));
         insert into much select id + 3, t from much;
         insert into much select id + 6, t from much;
         insert into much select id + 12, t from much;";
    let rows = Rows::with(server, sql, &SMALL).await;
    let preview = rows.preview("much", &[]).await.expect(200);
    // 108 bytes each, and 4 for the place of each value.
    assert_eq!(
        preview["rows"].as_array().map(Vec::len),
        Some(17),
        "{preview}"
    );
    assert_eq!(preview["truncated_by"], "bytes");
    let recorded = rows.recorded().await;
    assert_eq!(recorded[0].row_count, Some(17));
}

/// A view that takes a minute for each row: longer than anybody here waits.
fn slow(server: Server) -> String {
    let nap = match server {
        Server::Postgres => "pg_sleep(60)::text",
        Server::MariaDb | Server::MySql => "sleep(60)",
    };
    format!(
        "create table base (id int primary key); insert into base values (1), (2), (3);
         create view slow as select id, {nap} as nap from base;"
    )
}

pub(super) async fn what_takes_too_long_is_stopped(server: Server) {
    let time = [("META__PREVIEW__TIMEOUT_SECONDS", "1")];
    let rows = Rows::with(server, &slow(server), &time).await;
    let answer = rows.preview("slow", &[]).await;
    let _ = answer.problem(504, "timed-out");
    let recorded = &rows.recorded().await[0];
    assert_eq!(
        (recorded.outcome.as_str(), recorded.problem.as_deref()),
        ("failed", Some("/problems/timed-out"))
    );
    // Nothing of it is left on the server.
    let username = &rows.source.username;
    let busy = match server {
        Server::Postgres => format!(
            "select count(*) from pg_stat_activity where usename = '{username}' and state = 'active' and query like '%preview%'"
        ),
        Server::MariaDb | Server::MySql => format!(
            "select count(*) from {} where user = '{username}' and info like '%preview%'",
            server.processes()
        ),
    };
    eventually("the statement to be stopped", async || {
        let left = rows.source.admin().await.number(&busy).await;
        (left == 0).then_some(())
    })
    .await;
}

pub(super) async fn no_more_run_at_once_than_the_source_allows(server: Server) {
    let time = [
        ("META__PREVIEW__TIMEOUT_SECONDS", "3"),
        ("META__SOURCES__MAX_CONNECTIONS", "1"),
    ];
    let rows = Rows::with(server, &slow(server), &time).await;
    let (path, api) = (rows.path("slow").await, rows.meta.admin());
    let first = async { ask(&api, &path, &[]).await };
    let second = async {
        eventually("the first to have begun", async || {
            (!rows.recorded().await.is_empty()).then_some(())
        })
        .await;
        ask(&api, &rows.path("base").await, &[]).await
    };
    let (first, second) = futures::join!(first, second);
    let _ = second.problem(429, "too-many-requests");
    let _ = first.problem(504, "timed-out");
    // One that has ended makes room.
    let _ = rows.preview("base", &[]).await.expect(200);
}
