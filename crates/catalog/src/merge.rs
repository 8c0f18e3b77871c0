//! From the staging tables into the catalog: set-based, in batches, writing only what differs.
//!
//! [`batch`] is called once for each range of buckets, each in a transaction of its own, so that a
//! scan that dies leaves the catalog moved forward by whole batches. [`removals`] comes last and
//! decides from the complete list what is gone.

use db::StoreError;
use models::scan::ScanFailure;
use sqlx::{PgConnection, PgPool};

use crate::databases::REMOVAL_GUARD_FROM;
use crate::staging::{BUCKETS, StagingKey};

/// Objects of one kind in a batch: found = written + unchanged + filtered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Staged.
    pub found: i64,
    /// New in the catalog.
    pub added: i64,
    /// Different in structure.
    pub changed: i64,
    /// Left as they were.
    pub unchanged: i64,
    /// Rows written: new, different, or with other figures.
    pub written: i64,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.found += other.found;
        self.added += other.added;
        self.changed += other.changed;
        self.unchanged += other.unchanged;
        self.written += other.written;
    }
}

/// What batches of a database did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Merged {
    /// Tables.
    pub tables: Tally,
    /// Fields.
    pub fields: Tally,
}

impl Merged {
    /// Adds what another batch did.
    pub fn add(&mut self, other: Self) {
        self.tables.add(other.tables);
        self.fields.add(other.fields);
    }

    /// Checks that every staged row is accounted for: found = written + unchanged + filtered.
    ///
    /// Only fields can be filtered: those of a table that was made after the list of tables was read.
    ///
    /// # Errors
    /// Says which count is off.
    pub fn reconcile(&self, staged_tables: u64, staged_fields: u64) -> Result<(), String> {
        let tables = self.tables;
        if u64::try_from(tables.found) != Ok(staged_tables)
            || tables.written + tables.unchanged != tables.found
        {
            return Err(format!("{staged_tables} tables were read, {tables:?}"));
        }
        let fields = self.fields;
        if u64::try_from(fields.found) != Ok(staged_fields)
            || fields.written + fields.unchanged > fields.found
        {
            return Err(format!("{staged_fields} fields were read, {fields:?}"));
        }
        Ok(())
    }
}

/// What was found to be gone.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Removed {
    /// Tables and fields that were marked.
    pub marked: i64,
    /// Tables that vanished, but so many at once that none was marked.
    pub doubted: i64,
}

/// The ranges of buckets that make batches of about `batch_size` tables: first and after the last.
///
/// # Panics
/// Never: no edge is beyond [`BUCKETS`].
#[must_use]
pub fn batches(tables: u64, batch_size: u32) -> Vec<(i16, i16)> {
    let buckets = u64::from(BUCKETS.unsigned_abs());
    let count = tables
        .div_ceil(u64::from(batch_size.max(1)))
        .clamp(1, buckets);
    let edge =
        |n: u64| i16::try_from(n * buckets / count).expect("an edge is at most BUCKETS, an i16");
    (0..count).map(|n| (edge(n), edge(n + 1))).collect()
}

/// Merges the tables and fields of a range of buckets. Without `with_fields` only tables were
/// staged, and what the catalog knows of fields, keys and indexes stays.
///
/// # Errors
/// When the store fails.
pub async fn batch(
    conn: &mut PgConnection,
    key: StagingKey,
    (from, to): (i16, i16),
    with_fields: bool,
) -> Result<Merged, StoreError> {
    sqlx::query_file!(
        "sql/revive_tables.sql",
        key.scan_id,
        key.database_id,
        from,
        to
    )
    .execute(&mut *conn)
    .await?;
    let tables = sqlx::query_file_as!(
        Tally,
        "sql/merge_tables.sql",
        key.scan_id,
        key.database_id,
        from,
        to,
        with_fields
    )
    .fetch_one(&mut *conn)
    .await?;
    if !with_fields {
        return Ok(Merged {
            tables,
            ..Merged::default()
        });
    }
    sqlx::query_file!(
        "sql/revive_fields.sql",
        key.scan_id,
        key.database_id,
        from,
        to
    )
    .execute(&mut *conn)
    .await?;
    let fields = sqlx::query_file_as!(
        Tally,
        "sql/merge_fields.sql",
        key.scan_id,
        key.database_id,
        from,
        to
    )
    .fetch_one(conn)
    .await?;
    Ok(Merged { tables, fields })
}

/// Marks the fields that are gone from the tables that were read and, when the list of tables is
/// complete, the tables that are gone from the database.
///
/// # Errors
/// When the store fails.
pub async fn removals(
    conn: &mut PgConnection,
    key: StagingKey,
    complete: bool,
    with_fields: bool,
) -> Result<Removed, StoreError> {
    let mut removed = Removed::default();
    if with_fields {
        let fields =
            sqlx::query_file_scalar!("sql/remove_fields.sql", key.scan_id, key.database_id)
                .fetch_one(&mut *conn)
                .await?;
        removed.marked += fields;
    }
    if complete {
        let tables = sqlx::query_file!(
            "sql/remove_tables.sql",
            key.scan_id,
            key.database_id,
            REMOVAL_GUARD_FROM
        )
        .fetch_one(conn)
        .await?;
        removed.marked += tables.removed;
        removed.doubted = tables.doubted;
    }
    Ok(removed)
}

/// The staged tables that the server itself could not read, at most `limit`.
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
        select case when table_schema = '' then table_name else table_schema || '.' || table_name end as "table!",
            scan_error as "error!"
        from metadata.staging_tables
        where scan_id = $1 and database_id = $2 and scan_error is not null
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

#[cfg(test)]
mod tests {
    use super::{BUCKETS, Merged, Tally, batches};

    #[test]
    fn batches_cover_every_bucket_once() {
        for (tables, size) in [
            (0, 500),
            (1, 500),
            (500, 500),
            (501, 500),
            (10_000, 500),
            (u64::MAX / 2, 1),
        ] {
            let ranges = batches(tables, size);
            assert_eq!(ranges.first().map(|range| range.0), Some(0));
            assert_eq!(ranges.last().map(|range| range.1), Some(BUCKETS));
            assert!(ranges.windows(2).all(|pair| pair[0].1 == pair[1].0));
        }
        assert_eq!(batches(10_000, 500).len(), 20);
    }

    #[test]
    fn totals_that_do_not_add_up_are_found() {
        let tables = Tally {
            found: 10,
            added: 3,
            changed: 1,
            unchanged: 6,
            written: 4,
        };
        let fields = Tally {
            found: 50,
            added: 40,
            changed: 0,
            unchanged: 8,
            written: 40,
        };
        let merged = Merged { tables, fields };
        assert_eq!(
            merged.reconcile(10, 50),
            Ok(()),
            "two fields belong to a table that came later"
        );
        assert!(
            merged.reconcile(11, 50).is_err(),
            "a table was lost between reading and merging"
        );
        assert!(merged.reconcile(10, 51).is_err(), "a field was lost");
        let lost = Merged {
            tables: Tally {
                written: 3,
                ..tables
            },
            fields,
        };
        assert!(lost.reconcile(10, 50).is_err(), "a table was not written");
    }
}
