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
use sqlx::PgPool;

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

/// Streams one part of a database into its staging table and answers with the number of rows.
///
/// Memory stays flat: rows are encoded as they come and sent in pieces. When the data source fails,
/// nothing of the part is kept.
///
/// # Errors
/// When the data source or the store fails.
pub async fn load(
    pool: &PgPool,
    key: StagingKey,
    part: Part,
    records: impl Stream<Item = Result<Record, ScanError>> + Unpin,
) -> Result<u64, StagingError> {
    let mut connection = pool.acquire().await?;
    let mut sink = connection.copy_in_raw(statement(part)).await?;
    match feed(&mut sink, key, records).await {
        Ok(rows) => {
            sink.finish().await?;
            Ok(rows)
        }
        Err(error) => {
            // The cause is what the caller wants to know, not how the abort went.
            let _ = sink.abort("the data source failed").await;
            Err(error)
        }
    }
}

type Sink<'a> = sqlx::postgres::PgCopyIn<&'a mut sqlx::PgConnection>;

async fn feed(
    sink: &mut Sink<'_>,
    key: StagingKey,
    mut records: impl Stream<Item = Result<Record, ScanError>> + Unpin,
) -> Result<u64, StagingError> {
    let mut buffer = CopyBuffer::new();
    while let Some(record) = records.next().await {
        rows::encode(&mut buffer, key, &record?)?;
        if let Some(piece) = buffer.piece() {
            sink.send(piece).await?;
        }
    }
    let rows = buffer.rows();
    sink.send(buffer.finish()).await?;
    Ok(rows)
}

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
        | Part::Dependencies => {
            "copy metadata.staging_details (scan_id, database_id, bucket, part, table_schema, table_name, sort_key,
                document)
            from stdin (format binary)"
        }
        Part::Objects => {
            "copy metadata.staging_objects (scan_id, database_id, object_kind, object_schema, object_name, signature,
                owner, object_comment, definition, source_identity, details)
            from stdin (format binary)"
        }
        Part::Identities => {
            "copy metadata.staging_identities (scan_id, database_id, table_schema, table_name)
            from stdin (format binary)"
        }
    }
}

/// Refreshes what the planner knows of the staging tables; without it the merge is planned for
/// empty ones.
///
/// # Errors
/// When the store fails.
pub async fn analyze(pool: &PgPool) -> Result<(), StoreError> {
    sqlx::query!("-- analyze staging\nselect metadata.analyze_staging()")
        .fetch_one(pool)
        .await?;
    Ok(())
}

/// Removes what scans that are no longer active have left behind, whoever's they were.
///
/// # Errors
/// When the store fails.
pub async fn clear_abandoned(pool: &PgPool) -> Result<(), StoreError> {
    sqlx::query!("-- clear abandoned staging\nselect metadata.clear_abandoned_staging()")
        .fetch_one(pool)
        .await?;
    Ok(())
}

/// Removes what a scan has staged, of one database or of all.
///
/// # Errors
/// When the store fails.
pub async fn clear(
    pool: &PgPool,
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
        )
        delete from metadata.staging_identities where scan_id = $1 and ($2::bigint is null or database_id = $2)",
        scan_id,
        database_id
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// The staged tables and other objects that the server itself could not read, at most `limit`.
///
/// # Errors
/// When the store fails.
pub async fn failures(
    pool: &PgPool,
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
    .fetch_all(pool)
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
    pool: &PgPool,
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
    .fetch_all(pool)
    .await?;
    Ok(names)
}
