//! What `manager` does without a caller: scans are followed and started whatever goes away meanwhile.

use models::Role;
use serde_json::{Value, json};
use test_support::{
    Api, Door, Installation, Manager, Meta, Proxy, Server, Source, TENANT, TestStore, eventually,
    refused_port,
};

use super::desk::{Desk, MANAGE, OBJECTS, in_state, items, ledger, object, refs, settled, values};

/// A source that is read through a wire, registered.
struct Wired {
    source: Source,
    proxy: Proxy,
    meta: Meta,
    id: i64,
}

impl Wired {
    async fn registered(server: Server) -> Self {
        let source = ledger(server).await;
        let proxy = Proxy::to(server).await;
        let meta = Installation::new().await.meta().await;
        let body = source.registration_through("wired", proxy.port);
        let created = meta.admin().post("/api/metadata/datasources", &body).await;
        let id = meta.registered(created.expect(201)).await;
        Self {
            source,
            proxy,
            meta,
            id,
        }
    }

    fn whole(&self) -> Value {
        json!({ "resource_id": self.id, "database": self.source.database })
    }

    fn tables(&self, tables: &[&str]) -> Value {
        json!({ "resource_id": self.id, "database": self.source.database, "tables": tables })
    }
}

/// Waits until the reconciler has ended another turn of a source that was due after now.
async fn turn_ended(store: &TestStore, source: i64) {
    let mut admin = store.admin().await;
    let sql = "select updated_at::text from manager.reconcile_turns where resource_id = $1";
    let mut seen = Vec::new();
    eventually("turns of the reconciler", async || {
        let turn: Option<String> = sqlx::query_scalar(sql)
            .bind(source)
            .fetch_optional(&mut admin)
            .await
            .expect("the turns");
        // A turn is written when it is taken and when it ends: of three writes one ends a whole turn.
        seen.extend(turn.filter(|turn| !seen.contains(turn)));
        (seen.len() > 3).then_some(())
    })
    .await;
}

pub(super) async fn what_waits_for_another_scan_goes_in_when_it_ends(server: Server) {
    let wired = Wired::registered(server).await;
    let manager = wired.meta.installation.manager(&wired.meta.url).await;
    let api = manager.admin();
    wired.proxy.hold();
    let first = wired
        .meta
        .admin()
        .post("/api/metadata/scan/deep", &wired.whole())
        .await
        .expect(202);
    let first = first["scan_id"].as_i64().expect("a scan");
    wired.meta.in_state(first, "RUNNING").await;

    let tables = api
        .post(MANAGE, &wired.tables(&["orders"]))
        .await
        .expect(202);
    let whole = api.post(MANAGE, &wired.whole()).await.expect(202);
    for managed in [&tables, &whole] {
        assert_eq!(
            (
                &managed["scan_id"],
                &managed["job_id"],
                &refs(managed)[0]["status"]
            ),
            (&json!(null), &json!(null), &json!("pending"))
        );
    }
    turn_ended(wired.meta.installation.store(), wired.id).await;
    let ids = [&refs(&tables)[0]["id"], &refs(&whole)[0]["id"]];
    for id in ids {
        assert_eq!(
            object(&api, id).await["status"],
            "pending",
            "the other scan runs still"
        );
    }

    wired.proxy.release();
    assert_eq!(wired.meta.ended(first).await["status"], "SUCCESS");
    let mut ends = Vec::new();
    for id in ids {
        ends.push(settled(&api, id).await);
    }
    assert_eq!(values(&ends, "status"), ["ready", "ready"], "{ends:?}");
    assert_eq!(
        ends[0]["scan_id"], ends[1]["scan_id"],
        "one scan for all that waited"
    );
    assert_ne!(ends[0]["scan_id"], first);
}

/// A source that `meta` has synced, and the door that leads to it no more.
async fn behind_a_door() -> (Desk, Door) {
    let source = ledger(Server::Postgres).await;
    let meta = Installation::new().await.meta().await;
    let id = meta.register(&source).await;
    let door = Door::shut().await;
    let manager = meta.installation.manager(&door.url).await;
    let desk = Desk {
        manager,
        meta,
        source,
        id,
    };
    (desk, door)
}

