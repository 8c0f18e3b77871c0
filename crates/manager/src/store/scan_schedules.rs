//! What `meta` was told of the databases that are managed: the level-2 schedule of a data source reads them.

use std::time::Duration;

use db::StoreError;
use models::TenantId;
use sqlx::PgConnection;

/// Notes that something of a data source was adopted or released, by whom, or has come or gone or been
/// renamed, for `meta` to be told.
pub(crate) async fn note_change(
    conn: &mut PgConnection,
    resource_id: i64,
    changed_by: &str,
) -> Result<(), StoreError> {
    sqlx::query!(
        "-- managed databases may have changed
        insert into manager.scan_schedules as s (tenant_id, resource_id, changed_by)
        values (manager.current_tenant(), $1, $2)
        on conflict on constraint scan_schedules_pkey do update
        set wanted_version = s.wanted_version + 1, changed_by = excluded.changed_by",
        resource_id,
        changed_by
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Across tenants: the data sources that `meta` is to be told of, longest first.
pub(crate) async fn due(
    conn: &mut PgConnection,
    limit: i32,
) -> Result<Vec<(TenantId, i64)>, StoreError> {
    let rows = sqlx::query!(
        r#"-- scan schedules to tell
        select tenant_id as "tenant_id!", resource_id as "resource_id!" from manager.scan_schedules_to_tell($1)"#,
        limit
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (TenantId(row.tenant_id), row.resource_id))
        .collect())
}

/// What is to be told of a data source.
#[derive(Debug)]
pub(crate) struct News {
    /// The change up to which it is told.
    pub(crate) version: i64,
    /// The databases that `meta` was last told; None where nobody knows what it took.
    pub(crate) told: Option<Vec<String>>,
    /// On whose behalf.
    pub(crate) changed_by: String,
    /// Which try this is.
    pub(crate) claim: i64,
}

/// Takes what is to be told of a data source. None when it has been told, or another replica is at it.
///
/// Whoever has it must [`finish`] or [`put_off`]; who dies with it holds up the others for `hold`. After
/// that time another may have it.
pub(crate) async fn take(
    conn: &mut PgConnection,
    resource_id: i64,
    hold: Duration,
) -> Result<Option<News>, StoreError> {
    let news = sqlx::query_as!(
        News,
        "-- take scan schedule
        update manager.scan_schedules set next_try_at = now() + make_interval(secs => $2), claim = claim + 1
        where tenant_id = manager.current_tenant() and resource_id = $1
          and told_version < wanted_version and next_try_at <= now()
        returning wanted_version as version, databases as told, changed_by, claim",
        resource_id,
        hold.as_secs_f64()
    )
    .fetch_optional(conn)
    .await?;
    Ok(news)
}

/// The databases of a data source of which anything is managed.
#[derive(Debug)]
pub(crate) struct Managed {
    /// The first of them by name.
    pub(crate) databases: Vec<String>,
    /// How many come after these.
    pub(crate) left_out: i64,
}

/// The first databases of a data source that are there and of which anything is managed, by name. One whose
/// managed tables are gone is read on: they may come back.
pub(crate) async fn managed_databases(
    conn: &mut PgConnection,
    resource_id: i64,
    limit: i64,
) -> Result<Managed, StoreError> {
    let rows = sqlx::query!(
        r#"-- managed databases
        select database, count(*) over () as "total!"
        from (
            select distinct database from manager.managed_objects
            where tenant_id = manager.current_tenant() and resource_id = $1
              and (removed_at is null or removed_what = 'table')
        ) as managed
        order by database
        limit $2"#,
        resource_id,
        limit
    )
    .fetch_all(conn)
    .await?;
    let total = rows.first().map_or(0, |row| row.total);
    Ok(Managed {
        left_out: (total - limit).max(0),
        databases: rows.into_iter().map(|row| row.database).collect(),
    })
}

/// Notes that `meta` is about to be told: until that has ended well nobody knows what it took.
pub(crate) async fn forget(conn: &mut PgConnection, resource_id: i64) -> Result<(), StoreError> {
    sqlx::query!(
        "-- forget what was told
        update manager.scan_schedules set databases = null
        where tenant_id = manager.current_tenant() and resource_id = $1",
        resource_id
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes what `meta` was told up to a change. What has changed since is told at once. False when it took so
/// long that another replica has it by now.
pub(crate) async fn finish(
    conn: &mut PgConnection,
    resource_id: i64,
    news: &News,
    databases: &[String],
) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "-- scan schedule is told
        update manager.scan_schedules set told_version = $3, databases = $4, next_try_at = now()
        where tenant_id = manager.current_tenant() and resource_id = $1 and claim = $2",
        resource_id,
        news.claim,
        news.version,
        databases
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Lets the next try wait for `pause`. False when this one took so long that another replica has it by now.
pub(crate) async fn put_off(
    conn: &mut PgConnection,
    resource_id: i64,
    news: &News,
    pause: Duration,
) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "-- put off scan schedule
        update manager.scan_schedules set next_try_at = now() + make_interval(secs => $3)
        where tenant_id = manager.current_tenant() and resource_id = $1 and claim = $2",
        resource_id,
        news.claim,
        pause.as_secs_f64()
    )
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Has `meta` told once more, whatever it has been told: two replicas told it at once. Whoever is at it still
/// cannot know what `meta` heard last either, and is too late from now on.
pub(crate) async fn tell_again(
    conn: &mut PgConnection,
    resource_id: i64,
) -> Result<(), StoreError> {
    sqlx::query!(
        "-- tell scan schedule again
        update manager.scan_schedules
        set wanted_version = wanted_version + 1, databases = null, claim = claim + 1
        where tenant_id = manager.current_tenant() and resource_id = $1",
        resource_id
    )
    .execute(conn)
    .await?;
    Ok(())
}
