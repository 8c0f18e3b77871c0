//! `DELETE /api/manager/managed-objects/{id}`

use std::time::Duration;

use models::{Clock, Role};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use test_support::{Api, Installation, Manager, TENANT};

use crate::manager::desk::{IdleDesk, OBJECTS, items};

/// A client with the token of another user than the one who manages everything.
fn bob(manager: &Manager, role: Role) -> Api {
    let installation: &Installation = &manager.installation;
    let keys = installation.keys(Clock::system());
    let token = keys.mint_user("bob", TENANT, &[role], Duration::from_mins(10));
    installation.api(&manager.url, Some(token.expose_secret().to_owned()))
}

#[tokio::test]
async fn releases_an_object() {
    let desk = IdleDesk::new().await;
    let source = desk.register("shop").await;
    let ids = desk.manage(source, "shop", &["a", "b"]).await;
    let path = format!("{OBJECTS}/{}", ids[0]);
    let api = desk.manager.user(TENANT, Role::Operator);
    let answer = api.delete(&path).await;
    assert_eq!((answer.status, answer.text.as_str()), (204, ""));
    let _ = api
        .get(&path)
        .await
        .problem(404, "managed-object-not-found");
    let _ = api
        .delete(&path)
        .await
        .problem(404, "managed-object-not-found");
    let left = items(&api, OBJECTS).await;
    assert_eq!((left.len(), &left[0]["id"]), (1, &ids[1]));
    let anew = desk.manage(source, "shop", &["a"]).await;
    assert_ne!(anew[0], ids[0], "it is another object, managed anew");
}

#[tokio::test]
async fn the_permission_decides_whether_others_may() {
    let desk = IdleDesk::new().await;
    let source = desk.register("shop").await;
    let ids = desk.manage(source, "shop", &["a", "b"]).await;
    let path = |id: &Value| format!("{OBJECTS}/{id}");
    let api = bob(&desk.manager, Role::Operator);
    let viewer = desk.manager.user(TENANT, Role::Viewer);
    let _ = viewer
        .delete(&path(&ids[0]))
        .await
        .problem(403, "forbidden");
    let problem = api.delete(&path(&ids[0])).await.problem(403, "forbidden");
    assert!(
        problem["detail"]
            .as_str()
            .is_some_and(|detail| detail.contains("somebody else"))
    );
    assert_eq!(items(&api, OBJECTS).await.len(), 2);
    let open = json!({ "permission": "admin" });
    let _ = desk
        .manager
        .admin()
        .patch(&path(&ids[0]), &open)
        .await
        .expect(200);
    assert_eq!(api.delete(&path(&ids[0])).await.status, 204);
    let admin = bob(&desk.manager, Role::Admin);
    assert_eq!(admin.delete(&path(&ids[1])).await.status, 204);
}
