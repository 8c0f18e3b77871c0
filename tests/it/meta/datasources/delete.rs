//! `DELETE /api/metadata/datasources/{id}`

use serde_json::json;
use test_support::Server;

use crate::meta::shop::Shop;

use super::{idle, unreachable};

pub(super) async fn takes_the_catalog_along_and_leaves_the_job_log(server: Server) {
    let shop = Shop::scanned(server).await;
    let api = shop.meta.admin();
    let table = shop.table("orders").await;
    let scan = shop.list("sync-logs").await[0].clone();
    let jobs = shop.list("jobs").await;
    let (path, name) = (
        format!("/api/metadata/datasources/{}", shop.id),
        &shop.source.database,
    );
    assert_eq!(
        api.delete(&format!("{path}?confirm={name}"))
            .await
            .expect(204),
        json!(null)
    );
    let _ = api.get(&path).await.problem(404, "datasource-not-found");
    let _ = api
        .get(&format!("/api/metadata/tables/{}", table["id"]))
        .await
        .problem(404, "table-not-found");
    let _ = api
        .get(&format!("/api/metadata/scan/status/{}", scan["id"]))
        .await
        .problem(404, "scan-not-found");
    let _ = api
        .delete(&format!("{path}?confirm={name}"))
        .await
        .problem(404, "datasource-not-found");
    let left = shop.list("jobs").await;
    assert_eq!(left.len(), jobs.len(), "the log outlives the source");
    assert!(
        left.iter().all(|job| job["datasource_id"].is_null()),
        "{left:?}"
    );
}

#[tokio::test]
async fn wants_the_name_repeated() {
    let meta = idle().await;
    let api = meta.admin();
    let created = api
        .post("/api/metadata/datasources", &unreachable("web shop"))
        .await
        .expect(201);
    let path = format!("/api/metadata/datasources/{}", created["datasource"]["id"]);
    for query in ["", "?confirm=", "?confirm=shop", "?confirm=Web%20shop"] {
        let problem = api
            .delete(&format!("{path}{query}"))
            .await
            .problem(422, "validation-failed");
        assert_eq!(problem["errors"][0]["pointer"], "/confirm", "{problem}");
        assert!(
            problem["detail"]
                .as_str()
                .is_some_and(|detail| detail.contains("confirm=web shop")),
            "{problem}"
        );
    }
    let _ = api.get(&path).await.expect(200);
    let _ = api
        .delete(&format!("{path}?confirm=web%20shop"))
        .await
        .expect(204);
}

/// The job of a deleted source is still in the queue: it must not stay active for ever.
#[tokio::test]
async fn its_queued_job_ends() {
    let meta = idle().await;
    let api = meta.admin();
    let created = api
        .post("/api/metadata/datasources", &unreachable("shop"))
        .await
        .expect(201);
    let path = format!("/api/metadata/datasources/{}", created["datasource"]["id"]);
    let _ = api
        .delete(&format!("{path}?confirm=shop"))
        .await
        .expect(204);
    let worker = meta.installation.meta().await;
    let job = format!(
        "/api/metadata/jobs/{}",
        created["job_id"].as_str().expect("text")
    );
    let ended = test_support::eventually("the end of the job", async || {
        let job = worker.admin().get(&job).await.expect(200);
        (!job["completed_at"].is_null()).then_some(job)
    })
    .await;
    assert_eq!(ended["status"], "FAILED", "{ended}");
    assert!(
        ended["error_details"]
            .as_str()
            .is_some_and(|details| details.contains("deleted")),
        "{ended}"
    );
}
