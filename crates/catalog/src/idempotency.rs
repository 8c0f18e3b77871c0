//! Requests that are carried out once, however often they are sent: an `Idempotency-Key` is claimed
//! in the transaction that does the work and keeps what was answered.

use db::StoreError;
use serde_json::Value;
use sqlx::PgConnection;

/// What a key stands for.
#[derive(Debug, Clone, PartialEq)]
pub enum Claim {
    /// Nothing yet: the caller does the work, then [`answer`]s.
    New,
    /// This request, which was answered so.
    Repeated(Value),
    /// Another request.
    Taken,
}

/// Claims a key for a request, of which the first fingerprint is kept; by any of them it is known
/// again. Waits while another transaction that has claimed it is under way.
///
/// # Errors
/// When the store fails.
///
/// # Panics
/// Without a fingerprint.
pub async fn claim(
    conn: &mut PgConnection,
    subject: &str,
    key: &str,
    fingerprints: &[Vec<u8>],
) -> Result<Claim, StoreError> {
    sqlx::query!(
        "-- forget old idempotency keys
        delete from metadata.idempotency_keys
        where ctid in (
            select ctid from metadata.idempotency_keys
            where tenant_id = metadata.current_tenant() and created_at < now() - interval '24 hours'
            for update skip locked
        )"
    )
    .execute(&mut *conn)
    .await?;
    crate::tenants::ensure(&mut *conn).await?;
    // A conflicting key stays locked until the end of the transaction, so that it can be read.
    let row = sqlx::query!(
        r#"-- claim idempotency key
        insert into metadata.idempotency_keys as k (tenant_id, subject, idempotency_key, fingerprint)
        values (metadata.current_tenant(), $1, $2, $3)
        on conflict on constraint idempotency_keys_pkey do update set updated_at = k.updated_at
        returning fingerprint, answer"#,
        subject,
        key,
        fingerprints[0]
    )
    .fetch_one(conn)
    .await?;
    Ok(match row.answer {
        None => Claim::New,
        Some(answer) if fingerprints.contains(&row.fingerprint) => Claim::Repeated(answer),
        Some(_) => Claim::Taken,
    })
}

/// Keeps what a claimed request was answered.
///
/// # Errors
/// When the store fails.
pub async fn answer(
    conn: &mut PgConnection,
    subject: &str,
    key: &str,
    answer: &Value,
) -> Result<(), StoreError> {
    sqlx::query!(
        "-- answer of idempotency key
        update metadata.idempotency_keys set answer = $3
        where tenant_id = metadata.current_tenant() and subject = $1 and idempotency_key = $2",
        subject,
        key,
        answer
    )
    .execute(conn)
    .await?;
    Ok(())
}