#[tokio::test]
async fn without_meta_what_is_managed_waits_and_reads_are_503() {
    let (desk, door) = behind_a_door().await;
    let api = desk.manager.admin();
    let managed = desk
        .manage(&json!({ "tables": ["orders", "absent"] }))
        .await
        .expect(202);
    assert_eq!(
        (&managed["scan_id"], &managed["job_id"]),
        (&json!(null), &json!(null))
    );
    assert_eq!(values(refs(&managed), "status"), ["pending", "pending"]);
    let again = desk
        .manage(&json!({ "tables": ["orders", "absent"] }))
        .await
        .expect(202);
    assert_eq!(again, managed, "repeating changes nothing here either");

    let waiting = object(&api, &refs(&managed)[0]["id"]).await;
    assert_eq!(
        (
            &waiting["status"],
            &waiting["resource_name"],
            &waiting["last_error"]
        ),
        (
            &json!("pending"),
            &json!(null),
            &json!("the meta service cannot be reached; the scan starts when it is back")
        )
    );
    for path in [
        "/api/manager/datasources".to_owned(),
        format!("/api/manager/datasources/{}/available-databases", desk.id),
        format!(
            "/api/manager/datasources/{}/databases/x/available-tables",
            desk.id
        ),
        "/api/metadata/datasources".to_owned(),
    ] {
        let answer = api.get(&path).await;
        assert_eq!(answer.header("retry-after"), "5", "{path}: {}", answer.text);
        let _ = answer.problem(503, "meta-unavailable");
    }
    // What needs no meta works: the list, a change, a release.
    let id = &refs(&managed)[1]["id"];
    let change = json!({ "permission": "admin" });
    let _ = api
        .patch(&format!("{OBJECTS}/{id}"), &change)
        .await
        .expect(200);
    assert_eq!(items(&api, OBJECTS).await.len(), 2);

    door.open_to(&desk.meta);
    let ready = settled(&api, &refs(&managed)[0]["id"]).await;
    assert_eq!(
        (&ready["status"], &ready["last_error"]),
        (&json!("ready"), &json!(null))
    );
    assert_eq!(settled(&api, id).await["status"], "failed");
    assert_eq!(desk.deep_scans().await, 1, "all that waited is one scan");
}

#[tokio::test]
async fn a_database_that_is_not_there_fails_when_meta_is_back() {
    let (desk, door) = behind_a_door().await;
    let managed = desk
        .manage(&json!({ "database": "absent" }))
        .await
        .expect(202);
    let good = desk.manage(&json!({})).await.expect(202);
    door.open_to(&desk.meta);
    let api = desk.manager.admin();
    let failed = settled(&api, &refs(&managed)[0]["id"]).await;
    let said = failed["last_error"].as_str().unwrap_or_default();
    assert!(
        failed["status"] == "failed" && said.contains("there is no database absent"),
        "{failed}"
    );
    assert_eq!(
        settled(&api, &refs(&good)[0]["id"]).await["status"],
        "ready"
    );
}

#[tokio::test]
async fn what_waits_survives_restarts_of_both_services() {
    let (desk, door) = behind_a_door().await;
    let accepted = desk.manage(&json!({})).await.expect(202);
    let Desk {
        manager,
        meta,
        source: _source,
        id: _,
    } = desk;
    let installation = meta.installation.clone();
    manager.stop().await;
    meta.stop().await;

    let manager = installation.manager(&door.url).await;
    let id = &refs(&accepted)[0]["id"];
    assert_eq!(object(&manager.admin(), id).await["status"], "pending");
    let meta = installation.meta().await;
    door.open_to(&meta);
    let ready = settled(&manager.admin(), id).await;
    assert_eq!(
        (&ready["status"], &ready["row_count"]),
        (&json!("ready"), &json!(3))
    );
}

#[tokio::test]
async fn a_scan_that_runs_survives_restarts_of_both_services() {
    let wired = Wired::registered(Server::MariaDb).await;
    let door = Door::shut().await;
    door.open_to(&wired.meta);
    let installation = wired.meta.installation.clone();
    let manager = installation.manager(&door.url).await;
    wired.proxy.hold();
    let accepted = manager
        .admin()
        .post(MANAGE, &wired.whole())
        .await
        .expect(202);
    let scan_id = accepted["scan_id"].as_i64().expect("a scan");
    wired.meta.in_state(scan_id, "RUNNING").await;
    let Wired {
        source: _source,
        proxy,
        meta,
        id: _,
    } = wired;
    manager.stop().await;
    door.close();
    meta.stop().await;
    proxy.release();

    let manager = installation.manager(&door.url).await;
    let id = &refs(&accepted)[0]["id"];
    let waiting = object(&manager.admin(), id).await;
    assert_eq!(
        (&waiting["status"], &waiting["scan_id"]),
        (&json!("scanning"), &json!(scan_id))
    );
    let meta = installation.meta().await;
    door.open_to(&meta);
    let ready = settled(&manager.admin(), id).await;
    assert_eq!(
        (&ready["status"], &ready["scan_id"]),
        (&json!("ready"), &json!(scan_id)),
        "the same scan went on"
    );
}

