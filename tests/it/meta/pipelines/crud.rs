//! `/api/metadata/pipelines`

use models::Role;
use serde_json::{Value, json};
use test_support::{TENANT, assert_has};

use super::{PIPELINES, Shop, path};

#[tokio::test]
async fn one_is_made_and_read() {
    let shop = Shop::new(&[]).await;
    let (api, source) = (shop.api(), shop.source);
    let more = json!({
        "target": { "sync_seconds": 3600 }, "threshold": 500,
        "schedule": { "cron": "30 2 * * *", "time_zone": "Europe/Berlin" },
    });
    let created = api.post(PIPELINES, &shop.body(&more)).await;
    let location = created.header("location").to_owned();
    let created = created.expect(201);
    assert_eq!(location, path(&created));
    let table = |id: i64, name: &str| {
        json!({
            "id": id, "datasource_id": source, "datasource_name": "shop", "database_name": "shop",
            "table_schema": "public", "table_name": name,
        })
    };
    let expected = json!({
        "name": "orders", "sync_table_id": shop.sync, "biz_table_id": shop.biz,
        "fill": {
            "kind": "sql", "resource_id": source, "database": "shop", "query": "select id, name from orders",
            "mapping": {}, "key": ["id"], "mode": "upsert",
        },
        "etl": { "kind": "sql", "statement": "insert into biz_orders select * from sync_orders" },
        "delta": {
            "method": "key", "sync_column": "id", "biz_column": "id", "sync_columns": ["id"], "biz_columns": ["id"],
        },
        "target": { "sync_seconds": 3600 }, "threshold": 500,
        "schedule": {
            "cron": "30 2 * * *", "time_zone": "Europe/Berlin", "paused": false, "jitter_seconds": 0,
            "next_run_at": "2026-01-06T01:30:00Z", "last_run_at": null, "last_job_id": null,
        },
        "sync_table": table(shop.sync, "sync_orders"), "biz_table": table(shop.biz, "biz_orders"), "problems": [],
        "last_synced_at": null, "last_processed_at": null, "freshness": "unknown", "pending_rows": null,
        "measured_at": null, "method": "key", "last_jobs": [],
    });
    assert_has(&created, &expected);

    assert_eq!(api.get(&location).await.expect(200), created);
}

#[tokio::test]
async fn what_a_change_leaves_out_stays() {
    let shop = Shop::new(&[]).await;
    let api = shop.api();
    let more = json!({ "threshold": 500, "schedule": { "cron": "30 2 * * *" } });
    let created = shop.add(&more).await;
    let location = path(&created);
    let tag = api.get(&location).await.header("etag").to_owned();
    let seen = api.clone().with_header("if-match", &tag);
    let change = json!({
        "name": "all orders", "threshold": null, "schedule": null, "target": { "etl_seconds": 60 },
        "delta": { "method": "watermark", "sync_column": "changed", "biz_column": "changed" },
    });
    let changed = seen.patch(&location, &change).await.expect(200);
    let expected = json!({
        "name": "all orders", "threshold": null, "schedule": null, "target": { "etl_seconds": 60 },
        "delta": { "method": "watermark", "sync_column": "changed", "biz_column": "changed" },
        "fill": created["fill"], "sync_table_id": shop.sync,
    });
    assert_has(&changed, &expected);
    for answer in [
        seen.patch(&location, &json!({})).await,
        seen.delete(&location).await,
    ] {
        let _ = answer.problem(412, "precondition-failed");
    }
    let untouched = api.patch(&location, &json!({})).await.expect(200);
    assert_eq!(untouched["delta"], changed["delta"]);
}

#[tokio::test]
async fn one_that_is_deleted_is_gone() {
    let shop = Shop::new(&[]).await;
    let api = shop.api();
    let location = path(&shop.add(&json!({})).await);
    assert_eq!(api.delete(&location).await.status, 204);
    for answer in [
        api.get(&location).await,
        api.patch(&location, &json!({})).await,
        api.delete(&location).await,
        api.post(&format!("{location}/measure"), &json!({})).await,
    ] {
        let _ = answer.problem(404, "pipeline-not-found");
    }
}

