//! `/api/metadata/schedules`

use models::Role;
use serde_json::{Value, json};
use test_support::{TENANT, assert_has};

use super::{SCHEDULES, add, idle_at, items, path, read, register};

#[tokio::test]
async fn one_is_made_read_changed_and_deleted() {
    let (meta, _clock) = idle_at("2026-01-05T12:00:00Z", &[]).await;
    let api = meta.admin();
    let source = register(&api, "shop").await;
    let body = json!({
        "resource_id": source, "level": 2, "databases": ["shop", "hr"], "cron": "30 2 * * *",
        "time_zone": "Europe/Berlin", "jitter_seconds": 0,
    });
    let created = api.post(SCHEDULES, &body).await;
    let location = created.header("location").to_owned();
    let created = created.expect(201);
    let expected = json!({
        "datasource_id": source, "level": 2, "databases": ["shop", "hr"], "cron": "30 2 * * *",
        "time_zone": "Europe/Berlin", "paused": false, "jitter_seconds": 0, "origin": "api",
        "next_run_at": "2026-01-06T01:30:00Z", "last_run_at": null, "last_job_id": null,
    });
    assert_has(&created, &expected);
    assert_eq!(location, path(&created));

    let found = api.get(&location).await;
    let tag = found.header("etag").to_owned();
    assert_eq!(found.expect(200), created);
    let known = api.clone().with_header("if-none-match", &tag);
    assert_eq!(known.get(&location).await.status, 304);

    let change = json!({ "cron": "0 */6 * * *", "time_zone": "UTC" });
    let seen = api.clone().with_header("if-match", &tag);
    let changed = seen.patch(&location, &change).await.expect(200);
    let expected = json!({
        "cron": "0 */6 * * *", "time_zone": "UTC", "databases": ["shop", "hr"],
        "next_run_at": "2026-01-05T18:00:00Z",
    });
    assert_has(&changed, &expected);
    let _ = seen
        .patch(&location, &json!({ "paused": true }))
        .await
        .problem(412, "precondition-failed");
    let _ = seen
        .delete(&location)
        .await
        .problem(412, "precondition-failed");
    let untouched = api.patch(&location, &json!({})).await.expect(200);
    assert_eq!(untouched["next_run_at"], changed["next_run_at"]);

    assert_eq!(api.delete(&location).await.status, 204);
    for answer in [
        api.get(&location).await,
        api.patch(&location, &change).await,
        api.delete(&location).await,
    ] {
        let _ = answer.problem(404, "schedule-not-found");
    }
}

#[tokio::test]
async fn they_are_listed_by_source_and_page() {
    let (meta, _clock) = idle_at("2026-01-05T12:00:00Z", &[]).await;
    let api = meta.admin();
    let (shop, hr) = (register(&api, "shop").await, register(&api, "hr").await);
    let mut ids =
        vec![items(&api, &format!("schedules?resource_id={shop}")).await[0]["id"].clone()];
    for _ in 0..3 {
        ids.push(add(&api, shop, &json!({})).await["id"].clone());
    }
    let list = format!("{SCHEDULES}?resource_id={shop}&limit=3&with_total=true");
    let first = api.get(&list).await.expect(200);
    let cursor = first["next_cursor"].as_str().expect("there are more");
    let second = api
        .get(&format!("{list}&cursor={cursor}"))
        .await
        .expect(200);
    assert_eq!(
        (&first["total"], &second["next_cursor"]),
        (&json!(4), &Value::Null)
    );
    let pages = [&first, &second].map(|page| page["items"].as_array().expect("items").clone());
    let found: Vec<Value> = pages.concat().iter().map(|one| one["id"].clone()).collect();
    assert_eq!(found, ids);
    assert_eq!(items(&api, "schedules").await.len(), 5, "of both sources");
    assert_eq!(
        items(&api, &format!("schedules?resource_id={hr}"))
            .await
            .len(),
        1
    );
    let other = format!("{SCHEDULES}?resource_id={hr}&cursor={cursor}");
    let _ = api.get(&other).await.problem(400, "invalid-cursor");
    let _ = api
        .get(&format!("{SCHEDULES}?resource_id=424242"))
        .await
        .problem(404, "datasource-not-found");
    let viewer = meta.user(TENANT, Role::Viewer);
    assert_eq!(items(&viewer, "schedules").await.len(), 5);
}

#[tokio::test]
async fn one_is_made_once_under_a_key() {
    let (meta, _clock) = idle_at("2026-01-05T12:00:00Z", &[]).await;
    let api = meta.admin().with_header("idempotency-key", "k-1");
    let source = register(&meta.admin(), "shop").await;
    let first = add(&api, source, &json!({})).await;
    assert_eq!(
        add(&api, source, &json!({})).await,
        first,
        "the very same answer"
    );
    let body = json!({ "resource_id": source, "level": 1, "cron": "@daily" });
    let _ = api
        .post(SCHEDULES, &body)
        .await
        .problem(422, "idempotency-key-reused");
    assert_eq!(
        items(&meta.admin(), "schedules").await.len(),
        2,
        "with the default one"
    );
}

#[tokio::test]
async fn they_go_with_their_source() {
    let (meta, _clock) = idle_at("2026-01-05T12:00:00Z", &[]).await;
    let api = meta.admin();
    let source = register(&api, "shop").await;
    let schedule = add(&api, source, &json!({})).await;
    assert_eq!(read(&api, &schedule).await, schedule);
    let answer = api
        .delete(&format!("/api/metadata/datasources/{source}?confirm=shop"))
        .await;
    assert_eq!(answer.status, 204, "{}", answer.text);
    let _ = api
        .get(&path(&schedule))
        .await
        .problem(404, "schedule-not-found");
}
