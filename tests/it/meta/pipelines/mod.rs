//! Pipelines: what is made and changed over HTTP, what is refused, what starts when, and what is shown.

mod bad_input;
mod cost;
mod crud;
mod meanwhile;
mod overview;
mod reported;
mod start;
mod ticks;
mod whole_way;

use serde_json::{Value, json};
use sqlx::AssertSqlSafe;
use test_support::{Api, Installation, Meta, TestClock};

const PIPELINES: &str = "/api/metadata/pipelines";
const NOON: &str = "2026-01-05T12:00:00Z";
/// No jobs are run: a job that is started stays in the queue.
const IDLE: (&str, &str) = ("META__WORKERS__CONCURRENCY", "0");
/// Runs come at their ticks.
const EXACT: (&str, &str) = ("META__SYNC__JITTER_SECONDS", "0");
/// Columns that tables of both sides have.
const COLUMNS: [(&str, &str); 4] = [
    ("id", "integer"),
    ("name", "text"),
    ("price", "float"),
    ("changed", "timestamp"),
];

/// A `meta` that runs no jobs, with a sync table and a business table in its catalog.
struct Shop {
    meta: Meta,
    clock: TestClock,
    /// The data source that has both.
    source: i64,
    sync: i64,
    biz: i64,
}

impl Shop {
    async fn new(more: &[(&str, &str)]) -> Self {
        let clock = TestClock::at(NOON);
        let installation = Installation::by(clock.clock()).await;
        let meta = installation
            .meta_with(&[&[IDLE, EXACT], more].concat())
            .await;
        let api = meta.admin();
        let source = register(&api, "shop", "postgresql").await;
        let sync = add_table(&meta, source, "sync_orders", &COLUMNS).await;
        let biz = add_table(&meta, source, "biz_orders", &COLUMNS).await;
        Self {
            meta,
            clock,
            source,
            sync,
            biz,
        }
    }

    /// An administrator, whose token is valid now.
    fn api(&self) -> Api {
        self.meta.admin()
    }

    /// A sound body, with what `more` says.
    fn body(&self, more: &Value) -> Value {
        let body = json!({
            "name": "orders", "sync_table_id": self.sync, "biz_table_id": self.biz,
            "fill": {
                "kind": "sql", "resource_id": self.source, "database": "shop", "query": "select id, name from orders",
                "key": ["id"],
            },
            "etl": { "kind": "sql", "statement": "insert into biz_orders select * from sync_orders" },
            "delta": { "method": "key", "sync_column": "id", "biz_column": "id" },
        });
        with(body, more)
    }

    /// Makes a pipeline, with what `more` says.
    async fn add(&self, more: &Value) -> Value {
        let body = self.body(more);
        self.api().post(PIPELINES, &body).await.expect(201)
    }

    async fn read(&self, pipeline: &Value) -> Value {
        self.api().get(&path(pipeline)).await.expect(200)
    }

    /// Asks for a step of a pipeline that is taken. Answers with the job's id.
    async fn start(&self, pipeline: &Value, step: &str) -> String {
        let answer = self.ask(pipeline, step).await.expect(202);
        answer["job_id"].as_str().expect("an id").to_owned()
    }

    async fn ask(&self, pipeline: &Value, step: &str) -> test_support::Answer {
        let path = format!("{}/{step}", path(pipeline));
        self.api().post(&path, &json!({})).await
    }

    /// Changes the store behind the service's back.
    async fn execute(&self, sql: &str) {
        execute(&self.meta, sql).await;
    }

    /// Lets the data source be written.
    async fn allow_writing(&self) {
        self.execute("update metadata.datasources set options = options || '{\"writable\": true}'")
            .await;
    }

    /// Ends what is queued, as a worker would.
    async fn end_jobs(&self, status: &str) {
        self.execute(&format!(
            "update metadata.log_data_jobs set status = '{status}', completed_at = now() where status = 'QUEUED'"
        ))
        .await;
    }
}

/// An object with the members of another in the place of its own.
fn with(mut body: Value, more: &Value) -> Value {
    for (name, value) in more.as_object().expect("an object") {
        body[name] = value.clone();
    }
    body
}

fn path(pipeline: &Value) -> String {
    format!("{PIPELINES}/{}", pipeline["id"])
}

/// Registers a source that nobody reaches. Answers with its id.
async fn register(api: &Api, name: &str, engine: &str) -> i64 {
    let body = json!({
        "name": name, "datasource_type": engine, "host": "db.invalid", "port": 3306, "username": "u", "password": "p",
    });
    let created = api
        .post("/api/metadata/datasources", &body)
        .await
        .expect(201);
    created["datasource"]["id"].as_i64().expect("an id")
}

/// Puts a table into the catalog of a data source, in its database shop, with `id` as its primary key where it has one.
/// Answers with its id.
async fn add_table(meta: &Meta, source: i64, name: &str, columns: &[(&str, &str)]) -> i64 {
    let has_key = columns.iter().any(|(column, _)| *column == "id");
    let keys = if has_key {
        r#"[{"name": "k", "kind": "primary", "columns": ["id"]}]"#
    } else {
        "[]"
    };
    let sql = format!(
        "with d as (
            insert into metadata.databases (tenant_id, datasource_id, database_name) values (1, {source}, 'shop')
            on conflict on constraint databases_name_key do update set is_scanned = true
            returning id
        )
        insert into metadata.tables
            (tenant_id, database_id, table_schema, table_name, table_type, row_count, is_scanned, details)
        select 1, id, 'public', '{name}', 'TABLE', 100, true, '{{\"keys\": {keys}}}' from d
        returning id"
    );
    let mut admin = meta.installation.store().admin().await;
    let id: i64 = sqlx::query_scalar(AssertSqlSafe(sql))
        .fetch_one(&mut admin)
        .await
        .expect("a table");
    for (place, (column, data_type)) in (1..).zip(columns) {
        let sql = format!(
            "insert into metadata.fields
                (tenant_id, table_id, field_name, field_position, data_type, column_type, is_nullable)
             values (1, {id}, '{column}', {place}, '{data_type}', '{data_type}', false)"
        );
        execute(meta, &sql).await;
    }
    id
}

async fn execute(meta: &Meta, sql: &str) {
    let mut admin = meta.installation.store().admin().await;
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
        .execute(&mut admin)
        .await
        .expect("the store takes it");
}

/// The jobs of pipelines, newest first.
async fn jobs(api: &Api) -> Vec<Value> {
    let page = api.get("/api/metadata/jobs").await.expect(200);
    let jobs = page["items"].as_array().expect("items").clone();
    let is_of_pipeline = |job: &Value| {
        let scope = job["target_scope"].as_str();
        scope.is_some_and(|scope| scope.starts_with("pipeline:"))
    };
    jobs.into_iter().filter(is_of_pipeline).collect()
}
