//! `GET /api/manager/managed-objects/{id}`

use insta::assert_json_snapshot;
use models::Role;
use test_support::TENANT;

use crate::manager::desk::{IdleDesk, OBJECTS};

#[tokio::test]
async fn the_answer_has_this_shape() {
    let desk = IdleDesk::new().await;
    let source = desk.register("shop").await;
    let ids = desk.manage(source, "ledger", &["public.orders"]).await;
    let viewer = desk.manager.user(TENANT, Role::Viewer);
    let object = viewer
        .get(&format!("{OBJECTS}/{}", ids[0]))
        .await
        .expect(200);
    assert_json_snapshot!("object", object, { ".managed_at" => "[time]" });
}

#[tokio::test]
async fn what_is_no_id_is_404() {
    let desk = IdleDesk::new().await;
    let api = desk.manager.admin();
    for id in ["424242", "0", "-1"] {
        let _ = api
            .get(&format!("{OBJECTS}/{id}"))
            .await
            .problem(404, "managed-object-not-found");
    }
    for id in ["x", "1.5", "99999999999999999999"] {
        assert_eq!(
            api.get(&format!("{OBJECTS}/{id}")).await.status,
            404,
            "{id}"
        );
    }
}
