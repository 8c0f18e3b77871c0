//! The deep scan of one database: read into staging, merge in batches, decide what is gone.
//!
//! Each step is one transaction with the checkpoint that tells of it, and becomes permanent only
//! while the attempt holds the job. So an attempt that goes on reads nothing and merges nothing that
//! another has read and merged, and one that was taken for dead leaves no trace.

mod steps;

use catalog::checkpoints::{self, Begun, Checkpoint};
use catalog::merge::Merge;
use catalog::renames::Identities;
use catalog::staging::{self, Rows, StagingError, StagingKey};
use catalog::{changes, databases, digests};
use db::{StoreError, Tx};
use jobs::{HoldError, WorkError};
use models::scan::{ScanFailure, ScanMode, ScanTarget};
use models::sync_log::Cost;
use scan::{DatabaseReader, ScanError};

use super::deep_scan::Context;

/// What became of a database in one attempt.
#[derive(Debug)]
pub(super) enum Visit {
    /// Nothing is left to do; the checkpoint has the result.
    Finished(Box<Checkpoint>),
    /// It could not be read for now, and why.
    Postponed(String),
    /// It was not tried, since the data source does not answer.
    Skipped,
}

/// Why a database could not be scanned.
#[derive(Debug, thiserror::Error)]
enum DatabaseError {
    /// The data source's fault: this database fails, others go on.
    #[error(transparent)]
    Scan(#[from] ScanError),
    /// What was found does not add up.
    #[error("what was read and what was stored do not add up ({0}); report this as a defect")]
    Totals(String),
    /// Something cannot be stored.
    #[error("something that was read cannot be stored: {0}")]
    Unstorable(String),
    /// The attempt cannot go on.
    #[error(transparent)]
    Work(#[from] WorkError),
}

impl DatabaseError {
    fn is_transient(&self) -> bool {
        matches!(self, Self::Scan(error) if error.is_transient())
    }
}

impl From<StagingError> for DatabaseError {
    fn from(error: StagingError) -> Self {
        match error {
            StagingError::Scan(error) => Self::Scan(error),
            StagingError::Store(error) => Self::Work(error.into()),
            StagingError::Json(error) => Self::Unstorable(error.to_string()),
        }
    }
}

impl From<StoreError> for DatabaseError {
    fn from(error: StoreError) -> Self {
        Self::Work(error.into())
    }
}

impl From<HoldError> for DatabaseError {
    fn from(error: HoldError) -> Self {
        Self::Work(error.into())
    }
}

/// Scans one database from its checkpoint on. What keeps the whole job from going on is an error; a
/// database that cannot be read is a failure in its checkpoint, or waits for the next attempt when
/// the cause may pass.
pub(super) async fn scan_database(
    context: &Context<'_>,
    target: &ScanTarget,
    checkpoint: Checkpoint,
) -> Result<Visit, WorkError> {
    if checkpoint.is_finished {
        return Ok(Visit::Finished(Box::new(checkpoint)));
    }
    let has_another_attempt = context.tries_again;
    if has_another_attempt && context.is_away() {
        return Ok(Visit::Skipped);
    }
    let _under_way = context.tracker.enter(&target.database);
    context.tracker.tell(context.run).await?;
    let mut scan = DatabaseScan::new(context, target, checkpoint);
    match scan.run().await {
        Ok(()) => {}
        Err(DatabaseError::Work(error)) => return Err(error),
        Err(error) if error.is_transient() && has_another_attempt => {
            // It has come no further, but that it cost something is kept.
            scan.commit(scan.begin_transaction().await?).await?;
            return Ok(Visit::Postponed(format!("{}: {error}", target.database)));
        }
        Err(error) => scan.fail(error.to_string()).await?,
    }
    Ok(Visit::Finished(Box::new(scan.checkpoint)))
}

/// The scan of one database in one attempt.
struct DatabaseScan<'a> {
    context: &'a Context<'a>,
    target: &'a ScanTarget,
    checkpoint: Checkpoint,
    /// What the attempts before this one cost.
    cost_before: Cost,
}

impl<'a> DatabaseScan<'a> {
    fn new(context: &'a Context<'a>, target: &'a ScanTarget, checkpoint: Checkpoint) -> Self {
        Self {
            context,
            target,
            cost_before: checkpoint.cost,
            checkpoint,
        }
    }

    async fn run(&mut self) -> Result<(), DatabaseError> {
        let mut reader = match self.context.scanner.open(&self.target.database).await {
            Ok(reader) => reader,
            Err(error) => {
                if error.is_transient() {
                    self.context.set_away();
                }
                return Err(error.into());
            }
        };
        let outcome = self.read_and_merge(&mut *reader).await;
        self.count_cost(&*reader);
        reader.close().await;
        outcome
    }

    async fn read_and_merge(
        &mut self,
        reader: &mut dyn DatabaseReader,
    ) -> Result<(), DatabaseError> {
        self.testify(reader).await?;
        let begun = match self.checkpoint.begun.clone() {
            Some(begun) => {
                self.verify(self.key(&begun)).await?;
                begun
            }
            None => self.begin(reader).await?,
        };
        let key = self.key(&begun);
        self.compare(reader, key).await?;
        self.stage(reader, key).await?;
        if self.checkpoint.identities.is_none() {
            // What was renamed is concluded from what is staged, and from what is not.
            self.testify(reader).await?;
        }
        let merge = self.merge(key).await?;
        self.merge_batches(merge, begun.batch_size).await?;
        if self.is_complete() {
            self.list_afresh(reader, merge.key).await?;
        }
        self.testify(reader).await?;
        self.conclude(reader, merge).await
    }

