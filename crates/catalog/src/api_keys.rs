//! API keys. Of their secrets only the hash is known here.

use chrono::{DateTime, Utc};
use db::StoreError;
use models::Role;
use models::auth::ApiKey;
use sqlx::PgConnection;

/// What a new key is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewApiKey<'a> {
    /// What it is for.
    pub name: &'a str,
    /// What it allows.
    pub role: Role,
    /// How it begins.
    pub prefix: &'a str,
    /// SHA-256 of the key.
    pub secret_hash: &'a [u8],
    /// Who makes it.
    pub created_by: &'a str,
    /// When it ends.
    pub expires_at: Option<DateTime<Utc>>,
}

struct Row {
    id: i64,
    name: String,
    role: String,
    prefix: String,
    created_by: String,
    created_at: DateTime<Utc>,
    expires_at: Option<DateTime<Utc>>,
    last_used_at: Option<DateTime<Utc>>,
    revoked_at: Option<DateTime<Utc>>,
}

impl From<Row> for ApiKey {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            name: row.name,
            role: Role::parse(&row.role).expect("a check constraint allows these words only"),
            prefix: row.prefix,
            created_by: row.created_by,
            created_at: row.created_at,
            expires_at: row.expires_at,
            last_used_at: row.last_used_at,
            revoked_at: row.revoked_at,
        }
    }
}

/// Makes a key.
///
/// # Errors
/// When the store fails.
pub async fn create(conn: &mut PgConnection, new: &NewApiKey<'_>) -> Result<ApiKey, StoreError> {
    crate::tenants::ensure(conn).await?;
    let row = sqlx::query_as!(
        Row,
        "-- create API key
        insert into metadata.api_keys (tenant_id, name, role, prefix, secret_hash, created_by, expires_at)
        values (metadata.current_tenant(), $1, $2, $3, $4, $5, $6)
        returning id, name, role, prefix, created_by, created_at, expires_at, last_used_at, revoked_at",
        new.name,
        new.role.as_str(),
        new.prefix,
        new.secret_hash,
        new.created_by,
        new.expires_at
    )
    .fetch_one(conn)
    .await?;
    Ok(row.into())
}

/// The key with this hash that counts at a moment: neither ended nor revoked.
///
/// # Errors
/// When the store fails.
pub async fn find(
    conn: &mut PgConnection,
    secret_hash: &[u8],
    moment: DateTime<Utc>,
) -> Result<Option<ApiKey>, StoreError> {
    let row = sqlx::query_as!(
        Row,
        "-- find API key
        select id, name, role, prefix, created_by, created_at, expires_at, last_used_at, revoked_at
        from metadata.api_keys
        where tenant_id = metadata.current_tenant() and secret_hash = $1
          and revoked_at is null and (expires_at is null or expires_at > $2)",
        secret_hash,
        moment
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(ApiKey::from))
}

/// Notes that a key is used at a moment, unless it is known to have been used after `since`.
///
/// # Errors
/// When the store fails.
pub async fn set_used(
    conn: &mut PgConnection,
    id: i64,
    moment: DateTime<Utc>,
    since: DateTime<Utc>,
) -> Result<(), StoreError> {
    sqlx::query!(
        "-- API key is used
        update metadata.api_keys set last_used_at = $2
        where tenant_id = metadata.current_tenant() and id = $1 and (last_used_at is null or last_used_at <= $3)",
        id,
        moment,
        since
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// One key; None when the tenant has no such one.
///
/// # Errors
/// When the store fails.
pub async fn get(conn: &mut PgConnection, id: i64) -> Result<Option<ApiKey>, StoreError> {
    let row = sqlx::query_as!(
        Row,
        "-- get API key
        select id, name, role, prefix, created_by, created_at, expires_at, last_used_at, revoked_at
        from metadata.api_keys
        where tenant_id = metadata.current_tenant() and id = $1",
        id
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(ApiKey::from))
}

/// The tenant's keys in the order in which they were made, from after an id on; revoked ones only if wanted.
///
/// # Errors
/// When the store fails.
pub async fn list(
    conn: &mut PgConnection,
    with_revoked: bool,
    after: Option<i64>,
    limit: i64,
) -> Result<Vec<ApiKey>, StoreError> {
    let rows = sqlx::query_as!(
        Row,
        "-- list API keys
        select id, name, role, prefix, created_by, created_at, expires_at, last_used_at, revoked_at
        from metadata.api_keys
        where tenant_id = metadata.current_tenant()
          and ($1 or revoked_at is null)
          and ($2::bigint is null or id > $2)
        order by id
        limit $3",
        with_revoked,
        after,
        limit
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(ApiKey::from).collect())
}

/// How many keys a list has.
///
/// # Errors
/// When the store fails.
pub async fn count(conn: &mut PgConnection, with_revoked: bool) -> Result<i64, StoreError> {
    let count = sqlx::query_scalar!(
        r#"-- count API keys
        select count(*) as "count!" from metadata.api_keys
        where tenant_id = metadata.current_tenant() and ($1 or revoked_at is null)"#,
        with_revoked
    )
    .fetch_one(conn)
    .await?;
    Ok(count)
}

/// Revokes a key at a moment; one that is revoked stays so. False when the tenant has no such one.
///
/// # Errors
/// When the store fails.
pub async fn revoke(
    conn: &mut PgConnection,
    id: i64,
    moment: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "-- revoke API key
        update metadata.api_keys set revoked_at = coalesce(revoked_at, $2)
        where tenant_id = metadata.current_tenant() and id = $1",
        id,
        moment
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}
