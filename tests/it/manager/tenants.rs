//! What two tenants have of one server. That neither reaches the other's is in `isolation`.

use models::{Role, TenantId};
use serde_json::{Value, json};
use test_support::Server;

use super::desk::{Desk, MANAGE, OBJECTS, items, object, refs};

const OTHER: TenantId = TenantId(2);

/// Two tenants may manage the same names: each has objects of its own.
#[tokio::test]
async fn the_same_names_are_objects_of_each_tenants_own() {
    let desk = Desk::registered(Server::MariaDb).await;
    let theirs = desk.manager.user(OTHER, Role::Admin);
    let body = desk.source.registration(&desk.source.database);
    let made = theirs
        .post("/api/metadata/datasources", &body)
        .await
        .expect(201);
    let request = |id: &Value| json!({ "resource_id": id, "database": desk.source.database, "tables": ["orders"], "trigger_deep_scan": false });
    let ours = desk
        .manager
        .admin()
        .post(MANAGE, &request(&desk.id.into()))
        .await
        .expect(202);
    let other = theirs
        .post(MANAGE, &request(&made["datasource"]["id"]))
        .await
        .expect(202);
    let (ours, other) = (&refs(&ours)[0]["id"], &refs(&other)[0]["id"]);
    assert_eq!(
        theirs.delete(&format!("{OBJECTS}/{other}")).await.status,
        204
    );
    let _ = object(&desk.manager.admin(), ours).await;
    assert_eq!(items(&theirs, OBJECTS).await, Vec::<Value>::new());
}
