//! The deep scan of one database: read into staging, merge in batches, decide what is gone.

use catalog::merge::{self, Merge, Merged};
use catalog::staging::{self, StagingError, StagingKey};
use catalog::{changes, databases};
use db::StoreError;
use models::scan::{ChangeCounts, MissingGrant, ScanFailure, ScanTarget};
use models::sync_log::Cost;
use scan::{DatabaseReader, Part, ScanError, Selection};

use super::deep_scan::Context;

/// Failures beyond this number are counted and not listed: a row of history stays readable.
const MOST_FAILURES: i64 = 1000;

/// What the scan of one database brought.
#[derive(Debug, Default)]
pub(super) struct Scanned {
    pub(super) changes: ChangeCounts,
    pub(super) failures: Vec<ScanFailure>,
    pub(super) missing_grants: Vec<MissingGrant>,
    pub(super) cost: Cost,
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
    /// The store's fault: the whole job fails.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<StagingError> for DatabaseError {
    fn from(error: StagingError) -> Self {
        match error {
            StagingError::Scan(error) => Self::Scan(error),
            StagingError::Store(error) => Self::Store(error),
            StagingError::Json(error) => Self::Unstorable(error.to_string()),
        }
    }
}

/// Scans one database. Only the store's failures are errors: a database that cannot be read is a
/// failure in the result.
pub(super) async fn scan_database(
    context: &Context<'_>,
    target: &ScanTarget,
) -> Result<Scanned, StoreError> {
    let mut scanned = Scanned::default();
    let mut reader = match context.scanner.open(&target.database).await {
        Ok(reader) => reader,
        Err(error) => {
            scanned
                .failures
                .push(failure(target, None, error.to_string()));
            return Ok(scanned);
        }
    };
    let outcome = read_and_merge(context, target, &mut *reader, &mut scanned).await;
    scanned.cost = reader.cost();
    reader.close().await;
    match outcome {
        Ok(()) => Ok(scanned),
        Err(DatabaseError::Store(error)) => Err(error),
        Err(error) => {
            scanned
                .failures
                .push(failure(target, None, error.to_string()));
            Ok(scanned)
        }
    }
}

async fn read_and_merge(
    context: &Context<'_>,
    target: &ScanTarget,
    reader: &mut dyn DatabaseReader,
    scanned: &mut Scanned,
) -> Result<(), DatabaseError> {
    let run = context.run;
    let mut tx = run.store.begin(run.tenant).await?;
    let database_id = databases::ensure(&mut tx, context.datasource, &target.database).await?;
    let merge = Merge {
        key: StagingKey {
            scan_id: context.tracker.scan_id(),
            database_id,
        },
        with_fields: context.with_fields,
        records_changes: changes::has_baseline(&mut tx, database_id).await?,
    };
    tx.commit().await?;
    scanned.missing_grants = reader.missing_grants().await?;
    let outcome = async {
        let staged = stage(context, target, reader, merge.key).await?;
        merge_batches(context, merge, &staged, scanned).await?;
        if target.tables.is_none() {
            list_afresh(context, reader, merge.key).await?;
        }
        conclude(context, target, merge, scanned).await
    }
    .await;
    staging::clear(run.store.pool(), merge.key.scan_id, Some(database_id)).await?;
    outcome
}

/// How many rows of the parts that are counted were staged.
#[derive(Debug, Default)]
struct Staged {
    tables: u64,
    fields: u64,
}

/// Streams each part of the database into staging.
async fn stage(
    context: &Context<'_>,
    target: &ScanTarget,
    reader: &mut dyn DatabaseReader,
    key: StagingKey,
) -> Result<Staged, DatabaseError> {
    let selection = match &target.tables {
        Some(tables) => Selection::Tables(tables.clone()),
        None => Selection::All,
    };
    let pool = context.run.store.pool();
    let mut staged = Staged::default();
    for part in Part::CONTENT {
        // What is no table belongs to the whole database.
        if (part != Part::Tables && !context.with_fields)
            || (part == Part::Objects && target.tables.is_some())
        {
            continue;
        }
        let rows = staging::load(pool, key, part, reader.read(part, &selection)).await?;
        match part {
            Part::Tables => {
                staged.tables = rows;
                let found = i64::try_from(rows).unwrap_or(i64::MAX);
                let add = |total: Option<i64>| Some(total.unwrap_or(0) + found);
                context
                    .tracker
                    .update(context.run, |progress| {
                        progress.tables_total = add(progress.tables_total);
                    })
                    .await?;
            }
            Part::Fields => staged.fields = rows,
            _ => {}
        }
    }
    staging::analyze(pool).await?;
    Ok(staged)
}

