//! Fills and ETL statements as jobs, from one server to another.

use serde_json::{Value, json};
use test_support::{Api, Installation, Meta, Server, Source, assert_has, eventually};

const PIPELINES: &str = "/api/metadata/pipelines";

/// What is filled, and what is made of it.
const TABLES: &str = "
    create table sync_orders (id int primary key, name varchar(10) not null, price decimal(8, 2));
    create table biz_orders (id int primary key, name varchar(10) not null);";

/// Two servers, and a pipeline from the one to a database of the other.
struct Way {
    meta: Meta,
    /// Kept, since it is gone with its value.
    _from: Source,
    to: Source,
    /// The data source that is written to.
    target: i64,
    pipeline: Value,
}

impl Way {
    async fn new(from: Server, to: Server, etl: &str) -> Self {
        let (from, to) = (Source::create(from).await, Source::create(to).await);
        from.execute(
            "create table orders (number int, title varchar(20), price decimal(8, 2));
             insert into orders values (1, 'one', 1.5), (2, 'far too long for it', 2), (3, 'three', null), (4, null, 4)",
        )
        .await;
        to.execute(TABLES).await;
        for source in [&from, &to] {
            let (database, username) = (&source.database, &source.username);
            let grant = match source.server {
                Server::Postgres => {
                    format!("grant all on all tables in schema public to {username}")
                }
                _ => format!("grant all on {database}.* to {username}"),
            };
            source.execute(&grant).await;
        }
        let meta = Installation::new().await.meta().await;
        let (source, target) = (meta.register(&from).await, meta.register(&to).await);
        let request = json!({ "resource_id": target, "database": to.database });
        let scanned = meta.scan(&request).await;
        assert_eq!(scanned["status"], "SUCCESS", "{scanned}");
        let api = meta.admin();
        let _ = allow(&api, target, true).await;
        let body = json!({
            "name": "orders",
            "sync_table_id": table(&api, target, &to.database, "sync_orders").await,
            "biz_table_id": table(&api, target, &to.database, "biz_orders").await,
            "fill": {
                "kind": "sql", "resource_id": source, "database": from.database,
                "query": "select number, title, price from orders", "key": ["id"],
                "mapping": { "number": "id", "title": "name" },
            },
            "etl": { "kind": "sql", "statement": etl },
            "delta": { "method": "count" },
        });
        let pipeline = api.post(PIPELINES, &body).await.expect(201);
        Self {
            meta,
            _from: from,
            to,
            target,
            pipeline,
        }
    }

    /// Starts a step, and answers with the job's path.
    async fn start(&self, step: &str) -> String {
        let path = format!("{PIPELINES}/{}/{step}", self.pipeline["id"]);
        let started = self.meta.admin().post(&path, &json!({})).await.expect(202);
        format!(
            "/api/metadata/jobs/{}",
            started["job_id"].as_str().expect("an id")
        )
    }

    async fn ended(&self, job: &str) -> Value {
        let api = self.meta.admin();
        eventually("the end of a job", async || {
            let job = api.get(job).await.expect(200);
            job["completed_at"].is_string().then_some(job)
        })
        .await
    }
}

/// Lets pipelines write to a data source, or not.
async fn allow(api: &Api, source: i64, writable: bool) -> Value {
    let path = format!("/api/metadata/datasources/{source}");
    let body = json!({ "options": { "writable": writable } });
    api.patch(&path, &body).await.expect(200)
}

async fn table(api: &Api, source: i64, database: &str, name: &str) -> i64 {
    let path = format!("/api/metadata/databases?resource_id={source}&name={database}");
    let database = api.get(&path).await.expect(200)["items"][0]["id"].take();
    let path = format!("/api/metadata/tables?database_id={database}&name={name}");
    api.get(&path).await.expect(200)["items"][0]["id"]
        .as_i64()
        .expect("an id")
}

