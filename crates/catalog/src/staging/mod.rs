//! Bulk load: what a scan reads goes straight into staging tables by binary COPY.
//!
//! Staging tables have no row-level security, since COPY FROM is refused on tables that have it;
//! they are keyed by the scan, and only [`crate::merge`] reads them.

mod copy;
mod rows;

use db::StoreError;
use futures::{Stream, StreamExt};
use models::scan::ScanFailure;
use scan::{Part, Record, ScanError};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

use self::copy::CopyBuffer;

/// How many buckets the names of tables are hashed into. A batch is a range of them.
pub const BUCKETS: i16 = i16::MAX;

/// Which scan and database staged rows belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StagingKey {
    /// The scan.
    pub scan_id: i64,
    /// The database in the catalog.
    pub database_id: i64,
}

/// Why a part could not be staged.
#[derive(Debug, thiserror::Error)]
pub enum StagingError {
    /// The data source failed.
    #[error(transparent)]
    Scan(#[from] ScanError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A document could not be written as JSON.
    #[error("a document cannot be written as JSON")]
    Json(#[from] serde_json::Error),
}

impl From<sqlx::Error> for StagingError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// What was staged of one part of a database.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loaded {
    /// Rows in the part's own table.
    pub rows: u64,
    /// Failures to read something, in the table of details beside them.
    pub failures: u64,
}

/// Streams one part of a database into its staging table, in the caller's transaction.
///
/// Memory stays flat: rows are encoded as they come and sent in pieces; what could not be read comes
/// last, since it goes into a table of its own. After an error the transaction must be rolled back.
///
/// # Errors
/// When the data source or the store fails.
pub async fn load(
    conn: &mut PgConnection,
    key: StagingKey,
    part: Part,
    mut records: impl Stream<Item = Result<Record, ScanError>> + Unpin,
) -> Result<Loaded, StagingError> {
    let mut failures = CopyBuffer::new();
    let rows = {
        let mut sink = conn.copy_in_raw(statement(part)).await?;
        match feed(&mut sink, key, &mut records, &mut failures).await {
            Ok(rows) => {
                sink.finish().await?;
                rows
            }
            Err(error) => {
                // The cause is what the caller wants to know, not how the abort went.
                let _ = sink.abort("the data source failed").await;
                return Err(error);
            }
        }
    };
    let loaded = Loaded {
        rows,
        failures: failures.rows(),
    };
    if loaded.failures > 0 {
        let mut sink = conn.copy_in_raw(DETAILS).await?;
        sink.send(failures.finish()).await?;
        sink.finish().await?;
    }
    Ok(loaded)
}

type Sink<'a> = sqlx::postgres::PgCopyIn<&'a mut PgConnection>;

async fn feed(
    sink: &mut Sink<'_>,
    key: StagingKey,
    records: &mut (impl Stream<Item = Result<Record, ScanError>> + Unpin),
    failures: &mut CopyBuffer,
) -> Result<u64, StagingError> {
    let mut buffer = CopyBuffer::new();
    while let Some(record) = records.next().await {
        let record = record?;
        if matches!(record, Record::Failure(_)) {
            rows::encode(failures, key, &record)?;
            continue;
        }
        rows::encode(&mut buffer, key, &record)?;
        if let Some(piece) = buffer.piece() {
            sink.send(piece).await?;
        }
    }
    let rows = buffer.rows();
    sink.send(buffer.finish()).await?;
    Ok(rows)
}

const DETAILS: &str =
    "copy metadata.staging_details (scan_id, database_id, bucket, part, table_schema, table_name,
    sort_key, document)
from stdin (format binary)";

fn statement(part: Part) -> &'static str {
    match part {
        Part::Tables => {
            "copy metadata.staging_tables (scan_id, database_id, bucket, table_schema, table_name, table_type, engine,
                row_count, row_count_source, data_size_bytes, index_size_bytes, table_comment, view_definition,
                source_identity, facts, scan_error, toast_size_bytes, auto_increment)
            from stdin (format binary)"
        }
        Part::Fields => {
            "copy metadata.staging_fields (scan_id, database_id, bucket, table_schema, table_name, field_name,
                field_position, data_type, column_type, is_nullable, column_key, column_default, extra, field_comment,
                generation_expression, generation_kind, identity, charset, \"collation\", is_invisible, enum_values,
                domain_base_type, is_array, source_identity)
            from stdin (format binary)"
        }
        Part::Constraints
        | Part::Indexes
        | Part::Partitions
        | Part::Triggers
        | Part::Dependencies => DETAILS,
        Part::Objects => {
            "copy metadata.staging_objects (scan_id, database_id, object_kind, object_schema, object_name, signature,
                owner, object_comment, definition, source_identity, details)
            from stdin (format binary)"
        }
        Part::Identities => {
            "copy metadata.staging_identities (scan_id, database_id, table_schema, table_name)
            from stdin (format binary)"
        }
        Part::Digests => {
            "copy metadata.staging_digests (scan_id, database_id, bucket, table_schema, table_name, part, digest,
                source_identity, row_count, row_count_source, data_size_bytes, index_size_bytes, toast_size_bytes,
                auto_increment)
            from stdin (format binary)"
        }
    }
}

/// Refreshes what the planner knows of the staging tables; without it the merge is planned for
/// empty ones.
///
/// # Errors
/// When the store fails.
pub async fn analyze(conn: &mut PgConnection) -> Result<(), StoreError> {
    sqlx::query!("-- analyze staging\nselect metadata.analyze_staging()")
        .fetch_one(conn)
        .await?;
    Ok(())
}

