//! Tenants: a row for each, made with the first thing that belongs to it.

use db::StoreError;
use sqlx::PgConnection;

/// Makes the row of the transaction's tenant unless it is there.
///
/// # Errors
/// When the store fails.
pub async fn ensure(conn: &mut PgConnection) -> Result<(), StoreError> {
    sqlx::query!(
        "-- ensure tenant
        insert into metadata.tenants (tenant_id) values (metadata.current_tenant()) on conflict do nothing"
    )
    .execute(conn)
    .await?;
    Ok(())
}