async fn rows_go_through_and_bad_ones_are_kept(from: Server, to: Server) {
    let etl = "insert into biz_orders select id, name from sync_orders";
    let way = Way::new(from, to, etl).await;
    let fill = way.start("sync").await;
    let filled = way.ended(&fill).await;
    let expected = json!({
        "job_type": "SQL_SYNC", "status": "PARTIAL", "records_total": 4, "records_processed": 2, "records_failed": 2,
        "error_details": "2 of 4 rows were refused; the failed rows of the job tell which and why",
    });
    assert_has(&filled, &expected);
    let failed = way
        .meta
        .admin()
        .get(&format!("{fill}/failed-rows"))
        .await
        .expect(200);
    let keys: Vec<&Value> = failed["items"]
        .as_array()
        .expect("rows")
        .iter()
        .map(|row| &row["row_key"])
        .collect();
    assert_eq!(keys, ["id=2", "id=4"]);
    let mut session = way.to.session().await;
    let there = session
        .number("select count(*) from sync_orders where id in (1, 3)")
        .await;
    assert_eq!(there, 2);

    let made = way.ended(&way.start("run-etl").await).await;
    assert_has(
        &made,
        &json!({ "job_type": "SQL_ETL", "status": "SUCCESS", "records_processed": 2 }),
    );
    assert_eq!(session.number("select count(*) from biz_orders").await, 2);
    // A second time its rows are there already.
    let again = way.ended(&way.start("run-etl").await).await;
    assert_has(
        &again,
        &json!({ "status": "FAILED", "records_processed": 0 }),
    );
    let details = again["error_details"].as_str().expect("a cause");
    assert!(details.to_lowercase().contains("duplicate"), "{details}");
    assert_eq!(session.number("select count(*) from biz_orders").await, 2);
}

#[tokio::test]
async fn rows_go_from_postgres_to_mariadb() {
    rows_go_through_and_bad_ones_are_kept(Server::Postgres, Server::MariaDb).await;
}

#[tokio::test]
async fn rows_go_from_mariadb_to_postgres() {
    rows_go_through_and_bad_ones_are_kept(Server::MariaDb, Server::Postgres).await;
}

/// What was allowed when a job was asked for, and is no longer when its turn comes.
#[tokio::test]
async fn what_may_no_longer_be_written_is_not() {
    let way = Way::new(
        Server::Postgres,
        Server::Postgres,
        "insert into biz_orders values (1, 'x')",
    )
    .await;
    let mut blocker = way.to.session().await;
    blocker.execute("begin; lock table biz_orders").await;
    let etl = way.start("run-etl").await;
    let api = way.meta.admin();
    eventually("the statement to run", async || {
        let job = api.get(&etl).await.expect(200);
        let message = job["message"].as_str().unwrap_or_default();
        message.starts_with("running the statement").then_some(())
    })
    .await;
    let fill = way.start("sync").await;
    let _ = allow(&api, way.target, false).await;
    blocker.execute("commit").await;
    assert_eq!(way.ended(&etl).await["status"], "SUCCESS");
    let filled = way.ended(&fill).await;
    assert_eq!(filled["status"], "FAILED", "{filled}");
    let details = filled["error_details"].as_str().expect("a cause");
    assert!(
        details.contains("an administrator allows it by options.writable"),
        "{details}"
    );
    assert_eq!(blocker.number("select count(*) from sync_orders").await, 0);
}

/// A statement that runs is stopped on the server, and nothing of it stays.
#[tokio::test]
async fn a_statement_is_stopped_on_request() {
    let slow = "insert into biz_orders select 1, 'x' from pg_sleep(60)";
    let way = Way::new(Server::Postgres, Server::Postgres, slow).await;
    let etl = way.start("run-etl").await;
    let (api, username) = (way.meta.admin(), &way.to.username);
    let mut session = way.to.session().await;
    let sleeping = format!(
        "select count(*) from pg_stat_activity where usename = '{username}' and wait_event = 'PgSleep'"
    );
    eventually("the statement to run", async || {
        (session.number(&sleeping).await == 1).then_some(())
    })
    .await;
    let _ = api.post(&format!("{etl}/cancel"), &json!({})).await;
    assert_eq!(way.ended(&etl).await["status"], "CANCELLED");
    eventually("the statement to end", async || {
        (session.number(&sleeping).await == 0).then_some(())
    })
    .await;
    assert_eq!(session.number("select count(*) from biz_orders").await, 0);
}
