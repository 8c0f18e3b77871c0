//! What is asked of a pipeline while a job of it runs, on a real server.

use serde_json::{Value, json};
use test_support::{Server, Session, Source, assert_has, eventually};

use super::path;
use super::whole_way::{ended, fill, running};

/// Holds a table of a source until it says `commit`.
async fn held(source: &Source, table: &str) -> Session {
    let mut blocker = source.session().await;
    blocker.execute(&format!("begin; lock table {table}")).await;
    blocker
}

/// Waits until so many sessions of the pipeline wait for the table that is held.
async fn waiting(source: &Source, sessions: i64) {
    let mut session = source.session().await;
    let sql = format!(
        "select count(*) from pg_stat_activity where usename = '{}' and wait_event_type = 'Lock'",
        source.username
    );
    eventually(&format!("{sessions} to wait for a table"), async || {
        (session.number(&sql).await == sessions).then_some(())
    })
    .await;
}

/// What was counted is no answer to what is asked now: it is not shown, and is counted again.
#[tokio::test]
async fn a_change_has_what_waits_counted_anew() {
    let (meta, source, pipeline) = running(Server::Postgres, &json!({})).await;
    let api = meta.admin();
    fill(&source).await;
    let mut blocker = held(&source, "sync_orders").await;
    let measure = format!("{}/measure", path(&pipeline));
    let first = api.post(&measure, &json!({})).await.expect(202);
    waiting(&source, 1).await;
    let change = json!({ "delta": { "method": "count" } });
    let _ = api.patch(&path(&pipeline), &change).await.expect(200);
    blocker.execute("commit").await;
    let job = ended(&api, &first["job_id"]).await;
    assert_eq!(job["status"], "SUCCESS", "{job}");
    let measured = eventually("a measurement", async || {
        let view = api.get(&path(&pipeline)).await.expect(200);
        view["pending_rows"].is_number().then_some(view)
    })
    .await;
    let expected = json!({ "pending_rows": 512, "method": "count" });
    assert_has(&measured, &expected);
}

#[tokio::test]
async fn a_job_is_stopped_with_its_pipeline() {
    let (meta, source, pipeline) = running(Server::Postgres, &json!({})).await;
    let api = meta.admin();
    fill(&source).await;
    let mut blocker = held(&source, "biz_orders").await;
    let run = format!("{}/run-etl", path(&pipeline));
    let etl = api.post(&run, &json!({})).await.expect(202);
    waiting(&source, 1).await;
    assert_eq!(api.delete(&path(&pipeline)).await.status, 204);
    let job = ended(&api, &etl["job_id"]).await;
    let expected = json!({ "status": "CANCELLED", "pipeline_id": null });
    assert_has(&job, &expected);
    waiting(&source, 0).await;
    blocker.execute("commit").await;
    let mut session = source.session().await;
    assert_eq!(session.number("select count(*) from biz_orders").await, 2);
}

/// Of the two one is taken, and the other one is told or does without.
#[tokio::test]
async fn the_threshold_and_a_person_start_one_etl() {
    let more = json!({ "threshold": 512 });
    let (meta, source, pipeline) = running(Server::Postgres, &more).await;
    let api = meta.admin();
    fill(&source).await;
    let mut blocker = held(&source, "sync_orders").await;
    let ask = async |step: &str| {
        let step = format!("{}/{step}", path(&pipeline));
        api.post(&step, &json!({})).await
    };
    let measure = ask("measure").await.expect(202);
    waiting(&source, 1).await;
    let by_hand = ask("run-etl").await.expect(202);
    let problem = ask("run-etl").await.problem(409, "pipeline-active");
    assert_eq!(problem["job_id"], by_hand["job_id"]);
    blocker.execute("commit").await;
    let _ = ended(&api, &measure["job_id"]).await;
    let _ = ended(&api, &by_hand["job_id"]).await;
    let settled = eventually("what waits to be counted again", async || {
        let view = api.get(&path(&pipeline)).await.expect(200);
        (view["pending_rows"] == 0).then_some(view)
    })
    .await;
    let jobs = settled["last_jobs"].as_array().expect("jobs").iter();
    let types: Vec<&Value> = jobs.map(|job| &job["job_type"]).collect();
    assert_eq!(types, ["MEASURE", "SQL_ETL", "MEASURE"]);
}

/// The rows of another table, and when that was filled, say nothing of this one.
#[tokio::test]
async fn another_table_has_a_past_of_its_own() {
    let (meta, _source, pipeline) = running(Server::Postgres, &json!({})).await;
    let api = meta.admin();
    let etl = api
        .post(&format!("{}/run-etl", path(&pipeline)), &json!({}))
        .await
        .expect(202);
    let etl = ended(&api, &etl["job_id"]).await;
    let before = eventually("a measurement", async || {
        let view = api.get(&path(&pipeline)).await.expect(200);
        view["pending_rows"].is_number().then_some(view)
    })
    .await;
    assert_eq!(before["last_processed_at"], etl["completed_at"]);
    let renamed = json!({ "name": "others" });
    let renamed = api.patch(&path(&pipeline), &renamed).await.expect(200);
    assert_has(
        &renamed,
        &json!({ "pending_rows": 0, "measurement": before["measurement"] }),
    );
    // The two change places.
    let turned = json!({
        "sync_table_id": pipeline["biz_table_id"], "biz_table_id": pipeline["sync_table_id"],
        "etl": { "kind": "sql", "statement": "insert into sync_orders select 3, 'c' where false" },
    });
    let turned = api.patch(&path(&pipeline), &turned).await.expect(200);
    let unknown = json!({ "pending_rows": null, "measurement": null, "last_processed_at": null });
    assert_has(&turned, &unknown);
    let run = format!("{}/run-etl", path(&pipeline));
    let again = api.post(&run, &json!({})).await.expect(202);
    let again = ended(&api, &again["job_id"]).await;
    assert_eq!(again["status"], "SUCCESS", "{again}");
    let view = api.get(&path(&pipeline)).await.expect(200);
    assert_eq!(view["last_processed_at"], again["completed_at"]);
}
