//! The passwords of data sources, encrypted or kept elsewhere. What they are is known to the caller alone.

use db::StoreError;
use models::TenantId;
use sqlx::PgConnection;

/// An encrypted password and the key that encrypted it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Nonce and ciphertext.
    pub bytes: Vec<u8>,
    /// Which of the configured keys.
    pub key_id: String,
}

/// What a data source has for its password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credential {
    /// The password, encrypted.
    Sealed(Sealed),
    /// Where it is kept: `env:NAME` or `file:PATH`.
    From(String),
}

/// What a data source has for its password; None when the tenant has no such data source.
///
/// # Panics
/// Never: check constraints keep either the secret with its key, or the reference.
pub async fn get(conn: &mut PgConnection, id: i64) -> Result<Option<Credential>, StoreError> {
    let row = sqlx::query!(
        "-- get secret
        select secret, secret_key_id, password_from
        from metadata.datasources
        where tenant_id = metadata.current_tenant() and id = $1",
        id
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| match row.password_from {
        Some(reference) => Credential::From(reference),
        None => Credential::Sealed(Sealed {
            bytes: row.secret.expect("a check constraint wants one of both"),
            key_id: row
                .secret_key_id
                .expect("a check constraint keeps it with the secret"),
        }),
    }))
}

/// Stores a password that was encrypted anew. False when it is no longer the one that was read:
/// whoever changed it meanwhile has the last word.
pub async fn replace(
    conn: &mut PgConnection,
    id: i64,
    old: &Sealed,
    new: &Sealed,
) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "-- replace secret
        update metadata.datasources set secret = $4, secret_key_id = $5
        where tenant_id = metadata.current_tenant() and id = $1 and secret = $2 and secret_key_id = $3",
        id,
        old.bytes,
        old.key_id,
        new.bytes,
        new.key_id
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Across tenants: how many passwords are encrypted with each key, by its id.
pub async fn count_by_key(conn: &mut PgConnection) -> Result<Vec<(String, i64)>, StoreError> {
    let rows = sqlx::query!(
        r#"-- passwords by key
        select key_id as "key_id!", passwords as "passwords!" from metadata.passwords_by_key()"#
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.key_id, row.passwords))
        .collect())
}

/// Across tenants: the data sources whose password is encrypted with another key than this, from
/// after one on.
pub async fn list_not_under(
    conn: &mut PgConnection,
    key_id: &str,
    after: (TenantId, i64),
    at_most: i32,
) -> Result<Vec<(TenantId, i64)>, StoreError> {
    let rows = sqlx::query!(
        r#"-- passwords not under key
        select tenant_id as "tenant_id!", datasource_id as "datasource_id!"
        from metadata.passwords_not_under($1, $2, $3, $4)"#,
        key_id,
        after.0.0,
        after.1,
        at_most
    )
    .fetch_all(conn)
    .await?;
    let found = rows
        .into_iter()
        .map(|row| (TenantId(row.tenant_id), row.datasource_id));
    Ok(found.collect())
}
