//! Requests that are sent again, and changes of what others may have changed.

use serde_json::{Value, json};

use super::desk::{IdleDesk, MANAGE, OBJECTS, items};

#[tokio::test]
async fn managing_under_a_key_is_answered_once() {
    let desk = IdleDesk::new().await;
    let source = desk.register("shop").await;
    let api = desk.manager.admin();
    let keyed = api.clone().with_header("idempotency-key", "k");
    let orders = json!({ "resource_id": source, "database": "shop", "tables": ["orders"] });
    let first = keyed.post(MANAGE, &orders).await.expect(202);
    let id = first["managed_objects"][0]["id"].clone();
    // What has been released since is not managed again.
    assert_eq!(api.delete(&format!("{OBJECTS}/{id}")).await.status, 204);
    let again = keyed.post(MANAGE, &orders).await.expect(202);
    assert_eq!(first, again);
    assert_eq!(items(&api, OBJECTS).await, Vec::<Value>::new());
    let other = json!({ "resource_id": source, "database": "shop", "tables": ["customers"] });
    let _ = keyed
        .post(MANAGE, &other)
        .await
        .problem(422, "idempotency-key-reused");
    let nothing = api.with_header("idempotency-key", " ");
    let problem = nothing
        .post(MANAGE, &other)
        .await
        .problem(422, "validation-failed");
    assert_eq!(problem["errors"][0]["pointer"], "/Idempotency-Key");
}

#[tokio::test]
async fn a_change_is_made_to_what_was_seen() {
    let desk = IdleDesk::new().await;
    let source = desk.register("shop").await;
    let id = desk.manage(source, "shop", &["orders"]).await[0].clone();
    let api = desk.manager.admin();
    let path = format!("{OBJECTS}/{id}");
    let seen = api.get(&path).await.header("etag").to_owned();
    let if_seen = api.clone().with_header("if-match", &seen);
    let permit = |permission: &str| json!({ "permission": permission });
    let known = api.clone().with_header("if-none-match", &seen);
    let again = known.get(&path).await;
    assert_eq!(again.status, 304);
    let changed = if_seen.patch(&path, &permit("write")).await;
    let now = changed.header("etag").to_owned();
    let _ = changed.expect(200);
    let _ = if_seen
        .patch(&path, &permit("admin"))
        .await
        .problem(412, "precondition-failed");
    let _ = if_seen
        .delete(&path)
        .await
        .problem(412, "precondition-failed");
    assert_eq!(api.get(&path).await.expect(200)["permission"], "write");
    let if_now = api.with_header("if-match", &now);
    let released = if_now.delete(&path).await;
    assert_eq!(released.status, 204);
}
