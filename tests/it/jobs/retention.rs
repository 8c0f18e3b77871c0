//! History that is older than its time goes, but for the newest of each scope.

use chrono::TimeDelta;
use jobs::log;
use models::{Clock, TenantId};
use test_support::{Installation, TENANT, eventually};

use super::Log;

/// Jobs of both tenants that ended so many days ago, each with an attempt and a sync log.
const HISTORY: &str = "
    insert into metadata.tenants (tenant_id) values (2) on conflict do nothing;
    insert into metadata.datasources (tenant_id, datasource_name, datasource_type, host, port, username, secret,
            secret_key_id)
        values (2, 'shop', 'mysql', 'db.invalid', 3306, 'u', '', 'k');
    with jobs as (
        insert into metadata.log_data_jobs (tenant_id, id, job_type, target_scope, datasource_id, status, trigger,
            completed_at)
        select d.tenant_id, ('019e0000-0000-7000-8000-00000000000' || 9 - n)::uuid, 'METADATA_SYNC',
            case when n < 4 then 'one' else 'two' end, d.id, 'SUCCESS', 'manual', now() - make_interval(days => 10 * n)
        from metadata.datasources d, generate_series(1, 5) n
        returning tenant_id, id, datasource_id
    ), attempts as (
        insert into metadata.job_attempts (tenant_id, job_id, attempt, worker) select tenant_id, id, 1, 'w' from jobs
    )
    insert into metadata.sync_logs (tenant_id, datasource_id, job_id, sync_type, sync_level)
    select tenant_id, datasource_id, id, 'auto', 'database' from jobs";

/// How many rows of the tables that belong together are left of both tenants.
async fn left(log: &Log) -> Vec<i64> {
    let mut admin = log.test_store.admin().await;
    let mut counts = Vec::new();
    for table in ["log_data_jobs", "job_attempts", "sync_logs"] {
        let sql = sqlx::AssertSqlSafe(format!("select count(*) from metadata.{table}"));
        let count = sqlx::query_scalar(sql).fetch_one(&mut admin).await;
        counts.push(count.expect("a count"));
    }
    counts
}

#[tokio::test]
async fn the_newest_of_each_scope_stays() {
    let log = Log::new().await;
    let mut admin = log.test_store.admin().await;
    sqlx::raw_sql(HISTORY)
        .execute(&mut admin)
        .await
        .expect("a history");
    assert_eq!(left(&log).await, [10, 10, 10]);
    let before = Clock::system().now() - TimeDelta::days(15);
    // Scope `one` has jobs of 10, 20 and 30 days, scope `two` of 40 and 50.
    let mut connection = log.store.connection().await.expect("a connection");
    let some = log::to_purge(&mut connection, before, 1)
        .await
        .expect("the log");
    let all = log::to_purge(&mut connection, before, 100)
        .await
        .expect("the log");
    assert_eq!((some.len(), all.len()), (1, 6));
    for tenant in [TENANT, TenantId(2)] {
        let of_tenant = all.iter().filter(|(of, _)| *of == tenant);
        let ids: Vec<_> = of_tenant.map(|(_, id)| *id).collect();
        let mut tx = log.store.begin(tenant).await.expect("a transaction");
        assert_eq!(log::purge(&mut tx, &ids).await.expect("the log"), 3);
        tx.commit().await.expect("a commit");
    }
    let none = log::to_purge(&mut connection, before, 100).await;
    assert!(none.expect("the log").is_empty());
    assert_eq!(left(&log).await, [4, 4, 4]);
    for tenant in [TENANT, TenantId(2)] {
        let mut tx = log.store.begin(tenant).await.expect("a transaction");
        let jobs = log::list(&mut tx, &log::Filter::default(), None, 10).await;
        let scopes: Vec<_> = jobs
            .expect("the log")
            .into_iter()
            .map(|job| job.target_scope)
            .collect();
        assert_eq!(scopes, ["one", "two"]);
    }
}

/// `meta` looks when it starts.
#[tokio::test]
async fn a_service_deletes_what_is_older_than_its_setting() {
    let installation = Installation::new().await;
    let mut admin = installation.store().admin().await;
    sqlx::raw_sql(HISTORY)
        .execute(&mut admin)
        .await
        .expect("a history");
    let settings = [
        ("META__JOBS__RETENTION_DAYS", "15"),
        ("META__WORKERS__CONCURRENCY", "0"),
    ];
    let _meta = installation.meta_with(&settings).await;
    eventually("what is old to be gone", async || {
        let days: Vec<i32> = sqlx::query_scalar(
            "select extract(day from now() - completed_at)::int from metadata.log_data_jobs order by 1",
        )
        .fetch_all(&mut admin)
        .await
        .expect("the log");
        // One by its age, the other since it is the newest of its scope.
        (days == [10, 40]).then_some(())
    })
    .await;
}
