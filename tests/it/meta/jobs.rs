//! `/api/metadata/jobs`

use insta::assert_json_snapshot;
use serde_json::json;
use test_support::Server;

use super::shop::Shop;

#[tokio::test]
async fn a_job_has_this_shape() {
    let shop = Shop::scanned(Server::Postgres).await;
    let mut job = shop.list("jobs").await[0].clone();
    let mut single = shop
        .meta
        .admin()
        .get(&format!(
            "/api/metadata/jobs/{}",
            job["id"].as_str().expect("text")
        ))
        .await
        .expect(200);
    let attempts = single
        .as_object_mut()
        .expect("an object")
        .remove("attempts");
    assert_eq!(single, job);
    let scan = &shop.list("sync-logs?limit=1").await[0];
    assert_eq!(
        (&scan["id"], &scan["job_id"]),
        (&job["scan_id"], &job["id"])
    );
    assert_json_snapshot!("attempts", attempts, {
        "[].worker" => "[worker]", "[].started_at" => "[time]", "[].ended_at" => "[time]",
    });
    let id: uuid::Uuid = job["id"]
        .as_str()
        .and_then(|id| id.parse().ok())
        .expect("a UUID");
    assert_eq!(id.get_version_num(), 7);
    let text = job.to_string().replace(&shop.source.database, "[database]");
    job = serde_json::from_str(&text).expect("still JSON");
    assert_json_snapshot!("deep_scan", job, {
        ".id" => "[uuid]", ".queued_at" => "[time]", ".started_at" => "[time]", ".heartbeat_at" => "[time]",
        ".completed_at" => "[time]", ".version" => "[version]", ".result.cost.seconds" => "[seconds]",
        ".result.cost.bytes" => "[bytes]",
    });
}

#[tokio::test]
async fn jobs_are_filtered() {
    let shop = Shop::scanned(Server::Postgres).await;
    let jobs = shop.list("jobs").await;
    let scope = jobs[0]["target_scope"]
        .as_str()
        .expect("a scope")
        .replace(' ', "%20");
    let queued_at = jobs[0]["queued_at"].as_str().expect("a time");
    for (filter, expected) in [
        ("type=DEEP_SCAN", 1),
        ("type=METADATA_SYNC", 1),
        ("type=SQL_ETL", 0),
        ("status=SUCCESS", 2),
        ("status=RUNNING", 0),
        (&format!("scope={scope}"), 1),
        (&format!("since={queued_at}"), 1),
        ("since=2000-01-01T00:00:00Z", 2),
        (&format!("resource_id={}", shop.id), 2),
        (&format!("resource_id={}&type=DEEP_SCAN", shop.id), 1),
        (&format!("resource_id={}", shop.id + 1), 0),
        ("pipeline_id=1", 0),
    ] {
        assert_eq!(
            shop.list(&format!("jobs?{filter}")).await.len(),
            expected,
            "{filter}"
        );
    }
    for id in [
        "019e0000-0000-7000-8000-000000000000",
        "00000000-0000-0000-0000-000000000000",
    ] {
        let _ = shop
            .meta
            .admin()
            .get(&format!("/api/metadata/jobs/{id}"))
            .await
            .problem(404, "job-not-found");
    }
    let problem = shop
        .meta
        .admin()
        .get("/api/metadata/jobs/1")
        .await
        .problem(404, "route-not-found");
    assert_eq!(
        problem["detail"],
        "there is nothing at /api/metadata/jobs/1"
    );
    let answer = shop
        .meta
        .admin()
        .get("/api/metadata/jobs?since=yesterday")
        .await;
    assert_eq!(
        answer.problem(422, "validation-failed")["errors"][0]["pointer"],
        json!("/since")
    );
}
