//! Nobody sees or touches a row of another tenant, and nobody can switch that off.

use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection};
use test_support::{StoreLogin, TestStore};

use super::{TenantTable, bind, count, refusal, tenant_tables};

/// One row of a tenant in every table. A table that is missing here fails the tests below.
const ROWS: &str = "
    with t as (insert into metadata.tenants (tenant_id) values (TENANT) returning tenant_id),
    s as (insert into metadata.datasources (tenant_id, datasource_name, datasource_type, host, port, username, secret,
            secret_key_id)
        select tenant_id, 'shop', 'mysql', 'db', 3306, 'u', '', 'k1' from t returning tenant_id, id),
    d as (insert into metadata.databases (tenant_id, datasource_id, database_name)
        select tenant_id, id, 'shop' from s returning tenant_id, id),
    r as (insert into metadata.tables (tenant_id, database_id, table_schema, table_name, table_type)
        select tenant_id, id, '', 'orders', 'TABLE' from d returning tenant_id, id),
    f as (insert into metadata.fields (tenant_id, table_id, field_name, field_position, data_type, column_type, is_nullable)
        select tenant_id, id, 'id', 1, 'integer', 'int', false from r),
    o as (insert into metadata.database_objects
            (tenant_id, database_id, object_kind, object_schema, object_name, signature)
        select tenant_id, id, 'FUNCTION', '', 'total', '' from d),
    x as (insert into metadata.relations
            (tenant_id, datasource_id, table_id, relation_kind, relation_name, to_database, to_schema, to_table)
        select r.tenant_id, s.id, r.id, 'foreign_key', 'fk', 'shop', '', 'customers' from r, s),
    c as (insert into metadata.changes (tenant_id, datasource_id, database_id, scan_id, change_type, object_type)
        select d.tenant_id, s.id, d.id, 1, 'baseline', 'database' from d, s),
    j as (insert into metadata.log_data_jobs (tenant_id, id, job_type, target_scope, datasource_id, trigger)
        select tenant_id, gen_random_uuid(), 'DEEP_SCAN', 'all', id, 'manual' from s returning tenant_id, id, datasource_id),
    l as (insert into metadata.sync_logs (tenant_id, datasource_id, job_id, sync_type, sync_level)
        select tenant_id, datasource_id, id, 'deep', 'field' from j returning tenant_id, id)
    insert into metadata.scan_checkpoints (tenant_id, scan_id, database_name, state)
        select tenant_id, id, 'shop', '{}' from l;
    insert into metadata.removal_doubts (tenant_id, datasource_id, scan_id, object_type, object_ids, reason, witness)
        select tenant_id, datasource_id, id, 'database', '{1}', 'doubtful', '{}' from metadata.sync_logs
        where tenant_id = TENANT;
    insert into metadata.job_attempts (tenant_id, job_id, attempt, worker)
        select tenant_id, id, 1, 'w' from metadata.log_data_jobs where tenant_id = TENANT;
    insert into metadata.schedules (tenant_id, datasource_id, level, cron, time_zone, jitter_seconds, origin)
        select tenant_id, id, 1, '@daily', 'UTC', 0, 'default' from metadata.datasources where tenant_id = TENANT;
    insert into metadata.previews (tenant_id, datasource_id, datasource_name, table_id, database_name, table_schema,
            table_name, columns, subject, by_service)
        values (TENANT, 1, 'shop', 1, 'shop', '', 'orders', '{id}', 'ada', true);
    with j as (insert into metadata.lineage_jobs (tenant_id, namespace, name) values (TENANT, 'nightly', 'load')
            returning tenant_id, id),
    d as (insert into metadata.lineage_datasets (tenant_id, namespace, name) values (TENANT, 's3://lake', 'orders')
            returning tenant_id, id),
    e as (insert into metadata.lineage_edges (tenant_id, lineage_job_id, direction, dataset_id, first_seen_at, last_seen_at)
        select j.tenant_id, j.id, 'input', d.id, now(), now() from j, d)
    insert into metadata.lineage_runs (tenant_id, run_id, job_id, lineage_job_id, began_at, history)
        select j.tenant_id, gen_random_uuid(), l.id, j.id, now(), '{}'
        from j join metadata.log_data_jobs l on l.tenant_id = j.tenant_id;
    insert into metadata.pipelines (tenant_id, name, sync_table_id, fill, etl, delta)
        select tenant_id, 'orders', id, '{}', '{}', '{}' from metadata.tables where tenant_id = TENANT;
    insert into metadata.measurements (tenant_id, pipeline_id, job_id, method, pending_rows, measured_at)
        select p.tenant_id, p.id, j.id, 'count', 0, now()
        from metadata.pipelines p join metadata.log_data_jobs j using (tenant_id) where p.tenant_id = TENANT;
    insert into metadata.failed_rows (tenant_id, job_id, row_key, reason)
        select tenant_id, id, 'id = 1', 'too long' from metadata.log_data_jobs where tenant_id = TENANT;
    insert into metadata.table_groups (tenant_id, position, name) values (TENANT, 0, 'Sync');
    insert into metadata.idempotency_keys (tenant_id, subject, idempotency_key, fingerprint, answer)
        values (TENANT, 'ada', 'k', '', '{}');
    insert into metadata.api_keys (tenant_id, name, role, prefix, secret_hash, created_by)
        values (TENANT, 'ci', 'viewer', 'plk_1_abcdef', sha256('TENANT'), 'ada');
    insert into metadata.sign_in_links (tenant_id, subject, roles, secret_hash, created_by, expires_at)
        values (TENANT, 'ada', '{viewer}', sha256('TENANT'), 'ada', now());
    insert into manager.managed_objects (tenant_id, resource_id, database, managed_by) values (TENANT, 1, 'shop', 'ada');
    insert into manager.scan_schedules (tenant_id, resource_id, changed_by) values (TENANT, 1, 'ada');
    insert into manager.reconcile_turns (tenant_id, resource_id, next_turn_at) values (TENANT, 1, now());
    insert into manager.idempotency_keys (tenant_id, subject, idempotency_key, fingerprint, answer)
        values (TENANT, 'ada', 'k', '', '{}')";

