//! Changes: what scans found different.

use chrono::{DateTime, Utc};
use db::StoreError;
use models::change::{Change, ChangeType, ObjectType};
use sqlx::PgConnection;

/// Whose changes a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// Those of a table and its fields.
    Table(i64),
    /// Those of a database and everything in it.
    Database(i64),
    /// Those of a data source and everything in it.
    Datasource(i64),
}

/// Where a page of changes begins: before this moment and id.
pub type Before = (DateTime<Utc>, i64);

/// A list is read backwards along an index of its own for each subject; one statement with all three
/// conditions would be planned for none of them.
macro_rules! list {
    ($condition:tt, $id:expr, $since:expr, $before:expr, $limit:expr) => {
        sqlx::query_as!(
            Row,
            "-- list changes
            select c.id, c.scan_id, c.created_at, c.change_type, c.object_type, c.datasource_id, c.database_id,
                b.database_name, c.table_id, c.object_schema, c.object_name, c.field_name, c.before, c.after, c.is_defect
            from metadata.changes c
            join metadata.databases b on b.tenant_id = c.tenant_id and b.id = c.database_id
            where c.tenant_id = metadata.current_tenant() and "
                + $condition
                + " = $1
              and ($2::timestamptz is null or c.created_at >= $2)
              and ($3::timestamptz is null or (c.created_at, c.id) < ($3, $4))
            order by c.created_at desc, c.id desc
            limit $5",
            $id,
            $since,
            $before.map(|before: Before| before.0),
            $before.map(|before: Before| before.1),
            $limit
        )
    };
}

macro_rules! count {
    ($condition:tt, $id:expr, $since:expr) => {
        sqlx::query_scalar!(
            "-- count changes
            select count(*) as \"count!\" from metadata.changes
            where tenant_id = metadata.current_tenant() and "
                + $condition
                + " = $1 and ($2::timestamptz is null or created_at >= $2)",
            $id,
            $since
        )
    };
}

/// The changes of a subject, newest first.
pub async fn list(
    conn: &mut PgConnection,
    subject: Subject,
    since: Option<DateTime<Utc>>,
    before: Option<Before>,
    limit: i64,
) -> Result<Vec<Change>, StoreError> {
    let rows = match subject {
        Subject::Table(id) => {
            list!("c.table_id", id, since, before, limit)
                .fetch_all(conn)
                .await?
        }
        Subject::Database(id) => {
            list!("c.database_id", id, since, before, limit)
                .fetch_all(conn)
                .await?
        }
        Subject::Datasource(id) => {
            list!("c.datasource_id", id, since, before, limit)
                .fetch_all(conn)
                .await?
        }
    };
    Ok(rows.into_iter().map(Row::change).collect())
}

/// How many changes a list has.
pub async fn count(
    conn: &mut PgConnection,
    subject: Subject,
    since: Option<DateTime<Utc>>,
) -> Result<i64, StoreError> {
    let count = match subject {
        Subject::Table(id) => count!("table_id", id, since).fetch_one(conn).await?,
        Subject::Database(id) => count!("database_id", id, since).fetch_one(conn).await?,
        Subject::Datasource(id) => count!("datasource_id", id, since).fetch_one(conn).await?,
    };
    Ok(count)
}

struct Row {
    id: i64,
    scan_id: i64,
    created_at: DateTime<Utc>,
    change_type: String,
    object_type: String,
    datasource_id: i64,
    database_id: i64,
    database_name: String,
    table_id: Option<i64>,
    object_schema: Option<String>,
    object_name: Option<String>,
    field_name: Option<String>,
    before: Option<serde_json::Value>,
    after: Option<serde_json::Value>,
    is_defect: bool,
}

impl Row {
    fn change(self) -> Change {
        Change {
            id: self.id,
            scan_id: self.scan_id,
            changed_at: self.created_at,
            change_type: match self.change_type.as_str() {
                "baseline" => ChangeType::Baseline,
                "added" => ChangeType::Added,
                "removed" => ChangeType::Removed,
                "renamed" => ChangeType::Renamed,
                "resized" => ChangeType::Resized,
                // A check constraint allows these words only.
                _ => ChangeType::Changed,
            },
            object_type: match self.object_type.as_str() {
                "database" => ObjectType::Database,
                "table" => ObjectType::Table,
                "field" => ObjectType::Field,
                _ => ObjectType::Object,
            },
            datasource_id: self.datasource_id,
            database_id: self.database_id,
            database_name: self.database_name,
            table_id: self.table_id,
            object_schema: self.object_schema,
            object_name: self.object_name,
            field_name: self.field_name,
            before: self.before,
            after: self.after,
            is_defect: self.is_defect,
        }
    }
}

/// Whether changes of a database are recorded: from its first whole scan on.
pub async fn has_baseline(conn: &mut PgConnection, database_id: i64) -> Result<bool, StoreError> {
    let has = sqlx::query_scalar!(
        r#"-- has baseline
        select exists (
            select from metadata.changes
            where tenant_id = metadata.current_tenant() and database_id = $1 and change_type = 'baseline'
        ) as "has!""#,
        database_id
    )
    .fetch_one(conn)
    .await?;
    Ok(has)
}

/// Writes the baseline of a database that has none: how much there is after its first whole scan.
pub async fn create_baseline(
    conn: &mut PgConnection,
    database_id: i64,
    scan_id: i64,
) -> Result<(), StoreError> {
    sqlx::query!(
        "-- create baseline
        insert into metadata.changes
            (tenant_id, datasource_id, database_id, scan_id, change_type, object_type, after)
        select b.tenant_id, b.datasource_id, b.id, $2, 'baseline', 'database', jsonb_build_object(
            'tables', count(t.id), 'fields', coalesce(sum(t.field_count), 0),
            'objects', (
                select count(*) from metadata.database_objects o
                where o.tenant_id = b.tenant_id and o.database_id = b.id and o.removed_at is null
            )
        )
        from metadata.databases b
        left join metadata.tables t
            on t.tenant_id = b.tenant_id and t.database_id = b.id and t.removed_at is null
        where b.tenant_id = metadata.current_tenant() and b.id = $1
        group by b.tenant_id, b.datasource_id, b.id
        on conflict (tenant_id, database_id) where change_type = 'baseline' do nothing",
        database_id,
        scan_id
    )
    .execute(conn)
    .await?;
    Ok(())
}
