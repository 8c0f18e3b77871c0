//! Data sources: the registered servers with their connections.

use db::StoreError;
use models::TenantId;
use models::datasource::{Datasource, Engine, Options, Tls};
use sqlx::PgConnection;
use sqlx::types::Json;

use crate::secrets::Sealed;

/// The constraint that keeps names unique in a tenant.
pub const NAME_KEY: &str = "datasources_name_key";

/// What a data source consists of besides what scans find out.
#[derive(Debug, Clone)]
pub struct Registration {
    /// The tenant's name for it.
    pub name: String,
    /// The protocol.
    pub engine: Engine,
    /// Host name or address.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// The login.
    pub username: String,
    /// Where its password is kept; None for one that is stored.
    pub password_from: Option<String>,
    /// The database to connect to first.
    pub default_database: Option<String>,
    /// Transport security.
    pub tls: Tls,
    /// Further settings.
    pub options: Options,
    /// Whether it is left alone.
    pub paused: bool,
}

struct Row {
    id: i64,
    datasource_name: String,
    datasource_type: String,
    flavor: Option<String>,
    server_version: Option<String>,
    host: String,
    port: i32,
    username: String,
    password_from: Option<String>,
    default_database: Option<String>,
    tls: Json<Tls>,
    options: Json<Options>,
    paused: bool,
    server_facts: serde_json::Value,
    sync_status: String,
    sync_level: Option<String>,
    last_sync_at: Option<chrono::DateTime<chrono::Utc>>,
    error_message: Option<String>,
    created_at: chrono::DateTime<chrono::Utc>,
    updated_at: chrono::DateTime<chrono::Utc>,
}

impl From<Row> for Datasource {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            datasource_name: row.datasource_name,
            datasource_type: Engine::parse(&row.datasource_type)
                .expect("a check constraint allows these words only"),
            flavor: row.flavor,
            server_version: row.server_version,
            host: row.host,
            port: u16::try_from(row.port).expect("a check constraint keeps the range"),
            username: row.username,
            password_from: row.password_from,
            default_database: row.default_database,
            tls: row.tls.0,
            options: row.options.0,
            paused: row.paused,
            server_facts: row.server_facts,
            sync_status: row.sync_status,
            sync_level: row.sync_level,
            last_sync_at: row.last_sync_at,
            error_message: row.error_message,
            created_at: row.created_at,
            updated_at: row.updated_at,
        }
    }
}

/// Registers a data source without its secret, and the tenant with its first one.
///
/// The secret is bound to the id, which is known only now: unless the password is kept elsewhere,
/// [`update`] stores it in the same transaction.
///
/// # Errors
/// [`NAME_KEY`] is violated when the name is taken.
pub async fn create(
    conn: &mut PgConnection,
    tenant: TenantId,
    new: &Registration,
) -> Result<i64, StoreError> {
    sqlx::query!(
        "-- create tenant
        insert into metadata.tenants (tenant_id) values ($1) on conflict do nothing",
        tenant.0
    )
    .execute(&mut *conn)
    .await?;
    let id = sqlx::query_scalar!(
        "-- create datasource
        insert into metadata.datasources
            (tenant_id, datasource_name, datasource_type, host, port, username, default_database, tls, options,
             password_from, secret, secret_key_id)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10,
            case when $10::text is null then ''::bytea end, case when $10::text is null then '' end)
        returning id",
        tenant.0,
        new.name,
        new.engine.as_str(),
        new.host,
        i32::from(new.port),
        new.username,
        new.default_database,
        Json(&new.tls) as _,
        Json(&new.options) as _,
        new.password_from,
    )
    .fetch_one(conn)
    .await?;
    Ok(id)
}

