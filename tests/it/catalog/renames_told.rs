//! By what a renamed table is known, and when it is not.

use serde_json::Value;
use test_support::Server;

use super::renames::{after, execute, fields_of, id_of, identified, renamed, scanned, told};
use super::{Scans, source};

/// What has an identity may be altered at the same time, as long as that makes no new table of it: `MySQL` 9
/// makes one for each new column.
pub(super) async fn a_table_is_renamed_and_altered(server: Server) {
    let scans = identified(
        server,
        &["create table a (id int not null, word varchar(9))"],
    )
    .await;
    let (id, fields) = (id_of(&scans, "a").await, fields_of(&scans, "a").await);
    let (alter, expected) = if server == Server::MySql {
        (
            "create index by_word on b (word)",
            ["changed field b word", "changed table b"].as_slice(),
        )
    } else {
        (
            "alter table b add column more int",
            ["added field b more"].as_slice(),
        )
    };
    let changes = after(&scans, &["alter table a rename to b", alter]).await;
    let mut expected: Vec<String> = expected.iter().map(|&line| line.to_owned()).collect();
    expected.push(renamed("a", "b"));
    assert_eq!(changes, expected);
    assert_eq!(id_of(&scans, "b").await, id);
    assert_eq!(fields_of(&scans, "b").await[..2], fields);
}

/// Without a number it is not known which of two became which.
pub(super) async fn two_fields_are_renamed_at_once(server: Server) {
    let scans = scanned(server, &["create table a (one int, two int, three int)"]).await;
    let before = fields_of(&scans, "a").await;
    let changes = after(
        &scans,
        &[
            "alter table a rename column one to four",
            "alter table a rename column two to five",
        ],
    )
    .await;
    let now = fields_of(&scans, "a").await;
    assert_eq!(now[2], before[2]);
    if server == Server::Postgres {
        assert_eq!((now[0].1, now[1].1), (before[0].1, before[1].1));
    } else {
        let expected = [
            "added field a five",
            "added field a four",
            "removed field a one",
            "removed field a two",
        ];
        assert_eq!(changes, expected);
    }
}

/// A key that points to its own table, and the names that a server gives after that of the table.
pub(super) async fn a_table_that_refers_to_itself_is_renamed(server: Server) {
    let scans = scanned(
        server,
        &[
            "create table tree (id int primary key, up int, word varchar(9), check (id > 0),
             foreign key (up) references tree (id))",
        ],
    )
    .await;
    let id = id_of(&scans, "tree").await;
    let changes = after(&scans, &["alter table tree rename to forest"]).await;
    assert_eq!(
        changes,
        ["changed table forest".to_owned(), renamed("tree", "forest")]
    );
    assert_eq!(id_of(&scans, "forest").await, id);
}

/// The oldest goes and a new one comes, made like all the others: that is no rename.
pub(super) async fn logs_are_rotated(server: Server) {
    let scans = scanned(
        server,
        &[
            "create table log_1 (id int not null, line varchar(9))",
            "create table log_2 (id int not null, line varchar(9))",
        ],
    )
    .await;
    let (first, second) = (id_of(&scans, "log_1").await, id_of(&scans, "log_2").await);
    let changes = after(
        &scans,
        &[
            "drop table log_1",
            "create table log_3 (id int not null, line varchar(9))",
        ],
    )
    .await;
    assert_eq!(changes, ["added table log_3", "removed table log_1"]);
    assert_ne!(id_of(&scans, "log_3").await, first);
    assert_eq!(id_of(&scans, "log_2").await, second);
    // Nor is it when all of them go at once.
    let changes = after(
        &scans,
        &[
            "drop table log_2, log_3",
            "create table log_4 (id int not null, line varchar(9))",
        ],
    )
    .await;
    assert_eq!(
        changes,
        [
            "added table log_4",
            "removed table log_2",
            "removed table log_3"
        ]
    );
}

/// Without identities tables that swap names are others under the same names.
pub(super) async fn swapped_contents_are_changes(server: Server) {
    let scans = scanned(
        server,
        &[
            "create table a (id int not null, one int)",
            "create table b (id int not null, two date)",
        ],
    )
    .await;
    let before = scans.tables().await;
    let changes = after(&scans, &["rename table a to x, b to a, x to b"]).await;
    assert_eq!(
        changes,
        [
            "added field a two",
            "added field b one",
            "removed field a one",
            "removed field b two",
        ]
    );
    assert_eq!(scans.tables().await, before);
}

/// `MySQL` keeps the time of creation over a rename: another time is another table.
pub(super) async fn what_was_made_at_another_time_is_another(server: Server) {
    let scans = scanned(server, &["create table a (id int not null, one int)"]).await;
    let changes = after(
        &scans,
        &[
            "drop table a",
            "set timestamp = 1700000000; create table b (id int not null, one int)",
        ],
    )
    .await;
    assert_eq!(changes, ["added table b", "removed table a"]);
}

