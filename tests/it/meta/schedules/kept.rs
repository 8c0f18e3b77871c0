//! What a service token may do: keep schedules of its own.

use serde_json::{Value, json};

use super::{SCHEDULES, add, idle_at, items, path, register};

fn body(source: i64, databases: &[&str]) -> Value {
    json!({ "resource_id": source, "level": 2, "databases": databases, "cron": "30 1 * * *" })
}

#[tokio::test]
async fn manager_has_one_of_each_source() {
    let (meta, _clock) = idle_at("2026-01-05T12:00:00Z", &[]).await;
    let api = meta.service();
    let source = register(&meta.admin(), "shop").await;
    let kept = api
        .post(SCHEDULES, &body(source, &["shop"]))
        .await
        .expect(201);
    assert_eq!(kept["origin"], "manager");
    let _ = api
        .post(SCHEDULES, &body(source, &["hr"]))
        .await
        .problem(409, "schedule-exists");
    let change = json!({ "databases": ["hr", "shop"] });
    let changed = api.patch(&path(&kept), &change).await.expect(200);
    assert_eq!(changed["databases"], change["databases"]);
    assert_eq!(
        items(&api, &format!("schedules?resource_id={source}"))
            .await
            .len(),
        2
    );
    assert_eq!(api.delete(&path(&kept)).await.status, 204);
}

#[tokio::test]
async fn it_leaves_those_of_people_alone() {
    let (meta, _clock) = idle_at("2026-01-05T12:00:00Z", &[]).await;
    let (service, admin) = (meta.service(), meta.admin());
    let source = register(&admin, "shop").await;
    let default = items(&admin, "schedules").await.remove(0);
    let own = add(&admin, source, &json!({})).await;
    for one in [&default, &own] {
        let change = json!({ "paused": true });
        let _ = service
            .patch(&path(one), &change)
            .await
            .problem(403, "forbidden");
        let _ = service.delete(&path(one)).await.problem(403, "forbidden");
    }
}

#[tokio::test]
async fn people_change_when_it_runs_but_not_what_it_reads() {
    let (meta, _clock) = idle_at("2026-01-05T12:00:00Z", &[]).await;
    let (service, admin) = (meta.service(), meta.admin());
    let source = register(&admin, "shop").await;
    let kept = service
        .post(SCHEDULES, &body(source, &["shop"]))
        .await
        .expect(201);
    let change = json!({ "cron": "0 4 * * *", "paused": true });
    let changed = admin.patch(&path(&kept), &change).await.expect(200);
    assert_eq!(
        (&changed["origin"], &changed["cron"]),
        (&json!("manager"), &json!("0 4 * * *"))
    );
    let databases = json!({ "databases": ["hr"] });
    let problem = admin
        .patch(&path(&kept), &databases)
        .await
        .problem(422, "validation-failed");
    let detail = problem["errors"][0]["detail"].as_str().expect("text");
    assert!(detail.contains("what is managed"), "{detail}");
    assert_eq!(admin.delete(&path(&kept)).await.status, 204);
}
