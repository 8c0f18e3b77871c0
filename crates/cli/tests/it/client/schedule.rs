//! `plumb schedule`.

use models::Role;
use serde_json::json;

use super::{Desk, ledger};

#[tokio::test]
async fn schedules_are_made_shown_and_changed() {
    let desk = Desk::registered(ledger().await).await;
    let database = &desk.source.database;
    let add = [
        "schedule",
        "add",
        "shop",
        "--cron",
        "30 2 * * *",
        "--time-zone",
        "Europe/Berlin",
        "--database",
        database,
        "--jitter",
        "0",
    ];
    let made = desk.run(&add).await.exits(0);
    let id = made
        .stdout
        .lines()
        .nth(1)
        .and_then(|line| line.split_whitespace().next());
    let id = id.expect("an id").to_owned();
    let show = desk.run(&["schedule", "show", &id]).await.exits(0);
    let list = desk.run(&["schedule", "list"]).await.exits(0);
    let mut settings = desk.settings();
    settings.add_filter(r"(?m)^\d+  shop", "ID  shop");
    settings.bind(|| {
        insta::assert_snapshot!("schedule_made", made.stdout);
        insta::assert_snapshot!("schedule_shown", show.stdout);
        insta::assert_snapshot!("schedules_listed", list.stdout);
    });

    let edit = [
        "schedule",
        "edit",
        &id,
        "--cron",
        "@hourly",
        "--time-zone",
        "UTC",
        "--format",
        "json",
    ];
    let changed = desk.run(&edit).await.exits(0).json();
    assert_eq!(
        (
            &changed["cron"],
            &changed["time_zone"],
            &changed["databases"]
        ),
        (&json!("@hourly"), &json!("UTC"), &json!([database]))
    );
    let list = ["schedule", "list", "--source", "shop", "--format", "json"];
    let listed = desk.run(&list).await.exits(0).json();
    assert_eq!(listed["items"][1], changed, "{listed}");
    let shown = ["schedule", "show", &id, "--format", "json"];
    assert_eq!(desk.run(&shown).await.exits(0).json(), changed);
}

#[tokio::test]
async fn schedules_rest_and_are_removed() {
    let desk = Desk::registered(ledger().await).await;
    let list = ["schedule", "list", "--format", "json"];
    let default = desk.run(&list).await.exits(0).json()["items"][0]["id"].to_string();
    let paused = desk.run(&["schedule", "pause", &default]).await.exits(0);
    assert!(paused.stdout.contains("  paused  "), "{paused}");
    let resume = ["schedule", "resume", &default, "--format", "json"];
    let resumed = desk.run(&resume).await.exits(0).json();
    assert_eq!(resumed["paused"], false, "{resumed}");
    desk.run(&["source", "pause", "shop"]).await.exits(0);
    let listed = desk.run(&["schedule", "list"]).await.exits(0);
    assert!(listed.stdout.contains("source paused"), "{listed}");

    let add = [
        "schedule", "add", "shop", "--cron", "@daily", "--paused", "--format", "json",
    ];
    let other = desk.run(&add).await.exits(0).json();
    assert_eq!(
        (&other["level"], &other["paused"]),
        (&json!(1), &json!(true))
    );
    let other = other["id"].to_string();
    let removed = desk
        .run(&["schedule", "remove", &default, &other])
        .await
        .exits(0);
    let said = format!("schedule {default} has been removed\nschedule {other} has been removed\n");
    assert_eq!(removed.stdout, said, "{removed}");
    let none = desk.run(&["schedule", "list"]).await.exits(0);
    assert!(
        none.stdout.is_empty() && none.stderr.contains("plumb schedule add"),
        "{none}"
    );
}

#[tokio::test]
async fn what_is_wrong_is_told() {
    let desk = Desk::registered(ledger().await).await;
    let add = async |more: &[&str]| {
        let line = [&["schedule", "add", "shop", "--cron"], more].concat();
        desk.run(&line).await
    };
    add(&["0 25 * * *"])
        .await
        .only_says(1, &["/cron", "wrong hour"]);
    add(&["@daily", "--time-zone", "Berlin"])
        .await
        .only_says(1, &["did you mean Europe/Berlin?"]);
    add(&["@daily", "--jitter", "-1"]).await.exits(2);
    desk.run(&["schedule", "show", "424242"])
        .await
        .only_says(1, &["no schedule 424242", "plumb schedule list"]);
    desk.run(&["schedule", "edit", "1"])
        .await
        .only_says(2, &["nothing to change", "plumb schedule edit"]);
    let viewer = ["schedule", "add", "shop", "--cron", "@daily"];
    let viewer = desk.run_as(Role::Viewer, &viewer).await;
    viewer.only_says(1, &["(403)"]);
}