    /// Settles what all attempts at the database have in common.
    async fn begin(&mut self, reader: &mut dyn DatabaseReader) -> Result<Begun, DatabaseError> {
        let missing_grants = reader.missing_grants().await?;
        self.count_cost(reader);
        let mut tx = self.begin_transaction().await?;
        let datasource = self.context.datasource;
        let database_id = databases::ensure(&mut tx, datasource, &self.target.database).await?;
        let begun = Begun {
            database_id,
            batch_size: self.context.config.batch_size,
            missing_grants,
            is_incremental: self.is_incremental(&mut tx, database_id).await?,
        };
        self.checkpoint.begun = Some(begun.clone());
        self.commit(tx).await?;
        Ok(begun)
    }

    /// Whether to read only what changed: where everything was read before, and not too long ago.
    async fn is_incremental(&self, tx: &mut Tx, database_id: i64) -> Result<bool, StoreError> {
        if self.context.mode == ScanMode::Full || !self.has_digests() {
            return Ok(false);
        }
        let scans = digests::incremental_scans(tx, database_id).await?;
        let full_every = i64::from(self.context.config.full_every);
        Ok(scans.is_some_and(|scans| i64::from(scans) + 1 < full_every))
    }

    /// Whether the tables' digests are read: they are of whole tables.
    fn has_digests(&self) -> bool {
        self.is_complete() && self.context.with_fields
    }

    /// Makes sure that what an earlier attempt staged is still there: a crash of the store empties
    /// the staging tables. Then the database is read anew.
    async fn verify(&mut self, key: StagingKey) -> Result<(), DatabaseError> {
        let mut tx = self.begin_transaction().await?;
        if staging::count(&mut tx, key).await? == self.checkpoint.staged() {
            return Ok(());
        }
        let database = &self.target.database;
        tracing::warn!(
            scan_id = key.scan_id,
            database,
            "what was staged is lost, reading it again"
        );
        self.checkpoint.restart();
        Ok(self.commit(tx).await?)
    }

    async fn merge(&self, key: StagingKey) -> Result<Merge, DatabaseError> {
        let mut tx = self.begin_transaction().await?;
        Ok(Merge {
            key,
            with_fields: self.context.with_fields,
            records_changes: changes::has_baseline(&mut tx, key.database_id).await?,
            keeps_digests: !self.checkpoint.has_gaps(),
            identities: Identities::SayNothing,
        })
    }

    /// Gives the database up: `error` is its failure.
    async fn fail(&mut self, error: String) -> Result<(), WorkError> {
        self.add_failure(None, error);
        self.finish(self.begin_transaction().await?).await
    }

    /// Makes a transaction permanent after which nothing is left to do for the database.
    async fn finish(&mut self, tx: Tx) -> Result<(), WorkError> {
        self.checkpoint.is_finished = true;
        self.commit(tx).await?;
        // No attempt asks for it any more: what is left if this does not happen goes with the job.
        let mut tx = self.begin_transaction().await?;
        self.clear_staged(&mut tx).await?;
        Ok(tx.commit().await?)
    }

    async fn begin_transaction(&self) -> Result<Tx, StoreError> {
        let run = self.context.run;
        run.store.begin(run.tenant).await
    }

    /// Makes a transaction permanent together with the checkpoint, which tells of it, and shows how far
    /// the scan has come.
    async fn commit(&self, mut tx: Tx) -> Result<(), WorkError> {
        let (run, tracker) = (self.context.run, self.context.tracker);
        run.hold(&mut tx).await?;
        let (database, checkpoint) = (&self.target.database, &self.checkpoint);
        checkpoints::save(&mut tx, tracker.scan_id(), database, checkpoint).await?;
        if checkpoint.staged() == Rows::default() {
            // What is there nevertheless was staged under a checkpoint that is of no use.
            self.clear_staged(&mut tx).await?;
        }
        tx.commit().await?;
        tracker.update(run, database, checkpoint.progress()).await
    }

    async fn clear_staged(&self, tx: &mut Tx) -> Result<(), StoreError> {
        let Some(begun) = &self.checkpoint.begun else {
            return Ok(());
        };
        let key = self.key(begun);
        staging::clear(tx, key.scan_id, Some(key.database_id)).await
    }

    /// Takes over what the session has cost so far.
    fn count_cost(&mut self, reader: &dyn DatabaseReader) {
        let mut cost = self.cost_before;
        cost.add(reader.cost());
        self.checkpoint.cost = cost;
    }

    fn key(&self, begun: &Begun) -> StagingKey {
        StagingKey {
            scan_id: self.context.tracker.scan_id(),
            database_id: begun.database_id,
        }
    }

    /// Whether all tables are read, so that what is not among them is gone.
    fn is_complete(&self) -> bool {
        self.target.tables.is_none()
    }

    fn add_failure(&mut self, table: Option<String>, error: String) {
        self.checkpoint.failures.push(ScanFailure {
            database: self.target.database.clone(),
            table,
            error,
        });
    }
}
