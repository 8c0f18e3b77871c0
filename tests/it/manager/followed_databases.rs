//! Managed databases follow what syncs find, with their tables and their schedule.

use serde_json::{Value, json};
use test_support::{Installation, Server, Source, assert_has, eventually};

use super::desk::{Desk, MANAGE, in_state, ledger, object, refs, settled};
use super::schedules::{gone, reads};

/// A source with more databases, of which the first is managed: as a whole, and a table of it.
struct Databases {
    desk: Desk,
    more: Vec<String>,
    whole: Value,
    table: Value,
}

impl Databases {
    async fn managed(server: Server, count: usize) -> Self {
        let mut source = ledger(server).await;
        let mut more = Vec::new();
        for _ in 0..count {
            more.push(source.add_database().await);
        }
        let mut session = source.session_in(&more[0]).await;
        session
            .execute("create table kept (id int primary key)")
            .await;
        drop(session);
        let desk = desk(source, &more).await;
        let [whole, table] = [json!({}), json!({ "tables": ["kept"] })].map(|more_of_it| {
            let mut request = more_of_it;
            request["resource_id"] = json!(desk.id);
            request["database"] = json!(more[0]);
            request
        });
        let mut ids = Vec::new();
        for request in [whole, table] {
            let managed = desk
                .manager
                .admin()
                .post(MANAGE, &request)
                .await
                .expect(202);
            let id = refs(&managed)[0]["id"].clone();
            assert_eq!(settled(&desk.manager.admin(), &id).await["status"], "ready");
            ids.push(id);
        }
        let (table, whole) = (ids.remove(1), ids.remove(0));
        Self {
            desk,
            more,
            whole,
            table,
        }
    }

    async fn execute(&self, statement: &str) {
        self.desk.source.admin().await.execute(statement).await;
    }

    /// Level 1, which must end well.
    async fn sync(&self) {
        let sync = json!({ "resource_id": self.desk.id, "force": true });
        let api = self.desk.meta.admin();
        let started = api.post("/api/metadata/sync/auto", &sync).await.expect(202);
        let id = started["sync_id"].as_i64().expect("a number");
        let status = self.desk.meta.ended(id).await;
        assert_eq!(status["status"], "SUCCESS", "{status}");
    }
}

/// A desk whose source is its own database and these.
async fn desk(source: Source, more: &[String]) -> Desk {
    let meta = Installation::new().await.meta().await;
    let mut names = vec![source.database.clone()];
    names.extend_from_slice(more);
    let mut body = source.registration("several");
    body["options"] = json!({ "include_databases": names });
    let created = meta.admin().post("/api/metadata/datasources", &body).await;
    let id = meta.registered(created.expect(201)).await;
    let manager = meta.installation.manager(&meta.url).await;
    Desk {
        manager,
        meta,
        source,
        id,
    }
}

pub(super) async fn a_dropped_database_is_ready_again_when_it_is_back(server: Server) {
    let databases = Databases::managed(server, 1).await;
    let (desk, name) = (&databases.desk, databases.more[0].as_str());
    let (api, meta) = (desk.manager.admin(), desk.meta.admin());
    reads(&meta, desk.id, &[name]).await;
    databases.execute(&format!("drop database {name}")).await;
    databases.sync().await;
    for id in [&databases.whole, &databases.table] {
        let removed = in_state(&api, id, "failed").await;
        assert_eq!(removed["last_error"], "database removed");
        assert!(removed["removed_at"].is_string(), "{removed}");
    }
    gone(&meta, desk.id).await;

    databases.execute(&format!("create database {name}")).await;
    databases.sync().await;
    for id in [&databases.whole, &databases.table] {
        let back = in_state(&api, id, "ready").await;
        assert_has(
            &back,
            &json!({ "database": name, "removed_at": null, "last_error": null }),
        );
    }
    reads(&meta, desk.id, &[name]).await;
    // A deep scan finds it empty.
    let status = desk
        .meta
        .scan(&json!({ "resource_id": desk.id, "database": name }))
        .await;
    assert_eq!(status["status"], "SUCCESS", "{status}");
    let removed = in_state(&api, &databases.table, "failed").await;
    assert_eq!(removed["last_error"], "table removed");
    assert_eq!(object(&api, &databases.whole).await["status"], "ready");
    reads(&meta, desk.id, &[name]).await;
}

#[tokio::test]
async fn a_renamed_database_stays_managed_with_its_tables() {
    let databases = Databases::managed(Server::Postgres, 2).await;
    let desk = &databases.desk;
    let (old, new) = (databases.more[0].as_str(), databases.more[1].as_str());
    let (api, meta) = (desk.manager.admin(), desk.meta.admin());
    let mine = desk.source.database.as_str();
    let managed = desk
        .manage(&json!({ "tables": ["orders"] }))
        .await
        .expect(202);
    let other = refs(&managed)[0]["id"].clone();
    settled(&api, &other).await;
    let mut names = [mine, old];
    names.sort_unstable();
    reads(&meta, desk.id, &names).await;

    databases
        .execute(&format!("alter database {new} rename to {new}_away"))
        .await;
    databases
        .execute(&format!("alter database {old} rename to {new}"))
        .await;
    databases
        .execute(&format!("alter database {new}_away rename to {old}"))
        .await;
    databases.sync().await;
    for id in [&databases.whole, &databases.table] {
        let object = eventually("the database's new name", async || {
            let object = object(&api, id).await;
            (object["database"] == new).then_some(object)
        })
        .await;
        assert_has(
            &object,
            &json!({ "id": id, "status": "ready", "removed_at": null }),
        );
    }
    assert_eq!(object(&api, &databases.table).await["table"], "kept");
    assert_eq!(object(&api, &other).await["database"], mine);
    let mut names = [mine, new];
    names.sort_unstable();
    reads(&meta, desk.id, &names).await;
}
