//! What is given another name stays what it is.

use serde_json::{Value, json};
use test_support::Server;

use super::{Scans, source};

/// Statements, one by one.
pub(super) async fn execute(scans: &Scans, statements: &[&str]) {
    for statement in statements {
        scans.execute(statement).await;
    }
}

/// A scanned database in which some statements were carried out before.
pub(super) async fn scanned(server: Server, statements: &[&str]) -> Scans {
    let scans = Scans::of(source(server).await).await;
    execute(&scans, statements).await;
    scans.scan_well().await;
    scans
}

/// The same with a login that may see what the server calls its tables.
pub(super) async fn identified(server: Server, statements: &[&str]) -> Scans {
    let scans = Scans::of(source(server).await).await;
    if server != Server::Postgres {
        let grant = format!("grant process on *.* to {}", scans.source.username);
        scans.source.admin().await.execute(&grant).await;
    }
    execute(&scans, statements).await;
    scans.scan_well().await;
    scans
}

/// The id of a living table.
pub(super) async fn id_of(scans: &Scans, table: &str) -> i64 {
    let tables = scans.tables().await;
    let found = tables.iter().find(|(name, _)| name == table);
    found.unwrap_or_else(|| panic!("{table} in {tables:?}")).1
}

/// The living fields of a table in their order, each with its id.
pub(super) async fn fields_of(scans: &Scans, table: &str) -> Vec<(String, i64)> {
    let mut admin = scans.meta.installation.store().admin().await;
    sqlx::query_as(
        "select f.field_name, f.id from metadata.fields f join metadata.tables t on t.id = f.table_id
         where t.table_name = $1 and t.removed_at is null and f.removed_at is null order by f.field_position",
    )
    .bind(table)
    .fetch_all(&mut admin)
    .await
    .expect("the fields")
}

/// The changes that a scan recorded of tables and fields, as words, sorted.
pub(super) async fn told(scans: &Scans, scan: &Value) -> Vec<String> {
    let mut admin = scans.meta.installation.store().admin().await;
    sqlx::query_scalar(
        "select concat_ws(' ', change_type, object_type, object_name, field_name,
            case change_type when 'renamed' then concat(before, ' ', after) end)
         from metadata.changes where scan_id = $1 and object_type <> 'object' order by 1",
    )
    .bind(scan["scan_id"].as_i64().expect("a number"))
    .fetch_all(&mut admin)
    .await
    .expect("the changes")
}

/// Scans well after some statements; answers with what it recorded.
pub(super) async fn after(scans: &Scans, statements: &[&str]) -> Vec<String> {
    execute(scans, statements).await;
    let status = scans.scan_well().await;
    let told = told(scans, &status).await;
    let renamed = told.iter().filter(|line| line.starts_with("renamed"));
    assert_eq!(
        status["changes"]["renamed"],
        json!(renamed.count()),
        "{status}, {told:?}"
    );
    let again = scans.scan_well().await;
    assert_eq!(
        again["changes"],
        json!({ "added": 0, "changed": 0, "removed": 0, "renamed": 0 }),
        "nothing is left to tell"
    );
    told
}