/// A table that had the name before is not given to another one that takes it.
pub(super) async fn a_name_that_comes_back_is_revived(server: Server) {
    let scans = scanned(
        server,
        &[
            "create table a (id int not null, one int)",
            "create table b (id int not null, one int)",
        ],
    )
    .await;
    let (a, b) = (id_of(&scans, "a").await, id_of(&scans, "b").await);
    assert_eq!(after(&scans, &["drop table a"]).await, ["removed table a"]);
    let changes = after(&scans, &["alter table b rename to a"]).await;
    if server == Server::Postgres {
        assert_eq!(changes, [renamed("b", "a")]);
        assert_eq!(id_of(&scans, "a").await, b);
    } else {
        assert_eq!(changes, ["added table a", "removed table b"]);
        assert_eq!(id_of(&scans, "a").await, a);
    }
}

/// What was left out for a while and was renamed meanwhile.
pub(super) async fn what_was_gone_comes_back_renamed(server: Server) {
    let scans = identified(server, &["create table a (id int not null, one int)"]).await;
    let id = id_of(&scans, "a").await;
    execute_in_store(&scans, "update metadata.tables set removed_at = now()").await;
    let changes = after(&scans, &["alter table a rename to b"]).await;
    assert_eq!(changes, [renamed("a", "b")]);
    assert_eq!(id_of(&scans, "b").await, id);
}

/// Another server gives the same identity to another table.
pub(super) async fn identities_of_another_server_say_nothing(server: Server) {
    let scans = identified(
        server,
        &[
            "create table a (id int not null, one int)",
            "create table other (id int not null, two date)",
        ],
    )
    .await;
    let id = id_of(&scans, "a").await;
    execute_in_store(
        &scans,
        "update metadata.databases set identity_server = 'another', witness = witness || '{\"server\": \"another\"}'",
    )
    .await;
    execute(&scans, &["alter table a rename to b"]).await;
    let status = scans.scan().await;
    assert_eq!(status["status"], "PARTIAL", "{status}");
    assert_eq!(told(&scans, &status).await, ["added table b"]);
    let new = id_of(&scans, "b").await;
    assert_ne!(new, id);
    // From now on it is the one that gave them.
    execute(&scans, &["alter table b rename to c"]).await;
    let status: Value = scans.scan().await;
    assert_eq!(told(&scans, &status).await, [renamed("b", "c")]);
    assert_eq!(id_of(&scans, "c").await, new);
}

/// A scan of chosen tables follows them too, but where the name is another's it leaves both as they are.
pub(super) async fn chosen_tables_are_followed(server: Server) {
    let scans = identified(
        server,
        &[
            "create table a (id int not null, one int)",
            "create table b (id int not null, two date)",
            "create table c (id int not null, three int)",
        ],
    )
    .await;
    let before = scans.tables().await;
    execute(
        &scans,
        &[
            "alter table a rename to d",
            "drop table c",
            "alter table b rename to c",
        ],
    )
    .await;
    let request = serde_json::json!({
        "resource_id": scans.id, "database": scans.source.database, "tables": ["c", "d"],
    });
    let status = scans.meta.scan(&request).await;
    let changes = told(&scans, &status).await;
    assert!(changes.contains(&renamed("a", "d")), "{changes:?}");
    assert!(
        !changes.iter().any(|line| line.starts_with("removed table")),
        "{changes:?}"
    );
    let ids: Vec<i64> = before.iter().map(|(_, id)| *id).collect();
    assert_eq!(
        scans.tables().await,
        [
            ("b".to_owned(), ids[1]),
            ("c".to_owned(), ids[2]),
            ("d".to_owned(), ids[0]),
        ]
    );
    // All tables are known again: what has the name stays with it.
    assert_eq!(after(&scans, &[]).await, ["removed table b"]);
}

async fn execute_in_store(scans: &Scans, sql: &'static str) {
    let mut admin = scans.meta.installation.store().admin().await;
    sqlx::query(sql).execute(&mut admin).await.expect(sql);
}

/// From ten tables on, more than half of which have the identity of another one, the server was made anew.
pub(super) async fn identities_that_were_dealt_anew_say_nothing(server: Server) {
    let source = source(server).await;
    source.create_tables(10).await;
    let scans = Scans::of(source).await;
    scans.scan_well().await;
    let before = scans.tables().await;
    // As if each had had the identity of the next one.
    execute_in_store(
        &scans,
        "update metadata.tables t set source_identity = n.source_identity
         from metadata.tables n
         where right(n.table_name, 3)::int % 10 = (right(t.table_name, 3)::int + 1) % 10",
    )
    .await;
    let status = scans.scan_well().await;
    assert_eq!(status["changes"]["renamed"], 0, "{status}");
    assert_eq!(scans.tables().await, before);
}
