//! Fields: the columns of tables.

use db::StoreError;
use models::field::Field;
use sqlx::PgConnection;

/// Where a page of fields begins: after this position and id.
pub type After = (i32, i64);

/// Which fields a list shows.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter<'a> {
    /// Only names that contain this, upper and lower case alike.
    pub q: Option<&'a str>,
    /// Also those that are gone.
    pub include_removed: bool,
}

/// The fields of a table by position.
pub async fn list(
    conn: &mut PgConnection,
    table: i64,
    filter: Filter<'_>,
    after: Option<After>,
    limit: i64,
) -> Result<Vec<Field>, StoreError> {
    let rows = sqlx::query_as!(
        Field,
        r#"-- list fields
        select id, table_id, field_name, field_position, data_type, column_type, is_nullable, column_key,
            column_default, extra, field_comment, generation_expression, generation_kind, identity, charset,
            "collation", is_invisible, enum_values, domain_base_type, is_array, statistics, removed_at, created_at,
            updated_at
        from metadata.fields
        where tenant_id = metadata.current_tenant() and table_id = $1
          and ($2 or removed_at is null)
          and ($3::text is null or position(lower($3) in lower(field_name)) > 0)
          and ($4::integer is null or (field_position, id) > ($4, $5))
        order by field_position, id
        limit $6"#,
        table,
        filter.include_removed,
        filter.q,
        after.map(|after| after.0),
        after.map(|after| after.1),
        limit
    )
    .fetch_all(conn)
    .await?;
    Ok(rows)
}

/// How many fields a list has.
pub async fn count(
    conn: &mut PgConnection,
    table: i64,
    filter: Filter<'_>,
) -> Result<i64, StoreError> {
    let count = sqlx::query_scalar!(
        r#"-- count fields
        select count(*) as "count!" from metadata.fields
        where tenant_id = metadata.current_tenant() and table_id = $1 and ($2 or removed_at is null)
          and ($3::text is null or position(lower($3) in lower(field_name)) > 0)"#,
        table,
        filter.include_removed,
        filter.q
    )
    .fetch_one(conn)
    .await?;
    Ok(count)
}

/// One field; None when the tenant has no such one.
pub async fn get(conn: &mut PgConnection, id: i64) -> Result<Option<Field>, StoreError> {
    let row = sqlx::query_as!(
        Field,
        r#"-- get field
        select id, table_id, field_name, field_position, data_type, column_type, is_nullable, column_key,
            column_default, extra, field_comment, generation_expression, generation_kind, identity, charset,
            "collation", is_invisible, enum_values, domain_base_type, is_array, statistics, removed_at, created_at,
            updated_at
        from metadata.fields
        where tenant_id = metadata.current_tenant() and id = $1"#,
        id
    )
    .fetch_optional(conn)
    .await?;
    Ok(row)
}

/// The field of exactly this name: the living one, else with `include_removed` the one that went last.
pub async fn find(
    conn: &mut PgConnection,
    table: i64,
    name: &str,
    include_removed: bool,
) -> Result<Option<Field>, StoreError> {
    let id = sqlx::query_scalar!(
        "-- find field
        select id from metadata.fields
        where tenant_id = metadata.current_tenant() and table_id = $1 and field_name = $2
          and ($3 or removed_at is null)
        order by removed_at desc nulls first, id desc
        limit 1",
        table,
        name,
        include_removed
    )
    .fetch_optional(&mut *conn)
    .await?;
    match id {
        Some(id) => get(conn, id).await,
        None => Ok(None),
    }
}
