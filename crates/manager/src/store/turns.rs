//! Whose turn it is: what is to be seen to, by whichever replica takes it first.

use std::time::Duration;

use db::StoreError;
use models::TenantId;
use sqlx::PgConnection;

/// In the place of a data source: whether the tenant's data sources are still there.
pub(crate) const ALL_SOURCES: i64 = 0;

/// Across tenants: the data sources with unfinished objects whose turn has come, longest first.
pub(crate) async fn due_sources(
    conn: &mut PgConnection,
    limit: i32,
) -> Result<Vec<(TenantId, i64)>, StoreError> {
    let rows = sqlx::query!(
        r#"-- due sources
        select tenant_id as "tenant_id!", resource_id as "resource_id!" from manager.sources_to_reconcile($1)"#,
        limit
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (TenantId(row.tenant_id), row.resource_id))
        .collect())
}

/// Across tenants: those whose data sources are to be looked for, longest first.
pub(crate) async fn due_tenants(
    conn: &mut PgConnection,
    limit: i32,
) -> Result<Vec<TenantId>, StoreError> {
    let rows = sqlx::query_scalar!(
        r#"-- due tenants
        select tenant_id as "tenant_id!" from manager.tenants_to_check($1)"#,
        limit
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(TenantId).collect())
}

/// Takes the turn of a data source. False when it has not come, or another replica was first.
///
/// Whoever has it must [`end`] it; who dies with it holds up the others for `hold`.
pub(crate) async fn take(
    conn: &mut PgConnection,
    resource_id: i64,
    hold: Duration,
) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "-- take turn
        insert into manager.reconcile_turns as t (tenant_id, resource_id, next_turn_at)
        values (manager.current_tenant(), $1, now() + make_interval(secs => $2))
        on conflict on constraint reconcile_turns_pkey do update set next_turn_at = excluded.next_turn_at
        where t.next_turn_at <= now()",
        resource_id,
        hold.as_secs_f64()
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends a turn: the next one comes after `pause`.
pub(crate) async fn end(
    conn: &mut PgConnection,
    resource_id: i64,
    pause: Duration,
) -> Result<(), StoreError> {
    sqlx::query!(
        "-- end turn
        update manager.reconcile_turns set next_turn_at = now() + make_interval(secs => $2)
        where tenant_id = manager.current_tenant() and resource_id = $1",
        resource_id,
        pause.as_secs_f64()
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Keeps the reconciler away from a data source for `pause`, whatever its turn was.
pub(crate) async fn postpone(
    conn: &mut PgConnection,
    resource_id: i64,
    pause: Duration,
) -> Result<(), StoreError> {
    take(conn, resource_id, pause).await?;
    end(conn, resource_id, pause).await
}
