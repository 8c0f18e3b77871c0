//! Tables that grow and shrink.

use serde_json::{Value, json};
use test_support::Server;

use super::{Scans, source};

/// What was told of sizes, newest first: rows before and after.
async fn told(scans: &Scans) -> Vec<(i64, i64)> {
    let path = format!("/api/metadata/changes?resource_id={}", scans.id);
    let changes = scans.meta.admin().get(&path).await.expect(200);
    let rows = |side: &Value| side["row_count"].as_i64().expect("rows");
    let changes = changes["items"].as_array().expect("items").iter();
    let resized = changes.filter(|change| change["change_type"] == "resized");
    resized
        .map(|change| {
            assert_eq!(change["object_name"], "t001");
            (rows(&change["before"]), rows(&change["after"]))
        })
        .collect()
}

/// Gives the table so many rows, of which the server knows the number afterwards.
async fn fill(scans: &Scans, server: Server, rows: u32) {
    scans.execute("delete from t001").await;
    let values: Vec<_> = (0..rows).map(|row| format!("({row}, 1)")).collect();
    let values = values.join(", ");
    scans
        .execute(&format!("insert into t001 (id, parent) values {values}"))
        .await;
    let analyze = if server == Server::Postgres {
        "vacuum analyze t001"
    } else {
        "analyze table t001"
    };
    scans.execute(analyze).await;
}

/// Growth is kept beyond the setting only, is counted from what was last told, and is no change of structure.
pub(super) async fn only_much_growth_is_told(server: Server) {
    let source = source(server).await;
    source.create_tables(2).await;
    let scans = Scans::of(source).await;
    fill(&scans, server, 4000).await;
    scans.scan_well().await;
    let mut tellings = Vec::new();
    for rows in [5000, 8000, 9000, 10, 900] {
        fill(&scans, server, rows).await;
        let status = scans.scan_well().await;
        let nothing = json!({ "added": 0, "changed": 0, "removed": 0, "renamed": 0 });
        assert_eq!(status["changes"], nothing, "{status}");
        tellings.push(told(&scans).await.len());
    }
    assert_eq!(tellings, [0, 1, 1, 2, 2]);
    let told = told(&scans).await;
    assert!(told[1].0 < told[1].1, "it has grown: {told:?}");
    assert!(told[0].0 > told[0].1, "it has shrunk: {told:?}");
}

pub(super) async fn the_setting_says_how_much_is_much(server: Server) {
    let source = source(server).await;
    source.create_tables(1).await;
    let scans = Scans::with(source, &[("META__DEEP_SCAN__GROWTH_PERCENT", "1000")]).await;
    for rows in [4000, 20_000] {
        fill(&scans, server, rows).await;
        scans.scan_well().await;
    }
    assert_eq!(told(&scans).await, []);
    fill(&scans, server, 60_000).await;
    scans.scan_well().await;
    assert_eq!(told(&scans).await.len(), 1);
}