/// Stores a changed registration, and a new secret where there is one. A secret goes where the
/// password is kept elsewhere from now on. False when there is no such data source.
///
/// # Errors
/// [`NAME_KEY`] is violated when the name is taken.
pub async fn update(
    conn: &mut PgConnection,
    id: i64,
    new: &Registration,
    secret: Option<&Sealed>,
) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "-- update datasource
        update metadata.datasources
        set datasource_name = $2, host = $3, port = $4, username = $5, default_database = $6, tls = $7, options = $8,
            secret = case when $12::text is null then coalesce($9, secret) end,
            secret_key_id = case when $12::text is null then coalesce($10, secret_key_id) end,
            paused = $11, password_from = $12
        where tenant_id = metadata.current_tenant() and id = $1",
        id,
        new.name,
        new.host,
        i32::from(new.port),
        new.username,
        new.default_database,
        Json(&new.tls) as _,
        Json(&new.options) as _,
        secret.map(|sealed| sealed.bytes.as_slice()),
        secret.map(|sealed| sealed.key_id.as_str()),
        new.paused,
        new.password_from,
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Keeps others from changing a data source until the transaction ends.
pub async fn lock(conn: &mut PgConnection, id: i64) -> Result<(), StoreError> {
    sqlx::query!(
        "-- lock datasource
        select from metadata.datasources where tenant_id = metadata.current_tenant() and id = $1
        for no key update",
        id
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// One data source; None when the tenant has no such one.
pub async fn get(conn: &mut PgConnection, id: i64) -> Result<Option<Datasource>, StoreError> {
    let row = sqlx::query_as!(
        Row,
        r#"-- get datasource
        select id, datasource_name, datasource_type, flavor, server_version, host, port, username, password_from,
            default_database, tls as "tls: Json<Tls>", options as "options: Json<Options>", paused, server_facts,
            sync_status, sync_level, last_sync_at, error_message, created_at, updated_at
        from metadata.datasources
        where tenant_id = metadata.current_tenant() and id = $1"#,
        id
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(Datasource::from))
}

/// The data source of exactly this name; None when the tenant has no such one.
pub async fn find(conn: &mut PgConnection, name: &str) -> Result<Option<Datasource>, StoreError> {
    let id = sqlx::query_scalar!(
        "-- find datasource
        select id from metadata.datasources
        where tenant_id = metadata.current_tenant() and datasource_name = $1",
        name
    )
    .fetch_optional(&mut *conn)
    .await?;
    match id {
        Some(id) => get(conn, id).await,
        None => Ok(None),
    }
}

/// The tenant's data sources by name, from after a name on; with `q` only those whose names contain it, upper and lower
/// case alike.
pub async fn list(
    conn: &mut PgConnection,
    q: Option<&str>,
    after: Option<&str>,
    limit: i64,
) -> Result<Vec<Datasource>, StoreError> {
    let rows = sqlx::query_as!(
        Row,
        r#"-- list datasources
        select id, datasource_name, datasource_type, flavor, server_version, host, port, username, password_from,
            default_database, tls as "tls: Json<Tls>", options as "options: Json<Options>", paused, server_facts,
            sync_status, sync_level, last_sync_at, error_message, created_at, updated_at
        from metadata.datasources
        where tenant_id = metadata.current_tenant()
          and ($1::text is null or position(lower($1) in lower(datasource_name)) > 0)
          and ($2::text is null or datasource_name > $2)
        order by datasource_name
        limit $3"#,
        q,
        after,
        limit
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(Datasource::from).collect())
}

/// How many data sources a list has.
pub async fn count(conn: &mut PgConnection, q: Option<&str>) -> Result<i64, StoreError> {
    let count = sqlx::query_scalar!(
        r#"-- count datasources
        select count(*) as "count!" from metadata.datasources
        where tenant_id = metadata.current_tenant()
          and ($1::text is null or position(lower($1) in lower(datasource_name)) > 0)"#,
        q
    )
    .fetch_one(conn)
    .await?;
    Ok(count)
}

/// Deletes a data source with its catalog and its history of scans. Its jobs stay in the log.
/// False when there is no such data source.
pub async fn delete(conn: &mut PgConnection, id: i64) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "-- delete datasource
        delete from metadata.datasources where tenant_id = metadata.current_tenant() and id = $1",
        id
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Notes that a scan of either level is queued or runs.
pub async fn set_syncing(conn: &mut PgConnection, id: i64) -> Result<(), StoreError> {
    sqlx::query!(
        "-- datasource is syncing
        update metadata.datasources set sync_status = 'syncing'
        where tenant_id = metadata.current_tenant() and id = $1 and sync_status <> 'syncing'",
        id
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes that a scan was stopped on request: unless another goes on, the data source is again as it
/// was before.
pub async fn set_idle(conn: &mut PgConnection, id: i64) -> Result<(), StoreError> {
    sqlx::query!(
        "-- datasource is idle
        update metadata.datasources
        set sync_status = case
            when error_message is not null then 'failed'
            when last_sync_at is not null then 'success'
            else 'pending' end
        where tenant_id = metadata.current_tenant() and id = $1 and sync_status = 'syncing'
          and not exists (
            select 1 from metadata.log_data_jobs j
            where j.tenant_id = metadata.current_tenant() and j.datasource_id = $1 and j.status in ('QUEUED', 'RUNNING'))",
        id
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes how a scan of either level ended: with an error, or well down to a level.
///
/// The level never goes back: after a deep scan, a later sync leaves it at `field`.
pub async fn set_synced(
    conn: &mut PgConnection,
    id: i64,
    level: &str,
    error: Option<&str>,
) -> Result<(), StoreError> {
    sqlx::query!(
        "-- datasource is synced
        update metadata.datasources
        set sync_status = case when $3::text is null then 'success' else 'failed' end,
            sync_level = case
                when $3::text is not null or array_position(array['database', 'table', 'field'], $2)
                    < array_position(array['database', 'table', 'field'], sync_level) then sync_level
                else $2 end,
            last_sync_at = case when $3::text is null and $2 = 'database' then now() else last_sync_at end,
            error_message = $3
        where tenant_id = metadata.current_tenant() and id = $1",
        id,
        level,
        error
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Stores what the server says of itself.
pub async fn set_server(
    conn: &mut PgConnection,
    id: i64,
    server: &scan::ServerInfo,
) -> Result<(), StoreError> {
    sqlx::query!(
        "-- datasource's server
        update metadata.datasources set flavor = $2, server_version = $3, server_facts = $4
        where tenant_id = metadata.current_tenant() and id = $1
          and (flavor, server_version, server_facts) is distinct from ($2, $3, $4)",
        id,
        server.flavor,
        server.version,
        server.facts
    )
    .execute(conn)
    .await?;
    Ok(())
}
