//! What one tenant has does not exist for another.

use http::Method;
use models::{Role, TenantId};
use serde_json::{Value, json};
use test_support::Server;

use super::desk::{Desk, MANAGE, OBJECTS, items, object, refs};
use super::documents::operations;

const OTHER: TenantId = TenantId(2);

#[tokio::test]
async fn ids_of_another_tenant_are_404_on_every_path() {
    let desk = Desk::registered(Server::Postgres).await;
    let managed = desk
        .manage(&json!({ "trigger_deep_scan": false }))
        .await
        .expect(202);
    let id = &refs(&managed)[0]["id"];
    let before = object(&desk.manager.admin(), id).await;
    let value = |noun: &str| match noun {
        "datasources" => desk.id.to_string(),
        "databases" => desk.source.database.clone(),
        "managed-objects" => id.to_string(),
        noun => panic!("tell this test a value of {noun}"),
    };
    let (ours, theirs) = (desk.manager.admin(), desk.manager.user(OTHER, Role::Admin));
    let mut paths = 0;
    for operation in operations(&desk.manager).await {
        if operation.is_passed_on() || !operation.path.contains('{') {
            continue;
        }
        paths += 1;
        let answer = operation.send_with(&theirs, value).await;
        assert_eq!(answer.status, 404, "{operation:?}: {}", answer.text);
        // The same request is sound for whom it belongs to.
        if operation.method == Method::GET {
            let _ = operation.send_with(&ours, value).await.expect(200);
        }
    }
    assert!(paths >= 5, "{paths}");
    assert_eq!(object(&ours, id).await, before, "theirs changed nothing");
    let meta = format!("/api/metadata/datasources/{}", desk.id);
    let _ = theirs.get(&meta).await.problem(404, "datasource-not-found");
    let _ = ours.get(&meta).await.expect(200);
}

#[tokio::test]
async fn neither_lists_nor_requests_reach_what_is_another_tenants() {
    let desk = Desk::registered(Server::Postgres).await;
    let _ = desk
        .manage(&json!({ "tables": ["orders"], "trigger_deep_scan": false }))
        .await
        .expect(202);
    let theirs = desk.manager.user(OTHER, Role::Admin);
    for path in [
        OBJECTS.to_owned(),
        format!("{OBJECTS}?resource_id={}", desk.id),
        "/api/manager/datasources".to_owned(),
    ] {
        assert_eq!(items(&theirs, &path).await, Vec::<Value>::new(), "{path}");
        assert_eq!(items(&desk.manager.admin(), &path).await.len(), 1, "{path}");
    }
    for more in [
        json!({}),
        json!({ "tables": ["orders"] }),
        json!({ "trigger_deep_scan": false }),
    ] {
        let answer = theirs.post(MANAGE, &desk.request(&more)).await;
        let _ = answer.problem(404, "datasource-not-found");
    }
    assert_eq!(items(&theirs, OBJECTS).await, Vec::<Value>::new());
}

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
