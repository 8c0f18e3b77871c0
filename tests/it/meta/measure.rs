//! `MEASURE`: what waits in a pipeline, on real servers.

use serde_json::{Value, json};
use test_support::{Installation, Meta, Server, Source, eventually};

/// One line for each server runs these with its sync table, and the business table on the next server.
macro_rules! suite {
    ($module:ident, $server:ident) => {
        test_support::suite! { $module, $server,
            on_servers {
                rows_that_wait_are_found_and_gone_when_they_are_processed,
                a_column_that_is_gone_fails_the_job_and_says_so,
            }
        }
    };
}
suite!(postgres, Postgres);
suite!(mariadb, MariaDb);
suite!(mysql, MySql);

mod on_servers {
    pub(super) use super::{
        a_column_that_is_gone_fails_the_job_and_says_so,
        rows_that_wait_are_found_and_gone_when_they_are_processed,
    };
}

/// A pipeline between two servers.
pub(super) struct Between {
    pub(super) meta: Meta,
    pub(super) sync: Source,
    pub(super) biz: Source,
    pub(super) id: i64,
}

impl Between {
    /// With tables of an `id` and the time at which a row came, and these parts of the pipeline.
    pub(super) async fn of(server: Server, parts: &Value) -> Self {
        Self::with(server, parts, &[]).await
    }

    /// The same, with some settings of `meta` set otherwise.
    pub(super) async fn with(server: Server, parts: &Value, settings: &[(&str, &str)]) -> Self {
        let other = match server {
            Server::Postgres => Server::MariaDb,
            Server::MariaDb | Server::MySql => Server::Postgres,
        };
        let meta = Installation::new().await.meta_with(settings).await;
        let (sync, sync_table) = table(&meta, server, "sync_orders").await;
        let (biz, biz_table) = table(&meta, other, "biz_orders").await;
        let mut body = json!({
            "name": "orders", "sync_table_id": sync_table, "biz_table_id": biz_table,
            "fill": { "kind": "external" }, "etl": { "kind": "external" },
            "delta": { "method": "key", "sync_column": "id", "biz_column": "id" },
            "target": { "sync_seconds": 3600, "etl_seconds": 3600 },
        });
        for (name, part) in parts.as_object().expect("an object") {
            body[name] = part.clone();
        }
        let made = meta
            .admin()
            .post("/api/metadata/pipelines", &body)
            .await
            .expect(201);
        Self {
            id: made["id"].as_i64().expect("an id"),
            meta,
            sync,
            biz,
        }
    }

    /// Starts a step and waits for the end of its job.
    pub(super) async fn run(&self, step: &str) -> Value {
        let started = self.start(step).await;
        self.ended(&started).await
    }

    /// Starts a step; the job's id.
    pub(super) async fn start(&self, step: &str) -> Value {
        let path = format!("/api/metadata/pipelines/{}/{step}", self.id);
        let started = self.meta.admin().post(&path, &json!({})).await.expect(202);
        started["job_id"].clone()
    }

    pub(super) async fn ended(&self, job: &Value) -> Value {
        let path = format!("/api/metadata/jobs/{}", job.as_str().expect("an id"));
        eventually("the end of a job", async || {
            let job = self.meta.admin().get(&path).await.expect(200);
            (!["QUEUED", "RUNNING"].contains(&job["status"].as_str()?)).then_some(job)
        })
        .await
    }

    pub(super) async fn read(&self) -> Value {
        let path = format!("/api/metadata/pipelines/{}", self.id);
        self.meta.admin().get(&path).await.expect(200)
    }
}

/// A scanned table on a server, with its id in the catalog.
async fn table(meta: &Meta, server: Server, name: &str) -> (Source, Value) {
    let source = Source::create(server).await;
    let moment = match server {
        Server::Postgres => "timestamptz default now()",
        Server::MariaDb | Server::MySql => "timestamp(6) default current_timestamp(6)",
    };
    source
        .execute(&format!(
            "create table {name} (id bigint primary key, came {moment})"
        ))
        .await;
    if server == Server::Postgres {
        let grant = format!(
            "grant select on all tables in schema public to {}",
            source.username
        );
        source.execute(&grant).await;
    }
    let id = meta.register(&source).await;
    let request = json!({ "resource_id": id, "database": source.database });
    let status = meta.scan(&request).await;
    assert_eq!(status["status"], "SUCCESS", "{status}");
    let api = meta.admin();
    let path = format!(
        "/api/metadata/databases?resource_id={id}&name={}",
        source.database
    );
    let database = api.get(&path).await.expect(200)["items"][0]["id"].clone();
    let path = format!("/api/metadata/tables?database_id={database}&name={name}");
    let table = api.get(&path).await.expect(200)["items"][0]["id"].clone();
    assert!(table.is_i64(), "{name} is in the catalog");
    (source, table)
}

