//! What is refused, and with which pointers.

use serde_json::{Value, json};
use test_support::Answer;

use super::{COLUMNS, PIPELINES, Shop, add_table, path, register};

/// The pointers of a 422, sorted.
#[track_caller]
fn pointers(answer: Answer) -> Vec<String> {
    let problem = answer.problem(422, "validation-failed");
    let errors = problem["errors"].as_array().expect("errors");
    let pointer = |error: &Value| error["pointer"].as_str().expect("text").to_owned();
    let mut pointers: Vec<String> = errors.iter().map(pointer).collect();
    pointers.sort();
    pointers
}

/// Nothing is made with these parts, and each thing that is wrong is pointed at.
async fn all_are_refused(shop: &Shop, cases: impl IntoIterator<Item = (Value, Vec<&str>)>) {
    for (more, expected) in cases {
        let answer = shop.api().post(PIPELINES, &shop.body(&more)).await;
        assert_eq!(pointers(answer), expected, "{more}");
    }
}

#[tokio::test]
async fn every_field_that_is_wrong_is_named() {
    let shop = Shop::new(&[]).await;
    let cases = [
        (json!({ "name": "" }), vec!["/name"]),
        (json!({ "threshold": 0 }), vec!["/threshold"]),
        (
            json!({ "threshold": 500, "etl": { "kind": "external" } }),
            vec!["/threshold"],
        ),
        (
            json!({ "target": { "sync_seconds": 0 } }),
            vec!["/target/sync_seconds"],
        ),
        (
            json!({ "schedule": { "cron": "every day" } }),
            vec!["/schedule/cron"],
        ),
        (
            json!({ "schedule": { "cron": "@daily", "time_zone": "Europe/Belin" } }),
            vec!["/schedule/time_zone"],
        ),
        (
            json!({ "fill": { "kind": "sql" } }),
            vec![
                "/fill/database",
                "/fill/key",
                "/fill/query",
                "/fill/resource_id",
            ],
        ),
        (
            json!({ "fill": { "kind": "external", "query": "select 1", "job_type": "AI_ETL" } }),
            vec!["/fill/query", "/fill/target_scope"],
        ),
        (
            json!({ "fill": { "kind": "external", "job_type": "MEASURE", "target_scope": "all" } }),
            vec!["/fill/job_type"],
        ),
        (
            json!({ "fill": { "kind": "oracle", "resource_id": 1, "database": "d", "query": "q", "key": ["id"] } }),
            vec!["/fill/kind"],
        ),
    ];
    all_are_refused(&shop, cases).await;
    let unknown = shop.body(&json!({ "fill": { "kind": "external", "card": 1 } }));
    let _ = shop
        .api()
        .post(PIPELINES, &unknown)
        .await
        .problem(400, "unknown-field");
}

#[tokio::test]
async fn every_field_of_an_etl_and_a_delta_that_is_wrong_is_named() {
    let shop = Shop::new(&[]).await;
    let cases = [
        (json!({ "etl": { "kind": "sql" } }), vec!["/etl/statement"]),
        (json!({ "etl": { "kind": "http" } }), vec!["/etl/url"]),
        (
            json!({ "etl": { "kind": "http", "url": "https://u:p@etl.example.org/run" } }),
            vec!["/etl/url"],
        ),
        (
            json!({ "etl": { "kind": "http", "url": "file:///etc/passwd" } }),
            vec!["/etl/url"],
        ),
        (
            json!({ "delta": { "method": "watermark" } }),
            vec!["/delta/biz_column", "/delta/sync_column"],
        ),
        (
            json!({ "delta": { "method": "count", "sync_column": "id" } }),
            vec!["/delta/sync_column"],
        ),
        (
            json!({ "delta": { "method": "key", "sync_columns": ["id", "name"], "biz_columns": ["id"] } }),
            vec!["/delta/biz_columns"],
        ),
    ];
    all_are_refused(&shop, cases).await;
}

/// Whatever they are given with, which is not known yet.
#[tokio::test]
async fn kinds_that_are_still_to_come_are_told_as_such() {
    let shop = Shop::new(&[]).await;
    let metabase = json!({
        "fill": { "kind": "metabase", "base_url": "https://mb.example.org", "api_key": "k", "card_id": 7 },
    });
    let llm =
        json!({ "etl": { "kind": "llm", "prompt": "p", "endpoint": "https://llm.example.org" } });
    let pipeline = shop.add(&json!({})).await;
    for (more, pointer) in [(metabase, "/fill/kind"), (llm, "/etl/kind")] {
        for answer in [
            shop.api().post(PIPELINES, &shop.body(&more)).await,
            shop.api().patch(&path(&pipeline), &more).await,
        ] {
            let problem = answer.problem(422, "validation-failed");
            assert_eq!(problem["errors"][0]["pointer"], pointer);
            let detail = problem["errors"][0]["detail"].as_str().expect("text");
            assert!(detail.contains("is still to come"), "{detail}");
        }
    }
}

