//! Both services and something to manage.

use serde_json::{Value, json};
use test_support::{Answer, Api, Installation, Manager, Meta, Server, Source, eventually};

pub(super) const MANAGE: &str = "/api/manager/manage";
pub(super) const OBJECTS: &str = "/api/manager/managed-objects";

/// Two tables with 2 rows and 1 row, and a view.
const LEDGER: &str = "
    create table customers (id int primary key, name varchar(40) not null);
    create table orders (id int primary key, customer int not null, total decimal(10, 2));
    create view big_orders as select id, customer from orders where total > 100;
    insert into customers values (1, 'a'), (2, 'b');
    insert into orders values (1, 1, 5);";

/// A source with [`LEDGER`] in it, whose server knows how many rows that is.
pub(super) async fn ledger(server: Server) -> Source {
    let source = Source::create(server).await;
    source.execute(LEDGER).await;
    let counted = match server {
        Server::Postgres => "analyze",
        Server::MariaDb | Server::MySql => "analyze table customers, orders",
    };
    source.execute(counted).await;
    source
}

/// A `meta`, a `manager` and a registered source.
#[derive(Debug)]
pub(super) struct Desk {
    pub(super) manager: Manager,
    pub(super) meta: Meta,
    pub(super) source: Source,
    /// The source's id.
    pub(super) id: i64,
}

impl Desk {
    /// Level 1 has run.
    pub(super) async fn registered(server: Server) -> Self {
        Self::with(server, &[]).await
    }

    /// As [`Desk::registered`], with some settings of `manager` set otherwise.
    pub(super) async fn with(server: Server, changes: &[(&str, &str)]) -> Self {
        let source = ledger(server).await;
        let meta = Installation::new().await.meta().await;
        let id = meta.register(&source).await;
        let manager = meta.installation.manager_with(&meta.url, changes).await;
        Self {
            manager,
            meta,
            source,
            id,
        }
    }

    /// A request to manage the database, or what `more` says of it.
    pub(super) fn request(&self, more: &Value) -> Value {
        let mut request = json!({ "resource_id": self.id, "database": self.source.database });
        for (key, value) in more.as_object().expect("an object") {
            request[key] = value.clone();
        }
        request
    }

    /// Manages the database, or what `more` says of it.
    pub(super) async fn manage(&self, more: &Value) -> Answer {
        self.manager.admin().post(MANAGE, &self.request(more)).await
    }

    /// The deep scans that `meta` knows of.
    pub(super) async fn deep_scans(&self) -> usize {
        let path = "/api/metadata/jobs?type=DEEP_SCAN";
        let jobs = self.meta.admin().get(path).await.expect(200);
        jobs["items"].as_array().expect("items").len()
    }

    /// Scans the whole database past `manager`.
    pub(super) async fn scan(&self) {
        let status = self.meta.scan(&self.request(&json!({}))).await;
        assert_eq!(status["status"], "SUCCESS", "{status}");
    }
}

/// A `meta` that runs no jobs with a source that nobody reaches, and a `manager`. What is managed
/// stays pending.
#[derive(Debug)]
pub(super) struct IdleDesk {
    pub(super) manager: Manager,
    pub(super) meta: Meta,
}

impl IdleDesk {
    pub(super) async fn new() -> Self {
        let workers = ("META__WORKERS__CONCURRENCY", "0");
        let meta = Installation::new().await.meta_with(&[workers]).await;
        let manager = meta.installation.manager(&meta.url).await;
        Self { manager, meta }
    }

    /// Registers a source that nobody reaches. Answers with its id.
    pub(super) async fn register(&self, name: &str) -> i64 {
        let body = json!({
            "name": name, "datasource_type": "mysql", "host": "db.invalid", "port": 3306, "username": "u",
            "password": "p",
        });
        let created = self
            .meta
            .admin()
            .post("/api/metadata/datasources", &body)
            .await;
        created.expect(201)["datasource"]["id"]
            .as_i64()
            .expect("an id")
    }

    /// Manages tables of a database without a scan. Answers with the objects' ids.
    pub(super) async fn manage(&self, source: i64, database: &str, tables: &[&str]) -> Vec<Value> {
        let body = json!({
            "resource_id": source, "database": database, "tables": tables, "trigger_deep_scan": false,
        });
        let managed = self.manager.admin().post(MANAGE, &body).await.expect(202);
        refs(&managed).iter().map(|one| one["id"].clone()).collect()
    }
}

/// The objects in the answer of `POST /manage`.
pub(super) fn refs(managed: &Value) -> &[Value] {
    managed["managed_objects"].as_array().expect("objects")
}

/// One managed object.
pub(super) async fn object(api: &Api, id: &Value) -> Value {
    api.get(&format!("{OBJECTS}/{id}")).await.expect(200)
}

/// Waits until a managed object is in this state.
pub(super) async fn in_state(api: &Api, id: &Value, state: &str) -> Value {
    eventually(&format!("a managed object to be {state}"), async || {
        let object = object(api, id).await;
        (object["status"] == state).then_some(object)
    })
    .await
}

/// Waits until the scan of a managed object has ended well or badly.
pub(super) async fn settled(api: &Api, id: &Value) -> Value {
    eventually("a managed object to be ready or failed", async || {
        let object = object(api, id).await;
        matches!(object["status"].as_str(), Some("ready" | "failed")).then_some(object)
    })
    .await
}

/// The items of a list.
pub(super) async fn items(api: &Api, path: &str) -> Vec<Value> {
    let page = api.get(path).await.expect(200);
    page["items"].as_array().expect("items").clone()
}

/// The values under a key of each item.
pub(super) fn values(items: &[Value], key: &str) -> Vec<Value> {
    items.iter().map(|item| item[key].clone()).collect()
}