#[tokio::test]
async fn a_change_of_its_times_plans_it_anew() {
    let shop = Shop::new(&[]).await;
    let schedule = json!({ "schedule": { "cron": "0 3 * * *", "time_zone": "UTC" } });
    let pipeline = shop.add(&schedule).await;
    let at = |pipeline: &Value| pipeline["schedule"]["next_run_at"].clone();
    assert_eq!(at(&pipeline), "2026-01-06T03:00:00Z");
    let change = async |change: Value| {
        let answer = shop.api().patch(&path(&pipeline), &change).await;
        answer.expect(200)
    };
    shop.clock.set("2026-01-05T13:00:00Z");
    let hourly = json!({ "schedule": { "cron": "@hourly", "time_zone": "UTC" } });
    assert_eq!(at(&change(hourly).await), "2026-01-05T14:00:00Z");
    shop.clock.set("2026-01-05T13:30:00Z");
    let renamed = change(json!({ "name": "o" })).await;
    assert_eq!(at(&renamed), "2026-01-05T14:00:00Z", "it stays planned");
    let paused = json!({ "schedule": { "cron": "@hourly", "time_zone": "UTC", "paused": true } });
    assert_eq!(at(&change(paused).await), Value::Null);
}

#[tokio::test]
async fn names_are_taken_once_and_listed_in_order() {
    let shop = Shop::new(&[]).await;
    for name in ["b", "a", "c"] {
        let _ = shop.add(&json!({ "name": name })).await;
    }
    let again = shop.body(&json!({ "name": "a" }));
    let problem = shop
        .api()
        .post(PIPELINES, &again)
        .await
        .problem(409, "pipeline-name-taken");
    assert_eq!(problem["errors"][0]["pointer"], "/name");
    let viewer = shop.meta.user(TENANT, Role::Viewer);
    let list = format!("{PIPELINES}?limit=2&with_total=true");
    let first = viewer.get(&list).await.expect(200);
    assert_eq!(first["total"], 3);
    let cursor = first["next_cursor"].as_str().expect("there are more");
    let second = viewer
        .get(&format!("{list}&cursor={cursor}"))
        .await
        .expect(200);
    let names: Vec<&Value> = [&first, &second]
        .iter()
        .flat_map(|page| page["items"].as_array().expect("items"))
        .map(|one| &one["name"])
        .collect();
    assert_eq!(names, ["a", "b", "c"]);
    let first = &first["items"][0];
    let renamed = shop
        .api()
        .patch(&path(first), &json!({ "name": "c" }))
        .await;
    let _ = renamed.problem(409, "pipeline-name-taken");
}

#[tokio::test]
async fn one_is_made_once_under_a_key() {
    let shop = Shop::new(&[]).await;
    let api = shop.api().clone().with_header("idempotency-key", "k-1");
    let body = shop.body(&json!({}));
    let first = api.post(PIPELINES, &body).await.expect(201);
    assert_eq!(api.post(PIPELINES, &body).await.expect(201), first);
    let other = shop.body(&json!({ "name": "others" }));
    let _ = api
        .post(PIPELINES, &other)
        .await
        .problem(422, "idempotency-key-reused");
}

/// What is in the catalog changes under a pipeline, which says so and starts nothing until it is mended.
#[tokio::test]
async fn what_no_longer_fits_the_catalog_is_shown() {
    let shop = Shop::new(&[]).await;
    let pipeline = shop.add(&json!({})).await;
    let problems = async || {
        let view = shop.read(&pipeline).await;
        let problems = view["problems"].as_array().expect("problems").clone();
        let pointers = problems.iter().map(|one| one["pointer"].clone());
        pointers.collect::<Vec<Value>>()
    };
    let sync = shop.sync;
    shop.execute(&format!(
        "update metadata.fields set removed_at = now() where table_id = {sync} and field_name = 'id'"
    ))
    .await;
    let pointers = ["/fill/key/0", "/delta/sync_column"];
    assert_eq!(problems().await, pointers);
    let problem = shop
        .ask(&pipeline, "measure")
        .await
        .problem(409, "pipeline-broken");
    assert_eq!(problem["errors"][1]["pointer"], "/delta/sync_column");
    shop.execute(&format!(
        "update metadata.tables set removed_at = now() where id = {sync}"
    ))
    .await;
    assert_eq!(problems().await, ["/sync_table_id"]);
    let path = format!("/api/metadata/datasources/{}?confirm=shop", shop.source);
    assert_eq!(shop.api().delete(&path).await.status, 204);
    let view = shop.read(&pipeline).await;
    let gone = json!({ "sync_table_id": null, "sync_table": null, "biz_table_id": null });
    assert_has(&view, &gone);
    let all = ["/sync_table_id", "/biz_table_id", "/fill/resource_id"];
    assert_eq!(problems().await, all);
}
