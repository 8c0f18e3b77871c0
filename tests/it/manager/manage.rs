//! `POST /api/manager/manage`

use models::Role;
use serde_json::{Value, json};
use test_support::{Installation, Proxy, Server, TENANT};

use super::desk::{Desk, IdleDesk, MANAGE, OBJECTS, items, ledger, object, refs, settled, values};
use super::wire::Wire;

pub(super) async fn a_whole_database_becomes_ready(server: Server) {
    let desk = Desk::registered(server).await;
    let api = desk.manager.admin();
    let answer = desk.manage(&json!({})).await;
    let location = answer.header("location").to_owned();
    let managed = answer.expect(202);
    let job_id = managed["job_id"].as_str().expect("a job");
    assert_eq!(location, format!("/api/metadata/jobs/{job_id}"));
    assert_eq!(api.get(&location).await.expect(200)["id"], job_id);
    let [first] = refs(&managed) else {
        panic!("one object: {managed}")
    };
    let id = first["id"].clone();
    let database = &desk.source.database;
    assert_eq!(
        managed,
        json!({
            "status": "accepted",
            "managed_objects": [{ "id": id, "database": database, "table": null, "status": "scanning" }],
            "scan_id": managed["scan_id"], "job_id": job_id,
        })
    );

    let ready = settled(&api, &id).await;
    assert_eq!(
        ready,
        json!({
            "id": id, "resource_id": desk.id, "resource_name": database, "database": database, "table": null,
            "status": "ready", "permission": "read", "row_count": 3, "scan_id": managed["scan_id"],
            "managed_by": "ada", "managed_at": ready["managed_at"], "removed_at": null, "last_error": null,
        })
    );
    let scan = desk
        .meta
        .ended(managed["scan_id"].as_i64().expect("a scan"))
        .await;
    assert_eq!(
        (&scan["status"], &scan["tables_scanned"]),
        (&json!("SUCCESS"), &json!(3)),
        "{scan}"
    );

    // With another permission as well: that is what PATCH is for.
    let again = desk
        .manage(&json!({ "permission": "admin" }))
        .await
        .expect(202);
    assert_eq!(
        (&refs(&again)[0]["id"], &again["scan_id"]),
        (&id, &managed["scan_id"])
    );
    assert_eq!(object(&api, &id).await, ready, "repeating changes nothing");
    assert_eq!(
        (items(&api, OBJECTS).await.len(), desk.deep_scans().await),
        (1, 1)
    );
}

pub(super) async fn tables_become_ready_or_say_why_not(server: Server) {
    let desk = Desk::registered(server).await;
    let api = desk.manager.admin();
    let more = json!({
        "tables": ["orders", "customers", "orders", "no such table"], "permission": "write",
    });
    let managed = desk.manage(&more).await.expect(202);
    assert!(managed["scan_id"].is_i64(), "{managed}");
    assert_eq!(
        values(refs(&managed), "table"),
        ["orders", "customers", "no such table"],
        "each once, in the order of the request"
    );
    let mut ends = Vec::new();
    for one in refs(&managed) {
        ends.push(settled(&api, &one["id"]).await);
    }
    assert_eq!(values(&ends, "status"), ["ready", "ready", "failed"]);
    assert_eq!(
        values(&ends, "row_count"),
        [json!(1), json!(2), json!(null)]
    );
    assert_eq!(
        values(&ends, "last_error"),
        [
            json!(null),
            json!(null),
            json!("there is no such table, or the login may not see it")
        ]
    );
    assert!(
        ends.iter()
            .all(|end| end["permission"] == "write" && end["scan_id"] == managed["scan_id"]),
        "{ends:?}"
    );

    let again = desk.manage(&more).await.expect(202);
    assert_eq!(values(refs(&again), "id"), values(refs(&managed), "id"));
    let mut now = Vec::new();
    for one in refs(&again) {
        now.push(object(&api, &one["id"]).await);
    }
    assert_eq!(now, ends, "repeating changes nothing");
    assert_eq!(desk.deep_scans().await, 1);
}

#[tokio::test]
async fn a_table_may_be_named_with_its_schema() {
    let desk = Desk::registered(Server::Postgres).await;
    let sql = "create schema s; create table s.orders (id int); insert into s.orders values (1), (2); analyze;
               grant usage on schema s to public";
    desk.source.execute(sql).await;
    let more = json!({ "tables": ["s.orders", "public.orders", "orders"] });
    let managed = desk.manage(&more).await.expect(202);
    let mut rows = Vec::new();
    for one in refs(&managed) {
        let end = settled(&desk.manager.admin(), &one["id"]).await;
        assert_eq!(end["status"], "ready", "{end}");
        rows.push(end["row_count"].clone());
    }
    assert_eq!(
        rows,
        [json!(2), json!(1), json!(3)],
        "without a schema it is both"
    );
}

#[tokio::test]
async fn what_is_not_there_is_404_and_leaves_nothing() {
    let desk = Desk::registered(Server::MariaDb).await;
    for more in [
        json!({ "database": "no_such_database" }),
        json!({ "database": "no_such_database", "tables": ["orders"] }),
        json!({ "database": "no_such_database", "trigger_deep_scan": false }),
    ] {
        let problem = desk.manage(&more).await.problem(404, "database-not-found");
        assert!(
            problem.to_string().contains("no_such_database"),
            "{problem}"
        );
    }
    let unknown = desk.manage(&json!({ "resource_id": 424_242 })).await;
    let _ = unknown.problem(404, "datasource-not-found");
    assert_eq!(
        items(&desk.manager.admin(), OBJECTS).await,
        Vec::<Value>::new()
    );
    assert_eq!(desk.deep_scans().await, 0);
}

