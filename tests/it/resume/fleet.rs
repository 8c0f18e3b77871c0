//! An API without workers, and workers that are programs of their own.

use models::scan::ScanMode;
use serde_json::{Value, json};
use test_support::{Installation, Meta, Program, Proxy, Server, Source};

use super::stages::Stages;
use crate::content::Content;

/// Workers that notice soon that another is gone, and cut small batches.
const SETTINGS: [(&str, &str); 4] = [
    ("META__WORKERS__HEARTBEAT_SECONDS", "1"),
    ("META__WORKERS__SILENCE_SECONDS", "2"),
    // Long enough to be seen waiting.
    ("META__WORKERS__RETRY_PAUSE_SECONDS", "2"),
    ("META__DEEP_SCAN__BATCH_SIZE", "7"),
];
const NO_WORKER: [(&str, &str); 1] = [("META__WORKERS__CONCURRENCY", "0")];

/// Two databases of one source, registered and scanned once, so that the next scan finds changes.
pub(super) struct Fleet {
    pub(super) meta: Meta,
    pub(super) id: i64,
    pub(super) stages: Stages,
    /// The databases that a scan reads, in this order.
    pub(super) databases: Vec<String>,
    /// How many of them at once.
    side_by_side: &'static str,
    mode: ScanMode,
}

/// What a fleet reads.
pub(super) struct Shelf {
    pub(super) source: Source,
    pub(super) databases: [String; 2],
    pub(super) proxy: Proxy,
}

impl Shelf {
    pub(super) async fn create(server: Server) -> Self {
        let mut source = Source::create(server).await;
        source.create_tables(30).await;
        let function = match server {
            Server::Postgres => "create function one() returns int language sql as 'select 1'",
            _ => "create function one() returns int deterministic return 1",
        };
        source
            .execute(&format!(
                "create view v1 as select id, name from t001;
                 alter table t002 add constraint t002_parent foreign key (parent) references t001 (id);
                 create index t003_name on t003 (name, parent);
                 {function}"
            ))
            .await;
        let other = source.add_database().await;
        let mut beside = test_support::Session::connect(server, Some(&other), None)
            .await
            .expect("the server lets its owner in");
        beside
            .execute("create table a (id int primary key); create table b (id int primary key)")
            .await;
        let databases = [source.database.clone(), other];
        let proxy = Proxy::to(server).await;
        Self {
            source,
            databases,
            proxy,
        }
    }

    /// Tables, fields, keys, views and relations come, change and go.
    pub(super) async fn change(&self) {
        self.source
            .execute(
                "drop table t030;
                 alter table t004 add extra int;
                 alter table t005 drop column name;
                 create table fresh (id int primary key, word varchar(9));
                 create view v2 as select id from t007;
                 alter table t006 add constraint t006_parent foreign key (parent) references t007 (id);
                 create index t008_name on t008 (name)",
            )
            .await;
    }
}

impl Fleet {
    /// One that has scanned the source once.
    pub(super) async fn of(shelf: &Shelf) -> Self {
        Self::on(Installation::new().await, shelf).await
    }

    /// Reads one database after the other from now on: what a stage holds would stop the others as well.
    pub(super) fn one_by_one(self) -> Self {
        Self {
            side_by_side: "1",
            ..self
        }
    }

    /// Reads only what has changed from now on.
    pub(super) fn incremental(self) -> Self {
        Self {
            mode: ScanMode::Incremental,
            ..self
        }
    }

    /// As [`Fleet::of`], with a store that is there.
    pub(super) async fn on(installation: Installation, shelf: &Shelf) -> Self {
        let body = shelf.source.registration_through("shelf", shelf.proxy.port);
        Self::scanned(
            installation,
            &body,
            shelf.databases.iter().rev().cloned().collect(),
        )
        .await
    }

