//! The job log and its queue, below HTTP.

mod attempts;
mod enqueue;
mod external;
mod fairness;
mod lost;
mod replica;
mod retention;
mod tenants;
mod workers;

use catalog::datasources::{self, Registration};
use jobs::{Jobs, NewJob, Queue};
use models::datasource::{Engine, Options, Tls};
use models::job::{JobType, Trigger};
use models::{Ids, TenantId};
use test_support::{TENANT, TestStore};
use uuid::Uuid;

/// A store with a data source, and what starts jobs in it.
pub(crate) struct Log {
    pub(crate) store: db::Store,
    jobs: Jobs,
    pub(crate) datasource: i64,
    /// Last, so that it goes last.
    test_store: TestStore,
}

impl Log {
    pub(crate) async fn new() -> Self {
        let test_store = TestStore::create().await;
        let store = test_store.open();
        let registration = Registration {
            name: "shop".to_owned(),
            engine: Engine::Mysql,
            host: "db.invalid".to_owned(),
            port: 3306,
            username: "u".to_owned(),
            password_from: None,
            default_database: None,
            tls: Tls::default(),
            options: Options::default(),
            paused: false,
        };
        let mut tx = store.begin(TENANT).await.expect("a transaction");
        let datasource = datasources::create(&mut tx, TENANT, &registration)
            .await
            .expect("a data source");
        tx.commit().await.expect("a commit");
        let jobs = Jobs::new(Queue::new(store.pool()), Ids::random());
        Self {
            store,
            jobs,
            datasource,
            test_store,
        }
    }

    fn new_job(&self, job_type: JobType) -> NewJob<'static> {
        NewJob {
            job_type,
            datasource_id: Some(self.datasource),
            pipeline_id: None,
            target_scope: "all of it",
            trigger: Trigger::Manual,
            requested_by: Some("ada"),
            parameters: serde_json::json!({ "depth": 2 }),
            parent: None,
        }
    }

    /// Starts a job and commits.
    async fn start(&self, job_type: JobType) -> Uuid {
        self.commit(TENANT, &self.new_job(job_type)).await
    }

    /// More data sources of a tenant, and their ids.
    async fn sources(&self, tenant: TenantId, count: i64) -> Vec<i64> {
        let mut admin = self.test_store.admin().await;
        sqlx::query_scalar(
            "with t as (
                insert into metadata.tenants (tenant_id) values ($1) on conflict do nothing
            )
            insert into metadata.datasources (tenant_id, datasource_name, datasource_type, host, port, username, secret,
                secret_key_id)
            select $1, 'source ' || n, 'mysql', 'db.invalid', 3306, 'u', '', 'k'
            from generate_series(1, $2) n
            returning id",
        )
        .bind(tenant.0)
        .bind(count)
        .fetch_all(&mut admin)
        .await
        .expect("data sources")
    }

    /// Starts a deep scan of a data source and commits.
    async fn start_on(&self, tenant: TenantId, datasource_id: i64, trigger: Trigger) -> Uuid {
        let new = NewJob {
            datasource_id: Some(datasource_id),
            trigger,
            ..self.new_job(JobType::DeepScan)
        };
        self.commit(tenant, &new).await
    }

    async fn commit(&self, tenant: TenantId, new: &NewJob<'_>) -> Uuid {
        let mut tx = self.store.begin(tenant).await.expect("a transaction");
        let id = self.jobs.start(&mut tx, tenant, new).await.expect("a job");
        tx.commit().await.expect("a commit");
        id
    }

    /// The job as the log has it.
    async fn job(&self, tenant: TenantId, id: Uuid) -> Option<models::job::Job> {
        let mut tx = self.store.begin(tenant).await.expect("a transaction");
        jobs::log::get(&mut tx, id).await.expect("the log")
    }

    /// The log of a sync that has ended.
    pub(crate) async fn sync_log(&self) -> i64 {
        let mut admin = self.test_store.admin().await;
        sqlx::query_scalar(
            "with job as (
                insert into metadata.log_data_jobs
                    (tenant_id, id, job_type, target_scope, datasource_id, status, trigger, completed_at)
                values ($1, gen_random_uuid(), 'METADATA_SYNC', 'shop', $2, 'SUCCESS', 'manual', now())
                returning tenant_id, id, datasource_id
            )
            insert into metadata.sync_logs (tenant_id, datasource_id, job_id, sync_type, sync_level, status)
            select tenant_id, datasource_id, id, 'manual', 'database', 'SUCCESS' from job
            returning id",
        )
        .bind(TENANT.0)
        .bind(self.datasource)
        .fetch_one(&mut admin)
        .await
        .expect("a sync log")
    }

    async fn count(&self, sql: &'static str) -> i64 {
        let mut admin = self.test_store.admin().await;
        sqlx::query_scalar(sql)
            .fetch_one(&mut admin)
            .await
            .expect("a count")
    }

    /// Entries that the queue holds.
    async fn entries(&self) -> i64 {
        self.count("select count(*) from graphile_worker._private_jobs")
            .await
    }
}
