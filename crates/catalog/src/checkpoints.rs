//! Checkpoints: how far a deep scan has come with each of its databases.
//!
//! Whoever writes rows of a scan saves the checkpoint that tells of them in the same transaction, so
//! that another attempt goes on exactly where this one ends, however it ends. Each database has a row
//! of its own: those that are read side by side do not wait for each other.

use std::collections::{BTreeMap, HashMap};

use db::StoreError;
use models::scan::{ChangeCounts, MissingGrant, ScanFailure};
use models::sync_log::Cost;
use scan::{Part, Witness};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use sqlx::types::Json;

use crate::digests::Compared;
use crate::merge::Merged;
use crate::renames::Identities;
use crate::staging::{Loaded, Rows};
use crate::sync_logs::Progress;

/// With more tables to read than this, all are read: their names would take too much memory.
const MOST_CHOSEN: i64 = 10_000;

/// How far a scan has come with one database.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Checkpoint {
    /// What was settled at the beginning; None until the database could be opened.
    pub begun: Option<Begun>,
    /// The parts that are staged, by their words.
    parts: BTreeMap<String, Loaded>,
    /// What identities are worth, once it is settled and the tables that were renamed have their new names.
    #[serde(default)]
    pub identities: Option<Identities>,
    /// How many batches are merged.
    pub batches: usize,
    /// What they did.
    pub merged: Merged,
    /// What the scan has found different so far. Stays when the database is begun anew, as what was
    /// merged before does.
    pub changes: ChangeCounts,
    /// What the database has cost so far, over all attempts.
    pub cost: Cost,
    /// What could not be read.
    pub failures: Vec<ScanFailure>,
    /// What the digests told; None until they are read, and where they are not.
    #[serde(default)]
    pub compared: Option<Compared>,
    /// Who has answered so far, and whether that was always the same; None before.
    #[serde(default)]
    pub witness: Option<Witness>,
    /// Whether nothing is left to do.
    pub is_finished: bool,
}

/// What the first attempt at a database settles for those that follow.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Begun {
    /// The database in the catalog.
    pub database_id: i64,
    /// Tables in a batch. The batches are cut by it: one that is set otherwise meanwhile would cut them elsewhere.
    pub batch_size: u32,
    /// What the login may not see.
    pub missing_grants: Vec<MissingGrant>,
    /// Whether tables whose digests are known need not be read.
    #[serde(default)]
    pub is_incremental: bool,
}

impl Checkpoint {
    /// What is staged of a part; None when it has not been read yet.
    #[must_use]
    pub fn part(&self, part: Part) -> Option<Loaded> {
        self.parts.get(part.as_str()).copied()
    }

    /// Notes that a part is staged.
    pub fn add_part(&mut self, part: Part, loaded: Loaded) {
        self.parts.insert(part.as_str().to_owned(), loaded);
    }

    /// What the staging tables must hold.
    #[must_use]
    pub fn staged(&self) -> Rows {
        let mut rows = Rows::default();
        for part in Part::ALL {
            if let Some(loaded) = self.part(part) {
                rows.add(part, loaded);
            }
        }
        rows
    }

    /// Forgets what was read, since it is lost. What was merged stays in the catalog and is counted
    /// among the changes; merging it again finds it unchanged.
    pub fn restart(&mut self) {
        self.parts.clear();
        self.compared = None;
        self.identities = None;
        self.batches = 0;
        self.merged = Merged::default();
    }

    /// What this database adds to the progress of the scan.
    #[must_use]
    pub fn progress(&self) -> Progress {
        let spared = self.spared();
        let staged = self.part(Part::Tables);
        let staged = staged.map(|loaded| i64::try_from(loaded.rows).unwrap_or(i64::MAX));
        let chosen = spared.map(|spared| spared.tables - spared.known);
        let (known, known_fields) =
            spared.map_or((0, 0), |spared| (spared.known, spared.known_fields));
        let fields = self.merged.fields;
        Progress {
            tables_total: staged.or(chosen).map(|tables| tables + known),
            databases_scanned: i64::from(self.is_scanned()),
            tables_scanned: self.merged.tables.found + known,
            tables_unchanged: known,
            fields_scanned: fields.written + fields.unchanged + known_fields,
        }
    }

    /// What the digests told, where the tables whose digests are known are not read: in an incremental
    /// scan, unless so many others are that it costs less to read everything.
    #[must_use]
    pub fn spared(&self) -> Option<Compared> {
        let is_incremental = self
            .begun
            .as_ref()
            .is_some_and(|begun| begun.is_incremental);
        self.compared.filter(|compared| {
            let chosen = compared.tables - compared.known;
            is_incremental && chosen <= MOST_CHOSEN && chosen * 2 <= compared.tables
        })
    }

    /// Whether anything of a table could not be read: what is merged then is not the whole table.
    #[must_use]
    pub fn has_gaps(&self) -> bool {
        let of_tables = Part::CONTENT
            .into_iter()
            .filter(|part| *part != Part::Objects);
        of_tables
            .filter_map(|part| self.part(part))
            .any(|loaded| loaded.failures > 0)
    }

