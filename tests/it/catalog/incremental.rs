//! Only what changed is read, and what changed is read.

use serde_json::{Value, json};
use test_support::Server;

use super::{Scans, source};

/// The tables that were read, by what was written of the rest: all minus those that are known.
fn read(status: &Value) -> i64 {
    let number = |name: &str| status[name].as_i64().expect("a number");
    number("tables_scanned") - number("tables_unchanged")
}

pub(super) async fn only_what_changed_is_read(server: Server) {
    let source = source(server).await;
    source.create_tables(20).await;
    let scans = Scans::of(source).await;
    let first = scans.scan_well().await;
    assert_eq!((&first["mode"], read(&first)), (&json!("full"), 20));

    let second = scans.scan_well().await;
    assert_eq!((&second["mode"], read(&second)), (&json!("incremental"), 0));
    assert_eq!(
        (&second["tables_scanned"], &second["fields_scanned"]),
        (&json!(20), &json!(60)),
        "what is known counts"
    );
    assert_eq!(second["progress"], 1.0);

    scans.execute("alter table t003 add column more int").await;
    scans.execute("drop table t004").await;
    scans
        .execute("create table t021 (id int primary key)")
        .await;
    let third = scans.scan_well().await;
    assert_eq!((&third["mode"], read(&third)), (&json!("incremental"), 2));
    assert_eq!(third["changes"]["removed"], 1, "{third}");
    let fields =
        "select f.field_name from metadata.fields f join metadata.tables t on t.id = f.table_id
        where t.table_name in ('t003', 't021') and f.removed_at is null order by f.id";
    assert_eq!(scans.rows(fields).await.len(), 5);

    let proof = scans
        .meta
        .scan(
            &json!({ "resource_id": scans.id, "database": scans.source.database, "mode": "full" }),
        )
        .await;
    assert_eq!(proof["status"], "SUCCESS", "{proof}");
    assert_eq!((&proof["mode"], read(&proof)), (&json!("full"), 20));
    let nothing = json!({ "added": 0, "changed": 0, "removed": 0, "renamed": 0 });
    assert_eq!(proof["changes"], nothing, "{proof}");
}

/// A scan of chosen tables, or of tables without fields, reads them all and spoils nothing.
pub(super) async fn a_scan_of_a_part_leaves_the_digests(server: Server) {
    let source = source(server).await;
    source.create_tables(6).await;
    let scans = Scans::of(source).await;
    scans.scan_well().await;
    let database = scans.source.database.clone();
    scans.execute("alter table t001 add column more int").await;
    for part in [
        json!({ "tables": ["t002"] }),
        json!({ "include_fields": false }),
    ] {
        let mut body = json!({ "resource_id": scans.id, "database": database });
        body.as_object_mut()
            .expect("an object")
            .extend(part.as_object().expect("an object").clone());
        let status = scans.meta.scan(&body).await;
        assert_eq!(
            (&status["status"], &status["mode"]),
            (&json!("SUCCESS"), &json!("full"))
        );
        assert_eq!(status["tables_unchanged"], 0);
    }
    let status = scans.scan_well().await;
    assert_eq!(read(&status), 1, "{status}");
    assert_eq!(status["changes"]["added"], 1, "{status}");
}

/// So many changes that it costs less to read everything.
pub(super) async fn with_many_changes_everything_is_read(server: Server) {
    let source = source(server).await;
    source.create_tables(4).await;
    let scans = Scans::of(source).await;
    scans.scan_well().await;
    for n in 1..=3 {
        scans
            .execute(&format!("alter table t{n:03} add column more int"))
            .await;
    }
    let status = scans.scan_well().await;
    assert_eq!((&status["mode"], read(&status)), (&json!("full"), 4));
    assert_eq!(status["changes"]["added"], 3, "{status}");
}

pub(super) async fn every_so_often_everything_is_read(server: Server) {
    let source = source(server).await;
    source.create_tables(2).await;
    let scans = Scans::with(source, &[("META__DEEP_SCAN__FULL_EVERY", "3")]).await;
    let mut modes = Vec::new();
    for _ in 0..7 {
        modes.push(scans.scan_well().await["mode"].clone());
    }
    assert_eq!(
        modes,
        [
            "full",
            "incremental",
            "incremental",
            "full",
            "incremental",
            "incremental",
            "full"
        ]
    );
}

/// The catalog is not as the digest says: only a scan of everything can see that, and tells of it.
pub(super) async fn what_the_digests_missed_is_told_as_a_defect(server: Server) {
    let source = source(server).await;
    source.create_tables(4).await;
    let scans = Scans::of(source).await;
    scans.scan_well().await;
    let mut store = scans.meta.installation.store().admin().await;
    for spoil in [
        "update metadata.tables set table_comment = 'was missed', structure_digest = null where table_name = 't002'",
        "update metadata.fields f set column_type = 'was missed' from metadata.tables t
         where t.id = f.table_id and t.table_name = 't003' and f.field_name = 'name'",
    ] {
        sqlx::query(spoil)
            .execute(&mut store)
            .await
            .expect("spoiled");
    }
    let status = scans.scan_well().await;
    assert_eq!(read(&status), 0, "nothing tells");
    // What changes in the same moment is no defect.
    scans.execute("alter table t001 add column more int").await;
    let body =
        json!({ "resource_id": scans.id, "database": scans.source.database, "mode": "full" });
    let status = scans.meta.scan(&body).await;
    assert_eq!(status["status"], "PARTIAL", "{status}");
    let failures = status["failures"].as_array().expect("failures");
    let tables: Vec<_> = failures
        .iter()
        .map(|failure| failure["table"].as_str().expect("a name"))
        .map(|table| table.rsplit('.').next().expect("a name"))
        .collect();
    assert_eq!(tables, ["t002", "t003"], "{status}");
    let path = format!("/api/metadata/changes?resource_id={}&limit=10", scans.id);
    let changes = scans.meta.admin().get(&path).await.expect(200);
    let defects: Vec<_> = changes["items"]
        .as_array()
        .expect("items")
        .iter()
        .filter(|change| change["is_defect"] == true)
        .map(|change| (change["before"].to_string(), change["after"].is_object()))
        .collect();
    assert_eq!(defects.len(), 2, "{changes}");
    assert!(
        defects
            .iter()
            .all(|(before, has_after)| before.contains("was missed") && *has_after),
        "{defects:?}"
    );
    assert_eq!(scans.scan_well().await["changes"]["changed"], 0);
}

/// Rows come and go without a change of structure: the figures follow, and no table is read.
pub(super) async fn figures_follow_without_a_reading(server: Server) {
    let source = source(server).await;
    source.create_tables(3).await;
    let scans = Scans::of(source).await;
    scans.scan_well().await;
    scans
        .execute("insert into t001 (id, parent) values (1, 1), (2, 1), (3, 1)")
        .await;
    let analyze = if server == Server::Postgres {
        "analyze t001"
    } else {
        "analyze table t001"
    };
    scans.execute(analyze).await;
    let status = scans.scan_well().await;
    assert_eq!(
        (read(&status), &status["changes"]["changed"]),
        (0, &json!(0)),
        "{status}"
    );
    let rows = "select row_count from metadata.tables where table_name = 't001'";
    assert_eq!(scans.rows(rows).await, [r#"{"row_count": 3}"#]);
}
