//! The overview: data sources, groups of tables, and what failed.

use chrono::{DateTime, Utc};
use db::StoreError;
use models::overview::{OverviewFailure, OverviewGroup, OverviewSource, TableGroup};
use sqlx::PgConnection;

/// The tenant's data sources by name, with what the catalog has of them.
pub async fn sources(
    conn: &mut PgConnection,
    at_most: i64,
) -> Result<Vec<OverviewSource>, StoreError> {
    let rows = sqlx::query_as!(
        OverviewSource,
        r#"-- overview sources
        select s.id, s.datasource_name, s.datasource_type, s.flavor, s.paused, s.sync_status, s.sync_level,
            s.last_sync_at, s.error_message,
            (select j.id from metadata.log_data_jobs j
             where j.tenant_id = s.tenant_id and j.datasource_id = s.id and j.status in ('QUEUED', 'RUNNING')
               and j.job_type in ('METADATA_SYNC', 'DEEP_SCAN')
             order by j.id desc
             limit 1) as active_job_id,
            c.databases as "databases!", c.tables as "tables!",
            -- As servers tell them: no figure of theirs takes the overview away.
            case when c.records > 9223372036854775807 then 9223372036854775807 else c.records end::bigint as records
        from metadata.datasources s
        cross join lateral (
            select count(distinct d.id) as databases, count(t.id) as tables,
                sum(t.row_count) filter (where t.table_type not in ('VIEW', 'PARTITION')) as records
            from metadata.databases d
            left join metadata.tables t on t.tenant_id = d.tenant_id and t.database_id = d.id and t.removed_at is null
            where d.tenant_id = s.tenant_id and d.datasource_id = s.id and d.removed_at is null
        ) c
        where s.tenant_id = metadata.current_tenant()
        order by s.datasource_name
        limit $1"#,
        at_most
    )
    .fetch_all(conn)
    .await?;
    Ok(rows)
}

/// How many tables and rows the groups have, in the groups' order, and what belongs to none.
pub async fn groups(conn: &mut PgConnection) -> Result<Vec<OverviewGroup>, StoreError> {
    let rows = sqlx::query_file_as!(OverviewGroup, "sql/overview_groups.sql")
        .fetch_all(conn)
        .await?;
    Ok(rows)
}

/// The jobs that failed, wholly or in part, since a time and were not followed by another end of the same type and
/// scope, newest first.
pub async fn failures(
    conn: &mut PgConnection,
    since: DateTime<Utc>,
    at_most: i64,
) -> Result<Vec<OverviewFailure>, StoreError> {
    let rows = sqlx::query_as!(
        OverviewFailure,
        r#"-- overview failures
        select j.id as job_id, j.job_type, j.target_scope, j.datasource_id, j.pipeline_id, j.status,
            j.records_failed, left(split_part(j.error_details, E'\n', 1), 1000) as error, j.completed_at as "completed_at!"
        from metadata.log_data_jobs j
        where j.tenant_id = metadata.current_tenant() and j.completed_at >= $1 and j.status in ('FAILED', 'PARTIAL')
          and not exists (
            select from metadata.log_data_jobs newer
            where newer.tenant_id = j.tenant_id and newer.job_type = j.job_type
              and newer.target_scope = j.target_scope and (newer.completed_at, newer.id) > (j.completed_at, j.id)
        )
        order by j.completed_at desc
        limit $2"#,
        since,
        at_most
    )
    .fetch_all(conn)
    .await?;
    Ok(rows)
}

/// The groups that the tenant has set, in order; none for the usual ones.
pub async fn table_groups(conn: &mut PgConnection) -> Result<Vec<TableGroup>, StoreError> {
    let rows = sqlx::query_as!(
        TableGroup,
        "-- table groups
        select name, prefixes, table_ids from metadata.table_groups
        where tenant_id = metadata.current_tenant()
        order by position"
    )
    .fetch_all(conn)
    .await?;
    Ok(rows)
}

/// Those of some tables that the catalog does not have.
pub async fn absent_tables(conn: &mut PgConnection, ids: &[i64]) -> Result<Vec<i64>, StoreError> {
    let rows = sqlx::query_scalar!(
        r#"-- absent tables
        select i.id as "id!" from unnest($1::bigint[]) i(id)
        where not exists (
            select from metadata.tables t where t.tenant_id = metadata.current_tenant() and t.id = i.id
        )"#,
        ids
    )
    .fetch_all(conn)
    .await?;
    Ok(rows)
}

/// Puts other groups in the place of those that the tenant had set.
pub async fn set_table_groups(
    conn: &mut PgConnection,
    groups: &[TableGroup],
) -> Result<(), StoreError> {
    sqlx::query!(
        "-- clear table groups
        delete from metadata.table_groups where tenant_id = metadata.current_tenant()"
    )
    .execute(&mut *conn)
    .await?;
    for (position, group) in (0_i32..).zip(groups) {
        sqlx::query!(
            "-- add table group
            insert into metadata.table_groups (tenant_id, position, name, prefixes, table_ids)
            values (metadata.current_tenant(), $1, $2, $3, $4)",
            position,
            group.name,
            &group.prefixes,
            &group.table_ids
        )
        .execute(&mut *conn)
        .await?;
    }
    Ok(())
}