/// A table that is found under another name, as it is told.
pub(super) fn renamed(from: &str, to: &str) -> String {
    format!(r#"renamed table {to} {{"table_name": "{from}"}} {{"table_name": "{to}"}}"#)
}

pub(super) async fn a_renamed_table_keeps_its_id(server: Server) {
    let scans = scanned(
        server,
        &[
            "create table a (id int not null, word varchar(9))",
            "create table b (id int not null, number int)",
        ],
    )
    .await;
    let (id, fields) = (id_of(&scans, "a").await, fields_of(&scans, "a").await);
    let other = id_of(&scans, "b").await;
    let changes = after(&scans, &["alter table a rename to renamed"]).await;
    assert_eq!(changes, [renamed("a", "renamed")]);
    assert_eq!(
        scans.tables().await,
        [("b".to_owned(), other), ("renamed".to_owned(), id)]
    );
    assert_eq!(fields_of(&scans, "renamed").await, fields);
    // The name is free for another one.
    let changes = after(&scans, &["create table a (id int not null, day date)"]).await;
    assert_eq!(changes, ["added table a"]);
    assert_eq!(id_of(&scans, "renamed").await, id);
}

/// A move to another schema is a rename, and so is a schema's.
pub(super) async fn a_moved_table_keeps_its_id(server: Server) {
    let scans = scanned(
        server,
        &[
            "create schema one",
            "create schema two",
            "create table one.a (id int not null)",
            "create table one.b (id int not null)",
        ],
    )
    .await;
    let (a, b) = (id_of(&scans, "a").await, id_of(&scans, "b").await);
    let changes = after(&scans, &["alter table one.a set schema two"]).await;
    let moved = r#"renamed table a {"table_schema": "one"} {"table_schema": "two"}"#;
    assert_eq!(changes, [moved]);
    let changes = after(&scans, &["alter schema one rename to three"]).await;
    let moved = r#"renamed table b {"table_schema": "one"} {"table_schema": "three"}"#;
    assert_eq!(changes, [moved]);
    assert_eq!((id_of(&scans, "a").await, id_of(&scans, "b").await), (a, b));
}

pub(super) async fn a_renamed_field_keeps_its_id(server: Server) {
    let scans = scanned(
        server,
        &["create table a (id int not null, word varchar(9), other varchar(9), latest int)"],
    )
    .await;
    let before = fields_of(&scans, "a").await;
    let changes = after(&scans, &["alter table a rename column word to wording"]).await;
    assert_eq!(
        changes,
        [r#"renamed field a wording {"field_name": "word"} {"field_name": "wording"}"#]
    );
    let mut expected = before.clone();
    "wording".clone_into(&mut expected[1].0);
    assert_eq!(fields_of(&scans, "a").await, expected);
    // With its table.
    let changes = after(
        &scans,
        &[
            "alter table a rename column latest to newest",
            "alter table a rename to b",
        ],
    )
    .await;
    if server == Server::Postgres {
        assert_eq!(
            changes,
            [
                r#"renamed field b newest {"field_name": "latest"} {"field_name": "newest"}"#
                    .to_owned(),
                renamed("a", "b"),
            ]
        );
        "newest".clone_into(&mut expected[3].0);
        assert_eq!(fields_of(&scans, "b").await, expected);
    } else {
        assert_eq!(changes, ["added table b", "removed table a"]);
    }
}

/// `a` to `b` and `b` to `a`, and three in a circle.
pub(super) async fn names_are_swapped(server: Server) {
    let scans = identified(
        server,
        &[
            "create table a (id int not null, a int)",
            "create table b (id int not null, b date)",
            "create table c (id int not null, c varchar(9))",
        ],
    )
    .await;
    let [a, b, c] = [
        id_of(&scans, "a").await,
        id_of(&scans, "b").await,
        id_of(&scans, "c").await,
    ];
    let changes = after(
        &scans,
        &[
            "alter table a rename to x",
            "alter table b rename to a",
            "alter table x rename to b",
        ],
    )
    .await;
    assert_eq!(changes, [renamed("b", "a"), renamed("a", "b")]);
    assert_eq!((id_of(&scans, "a").await, id_of(&scans, "b").await), (b, a));
    assert_eq!(fields_of(&scans, "a").await[1].0, "b");
    let changes = after(
        &scans,
        &[
            "alter table a rename to x",
            "alter table b rename to a",
            "alter table c rename to b",
            "alter table x rename to c",
        ],
    )
    .await;
    assert_eq!(
        changes,
        [renamed("b", "a"), renamed("c", "b"), renamed("a", "c")]
    );
    let now = [
        id_of(&scans, "a").await,
        id_of(&scans, "b").await,
        id_of(&scans, "c").await,
    ];
    assert_eq!(now, [a, c, b]);
    let marked = "select id from metadata.tables where removed_at is not null";
    assert_eq!(scans.rows(marked).await, Vec::<String>::new());
}

pub(super) async fn fields_are_swapped(server: Server) {
    let scans = scanned(
        server,
        &["create table a (id int not null, one int, two date)"],
    )
    .await;
    let before = fields_of(&scans, "a").await;
    let changes = after(
        &scans,
        &[
            "alter table a rename column one to x",
            "alter table a rename column two to one",
            "alter table a rename column x to two",
        ],
    )
    .await;
    assert_eq!(
        changes,
        [
            r#"renamed field a one {"field_name": "two"} {"field_name": "one"}"#,
            r#"renamed field a two {"field_name": "one"} {"field_name": "two"}"#,
        ]
    );
    let mut expected = before.clone();
    (expected[1].0, expected[2].0) = ("two".to_owned(), "one".to_owned());
    assert_eq!(fields_of(&scans, "a").await, expected);
    // The name of one that is dropped goes to another.
    let changes = after(
        &scans,
        &[
            "alter table a drop column one",
            "alter table a rename column two to one",
        ],
    )
    .await;
    assert_eq!(
        changes,
        [
            "removed field a one",
            r#"renamed field a one {"field_name": "two"} {"field_name": "one"}"#,
        ]
    );
    assert_eq!(
        fields_of(&scans, "a").await[1],
        ("one".to_owned(), before[1].1)
    );
}

/// Create another one, and let it take the name: the old one lives on under a third, or is dropped.
pub(super) async fn a_copy_takes_the_name(server: Server) {
    let scans = identified(
        server,
        &["create table t (id int not null, word varchar(9))"],
    )
    .await;
    let first = id_of(&scans, "t").await;
    let changes = after(
        &scans,
        &[
            "create table t_new (id int not null, word varchar(90), more int)",
            "alter table t rename to t_old",
            "alter table t_new rename to t",
        ],
    )
    .await;
    assert_eq!(changes, ["added table t".to_owned(), renamed("t", "t_old")]);
    assert_eq!(id_of(&scans, "t_old").await, first);
    let second = id_of(&scans, "t").await;
    // A scan comes between: it knows the new one by the time it takes the name.
    let changes = after(&scans, &["create table t_new (id int not null, day date)"]).await;
    assert_eq!(changes, ["added table t_new"]);
    let third = id_of(&scans, "t_new").await;
    let changes = after(&scans, &["drop table t", "alter table t_new rename to t"]).await;
    assert_eq!(
        changes,
        ["removed table t".to_owned(), renamed("t_new", "t")]
    );
    assert_eq!(id_of(&scans, "t").await, third);
    let gone =
        format!("select id from metadata.tables where id = {second} and removed_at is not null");
    assert_eq!(scans.rows(&gone).await.len(), 1);
    // Nobody saw the next one before: it goes by its name.
    let changes = after(
        &scans,
        &["drop table t", "create table t (id int not null, day int)"],
    )
    .await;
    assert_eq!(changes, ["changed field t day"]);
    assert_eq!(id_of(&scans, "t").await, third);
}
