//! What a deep scan writes.

use serde_json::{Value, json};
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
        json!({ "added": 21 + 61 + server.own_objects(), "changed": 0, "removed": 0, "renamed": 0 }),
        "{first}"
    );
    let before = scans.places().await;
    assert_eq!(before.len(), 82);
    let second = scans.scan_well().await;
    assert_eq!(
        second["changes"],
        json!({ "added": 0, "changed": 0, "removed": 0, "renamed": 0 }),
        "{second}"
    );
    assert_eq!(
        (&second["tables_scanned"], &second["fields_scanned"]),
        (&json!(21), &json!(61))
    );
    assert_eq!(scans.places().await, before, "not a row was written");
    let statements = |status: &Value| status["cost"]["statements"].as_i64().expect("a number");
    assert!(
        statements(&second) < statements(&first),
        "the source was asked less: {second}"
    );
}

/// Changes of structure, with the tables and the fields that each must have written.
fn changes(server: Server) -> Vec<(&'static str, Vec<&'static str>, Vec<&'static str>)> {
    let pick = |one, other| {
        if server == Server::Postgres {
            one
        } else {
            other
        }
    };
    let comment = pick(
        "comment on table t002 is 'it''s new'",
        "alter table t002 comment 'it''s new'",
    );
    let widen = pick(
        "alter table t003 alter name type varchar(30)",
        "alter table t003 modify name varchar(30)",
    );
    // A key or an index shows at its first column.
    let by_parent = || (vec!["t001"], vec!["parent"]);
    let indexed = |sql| (sql, by_parent().0, by_parent().1);
    vec![
        (comment, vec!["t002"], vec![]),
        indexed("create index by_parent on t001 (parent, name)"),
        indexed(pick("drop index by_parent", "drop index by_parent on t001")),
        indexed("alter table t001 add constraint uq unique (parent, name)"),
        // A table has the digest of all that belongs to it.
        (widen, vec!["t003"], vec!["name"]),
        (
            "alter table t002 add extra int",
            vec!["t002"],
            vec!["extra"],
        ),
    ]
}

pub(super) async fn a_changed_structure_is_written(server: Server) {
    let source = source(server).await;
    source.create_tables(3).await;
    let scans = Scans::of(source).await;
    scans.scan_well().await;
    for (change, tables, fields) in changes(server) {
        scans.execute(change).await;
        let since = scans.rows("select clock_timestamp()::text as now").await;
        let since = since[0].split('"').nth(3).expect("a time").to_owned();
        let status = scans.scan_well().await;
        assert_ne!(
            status["changes"],
            json!({ "added": 0, "changed": 0, "removed": 0, "renamed": 0 }),
            "{change}: {status}"
        );
        for (kind, name, expected) in [
            ("tables", "table_name", tables),
            ("fields", "field_name", fields),
        ] {
            let sql = format!(
                "select {name} as n from metadata.{kind} where updated_at > '{since}' order by 1"
            );
            let expected: Vec<String> = expected
                .iter()
                .map(|name| format!(r#"{{"n": "{name}"}}"#))
                .collect();
            assert_eq!(scans.rows(&sql).await, expected, "{change}");
        }
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