#[tokio::test]
async fn what_does_not_fit_the_catalog_is_told() {
    let shop = Shop::new(&[]).await;
    let bare = add_table(&shop.meta, shop.source, "bare", &[("n", "integer")]).await;
    let elsewhere = register(&shop.api(), "other", "mysql").await;
    let far = add_table(&shop.meta, elsewhere, "biz_far", &COLUMNS).await;
    let key = |sync: &str, biz: &str| json!({ "delta": { "method": "key", "sync_column": sync, "biz_column": biz } });
    let mark = |sync: &str, biz: &str| json!({ "delta": { "method": "watermark", "sync_column": sync, "biz_column": biz } });
    let fill = |more: Value| {
        let fill = shop.body(&json!({}))["fill"].clone();
        json!({ "fill": super::with(fill, &more) })
    };
    let cases = [
        (json!({ "sync_table_id": 424_242 }), vec!["/sync_table_id"]),
        (json!({ "biz_table_id": shop.sync }), vec!["/biz_table_id"]),
        (json!({ "biz_table_id": far }), vec!["/etl/kind"]),
        (key("gone", "id"), vec!["/delta/sync_column"]),
        (key("id", "name"), vec!["/delta/biz_column"]),
        (key("price", "id"), vec!["/delta/sync_column"]),
        (mark("name", "changed"), vec!["/delta/sync_column"]),
        (mark("changed", "id"), vec!["/delta/biz_column"]),
        (
            json!({ "biz_table_id": bare, "delta": { "method": "key", "sync_column": "id", "biz_column": "n" } }),
            vec!["/delta/biz_column"],
        ),
        (
            fill(json!({ "resource_id": 424_242 })),
            vec!["/fill/resource_id"],
        ),
        (fill(json!({ "database": "gone" })), vec!["/fill/database"]),
        (fill(json!({ "key": ["name"] })), vec!["/fill/key"]),
        (
            fill(json!({ "mapping": { "a": "gone" } })),
            vec!["/fill/mapping/a"],
        ),
    ];
    all_are_refused(&shop, cases).await;
    // On another engine it is made from outside.
    let other = json!({ "biz_table_id": far, "etl": { "kind": "external" } });
    let _ = shop.add(&other).await;
}

/// Three tables in a row, and a pipeline from the last to the first.
#[tokio::test]
async fn pipelines_do_not_run_in_a_circle() {
    let shop = Shop::new(&[]).await;
    let third = add_table(&shop.meta, shop.source, "third", &COLUMNS).await;
    let one = shop.add(&json!({ "name": "one" })).await;
    let next = json!({ "name": "two", "sync_table_id": shop.biz, "biz_table_id": third });
    let two = shop.add(&next).await;
    for (from, to) in [(shop.biz, shop.sync), (third, shop.sync)] {
        let back = json!({ "name": "back", "sync_table_id": from, "biz_table_id": to });
        let answer = shop.api().post(PIPELINES, &shop.body(&back)).await;
        assert_eq!(pointers(answer), ["/biz_table_id"]);
    }
    // A change of the first closes one as well.
    let change = json!({ "sync_table_id": third, "biz_table_id": shop.sync });
    let answer = shop.api().patch(&path(&two), &change).await;
    assert_eq!(answer.status, 200, "the other way round: {}", answer.text);
    let answer = shop
        .api()
        .patch(&path(&one), &json!({ "biz_table_id": third }))
        .await;
    assert_eq!(pointers(answer), ["/biz_table_id"]);
}

#[tokio::test]
async fn secrets_are_named_by_where_they_are_kept() {
    let shop = Shop::new(&[]).await;
    let call = |headers: Value| {
        let etl =
            json!({ "kind": "http", "url": "https://etl.example.org/run", "headers": headers });
        shop.body(&json!({ "etl": etl }))
    };
    let cases = [
        (json!({ "authorization": "Bearer abc" }), "/etl/headers"),
        (json!({ "X-Api-Key": "abc" }), "/etl/headers"),
        (json!({ "host": "elsewhere" }), "/etl/headers"),
        (json!({ "x-team": "a\r\nhost: b" }), "/etl/headers"),
        // The operator of this service allows none.
        (
            json!({ "authorization": "env:HOME" }),
            "/etl/headers/authorization",
        ),
    ];
    for (headers, pointer) in cases {
        let answer = shop.api().post(PIPELINES, &call(headers.clone())).await;
        assert_eq!(pointers(answer), [pointer], "{headers}");
    }
    let plain = shop
        .api()
        .post(PIPELINES, &call(json!({ "x-team": "data" })))
        .await;
    assert_eq!(plain.expect(201)["etl"]["timeout_seconds"], 3600);
}