    /// As [`Fleet::of`], of a source that is registered by this request.
    pub(super) async fn scanned(
        installation: Installation,
        body: &Value,
        databases: Vec<String>,
    ) -> Self {
        let meta = installation.meta_with(&NO_WORKER).await;
        let stages = Stages::of(installation.store()).await;
        let worker = installation.meta_program_with("info", &SETTINGS).await;
        let created = meta.admin().post("/api/metadata/datasources", body).await;
        let id = meta.registered(created.expect(201)).await;
        let fleet = Self {
            meta,
            id,
            stages,
            databases,
            side_by_side: "2",
            // Each part is there to be cut.
            mode: ScanMode::Full,
        };
        let status = fleet.meta.ended(fleet.start().await).await;
        assert_eq!(status["status"], "SUCCESS", "{status}");
        drop(worker);
        fleet
    }

    /// Another replica that runs jobs.
    pub(super) async fn worker(&self) -> Program {
        let side_by_side = ("META__SOURCES__MAX_CONNECTIONS", self.side_by_side);
        let settings = [&SETTINGS[..], &[side_by_side]].concat();
        self.meta
            .installation
            .meta_program_with("info", &settings)
            .await
    }

    /// Another replica with the settings that an installation has by itself.
    pub(super) async fn default_worker(&self) -> Program {
        self.meta.installation.meta_program("info").await
    }

    /// Starts a deep scan of both databases.
    pub(super) async fn start(&self) -> i64 {
        let targets = self.databases.iter();
        let targets: Vec<Value> = targets
            .map(|database| json!({ "database": database }))
            .collect();
        let request = json!({ "resource_id": self.id, "targets": targets, "mode": self.mode });
        let started = self
            .meta
            .admin()
            .post("/api/metadata/scan/deep", &request)
            .await
            .expect(202);
        started["scan_id"].as_i64().expect("a scan_id")
    }

    /// Waits for a scan's end, which must be a good one.
    pub(super) async fn ended_well(&self, scan_id: i64) -> Value {
        let status = self.meta.ended(scan_id).await;
        assert_eq!(status["status"], "SUCCESS", "{status}");
        status
    }

    /// The state of a scan's job, and how often it has been begun.
    pub(super) async fn job(&self, scan_id: i64) -> (String, i32) {
        let mut admin = self.meta.installation.store().admin().await;
        sqlx::query_as(
            "select j.status, j.attempt from metadata.log_data_jobs j
             join metadata.sync_logs l on l.job_id = j.id where l.id = $1",
        )
        .bind(scan_id)
        .fetch_one(&mut admin)
        .await
        .expect("the job")
    }

    /// What log and job say of a scan, that two scans of the same must have in common.
    pub(super) async fn totals(&self, scan_id: i64) -> String {
        let mut admin = self.meta.installation.store().admin().await;
        sqlx::query_scalar(
            "select concat_ws(' ', l.status, databases_scanned, tables_total, tables_scanned, fields_scanned, added_count,
                changed_count, removed_count, failed_count, failures, missing_grants, l.error_message, j.status,
                records_total, records_processed, records_failed, error_details, j.result -> 'changes')
             from metadata.log_data_jobs j join metadata.sync_logs l on l.job_id = j.id where l.id = $1",
        )
        .bind(scan_id)
        .fetch_one(&mut admin)
        .await
        .expect("the log")
    }

    pub(super) async fn content(&self) -> Content {
        Content::of(self.meta.installation.store(), &self.databases).await
    }

    /// Nothing is left of a scan but what it was for.
    pub(super) async fn nothing_is_left(&self) {
        let mut admin = self.meta.installation.store().admin().await;
        let left: Vec<String> = sqlx::query_scalar(
            "select 'checkpoint of ' || database_name from metadata.scan_checkpoints
             union all select 'table ' || table_name from metadata.staging_tables
             union all select 'field ' || field_name from metadata.staging_fields
             union all select part || ' ' || sort_key from metadata.staging_details
             union all select 'object ' || object_name from metadata.staging_objects
             union all select 'name ' || table_name from metadata.staging_identities
             union all select 'digest ' || table_name from metadata.staging_digests",
        )
        .fetch_all(&mut admin)
        .await
        .expect("what is left");
        assert_eq!(left, Vec::<String>::new());
    }
}
