//! `plumb source show`, `test` and `remove`; `sync` beside another scan.

use models::Role;
use serde_json::json;
use test_support::{Proxy, Server, Source, refused_port};

use super::{Desk, ledger};

#[tokio::test]
async fn a_source_is_shown_and_tested() {
    let desk = Desk::registered(ledger().await).await;
    let show = desk.run(&["source", "show", "shop"]).await.exits(0);
    let mut settings = desk.settings();
    settings.add_filter(r"server_version_num = \d+", "server_version_num = N");
    settings.bind(|| insta::assert_snapshot!("shown", show.stdout));

    let test = ["source", "test", "shop", "--format", "json"];
    let report = desk.run(&test).await.exits(0).json();
    assert_eq!(report["ok"], true, "{report}");
    let steps = report["steps"].as_array().expect("steps").iter();
    let names: Vec<&str> = steps.filter_map(|step| step["name"].as_str()).collect();
    let table = desk.run(&["source", "test", "shop"]).await.exits(0);
    let lines = table.stdout.lines().skip(1);
    let lines = lines.map(|line| line.split_whitespace().take(2).collect::<Vec<_>>());
    let told: Vec<_> = names.iter().map(|name| vec![*name, "ok"]).collect();
    assert_eq!(lines.collect::<Vec<_>>(), told, "{table}");
    let viewer = desk.run_as(Role::Viewer, &["source", "test", "shop"]).await;
    viewer.only_says(1, &["(403)", "more rights"]);
}

#[tokio::test]
async fn a_test_that_fails_is_status_1() {
    let desk = Desk::registered(ledger().await).await;
    let (_held, port) = refused_port();
    let body = desk.source.registration_through("gone", port);
    let created = desk
        .meta
        .admin()
        .post("/api/metadata/datasources", &body)
        .await;
    let _ = created.expect(201);
    let failed = desk.run(&["source", "test", "gone"]).await.exits(1);
    let steps: Vec<&str> = failed.stdout.lines().collect();
    let last = steps.last().expect("a step");
    assert!(
        last.starts_with("connect") && last.contains("fail"),
        "{failed}"
    );
    assert_eq!(failed.stderr, "", "the steps tell all: {failed}");
    let failed = desk
        .run(&["source", "test", "gone", "--format", "json"])
        .await
        .exits(1);
    assert_eq!(failed.json()["ok"], false, "{failed}");
}

#[tokio::test]
async fn a_source_is_removed_when_that_is_confirmed() {
    let desk = Desk::registered(ledger().await).await;
    let unsure = desk.run(&["source", "remove", "shop"]).await;
    unsure.only_says(2, &["--yes"]);
    let viewer = desk
        .run_as(Role::Viewer, &["source", "remove", "shop", "--yes"])
        .await;
    viewer.only_says(1, &["(403)"]);
    let removed = desk
        .run(&["source", "remove", "shop", "--yes"])
        .await
        .exits(0);
    assert_eq!(removed.stdout, "shop has been removed\n", "{removed}");
    let again = desk.run(&["source", "remove", "shop", "--yes"]).await;
    again.only_says(1, &["no data source \"shop\"", "plumb source list"]);

    let other = Source::create(Server::Postgres).await;
    desk.meta.register(&other).await;
    let remove = [
        "source",
        "remove",
        &other.database,
        "--yes",
        "--format",
        "json",
    ];
    let removed = desk.run(&remove).await.exits(0);
    assert_eq!((&*removed.stdout, &*removed.stderr), ("", ""), "{removed}");
}

#[tokio::test]
async fn follow_waits_for_the_scan_that_is_active() {
    let desk = Desk::registered(ledger().await).await;
    let proxy = Proxy::to(desk.source.server).await;
    let mut body = desk.source.registration_through("slow", proxy.port);
    // Those of other tests come and go.
    body["options"] = json!({ "include_databases": [desk.source.database] });
    let created = desk
        .meta
        .admin()
        .post("/api/metadata/datasources", &body)
        .await;
    let id = desk.meta.registered(created.expect(201)).await;
    proxy.hold();
    let started = desk.run(&["sync", "slow", "--force"]).await.exits(0);
    assert!(started.stdout.contains("QUEUED"), "{started}");
    let refused = desk.run(&["sync", "slow", "--force"]).await;
    refused.only_says(1, &["(409)", "--follow"]);
    let follow = ["sync", "slow", "--force", "--follow"];
    let (ran, ()) = tokio::join!(desk.run(&follow), async { proxy.release() });
    let ran = ran.exits(0);
    assert!(ran.stdout.contains(": SUCCESS in "), "{ran}");
    // The one of the registration, the one that was active, and the one that was asked for.
    let path = format!("/api/metadata/sync-logs?resource_id={id}");
    let logs = desk.meta.admin().get(&path).await.expect(200);
    assert_eq!(logs["items"].as_array().map(Vec::len), Some(3), "{logs}");
}

#[tokio::test]
async fn a_source_is_changed_paused_and_resumed() {
    let desk = Desk::registered(ledger().await).await;
    let edit = async |more: &[&str]| {
        let line = [&["source", "edit", "shop", "--format", "json"], more].concat();
        desk.run(&line).await.exits(0).json()
    };
    let patterns = [
        "--exclude",
        "tmp_*",
        "--exclude",
        "test_*",
        "--max-connections",
        "3",
    ];
    let changed = edit(&patterns).await;
    let options = serde_json::json!({
        "max_connections": 3, "exclude_databases": ["tmp_*", "test_*"],
    });
    assert_eq!(changed["options"], options, "{changed}");
    let changed = edit(&["--exclude", "", "--tls", "disable"]).await;
    assert_eq!(
        changed["options"],
        serde_json::json!({ "max_connections": 3 })
    );
    assert_eq!(changed["tls"]["mode"], "disable", "{changed}");
    let changed = edit(&["--writable"]).await;
    assert_eq!(changed["options"]["writable"], true, "{changed}");
    let changed = edit(&["--writable=false"]).await;
    assert_eq!(
        changed["options"],
        serde_json::json!({ "max_connections": 3 })
    );
    desk.run(&["source", "edit", "shop"])
        .await
        .only_says(2, &["nothing to change"]);

    let paused = desk.run(&["source", "pause", "shop"]).await.exits(0);
    assert!(paused.stdout.contains(", paused"), "{paused}");
    let sync = desk.run(&["sync", "shop", "--force"]).await;
    sync.only_says(1, &["(409)", "plumb source resume"]);
    let resumed = desk
        .run(&["source", "resume", "shop", "--format", "json"])
        .await
        .exits(0);
    assert_eq!(resumed.json()["paused"], false, "{resumed}");
    // Those of other tests come and go.
    edit(&["--include", &desk.source.database]).await;
    desk.run(&["sync", "shop", "--force", "--follow"])
        .await
        .exits(0);
    let renamed = edit(&["--name", "store"]).await;
    assert_eq!(renamed["datasource_name"], "store", "{renamed}");
}
