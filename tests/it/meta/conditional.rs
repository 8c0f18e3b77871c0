//! `ETag`, `If-None-Match` and `If-Match` on single objects.

use serde_json::json;
use test_support::Server;

use super::shop::Shop;

#[tokio::test]
async fn single_objects_are_sent_once() {
    let shop = Shop::scanned(Server::Postgres).await;
    let api = shop.meta.admin();
    let table = shop.table("orders").await;
    let field = shop.list(&format!("fields?table_id={}", table["id"])).await[0]["id"].clone();
    let database = table["database_id"].clone();
    let object = shop.list(&format!("objects?database_id={database}")).await[0]["id"].clone();
    let job = shop.list("jobs").await[0]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let scan = shop.list("sync-logs").await[0]["id"].clone();
    for path in [
        format!("datasources/{}", shop.id),
        format!("databases/{database}"),
        format!("tables/{}", table["id"]),
        format!("fields/{field}"),
        format!("objects/{object}"),
        format!("jobs/{job}"),
        format!("scan/status/{scan}"),
    ] {
        let path = format!("/api/metadata/{path}");
        let read = api.get(&path).await;
        let tag = read.header("etag").to_owned();
        let _ = read.expect(200);
        let known = api.clone().with_header("if-none-match", &tag);
        let again = known.get(&path).await;
        assert_eq!((again.status, again.text.as_str()), (304, ""), "{path}");
        let other = api.clone().with_header("if-none-match", "\"other\"");
        let again = other.get(&path).await;
        assert_eq!(
            (again.status, again.header("etag")),
            (200, tag.as_str()),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_change_is_made_to_what_was_seen() {
    let meta = super::datasources::idle().await;
    let api = meta.admin();
    let body = super::datasources::unreachable("shop");
    let created = api
        .post("/api/metadata/datasources", &body)
        .await
        .expect(201);
    let path = format!("/api/metadata/datasources/{}", created["datasource"]["id"]);
    let seen = api.get(&path).await.header("etag").to_owned();
    let rename = |name: &str| json!({ "name": name });
    let if_seen = api.clone().with_header("if-match", &seen);
    let renamed = if_seen.patch(&path, &rename("one")).await;
    let now = renamed.header("etag").to_owned();
    let _ = renamed.expect(200);
    assert_eq!(api.get(&path).await.header("etag"), now);

    let _ = if_seen
        .patch(&path, &rename("two"))
        .await
        .problem(412, "precondition-failed");
    let delete = format!("{path}?confirm=one");
    let _ = if_seen
        .delete(&delete)
        .await
        .problem(412, "precondition-failed");
    assert_eq!(api.get(&path).await.expect(200)["datasource_name"], "one");
    let if_now = api.with_header("if-match", &now);
    let deleted = if_now.delete(&delete).await;
    assert_eq!(deleted.status, 204);
}
