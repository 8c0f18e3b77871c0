//! Requests that were carried out under an `Idempotency-Key`, with what they were answered.

use db::StoreError;
use serde_json::Value;
use sqlx::PgConnection;

/// A request that was carried out under a key.
#[derive(Debug)]
pub(crate) struct Answered {
    /// Its digest.
    pub(crate) fingerprint: Vec<u8>,
    /// What it was answered.
    pub(crate) answer: Value,
}

/// The request that a key of the caller stands for; None when there is none within a day.
pub(crate) async fn find(
    conn: &mut PgConnection,
    subject: &str,
    key: &str,
) -> Result<Option<Answered>, StoreError> {
    let answered = sqlx::query_as!(
        Answered,
        "-- find idempotency key
        select fingerprint, answer from manager.idempotency_keys
        where tenant_id = manager.current_tenant() and subject = $1 and idempotency_key = $2
          and created_at >= now() - interval '24 hours'",
        subject,
        key
    )
    .fetch_optional(conn)
    .await?;
    Ok(answered)
}

/// Keeps what a request was answered, and forgets what is older than a day. Answers with what the
/// key stands for now: where the same key came twice at once, the first to end decides.
pub(crate) async fn keep(
    conn: &mut PgConnection,
    subject: &str,
    key: &str,
    new: &Answered,
) -> Result<Answered, StoreError> {
    sqlx::query!(
        "-- forget old idempotency keys
        delete from manager.idempotency_keys
        where ctid in (
            select ctid from manager.idempotency_keys
            where tenant_id = manager.current_tenant() and created_at < now() - interval '24 hours'
            for update skip locked
        )"
    )
    .execute(&mut *conn)
    .await?;
    let kept = sqlx::query_as!(
        Answered,
        "-- keep idempotency key
        insert into manager.idempotency_keys as k (tenant_id, subject, idempotency_key, fingerprint, answer)
        values (manager.current_tenant(), $1, $2, $3, $4)
        on conflict on constraint idempotency_keys_pkey do update set updated_at = k.updated_at
        returning fingerprint, answer",
        subject,
        key,
        new.fingerprint,
        new.answer
    )
    .fetch_one(conn)
    .await?;
    Ok(kept)
}