/// Merges what was staged, each batch in a transaction of its own, and checks that it all adds up.
async fn merge_batches(
    context: &Context<'_>,
    merge: Merge,
    staged: &Staged,
    scanned: &mut Scanned,
) -> Result<(), DatabaseError> {
    let run = context.run;
    let mut sum = Merged::default();
    for range in merge::batches(staged.tables, context.batch_size) {
        let mut tx = run.store.begin(run.tenant).await?;
        let merged = merge::batch(&mut tx, merge, range).await?;
        tx.commit().await?;
        sum.add(merged);
        context
            .tracker
            .update(run, |progress| {
                progress.tables_scanned += merged.tables.found;
                progress.fields_scanned += merged.fields.written + merged.fields.unchanged;
            })
            .await?;
    }
    scanned.changes.added += sum.tables.added + sum.fields.added + sum.revived;
    scanned.changes.changed += sum.tables.changed + sum.fields.changed;
    sum.reconcile(staged.tables, staged.fields)
        .map_err(DatabaseError::Totals)
}

/// Lists the tables once more: what was dropped while the rest was read is gone, what was made
/// meanwhile is not, and a listing that fails removes nothing.
async fn list_afresh(
    context: &Context<'_>,
    reader: &mut dyn DatabaseReader,
    key: StagingKey,
) -> Result<(), DatabaseError> {
    let pool = context.run.store.pool();
    let identities = reader.read(Part::Identities, &Selection::All);
    staging::load(pool, key, Part::Identities, identities).await?;
    Ok(())
}

/// Decides what is gone, and lists what could not be read.
async fn conclude(
    context: &Context<'_>,
    target: &ScanTarget,
    merge: Merge,
    scanned: &mut Scanned,
) -> Result<(), DatabaseError> {
    let run = context.run;
    let key = merge.key;
    let complete = target.tables.is_none();
    let mut tx = run.store.begin(run.tenant).await?;
    let listed = complete.then_some(context.schemas);
    let removed = merge::removals(&mut tx, merge, listed).await?;
    if complete && merge.with_fields {
        let objects = merge::objects(&mut tx, merge).await?;
        scanned.changes.added += objects.tally.added;
        scanned.changes.changed += objects.tally.changed;
        scanned.changes.removed += objects.removed;
        changes::create_baseline(&mut tx, key.database_id, key.scan_id).await?;
        databases::set_scanned(&mut tx, key.database_id).await?;
    }
    tx.commit().await?;
    scanned.changes.removed += removed.marked;
    scanned
        .failures
        .extend(staging::failures(run.store.pool(), key, &target.database, MOST_FAILURES).await?);
    if let Some(selectors) = &target.tables {
        for selector in staging::unmatched(run.store.pool(), key, selectors).await? {
            let patterns = if context.schemas.takes_all() {
                ""
            } else {
                ", or the data source's patterns leave out its schema"
            };
            let error = format!("there is no such table, or the login may not see it{patterns}");
            scanned
                .failures
                .push(failure(target, Some(selector), error));
        }
    }
    if removed.doubted > 0 {
        let error = format!(
            "{} tables are no longer listed, half or more of them at once, so none was marked as removed: \
             check the login's rights",
            removed.doubted
        );
        scanned
            .failures
            .push(failure(target, Some("*".to_owned()), error));
    }
    context
        .tracker
        .update(run, |progress| progress.databases_scanned += 1)
        .await?;
    Ok(())
}

fn failure(target: &ScanTarget, table: Option<String>, error: String) -> ScanFailure {
    ScanFailure {
        database: target.database.clone(),
        table,
        error,
    }
}