/// Inserts rows with these ids.
async fn insert(source: &Source, table: &str, ids: std::ops::RangeInclusive<u32>) {
    let rows: Vec<String> = ids.map(|id| format!("({id})")).collect();
    let insert = format!("insert into {table} (id) values {}", rows.join(", "));
    source.execute(&insert).await;
}

pub(super) async fn rows_that_wait_are_found_and_gone_when_they_are_processed(server: Server) {
    let pipeline = Between::of(server, &json!({})).await;
    let before = pipeline.read().await;
    assert_eq!(before["pending_rows"], json!(null));
    insert(&pipeline.sync, "sync_orders", 1..=1512).await;
    insert(&pipeline.biz, "biz_orders", 1..=1000).await;
    let job = pipeline.run("measure").await;
    assert_eq!(job["status"], "SUCCESS", "{job}");
    let waiting = pipeline.read().await;
    assert_eq!(waiting["pending_rows"], 512, "{waiting}");
    assert_eq!(waiting["method"], "key");
    let measurement = &waiting["measurement"];
    assert_eq!(
        (
            &measurement["sync_rows"],
            &measurement["biz_rows"],
            &measurement["surplus_rows"]
        ),
        (&json!(1512), &json!(1000), &json!(0))
    );
    assert_eq!(measurement["job_id"], job["id"]);
    // What an ETL would do, and a row that is deleted where it came from.
    insert(&pipeline.biz, "biz_orders", 1001..=1512).await;
    pipeline
        .sync
        .execute("delete from sync_orders where id = 7")
        .await;
    pipeline.run("measure").await;
    let done = pipeline.read().await;
    assert_eq!(done["pending_rows"], 0, "{done}");
    assert_eq!(done["measurement"]["surplus_rows"], 1);
    let overview = pipeline
        .meta
        .admin()
        .get("/api/metadata/overview")
        .await
        .expect(200);
    assert_eq!(overview["pipelines"][0]["pending_rows"], 0, "{overview}");
}

pub(super) async fn a_column_that_is_gone_fails_the_job_and_says_so(server: Server) {
    let pipeline = Between::of(server, &json!({})).await;
    // The catalog does not know yet.
    pipeline
        .biz
        .execute("alter table biz_orders rename column id to number")
        .await;
    let job = pipeline.run("measure").await;
    assert_eq!(job["status"], "FAILED", "{job}");
    let details = job["error_details"].as_str().expect("details");
    assert!(details.starts_with("the business table "), "{details}");
    assert_eq!(job["attempt"], 1, "it is not tried again");
    assert_eq!(pipeline.read().await["pending_rows"], json!(null));
}

/// By its own watermark each table says how new it is.
#[tokio::test]
async fn a_watermark_tells_how_new_the_tables_are() {
    let delta = json!({
        "delta": { "method": "watermark", "sync_column": "came", "biz_column": "came" }
    });
    let pipeline = Between::of(Server::Postgres, &delta).await;
    insert(&pipeline.biz, "biz_orders", 1..=3).await;
    insert(&pipeline.sync, "sync_orders", 1..=5).await;
    let job = pipeline.run("measure").await;
    assert_eq!(job["status"], "SUCCESS", "{job}");
    let shown = pipeline.read().await;
    assert_eq!(shown["pending_rows"], 5, "{shown}");
    assert_eq!(shown["freshness"], "fresh", "{shown}");
    assert_eq!(
        shown["last_synced_at"],
        shown["measurement"]["sync_changed_at"]
    );
    assert_eq!(
        shown["last_processed_at"],
        shown["measurement"]["biz_changed_at"]
    );
    pipeline
        .sync
        .execute("update sync_orders set came = came - interval '1 day'")
        .await;
    pipeline.run("measure").await;
    let late = pipeline.read().await;
    assert_eq!(
        (&late["sync_freshness"], &late["etl_freshness"]),
        (&json!("late"), &json!("fresh"))
    );
    assert_eq!(late["pending_rows"], 0);
}
