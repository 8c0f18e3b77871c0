//! From the staging tables into the catalog: set-based, in batches, writing only what differs.
//!
//! [`batch`] is called once for each range of buckets, each in a transaction of its own, so that a
//! scan that dies leaves the catalog moved forward by whole batches. [`removals`] comes last and
//! decides from the complete list what is gone.

use db::StoreError;
use scan::NameFilter;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use sqlx::types::Json;

use crate::databases::REMOVAL_GUARD_FROM;
use crate::digests;
use crate::removals::{Doubts, Testimony};
use crate::renames::{self, Identities, Renamed};
use crate::staging::{BUCKETS, StagingKey};

/// Objects of one kind in a batch: found = written + unchanged + filtered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merged {
    /// Tables.
    pub tables: Tally,
    /// Fields.
    pub fields: Tally,
    /// Tables and fields that had been gone and are back.
    pub revived: i64,
    /// Fields that were renamed.
    #[serde(default)]
    pub renamed: Renamed,
}

impl Merged {
    /// Adds what another batch did.
    pub fn add(&mut self, other: Self) {
        self.tables.add(other.tables);
        self.fields.add(other.fields);
        self.revived += other.revived;
        self.renamed.add(other.renamed);
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
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Removed {
    /// Tables and fields that were marked.
    pub marked: i64,
    /// Tables that vanished and were not marked.
    pub tables: Doubts,
    /// Fields of tables that are there, likewise.
    pub fields: Doubts,
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

/// What is merged, and how.
#[derive(Debug, Clone, Copy)]
pub struct Merge {
    /// Which staged rows.
    pub key: StagingKey,
    /// Whether fields and details were staged too; without them what the catalog knows of fields,
    /// keys and indexes stays.
    pub with_fields: bool,
    /// Whether differences become rows of `changes`: from the database's baseline on.
    pub records_changes: bool,
    /// Whether the digests that were staged are kept with what is merged, so that it need not be read
    /// again: only of what was read whole.
    pub keeps_digests: bool,
    /// What the identities that the catalog has of the tables are worth.
    pub identities: Identities,
}

/// Merges the tables and fields of a range of buckets.
///
/// # Errors
/// When the store fails.
pub async fn batch(
    conn: &mut PgConnection,
    merge: Merge,
    range: (i16, i16),
) -> Result<Merged, StoreError> {
    let (key, (from, to)) = (merge.key, range);
    let revived = sqlx::query_file_scalar!(
        "sql/revive_tables.sql",
        key.scan_id,
        key.database_id,
        from,
        to,
        merge.records_changes
    )
    .fetch_one(&mut *conn)
    .await?;
    // Before the tables take over the identities by which their fields are told.
    let renamed = if merge.with_fields {
        renames::fields(conn, merge, range).await?
    } else {
        Renamed::default()
    };
    let tables = sqlx::query_file_as!(
        Tally,
        "sql/merge_tables.sql",
        key.scan_id,
        key.database_id,
        from,
        to,
        merge.with_fields,
        merge.records_changes,
        digests::RELEASE,
        merge.keeps_digests
    )
    .fetch_one(&mut *conn)
    .await?;
    let mut merged = Merged {
        tables,
        revived,
        renamed,
        ..Merged::default()
    };
    if merge.with_fields {
        fields(conn, merge, range, &mut merged).await?;
        sqlx::query_file!(
            "sql/merge_relations.sql",
            key.scan_id,
            key.database_id,
            from,
            to
        )
        .fetch_one(conn)
        .await?;
    }
    Ok(merged)
}

async fn fields(
    conn: &mut PgConnection,
    merge: Merge,
    (from, to): (i16, i16),
    merged: &mut Merged,
) -> Result<(), StoreError> {
    let key = merge.key;
    merged.revived += sqlx::query_file_scalar!(
        "sql/revive_fields.sql",
        key.scan_id,
        key.database_id,
        from,
        to,
        merge.records_changes
    )
    .fetch_one(&mut *conn)
    .await?;
    merged.fields = sqlx::query_file_as!(
        Tally,
        "sql/merge_fields.sql",
        key.scan_id,
        key.database_id,
        from,
        to,
        merge.records_changes
    )
    .fetch_one(conn)
    .await?;
    Ok(())
}

/// What a merge of the objects that are no tables did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MergedObjects {
    /// Staged, new, different, and so on.
    pub tally: Tally,
    /// Marked as gone.
    pub removed: i64,
    /// Gone and not marked.
    pub doubts: Doubts,
}

/// Merges the schemas, routines, sequences, extensions and types of a database, whose staged list is
/// complete: what it lacks is marked as gone, unless the testimony is doubted.
///
/// # Errors
/// When the store fails.
pub async fn objects(
    conn: &mut PgConnection,
    merge: Merge,
    testimony: &Testimony,
) -> Result<MergedObjects, StoreError> {
    let row = sqlx::query_file!(
        "sql/merge_objects.sql",
        merge.key.scan_id,
        merge.key.database_id,
        merge.records_changes,
        testimony.reason(),
        Json(&testimony.witness) as _
    )
    .fetch_one(conn)
    .await?;
    Ok(MergedObjects {
        tally: Tally {
            found: row.found,
            added: row.added,
            changed: row.changed,
            unchanged: row.unchanged,
            written: row.written,
        },
        removed: row.removed,
        doubts: testimony.doubts(row.doubted),
    })
}

/// Marks the tables that are gone from the database, when a complete and fresh list of its tables
/// was staged, in the schemas that are `listed`; those in other schemas go without doubt. Then marks
/// the fields that are gone from the tables that were read. All that as far as the testimony is
/// believed.
///
/// # Errors
/// When the store fails.
pub async fn removals(
    conn: &mut PgConnection,
    merge: Merge,
    listed: Option<&NameFilter>,
    testimony: &Testimony,
) -> Result<Removed, StoreError> {
    let (key, mut removed) = (merge.key, Removed::default());
    if let Some(schemas) = listed {
        let tables = sqlx::query_file!(
            "sql/remove_tables.sql",
            key.scan_id,
            key.database_id,
            REMOVAL_GUARD_FROM,
            merge.records_changes,
            schemas.include_regex(),
            schemas.exclude_regex(),
            testimony.reason(),
            Json(&testimony.witness) as _
        )
        .fetch_one(&mut *conn)
        .await?;
        removed.marked += tables.removed;
        removed.tables = Doubts::new(tables.doubted, tables.reason);
    }
    if merge.with_fields {
        let fields = sqlx::query_file!(
            "sql/remove_fields.sql",
            key.scan_id,
            key.database_id,
            merge.records_changes,
            testimony.reason(),
            Json(&testimony.witness) as _
        )
        .fetch_one(conn)
        .await?;
        removed.marked += fields.removed;
        removed.fields = testimony.doubts(fields.doubted);
    }
    Ok(removed)
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
        let merged = Merged {
            tables,
            fields,
            ..Merged::default()
        };
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
            ..merged
        };
        assert!(lost.reconcile(10, 50).is_err(), "a table was not written");
    }
}
