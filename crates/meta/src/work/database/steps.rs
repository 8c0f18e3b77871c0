//! The steps of a database's scan. Each does what its checkpoint does not tell of yet.

use std::collections::{BTreeMap, HashMap};

use catalog::merge::{self, Merge};
use catalog::removals::{self, Testimony};
use catalog::staging::{self, StagingKey};
use catalog::{changes, databases, digests, growth, renames};
use db::Tx;
use futures::StreamExt;
use scan::{DatabaseReader, Part, Record, Selection};

use super::{DatabaseError, DatabaseScan};

/// Failures beyond this number are counted and not listed: a row of history stays readable.
const MOST_FAILURES: i64 = 1000;

impl DatabaseScan<'_> {
    /// Streams each part of the database into staging.
    pub(super) async fn stage(
        &mut self,
        reader: &mut dyn DatabaseReader,
        key: StagingKey,
    ) -> Result<(), DatabaseError> {
        let tables = self.selection(key).await?;
        for part in Part::CONTENT {
            // What is no table belongs to the whole database.
            let is_left_out = (part != Part::Tables && !self.context.with_fields)
                || (part == Part::Objects && !self.is_complete());
            let selection = match part {
                Part::Objects => &Selection::All,
                _ => &tables,
            };
            if !is_left_out && !selection.is_empty() {
                self.load(reader, key, part, selection).await?;
            }
        }
        Ok(())
    }

    /// Which tables are to be read.
    async fn selection(&self, key: StagingKey) -> Result<Selection, DatabaseError> {
        if let Some(tables) = &self.target.tables {
            return Ok(Selection::Tables(tables.clone()));
        }
        if self.checkpoint.spared().is_none() {
            return Ok(Selection::All);
        }
        let mut tx = self.begin_transaction().await?;
        Ok(Selection::Chosen(digests::chosen(&mut tx, key).await?))
    }

    /// Asks for the digests of all tables before anything else is read: what changes from then on has
    /// others the next time.
    pub(super) async fn compare(
        &mut self,
        reader: &mut dyn DatabaseReader,
        key: StagingKey,
    ) -> Result<(), DatabaseError> {
        if !self.has_digests() || self.checkpoint.compared.is_some() {
            return Ok(());
        }
        self.load(reader, key, Part::Digests, &Selection::All)
            .await?;
        let mut tx = self.begin_transaction().await?;
        staging::analyze(&mut tx).await?;
        self.checkpoint.compared = Some(digests::compare(&mut tx, key).await?);
        Ok(self.commit(tx).await?)
    }

    /// Lists the tables once more: what was dropped while the rest was read is gone, what was made
    /// meanwhile is not, and a listing that fails removes nothing.
    pub(super) async fn list_afresh(
        &mut self,
        reader: &mut dyn DatabaseReader,
        key: StagingKey,
    ) -> Result<(), DatabaseError> {
        self.load(reader, key, Part::Identities, &Selection::All)
            .await
    }

    /// Streams a part into staging, unless it is there. The transaction is as long as the statement on
    /// the data source, as that of COPY would be anyway; it locks nothing but its own rows.
    async fn load(
        &mut self,
        reader: &mut dyn DatabaseReader,
        key: StagingKey,
        part: Part,
        selection: &Selection,
    ) -> Result<(), DatabaseError> {
        if self.checkpoint.part(part).is_some() {
            return Ok(());
        }
        let permit = self.context.loads.acquire().await;
        let permit = permit.expect("nobody closes the semaphore");
        let mut tx = self.begin_transaction().await?;
        let loaded = staging::load(&mut tx, key, part, reader.read(part, selection)).await?;
        self.checkpoint.add_part(part, loaded);
        self.count_cost(reader);
        self.commit(tx).await?;
        drop(permit);
        Ok(())
    }

    /// Gives the tables that were renamed their new names, so that what was staged of them finds them, once
    /// for all attempts.
    async fn rename_tables(&mut self, merge: Merge) -> Result<Merge, DatabaseError> {
        if let Some(identities) = self.checkpoint.identities {
            return Ok(Merge {
                identities,
                ..merge
            });
        }
        let mut tx = self.begin_transaction().await?;
        let before = removals::witness_of_database(&mut tx, merge.key.database_id).await?;
        let witness = self.checkpoint.witness.clone().unwrap_or_default();
        let testimony = Testimony::new(witness, before.as_ref());
        let merge = Merge {
            identities: renames::settle(&mut tx, merge.key, &testimony).await?,
            ..merge
        };
        let is_complete = self.is_complete();
        let done = renames::tables(&mut tx, merge, is_complete, &testimony).await?;
        self.checkpoint.identities = Some(merge.identities);
        self.checkpoint.changes.renamed += done.renamed;
        self.checkpoint.changes.removed += done.removed;
        self.commit(tx).await?;
        Ok(merge)
    }

    /// Merges what was staged, each batch in a transaction of its own, and checks that it all adds up.
    pub(super) async fn merge_batches(
        &mut self,
        merge: Merge,
        batch_size: u32,
    ) -> Result<(), DatabaseError> {
        let staged = self.checkpoint.staged();
        let batches = merge::batches(staged.tables, batch_size);
        if self.checkpoint.batches < batches.len() {
            let mut tx = self.begin_transaction().await?;
            staging::analyze(&mut tx).await?;
            tx.commit().await?;
        }
        let merge = self.rename_tables(merge).await?;
        for range in batches.into_iter().skip(self.checkpoint.batches) {
            let mut tx = self.begin_transaction().await?;
            let merged = merge::batch(&mut tx, merge, range).await?;
            let checkpoint = &mut self.checkpoint;
            checkpoint.batches += 1;
            checkpoint.merged.add(merged);
            checkpoint.changes.added += merged.tables.added + merged.fields.added + merged.revived;
            checkpoint.changes.changed += merged.tables.changed + merged.fields.changed;
            checkpoint.changes.renamed += merged.renamed.renamed;
            checkpoint.changes.removed += merged.renamed.removed;
            self.commit(tx).await?;
        }
        let merged = self.checkpoint.merged;
        merged
            .reconcile(staged.tables, staged.fields)
            .map_err(DatabaseError::Totals)
    }

    /// Asks who answers and what the login may see: one who is another than before has doubtful words.
    pub(super) async fn testify(
        &mut self,
        reader: &mut dyn DatabaseReader,
    ) -> Result<(), DatabaseError> {
        let witness = reader.witness().await?;
        self.checkpoint.witness = Some(witness.after(self.checkpoint.witness.as_ref()));
        self.count_cost(reader);
        Ok(())
    }

    /// Decides what is gone, and lists what could not be read.
    pub(super) async fn conclude(
        &mut self,
        reader: &mut dyn DatabaseReader,
        merge: Merge,
    ) -> Result<(), DatabaseError> {
        let mut tx = self.begin_transaction().await?;
        let is_complete = self.is_complete();
        let (scan, database) = (merge.key.scan_id, merge.key.database_id);
        removals::forget(&mut tx, database).await?;
        let before = removals::witness_of_database(&mut tx, database).await?;
        let witness = self.checkpoint.witness.clone().unwrap_or_default();
        let testimony = Testimony::new(witness, before.as_ref());
        let listed = is_complete.then_some(self.context.schemas);
        let removed = merge::removals(&mut tx, merge, listed, &testimony).await?;
        self.checkpoint.changes.removed += removed.marked;
        if !removed.fields.is_none() {
            digests::forget_doubted(&mut tx, merge.key).await?;
        }
        let mut doubted = vec![("tables", removed.tables), ("fields", removed.fields)];
        if is_complete && merge.with_fields {
            let objects = merge::objects(&mut tx, merge, &testimony).await?;
            let changes = &mut self.checkpoint.changes;
            changes.added += objects.tally.added;
            changes.changed += objects.tally.changed;
            changes.removed += objects.removed;
            doubted.push(("objects besides tables", objects.doubts));
            changes::create_baseline(&mut tx, database, scan).await?;
            let is_incremental = self.checkpoint.spared().is_some();
            databases::set_scanned(&mut tx, database, is_incremental).await?;
            if is_incremental {
                digests::refresh_figures(&mut tx, merge.key).await?;
            } else {
                self.prove(&mut tx, reader, merge.key).await?;
            }
        }
        growth::note(&mut tx, merge, self.context.config.growth_percent).await?;
        self.list_failures(&mut tx, merge.key).await?;
        for (what, doubts) in &doubted {
            if let Some(error) = doubts.failure(what, scan) {
                self.add_failure(Some("*".to_owned()), error);
            }
        }
        // Whoever lists no fields says nothing of them.
        let says_all = is_complete && (merge.with_fields || before.is_none());
        if says_all && doubted.iter().all(|(_, doubts)| doubts.is_none()) {
            removals::believe_database(&mut tx, database, &testimony.witness).await?;
        }
        Ok(self.finish(tx).await?)
    }

    /// Looks whether the scan, which read everything, has found something different in a table whose digest was
    /// the same, and tells of it as a defect. A table that has another digest by now changed meanwhile.
    async fn prove(
        &mut self,
        tx: &mut Tx,
        reader: &mut dyn DatabaseReader,
        key: StagingKey,
    ) -> Result<(), DatabaseError> {
        let Some(compared) = self.checkpoint.compared else {
            return Ok(());
        };
        let mut suspects = digests::suspects(&mut *tx, key, compared).await?;
        if suspects.is_empty() {
            return Ok(());
        }
        let mut told: HashMap<(String, String), BTreeMap<&str, String>> = suspects
            .iter()
            .map(|suspect| (suspect.name(), BTreeMap::new()))
            .collect();
        let mut records = reader.read(Part::Digests, &Selection::All);
        while let Some(record) = records.next().await {
            if let Record::Digest(record) = record?
                && let Some(parts) = told.get_mut(&(record.schema, record.table))
                && let Some(digest) = record.digest
            {
                parts.insert(record.part, digest);
            }
        }
        drop(records);
        self.count_cost(reader);
        suspects.retain(|suspect| suspect.is_confirmed(&told[&suspect.name()]));
        let tables: Vec<i64> = suspects.iter().map(|suspect| suspect.table_id).collect();
        digests::mark_defects(&mut *tx, key.scan_id, &tables).await?;
        for suspect in suspects {
            let table = match suspect.name() {
                (schema, name) if schema.is_empty() => name,
                (schema, name) => format!("{schema}.{name}"),
            };
            tracing::error!(
                scan_id = key.scan_id,
                table,
                "a table has changed without its digest"
            );
            let error = "it had changed, and incremental scans had not seen it; it is right in the catalog now: report \
                         this as a defect, with its changes before and after";
            self.add_failure(Some(table), error.to_owned());
        }
        Ok(())
    }

    /// Lists what the server could not read, and the tables that were asked for and are not there.
    async fn list_failures(&mut self, tx: &mut Tx, key: StagingKey) -> Result<(), DatabaseError> {
        let failures =
            staging::failures(&mut *tx, key, &self.target.database, MOST_FAILURES).await?;
        self.checkpoint.failures.extend(failures);
        let Some(selectors) = &self.target.tables else {
            return Ok(());
        };
        for selector in staging::unmatched(&mut *tx, key, selectors).await? {
            let patterns = if self.context.schemas.takes_all() {
                ""
            } else {
                ", or the data source's patterns leave out its schema"
            };
            let error = format!("there is no such table, or the login may not see it{patterns}");
            self.add_failure(Some(selector), error);
        }
        Ok(())
    }
}
