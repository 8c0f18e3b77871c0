//! Links that sign somebody in once. Of their codes only the hash is known here.

use chrono::{DateTime, TimeDelta, Utc};
use db::StoreError;
use models::Role;
use models::auth::SignInLink;
use sqlx::PgConnection;

/// How long links are kept after their end.
const KEPT_FOR: TimeDelta = TimeDelta::days(1);

/// Makes a link, and forgets those that ended a day ago.
///
/// # Errors
/// When the store fails.
pub async fn create(
    conn: &mut PgConnection,
    (subject, roles): (&str, &[Role]),
    secret_hash: &[u8],
    created_by: &str,
    expires_at: DateTime<Utc>,
) -> Result<SignInLink, StoreError> {
    crate::tenants::ensure(conn).await?;
    sqlx::query!(
        "-- forget old sign-in links
        delete from metadata.sign_in_links
        where tenant_id = metadata.current_tenant() and expires_at < $1",
        expires_at - KEPT_FOR
    )
    .execute(&mut *conn)
    .await?;
    let words: Vec<String> = roles.iter().map(|role| role.as_str().to_owned()).collect();
    let id = sqlx::query_scalar!(
        "-- create sign-in link
        insert into metadata.sign_in_links (tenant_id, subject, roles, secret_hash, created_by, expires_at)
        values (metadata.current_tenant(), $1, $2, $3, $4, $5)
        returning id",
        subject,
        &words[..],
        secret_hash,
        created_by,
        expires_at
    )
    .fetch_one(conn)
    .await?;
    Ok(SignInLink {
        id,
        subject: subject.to_owned(),
        roles: roles.to_owned(),
        expires_at,
    })
}

/// Uses the link with this hash up at a moment. None when there is none, or it is used up or has ended. Of two that
/// come at once one waits for the other, and finds it used.
///
/// # Errors
/// When the store fails.
pub async fn redeem(
    conn: &mut PgConnection,
    secret_hash: &[u8],
    moment: DateTime<Utc>,
) -> Result<Option<SignInLink>, StoreError> {
    let row = sqlx::query!(
        "-- redeem sign-in link
        update metadata.sign_in_links set used_at = $2
        where tenant_id = metadata.current_tenant() and secret_hash = $1 and used_at is null and expires_at > $2
        returning id, subject, roles, expires_at",
        secret_hash,
        moment
    )
    .fetch_optional(conn)
    .await?;
    let role = |word: &String| Role::parse(word);
    Ok(row.map(|row| SignInLink {
        id: row.id,
        subject: row.subject,
        roles: row.roles.iter().filter_map(role).collect(),
        expires_at: row.expires_at,
    }))
}
