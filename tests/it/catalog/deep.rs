//! What a deep scan writes.

use serde_json::json;
use test_support::Server;

use super::{Scans, source};

/// A quoted statement for either engine: names in double quotes become names of the server's.
fn quoted(server: Server, sql: &str) -> String {
    if server == Server::Postgres {
        sql.to_owned()
    } else {
        sql.replace('"', "`")
    }
}

pub(super) async fn an_unchanged_scan_writes_no_row(server: Server) {
    let source = source(server).await;
    source.create_tables(20).await;
    source
        .execute("create view v as select id from t001; create index i on t002 (name, parent)")
        .await;
    let scans = Scans::of(source).await;
    let first = scans.scan_well().await;
    assert_eq!(
        first["changes"],
        json!({ "added": 21 + 61, "changed": 0, "removed": 0 }),
        "{first}"
    );
    let before = scans.places().await;
    assert_eq!(before.len(), 82);
    let second = scans.scan_well().await;
    assert_eq!(
        second["changes"],
        json!({ "added": 0, "changed": 0, "removed": 0 }),
        "{second}"
    );
    assert_eq!(
        (&second["tables_scanned"], &second["fields_scanned"]),
        (&json!(21), &json!(61))
    );
    assert_eq!(scans.places().await, before, "not a row was written");
    assert_eq!(
        second["cost"]["statements"], first["cost"]["statements"],
        "the source was asked the same"
    );
}

pub(super) async fn a_changed_structure_is_written(server: Server) {
    let source = source(server).await;
    source.create_tables(3).await;
    let scans = Scans::of(source).await;
    scans.scan_well().await;
    let comment_table = match server {
        Server::Postgres => "comment on table t002 is 'it''s new'",
        Server::MariaDb | Server::MySql => "alter table t002 comment 'it''s new'",
    };
    let widen = match server {
        Server::Postgres => "alter table t003 alter name type varchar(30)",
        Server::MariaDb | Server::MySql => "alter table t003 modify name varchar(30)",
    };
    // Each touches one table, or one field, or both.
    for (change, tables, fields) in [
        (comment_table, vec!["t002"], vec![]),
        (
            "create index by_parent on t001 (parent, name)",
            vec!["t001"],
            vec!["parent"],
        ),
        ("drop index by_parent", vec!["t001"], vec!["parent"]),
        (
            "alter table t001 add constraint uq unique (parent, name)",
            vec!["t001"],
            vec!["parent"],
        ),
        // MySQL makes the table anew, which shows in its time of creation.
        (
            widen,
            if server == Server::Postgres {
                vec![]
            } else {
                vec!["t003"]
            },
            vec!["name"],
        ),
        (
            "alter table t002 add extra int",
            vec!["t002"],
            vec!["extra"],
        ),
    ] {
        let on_table = server != Server::Postgres && change.starts_with("drop index");
        scans
            .execute(&format!(
                "{change}{}",
                if on_table { " on t001" } else { "" }
            ))
            .await;
        let since = scans.rows("select clock_timestamp()::text as now").await;
        let since = since[0].split('"').nth(3).expect("a time").to_owned();
        let status = scans.scan_well().await;
        assert_ne!(
            status["changes"],
            json!({ "added": 0, "changed": 0, "removed": 0 }),
            "{change}: {status}"
        );
        let written = |kind: &str, name: &str| {
            format!(
                "select {name} as n from metadata.{kind} where updated_at > '{since}' order by 1"
            )
        };
        let expected = |names: Vec<&str>| {
            names
                .iter()
                .map(|name| format!(r#"{{"n": "{name}"}}"#))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            scans.rows(&written("tables", "table_name")).await,
            expected(tables),
            "{change}"
        );
        // A key or an index shows at its first column.
        assert_eq!(
            scans.rows(&written("fields", "field_name")).await,
            expected(fields),
            "{change}"
        );
    }
    let comments = scans
        .rows("select table_comment from metadata.tables where table_name = 't002'")
        .await;
    assert_eq!(comments, [r#"{"table_comment": "it's new"}"#]);
}

/// Three batches of tables, merged one after the other, give what one batch gives.
pub(super) async fn batches_make_no_difference(server: Server) {
    let source = source(server).await;
    source.create_tables(50).await;
    let scans = Scans::with(source, &[("META__DEEP_SCAN__BATCH_SIZE", "7")]).await;
    let status = scans.scan_well().await;
    assert_eq!(
        (&status["tables_scanned"], &status["fields_scanned"]),
        (&json!(50), &json!(150)),
        "{status}"
    );
    let names: Vec<String> = scans
        .tables()
        .await
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    let expected: Vec<String> = (1..=50).map(|n| format!("t{n:03}")).collect();
    assert_eq!(names, expected);
    let incomplete = scans
        .rows("select table_name from metadata.tables where field_count <> 3")
        .await;
    assert_eq!(incomplete, Vec::<String>::new());
    // By hash of their names the tables fall into eight ranges, of which one may stay empty.
    let transactions = scans
        .rows("select count(distinct xmin::text) between 6 and 8 as several from metadata.tables")
        .await;
    assert_eq!(
        transactions,
        [r#"{"several": true}"#],
        "each batch is a transaction of its own"
    );
    let before = scans.places().await;
    scans.scan_well().await;
    assert_eq!(scans.places().await, before);
}

pub(super) async fn names_are_data(server: Server) {
    let source = source(server).await;
    let names = [
        "100%", "MiXed", "a b", "dot.ted", "it's", "mixed", "x_y", "xzy", "ünï", "表",
    ];
    for name in names {
        let sql = format!(r#"create table "{name}" (id int primary key, "col {name}" int)"#);
        source.execute(&quoted(server, &sql)).await;
    }
    let scans = Scans::of(source).await;
    let status = scans.scan_well().await;
    assert_eq!(
        (&status["tables_scanned"], &status["fields_scanned"]),
        (&json!(10), &json!(20)),
        "{status}"
    );
    let found: Vec<String> = scans
        .tables()
        .await
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    let mut expected = names.map(str::to_owned);
    expected.sort();
    let mut sorted = found;
    sorted.sort();
    assert_eq!(sorted, expected);
    let strays = scans
        .rows(
            "select f.field_name from metadata.fields f join metadata.tables t on t.id = f.table_id
             where f.field_name not in ('id', 'col ' || t.table_name)",
        )
        .await;
    assert_eq!(
        strays,
        Vec::<String>::new(),
        "every column is at its own table"
    );
    // A selection names tables and is no pattern.
    for (selector, expected) in [
        ("x_y", 1),
        ("100%", 1),
        ("%", 0),
        ("MIXED", 0),
        ("mixed", 1),
        ("dot.ted", 1),
    ] {
        let request = json!({ "resource_id": scans.id, "database": scans.source.database, "tables": [selector] });
        let status = scans.meta.scan(&request).await;
        assert_eq!(status["tables_scanned"], expected, "{selector}: {status}");
    }
}
