//! `GET /api/manager/datasources`

use models::{Role, TenantId};
use serde_json::{Value, json};
use test_support::TENANT;

use crate::manager::desk::{IdleDesk, items, values};

const PATH: &str = "/api/manager/datasources";

#[tokio::test]
async fn shows_what_meta_does_and_how_much_is_managed() {
    let desk = IdleDesk::new().await;
    let ids = [
        desk.register("b").await,
        desk.register("a").await,
        desk.register("c").await,
    ];
    desk.manage(ids[0], "shop", &["x", "y"]).await;
    desk.manage(ids[0], "other", &["x"]).await;
    desk.manage(ids[2], "shop", &["x"]).await;
    let viewer = desk.manager.user(TENANT, Role::Viewer);
    let listed = items(&viewer, PATH).await;
    assert_eq!(values(&listed, "datasource_name"), ["a", "b", "c"]);
    assert_eq!(
        values(&listed, "managed_count"),
        [json!(0), json!(3), json!(1)]
    );
    let mut metas = items(&desk.meta.admin(), "/api/metadata/datasources").await;
    for (source, listed) in metas.iter_mut().zip(&listed) {
        source["managed_count"] = listed["managed_count"].clone();
    }
    assert_eq!(listed, metas, "and everything that meta says of them");
}

#[tokio::test]
async fn has_pages() {
    let desk = IdleDesk::new().await;
    for name in ["a", "b", "c"] {
        desk.register(name).await;
    }
    let api = desk.manager.admin();
    let first = api.get(&format!("{PATH}?limit=2")).await.expect(200);
    assert_eq!(first["items"].as_array().map(Vec::len), Some(2));
    let next = first["next_cursor"].as_str().expect("there is more");
    let rest = api
        .get(&format!("{PATH}?limit=2&cursor={next}"))
        .await
        .expect(200);
    assert_eq!(
        (&rest["items"][0]["datasource_name"], &rest["next_cursor"]),
        (&json!("c"), &json!(null))
    );
}

#[tokio::test]
async fn is_empty_for_another_tenant() {
    let desk = IdleDesk::new().await;
    let id = desk.register("shop").await;
    desk.manage(id, "shop", &["x"]).await;
    let other = desk.manager.user(TenantId(2), Role::Admin);
    assert_eq!(items(&other, PATH).await, Vec::<Value>::new());
}
