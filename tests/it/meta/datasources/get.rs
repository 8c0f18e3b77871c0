//! `GET /api/metadata/datasources/{id}`

use super::{idle, unreachable};

#[tokio::test]
async fn shows_what_was_registered() {
    let meta = idle().await;
    let api = meta.admin();
    let created = api
        .post("/api/metadata/datasources", &unreachable("shop"))
        .await
        .expect(201);
    let path = format!("/api/metadata/datasources/{}", created["datasource"]["id"]);
    assert_eq!(api.get(&path).await.expect(200), created["datasource"]);
}

#[tokio::test]
async fn an_unknown_id_is_404_and_a_word_is_no_id() {
    let meta = idle().await;
    let problem = meta
        .admin()
        .get("/api/metadata/datasources/424242")
        .await
        .problem(404, "datasource-not-found");
    assert_eq!(problem["detail"], "there is no data source 424242");
    for id in ["x", "1.5", "99999999999999999999", "%00"] {
        let answer = meta
            .admin()
            .get(&format!("/api/metadata/datasources/{id}"))
            .await;
        assert!(
            matches!(answer.status, 400 | 404 | 422),
            "{id}: {}",
            answer.text
        );
        assert_eq!(
            answer.header("content-type"),
            "application/problem+json",
            "{id}"
        );
    }
}