/// A store with a row of each of two tenants in every table, and those tables.
async fn populated() -> (TestStore, Vec<TenantTable>) {
    let store = TestStore::create().await;
    let mut admin = store.admin().await;
    for tenant in ["1", "2"] {
        let rows = ROWS.replace("TENANT", tenant);
        sqlx::raw_sql(AssertSqlSafe(rows))
            .execute(&mut admin)
            .await
            .expect("rows of a tenant");
    }
    let tables = tenant_tables(&mut admin).await;
    assert!(tables.len() >= 16, "the tables are found: {tables:?}");
    for table in &tables {
        let name = table.qualified();
        assert_eq!(
            count(&mut admin, &name).await,
            2,
            "ROWS has no row for {name}"
        );
    }
    (store, tables)
}

/// The login that runs the service of a table.
fn runtime(table: &TenantTable) -> StoreLogin {
    if table.schema == "metadata" {
        StoreLogin::Meta
    } else {
        StoreLogin::Manager
    }
}

fn owner(table: &TenantTable) -> StoreLogin {
    if table.schema == "metadata" {
        StoreLogin::MetaOwner
    } else {
        StoreLogin::ManagerOwner
    }
}

/// The statement run inside a transaction that is rolled back: how many rows it touched, or why it was refused.
async fn touched(connection: &mut PgConnection, sql: String) -> Result<u64, String> {
    let mut tx = connection.begin().await.expect("a transaction");
    let done = sqlx::query(AssertSqlSafe(sql)).execute(&mut *tx).await;
    done.map(|done| done.rows_affected())
        .map_err(|error| error.to_string())
}

#[tokio::test]
async fn without_a_tenant_every_table_is_empty() {
    let (store, tables) = populated().await;
    for table in &tables {
        let mut connection = store.connect(runtime(table)).await;
        let name = table.qualified();
        assert_eq!(
            count(&mut connection, &name).await,
            0,
            "{name} before any tenant was set"
        );
        bind(&mut connection, "").await;
        assert_eq!(
            count(&mut connection, &name).await,
            0,
            "{name} after a transaction with a tenant"
        );
        for change in [
            format!("update {name} set tenant_id = tenant_id"),
            format!("delete from {name}"),
        ] {
            assert_eq!(touched(&mut connection, change).await, Ok(0), "{name}");
        }
    }
}

#[tokio::test]
async fn a_tenant_sees_its_own_rows_alone() {
    let (store, tables) = populated().await;
    for table in &tables {
        let mut connection = store.connect(runtime(table)).await;
        let name = table.qualified();
        for tenant in ["1", "2"] {
            bind(&mut connection, tenant).await;
            assert_eq!(count(&mut connection, &name).await, 1, "{name}");
            let others = format!("{name} where tenant_id <> {tenant}");
            assert_eq!(count(&mut connection, &others).await, 0, "{name}");
            let change = format!("update {name} set tenant_id = tenant_id");
            assert_eq!(
                touched(&mut connection, change).await,
                Ok(1),
                "{name}: only its own row"
            );
        }
    }
}