#[tokio::test]
async fn before_level_one_has_ended_a_database_may_be_there() {
    let desk = IdleDesk::new().await;
    let body = json!({ "resource_id": desk.register("shop").await, "database": "perhaps" });
    let managed = desk.manager.admin().post(MANAGE, &body).await.expect(202);
    assert_eq!(refs(&managed).len(), 1);
}

/// The wire keeps what asks for the data source until level 1 has ended.
#[tokio::test]
async fn while_level_one_ends_a_database_is_not_missing() {
    let server = Server::MariaDb;
    let (source, proxy) = (ledger(server).await, Proxy::to(server).await);
    let meta = Installation::new().await.meta().await;
    let wire = Wire::to(&meta).await;
    let manager = meta.installation.manager(&wire.url).await;
    proxy.hold();
    let body = source.registration_through("shop", proxy.port);
    let created = meta.admin().post("/api/metadata/datasources", &body).await;
    let created = created.expect(201);
    wire.keep("GET /api/metadata/datasources/");
    let body = json!({ "resource_id": created["datasource"]["id"], "database": source.database });
    let api = manager.admin();
    let manage = api.post(MANAGE, &body);
    let level_one = async {
        wire.kept().await;
        proxy.release();
        let _ = meta.registered(created.clone()).await;
        wire.pass();
    };
    let (answer, ()) = tokio::join!(manage, level_one);
    assert_eq!(refs(&answer.expect(202)).len(), 1);
}

#[tokio::test]
async fn a_viewer_may_not_and_an_operator_may() {
    let desk = IdleDesk::new().await;
    let body = json!({ "resource_id": desk.register("shop").await, "database": "x" });
    let viewer = desk.manager.user(TENANT, Role::Viewer);
    let problem = viewer.post(MANAGE, &body).await.problem(403, "forbidden");
    assert_eq!(problem["detail"], "this needs the role operator");
    assert_eq!(items(&viewer, OBJECTS).await, Vec::<Value>::new());
    let operator = desk.manager.user(TENANT, Role::Operator);
    let _ = operator.post(MANAGE, &body).await.expect(202);
    assert_eq!(items(&viewer, OBJECTS).await.len(), 1);
}

/// Manages one table with each of two requests: only the second one's is scanned.
async fn only_the_second_is_scanned(desk: &Desk, first: Option<bool>, second: Option<bool>) {
    let api = desk.manager.admin();
    let body = |table: &str, trigger: Option<bool>| {
        let mut body = json!({ "tables": [table] });
        if let Some(trigger) = trigger {
            body["trigger_deep_scan"] = trigger.into();
        }
        body
    };
    let left = desk.manage(&body("customers", first)).await.expect(202);
    assert_eq!(
        (&left["scan_id"], &left["job_id"], &refs(&left)[0]["status"]),
        (&json!(null), &json!(null), &json!("pending"))
    );
    let read = desk.manage(&body("orders", second)).await.expect(202);
    let end = settled(&api, &refs(&read)[0]["id"]).await;
    assert_eq!(end["status"], "ready", "{end}");
    let left = object(&api, &refs(&left)[0]["id"]).await;
    assert_eq!(
        (&left["status"], &left["scan_id"], &left["last_error"]),
        (&json!("pending"), &json!(null), &json!(null)),
        "the reconciler has been at work, and left it"
    );
    assert_eq!(desk.deep_scans().await, 1);
    // A later request may want it read after all.
    let now = desk
        .manage(&body("customers", Some(true)))
        .await
        .expect(202);
    assert_eq!(refs(&now)[0]["id"], left["id"]);
    assert_eq!(settled(&api, &left["id"]).await["status"], "ready");
}

#[tokio::test]
async fn no_scan_starts_where_the_request_wants_none() {
    let desk = Desk::registered(Server::Postgres).await;
    only_the_second_is_scanned(&desk, Some(false), None).await;
}

#[tokio::test]
async fn no_scan_starts_where_the_settings_want_none() {
    let off = ("MANAGER__MANAGE__DEEP_SCAN_AUTOMATICALLY", "false");
    let desk = Desk::with(Server::MariaDb, &[off]).await;
    only_the_second_is_scanned(&desk, None, Some(true)).await;
}

#[tokio::test]
async fn what_the_catalog_has_is_ready_at_once_without_a_scan() {
    let desk = Desk::registered(Server::Postgres).await;
    desk.scan().await;
    desk.source.execute("create table newer (id int)").await;
    let api = desk.manager.admin();
    let whole = desk
        .manage(&json!({ "trigger_deep_scan": false }))
        .await
        .expect(202);
    let more = json!({ "trigger_deep_scan": false, "tables": ["customers", "newer"] });
    let tables = desk.manage(&more).await.expect(202);
    let states = [
        values(refs(&whole), "status"),
        values(refs(&tables), "status"),
    ]
    .concat();
    assert_eq!(states, ["ready", "ready", "pending"]);
    assert_eq!(
        (&whole["scan_id"], &tables["scan_id"]),
        (&json!(null), &json!(null))
    );
    assert_eq!(
        values(&items(&api, OBJECTS).await, "row_count"),
        [json!(3), json!(2), json!(null)]
    );
    assert_eq!(desk.deep_scans().await, 1, "only the one past manager");
}