/// Removes what scans that are no longer active have left behind, whoever's they were. What a scan
/// has staged that waits for another attempt stays.
///
/// # Errors
/// When the store fails.
pub async fn clear_abandoned(conn: &mut PgConnection) -> Result<(), StoreError> {
    sqlx::query!("-- clear abandoned staging\nselect metadata.clear_abandoned_staging()")
        .fetch_one(conn)
        .await?;
    Ok(())
}

/// Removes what a scan has staged, of one database or of all.
///
/// # Errors
/// When the store fails.
pub async fn clear(
    conn: &mut PgConnection,
    scan_id: i64,
    database_id: Option<i64>,
) -> Result<(), StoreError> {
    sqlx::query!(
        "-- clear staged
        with tables as (
            delete from metadata.staging_tables where scan_id = $1 and ($2::bigint is null or database_id = $2)
        ), fields as (
            delete from metadata.staging_fields where scan_id = $1 and ($2::bigint is null or database_id = $2)
        ), details as (
            delete from metadata.staging_details where scan_id = $1 and ($2::bigint is null or database_id = $2)
        ), objects as (
            delete from metadata.staging_objects where scan_id = $1 and ($2::bigint is null or database_id = $2)
        ), digests as (
            delete from metadata.staging_digests where scan_id = $1 and ($2::bigint is null or database_id = $2)
        )
        delete from metadata.staging_identities where scan_id = $1 and ($2::bigint is null or database_id = $2)",
        scan_id,
        database_id
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// How many rows each staging table has of a scan's database.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rows {
    /// Tables.
    pub tables: u64,
    /// Fields.
    pub fields: u64,
    /// Keys, indexes and what else belongs to a table, and failures.
    pub details: u64,
    /// What is no table.
    pub objects: u64,
    /// Names of tables.
    pub identities: u64,
    /// Digests and figures.
    pub digests: u64,
}

impl Rows {
    /// Adds what was staged of a part.
    pub(crate) fn add(&mut self, part: Part, loaded: Loaded) {
        let rows = match part {
            Part::Tables => &mut self.tables,
            Part::Fields => &mut self.fields,
            Part::Constraints
            | Part::Indexes
            | Part::Partitions
            | Part::Triggers
            | Part::Dependencies => &mut self.details,
            Part::Objects => &mut self.objects,
            Part::Identities => &mut self.identities,
            Part::Digests => &mut self.digests,
        };
        *rows += loaded.rows;
        self.details += loaded.failures;
    }
}

/// Counts what is staged. The tables are unlogged: a crash of the store has emptied them.
///
/// # Errors
/// When the store fails.
pub async fn count(conn: &mut PgConnection, key: StagingKey) -> Result<Rows, StoreError> {
    let row = sqlx::query!(
        r#"-- count staged
        select
            (select count(*) from metadata.staging_tables where scan_id = $1 and database_id = $2) as "tables!",
            (select count(*) from metadata.staging_fields where scan_id = $1 and database_id = $2) as "fields!",
            (select count(*) from metadata.staging_details where scan_id = $1 and database_id = $2) as "details!",
            (select count(*) from metadata.staging_objects where scan_id = $1 and database_id = $2) as "objects!",
            (select count(*) from metadata.staging_identities
             where scan_id = $1 and database_id = $2) as "identities!",
            (select count(*) from metadata.staging_digests where scan_id = $1 and database_id = $2) as "digests!""#,
        key.scan_id,
        key.database_id
    )
    .fetch_one(conn)
    .await?;
    Ok(Rows {
        tables: row.tables.unsigned_abs(),
        fields: row.fields.unsigned_abs(),
        details: row.details.unsigned_abs(),
        objects: row.objects.unsigned_abs(),
        identities: row.identities.unsigned_abs(),
        digests: row.digests.unsigned_abs(),
    })
}

/// The staged tables and other objects that the server itself could not read, at most `limit`.
///
/// # Errors
/// When the store fails.
pub async fn failures(
    conn: &mut PgConnection,
    key: StagingKey,
    database: &str,
    limit: i64,
) -> Result<Vec<ScanFailure>, StoreError> {
    let rows = sqlx::query!(
        r#"-- staged failures
        select f.name as "table!", f.error as "error!"
        from (
            select case when table_schema = '' then table_name else table_schema || '.' || table_name end as name,
                scan_error as error
            from metadata.staging_tables
            where scan_id = $1 and database_id = $2 and scan_error is not null
            union all
            select case when table_schema = '' then table_name else table_name || ' in ' || table_schema end,
                document ->> 'error'
            from metadata.staging_details
            where scan_id = $1 and database_id = $2 and part = 'failures'
        ) f
        order by 1
        limit $3"#,
        key.scan_id,
        key.database_id,
        limit
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| ScanFailure {
            database: database.to_owned(),
            table: Some(row.table),
            error: row.error,
        })
        .collect())
}

/// Which of the selectors name no staged table.
///
/// # Errors
/// When the store fails.
pub async fn unmatched(
    conn: &mut PgConnection,
    key: StagingKey,
    selectors: &[String],
) -> Result<Vec<String>, StoreError> {
    let names = sqlx::query_scalar!(
        r#"-- unmatched selectors
        select selector as "selector!"
        from unnest($3::text[]) as selector
        where not exists (
            select from metadata.staging_tables s
            where s.scan_id = $1 and s.database_id = $2
              and selector in (s.table_name, s.table_schema || '.' || s.table_name)
        )"#,
        key.scan_id,
        key.database_id,
        selectors
    )
    .fetch_all(conn)
    .await?;
    Ok(names)
}