    /// Whether the database was read to its end.
    fn is_scanned(&self) -> bool {
        let is_whole = |failure: &ScanFailure| failure.table.is_none();
        self.is_finished && !self.failures.iter().any(is_whole)
    }
}

/// The checkpoints of a scan, by the names of the databases. One that this release cannot read is
/// left out: that database is begun anew.
///
/// # Errors
/// When the store fails.
pub async fn list(
    conn: &mut PgConnection,
    scan_id: i64,
) -> Result<HashMap<String, Checkpoint>, StoreError> {
    let rows = sqlx::query!(
        "-- list checkpoints
        select database_name, state from metadata.scan_checkpoints
        where tenant_id = metadata.current_tenant() and scan_id = $1",
        scan_id
    )
    .fetch_all(conn)
    .await?;
    let readable = rows.into_iter().filter_map(|row| {
        let checkpoint = serde_json::from_value(row.state).ok()?;
        Some((row.database_name, checkpoint))
    });
    Ok(readable.collect())
}

/// Writes the checkpoint of a database, in the transaction of what it tells of.
///
/// # Errors
/// When the store fails.
pub async fn save(
    conn: &mut PgConnection,
    scan_id: i64,
    database: &str,
    checkpoint: &Checkpoint,
) -> Result<(), StoreError> {
    sqlx::query!(
        "-- save checkpoint
        insert into metadata.scan_checkpoints (tenant_id, scan_id, database_name, state)
        values (metadata.current_tenant(), $1, $2, $3)
        on conflict on constraint scan_checkpoints_pkey do update set state = excluded.state",
        scan_id,
        database,
        Json(checkpoint) as _
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Removes the checkpoints of a scan that ends.
///
/// # Errors
/// When the store fails.
pub async fn clear(conn: &mut PgConnection, scan_id: i64) -> Result<(), StoreError> {
    sqlx::query!(
        "-- clear checkpoints
        delete from metadata.scan_checkpoints where tenant_id = metadata.current_tenant() and scan_id = $1",
        scan_id
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Removes the checkpoints of the tenant's scans that ended while no worker had them.
///
/// # Errors
/// When the store fails.
pub async fn clear_abandoned(conn: &mut PgConnection) -> Result<(), StoreError> {
    sqlx::query!(
        "-- clear abandoned checkpoints
        delete from metadata.scan_checkpoints c
        where c.tenant_id = metadata.current_tenant() and not exists (
            select from metadata.sync_logs l
            where l.tenant_id = metadata.current_tenant() and l.id = c.scan_id and l.status in ('QUEUED', 'RUNNING')
        )"
    )
    .execute(conn)
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loaded(rows: u64, failures: u64) -> Loaded {
        Loaded { rows, failures }
    }

    fn read_to_the_end() -> Checkpoint {
        let mut checkpoint = Checkpoint::default();
        for (part, rows) in Part::ALL.into_iter().zip(1..) {
            checkpoint.add_part(part, loaded(rows, 0));
        }
        checkpoint
    }

    #[test]
    fn parts_are_counted_in_the_tables_that_they_go_to() {
        let mut checkpoint = read_to_the_end();
        checkpoint.add_part(Part::Objects, loaded(8, 5));
        let expected = Rows {
            tables: 2,
            fields: 3,
            details: 4 + 5 + 6 + 7 + 8 + 5,
            objects: 8,
            identities: 10,
            digests: 1,
        };
        assert_eq!(checkpoint.staged(), expected);
        assert_eq!(Checkpoint::default().staged(), Rows::default());
    }

    #[test]
    fn what_is_lost_is_forgotten_and_what_changed_is_not() {
        let mut checkpoint = read_to_the_end();
        checkpoint.batches = 3;
        checkpoint.merged.tables.found = 1;
        checkpoint.changes.added = 7;
        checkpoint.cost.statements = 9;
        checkpoint.restart();
        assert_eq!(
            (checkpoint.batches, checkpoint.staged()),
            (0, Rows::default())
        );
        assert_eq!(checkpoint.progress(), Progress::default());
        assert_eq!(
            (checkpoint.changes.added, checkpoint.cost.statements),
            (7, 9)
        );
    }

    #[test]
    fn a_database_that_failed_as_a_whole_was_not_scanned() {
        let failure = |table: Option<&str>| ScanFailure {
            database: "shop".to_owned(),
            table: table.map(str::to_owned),
            error: "no".to_owned(),
        };
        for (failures, scanned) in [
            (vec![], 1),
            (vec![failure(Some("orders"))], 1),
            (vec![failure(Some("orders")), failure(None)], 0),
        ] {
            let mut checkpoint = Checkpoint {
                failures,
                ..Checkpoint::default()
            };
            assert_eq!(checkpoint.progress().databases_scanned, 0);
            checkpoint.is_finished = true;
            assert_eq!(checkpoint.progress().databases_scanned, scanned);
        }
    }
}