#[tokio::test]
async fn a_tenant_writes_no_row_of_another() {
    let (store, tables) = populated().await;
    for table in &tables {
        let mut connection = store.connect(runtime(table)).await;
        bind(&mut connection, "1").await;
        let name = table.qualified();
        let other = r#"'{"tenant_id": 2, "id": 424242}'::jsonb"#;
        let row = if table.name == "log_data_jobs" {
            r#"'{"tenant_id": 2}'::jsonb"#
        } else {
            other
        };
        let foreign = format!(
            "insert into {name} overriding system value
             select (jsonb_populate_record(null::{name}, to_jsonb(own) || {row})).* from {name} own"
        );
        let moved = format!("update {name} set tenant_id = 2");
        for change in [foreign, moved] {
            let refused = touched(&mut connection, change.clone())
                .await
                .expect_err(&change);
            assert!(
                refused.contains("violates row-level security policy"),
                "{name}: {refused}"
            );
        }
    }
}

/// The functions that work across tenants, and those of search, read these as their owner; nothing else is open to him.
#[tokio::test]
async fn the_owner_is_bound_too() {
    let (store, tables) = populated().await;
    let open = [
        "databases",
        "datasources",
        "fields",
        "log_data_jobs",
        "pipelines",
        "previews",
        "schedules",
        "sync_logs",
        "tables",
        "managed_objects",
        "reconcile_turns",
        "scan_schedules",
    ];
    for table in &tables {
        let mut connection = store.connect(owner(table)).await;
        let name = table.qualified();
        let seen = if open.contains(&table.name.as_str()) {
            2
        } else {
            0
        };
        assert_eq!(count(&mut connection, &name).await, seen, "{name}");
        for change in [
            format!("update {name} set tenant_id = tenant_id"),
            format!("delete from {name}"),
        ] {
            assert_eq!(touched(&mut connection, change).await, Ok(0), "{name}");
        }
    }
}

#[tokio::test]
async fn the_runtime_login_cannot_switch_it_off() {
    let (store, tables) = populated().await;
    for table in &tables {
        let (name, owner) = (table.qualified(), owner(table).name());
        let mut connection = store.connect(runtime(table)).await;
        for (attempt, words) in [
            (
                format!("alter table {name} disable row level security"),
                "must be owner",
            ),
            (
                format!("alter table {name} no force row level security"),
                "must be owner",
            ),
            (
                format!("create policy mine on {name} using (true)"),
                "must be owner",
            ),
            (
                format!("drop policy {}_of_tenant on {name}", table.name),
                "must be owner",
            ),
            (format!("truncate {name}"), "permission denied"),
            (
                format!("copy {name} from stdin"),
                "COPY FROM not supported with row-level security",
            ),
            (
                format!("set row_security = off; select * from {name}"),
                "row-level security",
            ),
            (format!("set role {owner}"), "permission denied"),
            (
                format!("set session authorization {owner}"),
                "permission denied",
            ),
            (
                format!("grant {owner} to current_user"),
                "must have admin option",
            ),
            (
                "alter role current_user bypassrls".to_owned(),
                "must be superuser",
            ),
        ] {
            let refused = refusal(&mut connection, &attempt).await;
            assert!(refused.contains(words), "{attempt}: {refused}");
        }
    }
}

#[tokio::test]
async fn the_logins_have_no_power_beyond_their_work() {
    let store = TestStore::create().await;
    let mut admin = store.admin().await;
    for login in StoreLogin::ALL {
        let powers: (bool, bool, bool, bool) =
            sqlx::query_as("select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = $1")
                .bind(login.name())
                .fetch_one(&mut admin)
                .await
                .expect("a login");
        assert_eq!(powers, (false, false, false, false), "{}", login.name());
    }
    let owned: i64 = sqlx::query_scalar(
        "select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname in ('metadata', 'manager') and pg_get_userbyid(c.relowner) in ($1, $2)",
    )
    .bind(StoreLogin::Meta.name())
    .bind(StoreLogin::Manager.name())
    .fetch_one(&mut admin)
    .await
    .expect("a count");
    assert_eq!(
        owned, 0,
        "the runtime logins own nothing in the schemas of the services"
    );
}

#[tokio::test]
async fn neither_service_reads_the_schema_of_the_other() {
    let store = TestStore::create().await;
    for (login, table) in [
        (StoreLogin::Manager, "metadata.datasources"),
        (StoreLogin::Manager, "metadata.staging_fields"),
        (StoreLogin::ManagerOwner, "metadata.datasources"),
        (StoreLogin::Manager, "graphile_worker._private_jobs"),
        (StoreLogin::MetaOwner, "graphile_worker._private_jobs"),
        (StoreLogin::Meta, "manager.managed_objects"),
        (StoreLogin::MetaOwner, "manager.managed_objects"),
    ] {
        let mut connection = store.connect(login).await;
        let refused = refusal(&mut connection, &format!("select from {table}")).await;
        assert!(
            refused.contains("permission denied for schema"),
            "{login:?} on {table}: {refused}"
        );
    }
}
