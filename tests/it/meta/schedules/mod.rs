//! Schedules: what is made and changed over HTTP, and when it runs.

mod bad_input;
mod clock;
mod crud;
mod default;
mod kept;
mod pause;
mod ticks;

use serde_json::{Value, json};
use test_support::{Api, Installation, Meta, TestClock, eventually};

const SCHEDULES: &str = "/api/metadata/schedules";
const SOURCES: &str = "/api/metadata/datasources";

/// No jobs are run: a job that a schedule starts stays in the queue.
const IDLE: (&str, &str) = ("META__WORKERS__CONCURRENCY", "0");
/// Schedules are run.
const AUTOMATIC: (&str, &str) = ("META__SYNC__AUTOMATIC", "true");
/// Runs come at their ticks.
const EXACT: (&str, &str) = ("META__SYNC__JITTER_SECONDS", "0");

/// A `meta` by a clock that a test sets, which runs no jobs.
async fn idle_at(time: &str, more: &[(&str, &str)]) -> (Meta, TestClock) {
    let clock = TestClock::at(time);
    let installation = Installation::by(clock.clock()).await;
    let meta = installation
        .meta_with(&[&[IDLE, EXACT], more].concat())
        .await;
    (meta, clock)
}

/// Registers a source that nobody reaches. Answers with its id.
async fn register(api: &Api, name: &str) -> i64 {
    let body = json!({
        "name": name, "datasource_type": "mysql", "host": "db.invalid", "port": 3306, "username": "u", "password": "p",
    });
    let created = api.post(SOURCES, &body).await.expect(201);
    created["datasource"]["id"].as_i64().expect("an id")
}

/// Makes a level-2 schedule of one database of a source, with what `more` says. Level 1 of a source that
/// nobody reaches is active from its registration on.
async fn add(api: &Api, source: i64, more: &Value) -> Value {
    let mut body = json!({
        "resource_id": source, "level": 2, "databases": ["shop"], "cron": "0 3 * * *", "time_zone": "UTC",
    });
    for (name, value) in more.as_object().expect("an object") {
        body[name] = value.clone();
    }
    api.post(SCHEDULES, &body).await.expect(201)
}

fn path(schedule: &Value) -> String {
    format!("{SCHEDULES}/{}", schedule["id"])
}

async fn read(api: &Api, schedule: &Value) -> Value {
    api.get(&path(schedule)).await.expect(200)
}

/// Waits until a schedule runs next at this time, and reads it.
async fn planned_for(api: &Api, schedule: &Value, time: &str) -> Value {
    eventually(&format!("a schedule to run next at {time}"), async || {
        let now = read(api, schedule).await;
        (now["next_run_at"] == time).then_some(now)
    })
    .await
}

/// The items of a list.
async fn items(api: &Api, list: &str) -> Vec<Value> {
    let page = api.get(&format!("/api/metadata/{list}")).await.expect(200);
    page["items"].as_array().expect("items").clone()
}

/// The deep scans that schedules have started.
async fn deep_scans(api: &Api) -> Vec<Value> {
    items(api, "jobs?type=DEEP_SCAN").await
}

/// Ends what is queued, as a worker would that finds nothing to do.
async fn end_jobs(meta: &Meta) {
    let mut admin = meta.installation.store().admin().await;
    sqlx::raw_sql(
        "update metadata.log_data_jobs set status = 'SUCCESS', completed_at = now() where status = 'QUEUED'",
    )
    .execute(&mut admin)
    .await
    .expect("jobs end");
}
