//! Who waits for whom.

use models::TenantId;
use models::job::{JobType, Trigger};
use test_support::{TENANT, eventually};
use uuid::Uuid;

use super::Log;
use super::replica::{Does, Replica};

const OTHER: TenantId = TenantId(2);
/// As many jobs as one tenant has waiting.
const MANY: i64 = 300;

/// The jobs of both tenants in the order in which they were begun.
async fn order(log: &Log) -> Vec<Uuid> {
    let mut admin = log.test_store.admin().await;
    sqlx::query_scalar("select job_id from metadata.job_attempts order by started_at, job_id")
        .fetch_all(&mut admin)
        .await
        .expect("the attempts")
}

/// One tenant has hundreds of jobs waiting before anybody else comes.
#[tokio::test]
async fn many_jobs_of_one_tenant_hold_back_nobody() {
    let log = Log::new().await;
    for source in log.sources(TENANT, MANY).await {
        log.start_on(TENANT, source, Trigger::Schedule).await;
    }
    let [own, foreign] = [TENANT, OTHER];
    let mine = log.sources(OTHER, 2).await;
    let scheduled = log.start_on(foreign, mine[0], Trigger::Schedule).await;
    let asked = log.start_on(foreign, mine[1], Trigger::Manual).await;
    let asked_too = log.start_on(own, log.datasource, Trigger::Manual).await;

    let replica = Replica::start(&log, Does::Succeed);
    eventually("all jobs to be begun", async || {
        let begun = i64::try_from(order(&log).await.len()).expect("a count");
        (begun == MANY + 3).then_some(())
    })
    .await;
    let order = order(&log).await;
    let place = |job: Uuid| {
        order
            .iter()
            .position(|it| *it == job)
            .expect("it was begun")
    };
    // A worker has two jobs at once, so that neighbours may change places.
    assert!(
        place(asked) < 4 && place(asked_too) < 4,
        "before all that was scheduled"
    );
    assert!(
        place(scheduled) < 8,
        "not after the many: {}",
        place(scheduled)
    );
    replica.stop().await;
}

/// Ten thousand jobs of a tenant in log and queue, as [`jobs::Jobs::start`] would enter them one by one.
const TEN_THOUSAND: &str = "
    with sources as (
        insert into metadata.datasources (tenant_id, datasource_name, datasource_type, host, port, username, secret,
            secret_key_id)
        select 1, 'many ' || n, 'mysql', 'db.invalid', 3306, 'u', '', 'k' from generate_series(1, 10000) n
        returning id
    ), entered as (
        insert into metadata.log_data_jobs (tenant_id, id, job_type, target_scope, datasource_id, trigger)
        select 1, gen_random_uuid(), 'DEEP_SCAN', 'all of it', id, 'schedule' from sources
        returning id, datasource_id
    )
    select count(graphile_worker.add_job('run_job', json_build_object('tenant_id', 1, 'job_id', id),
        queue_name := 'datasource-1-' || datasource_id, job_key := id::text, priority := 50 + row_number::int))
    from (select *, row_number() over () from entered) numbered";

#[tokio::test]
async fn ten_thousand_waiting_jobs_hold_back_nobody() {
    let log = Log::new().await;
    assert_eq!(log.count(TEN_THOUSAND).await, 10_000);
    let others = log.sources(OTHER, 1).await;
    let other = log.start_on(OTHER, others[0], Trigger::Schedule).await;
    let asked = log.start(JobType::DeepScan).await;
    let replica = Replica::start(&log, Does::Succeed);
    let begun = eventually("both to be begun", async || {
        let begun = order(&log).await;
        (begun.contains(&other) && begun.contains(&asked)).then_some(begun)
    })
    .await;
    // Between two looks a worker may have gone on.
    let place = |job| begun.iter().position(|it| *it == job);
    assert!(place(asked) < Some(4), "{:?}", place(asked));
    assert!(place(other) < Some(8), "{:?}", place(other));
    replica.stop().await;
}
