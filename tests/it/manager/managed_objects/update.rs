//! `PATCH /api/manager/managed-objects/{id}`

use models::Role;
use serde_json::json;
use test_support::TENANT;

use crate::manager::desk::{IdleDesk, OBJECTS, object};

#[tokio::test]
async fn changes_the_permission_and_nothing_else() {
    let desk = IdleDesk::new().await;
    let source = desk.register("shop").await;
    let ids = desk.manage(source, "shop", &["a", "b"]).await;
    let (path, api) = (
        format!("{OBJECTS}/{}", ids[0]),
        desk.manager.user(TENANT, Role::Operator),
    );
    let mut expected = object(&api, &ids[0]).await;
    let other = object(&api, &ids[1]).await;
    assert_eq!(expected["permission"], "read", "unless one is given");
    for permission in ["write", "admin", "read", "admin"] {
        let answered = api
            .patch(&path, &json!({ "permission": permission }))
            .await
            .expect(200);
        expected["permission"] = permission.into();
        assert_eq!(answered, expected);
        assert_eq!(object(&api, &ids[0]).await, expected);
    }
    assert_eq!(object(&api, &ids[1]).await, other);
}

#[tokio::test]
async fn a_viewer_may_not() {
    let desk = IdleDesk::new().await;
    let source = desk.register("shop").await;
    let ids = desk.manage(source, "shop", &["a"]).await;
    let viewer = desk.manager.user(TENANT, Role::Viewer);
    let body = json!({ "permission": "admin" });
    let answer = viewer.patch(&format!("{OBJECTS}/{}", ids[0]), &body).await;
    let _ = answer.problem(403, "forbidden");
    assert_eq!(object(&viewer, &ids[0]).await["permission"], "read");
}

#[tokio::test]
async fn other_words_and_other_fields_are_refused() {
    let desk = IdleDesk::new().await;
    let source = desk.register("shop").await;
    let ids = desk.manage(source, "shop", &["a"]).await;
    let (path, api) = (format!("{OBJECTS}/{}", ids[0]), desk.manager.admin());
    for body in [
        json!({}),
        json!({ "permission": "owner" }),
        json!({ "permission": null }),
        json!({ "permission": 1 }),
    ] {
        let problem = api
            .patch(&path, &body)
            .await
            .problem(422, "validation-failed");
        let errors = problem["errors"].as_array().expect("errors");
        assert_eq!(
            (errors.len(), &errors[0]["pointer"]),
            (1, &json!("/permission")),
            "{body}"
        );
    }
    let body = json!({ "permission": "write", "status": "ready" });
    let _ = api.patch(&path, &body).await.problem(400, "unknown-field");
    let body = json!({ "permission": "write" });
    let unknown = api.patch(&format!("{OBJECTS}/424242"), &body).await;
    let _ = unknown.problem(404, "managed-object-not-found");
    assert_eq!(object(&api, &ids[0]).await["permission"], "read");
}