#[tokio::test]
async fn one_replica_takes_over_what_another_began() {
    let wired = Wired::registered(Server::Postgres).await;
    let installation = &wired.meta.installation;
    let [first, second] = [
        installation.manager(&wired.meta.url).await,
        installation.manager(&wired.meta.url).await,
    ];
    wired.proxy.hold();
    let managed = first.admin().post(MANAGE, &wired.whole()).await.expect(202);
    first.stop().await;
    wired.proxy.release();
    let id = &refs(&managed)[0]["id"];
    assert_eq!(settled(&second.admin(), id).await["status"], "ready");
    let jobs = items(&wired.meta.admin(), "/api/metadata/jobs?type=DEEP_SCAN").await;
    assert_eq!(jobs.len(), 1, "{jobs:?}");
}

/// One object that is ready and one that is scanned.
async fn ready_and_scanning(wired: &Wired, manager: &Manager) -> [Value; 2] {
    let api = manager.admin();
    let ready = api
        .post(MANAGE, &wired.tables(&["orders"]))
        .await
        .expect(202);
    in_state(&api, &refs(&ready)[0]["id"], "ready").await;
    wired.proxy.hold();
    let scanning = api
        .post(MANAGE, &wired.tables(&["customers"]))
        .await
        .expect(202);
    assert_eq!(refs(&scanning)[0]["status"], "scanning", "{scanning}");
    wired
        .meta
        .in_state(scanning["scan_id"].as_i64().expect("a scan"), "RUNNING")
        .await;
    [&ready, &scanning].map(|managed| refs(managed)[0]["id"].clone())
}

async fn all_failed(api: &Api, ids: &[Value]) {
    for id in ids {
        let failed = in_state(api, id, "failed").await;
        assert_eq!(
            (&failed["last_error"], &failed["resource_name"]),
            (&json!("source deleted"), &json!(null))
        );
        assert!(failed["removed_at"].is_string(), "{failed}");
    }
}

#[tokio::test]
async fn a_source_that_is_deleted_past_manager_fails_its_objects() {
    let wired = Wired::registered(Server::Postgres).await;
    let manager = wired.meta.installation.manager(&wired.meta.url).await;
    let ids = ready_and_scanning(&wired, &manager).await;
    let path = format!("/api/metadata/datasources/{}?confirm=wired", wired.id);
    assert_eq!(wired.meta.admin().delete(&path).await.status, 204);
    all_failed(&manager.admin(), &ids).await;
}

#[tokio::test]
async fn a_source_that_is_deleted_through_manager_fails_its_objects_at_once() {
    let wired = Wired::registered(Server::Postgres).await;
    let manager = wired.meta.installation.manager(&wired.meta.url).await;
    let api = manager.admin();
    let ids = ready_and_scanning(&wired, &manager).await;
    let path = format!("/api/metadata/datasources/{}", wired.id);
    // A deletion that is refused fails nothing.
    let _ = api.delete(&path).await.problem(422, "validation-failed");
    let viewer = manager.user(TENANT, Role::Viewer);
    let _ = viewer
        .delete(&format!("{path}?confirm=wired"))
        .await
        .problem(403, "forbidden");
    assert_eq!(object(&api, &ids[0]).await["status"], "ready");
    assert_eq!(
        api.delete(&format!("{path}?confirm=wired")).await.status,
        204
    );
    let now = items(&api, OBJECTS).await;
    assert_eq!(
        values(&now, "last_error"),
        ["source deleted", "source deleted"]
    );
    all_failed(&api, &ids).await;
}

#[tokio::test]
async fn it_is_not_ready_without_meta() {
    let installation = Installation::new().await;
    let (_socket, port) = refused_port();
    let manager = installation
        .manager(&format!("http://127.0.0.1:{port}"))
        .await;
    let api = manager.anonymous();
    assert_eq!(api.get("/health/live").await.status, 200);
    let report = api.get("/health/ready").await.expect(503);
    assert_eq!(
        report,
        json!({
            "status": "unavailable",
            "checks": [
                { "name": "store", "ok": true, "detail": null },
                { "name": "meta", "ok": false, "detail": "meta cannot be reached" },
            ],
        })
    );
    let answer = manager.admin().get("/api/manager/datasources").await;
    let _ = answer.problem(503, "meta-unavailable");
}
