//! `SQL_SYNC`: the sync table of a pipeline is filled with what a query answers.

use std::time::{Duration, Instant};

use async_trait::async_trait;
use catalog::failed_rows::{self, NewFailedRow};
use catalog::fields;
use db::{Connection, StoreError};
use jobs::log::{End, Progress};
use jobs::{Aborted, HoldError, Run, Work, WorkError};
use models::details::{KeyKind, TableDetails, TableName};
use models::job::{JobStatus, JobType};
use models::pipeline::{Fill as Wanted, FillMode, SqlFill};
use models::sync_log::Cost;
use scan::session::{Reading, Writing};
use transfer::{Failed, Fill, FillError, FillTable, Order, Step, TargetColumn};

use super::moving::{self, Halt, Place};
use super::pipeline::{self, DELETED, Done};
use crate::config::TransferConfig;
use crate::service::Service;

/// Progress is written at most this often.
const AT_MOST_EVERY: Duration = Duration::from_millis(500);

/// The most columns that a table can have, of any engine.
const COLUMNS: i64 = 10_000;

/// The work of a `sql` fill.
#[derive(Debug)]
pub(crate) struct SqlSync {
    pub(crate) service: Service,
    pub(crate) config: TransferConfig,
}

#[async_trait]
impl Work for SqlSync {
    fn job_type(&self) -> JobType {
        JobType::SqlSync
    }

    async fn run(&self, run: &Run) -> Result<(), WorkError> {
        let mut filled = Filled::new(self.config.failed_rows_kept);
        let end = match self.fill(run, &mut filled).await {
            Ok(()) => filled.end(),
            Err(Halt::Work(error)) => return Err(error),
            Err(Halt::Job(error)) => filled.broken(error),
        };
        pipeline::finish(&self.service, run, &end, Done::Synced).await
    }

    async fn lock(&self, conn: &mut Connection, run: &Run) -> Result<(), StoreError> {
        pipeline::lock(conn, run).await
    }

    async fn aborted(&self, _: &mut Connection, _: &Run, _: Aborted<'_>) -> Result<(), StoreError> {
        // The rows that failed stay with the job; another attempt forgets them.
        Ok(())
    }
}

impl SqlSync {
    async fn fill(&self, run: &Run, filled: &mut Filled) -> Result<(), Halt> {
        let pipeline = pipeline::pipeline(run).await?;
        let pipeline = pipeline.ok_or_else(|| Halt::Job(DELETED.to_owned()))?;
        let Wanted::Sql(wanted) = &pipeline.fill else {
            return Err(Halt::Job(
                "the pipeline is not filled by a query any more".to_owned(),
            ));
        };
        let place = moving::place(run, pipeline.sync_table_id).await?;
        let order = order(run, &place, wanted).await?;
        let source = moving::source(&self.service, run, &self.config, wanted.resource_id).await?;
        let target = moving::writable(&self.service, run, &self.config, place.datasource).await?;
        filled.is_undone = wanted.mode == FillMode::Replace;
        filled.begin(run).await?;
        let mut reading = Reading::open(&source, &wanted.database)
            .await
            .map_err(FillError::from)?;
        let mut writing = Writing::open(&target, &place.database)
            .await
            .map_err(FillError::from)?;
        {
            let answer = reading
                .ask(&wanted.query, &[])
                .await
                .map_err(FillError::from)?;
            let mut fill = Fill::begin(answer, &mut writing, order).await?;
            while let Some(step) = fill.step().await? {
                filled.add(run, step).await?;
            }
            fill.finish().await?;
        }
        filled.cost.add(reading.cost());
        filled.cost.add(writing.cost());
        reading.close().await;
        writing.close().await;
        Ok(())
    }
}

/// What the catalog says of the table that is filled.
async fn order(run: &Run, place: &Place, wanted: &SqlFill) -> Result<Order, Halt> {
    let table = &place.table.table;
    let mut tx = run.store.begin(run.tenant).await?;
    let fields = fields::list(&mut tx, table.id, fields::Filter::default(), None, COLUMNS).await?;
    let columns = fields.into_iter().map(|field| TargetColumn {
        name: field.field_name,
        data_type: field.data_type,
        column_type: field.column_type,
        is_generated: field.generation_kind.is_some(),
        is_nullable: field.is_nullable,
    });
    Ok(Order {
        table: FillTable {
            database: place.database.clone(),
            name: TableName {
                table_schema: table.table_schema.clone(),
                table_name: table.table_name.clone(),
            },
            engine: table.engine.clone(),
            columns: columns.collect(),
            unique_keys: unique_keys(&place.table.details),
        },
        mapping: wanted.mapping.clone(),
        key: wanted.key.clone(),
        mode: wanted.mode,
    })
}

/// The columns of each key and index that lets no two rows have the same values: not of those that hold for some rows,
/// for expressions or beginnings of values, or at the end of a transaction only.
fn unique_keys(details: &TableDetails) -> Vec<Vec<String>> {
    let keys = details.keys.iter().filter(|key| {
        matches!(key.kind, KeyKind::Primary | KeyKind::Unique)
            && !key.deferrable
            && key.definition.is_none()
    });
    let keys = keys.map(|key| key.columns.clone());
    let of_deferred = |name: &str| {
        details
            .keys
            .iter()
            .any(|key| key.deferrable && key.name == name)
    };
    let indexes = details.indexes.iter().filter(|index| {
        index.unique && index.valid && index.predicate.is_none() && !of_deferred(&index.name)
    });
    let indexes = indexes.filter_map(|index| {
        let columns = index.columns.iter().map(|column| {
            column
                .name
                .clone()
                .filter(|_| column.prefix_length.is_none())
        });
        columns.collect()
    });
    keys.chain(indexes).collect()
}

/// What has become of a fill so far.
#[derive(Debug)]
struct Filled {
    written: i64,
    failed: i64,
    /// How many rows that fail are kept, with those that are.
    most_kept: i64,
    /// Whether what was written goes again where the fill does not come to its end.
    is_undone: bool,
    cost: Cost,
    told: Instant,
}

impl Filled {
    fn new(most_kept: u32) -> Self {
        Self {
            written: 0,
            failed: 0,
            most_kept: i64::from(most_kept),
            is_undone: false,
            cost: Cost::default(),
            told: Instant::now(),
        }
    }

    /// Forgets what an earlier attempt kept.
    async fn begin(&self, run: &Run) -> Result<(), Halt> {
        let mut tx = run.store.begin(run.tenant).await?;
        run.hold(&mut tx).await?;
        failed_rows::clear(&mut tx, run.job_id).await?;
        self.tell(run, &mut tx).await?;
        Ok(tx.commit().await?)
    }

    /// Counts rows that failed; those that there is still room to keep.
    fn keep(&mut self, failed: Vec<Failed>) -> Vec<NewFailedRow> {
        let room = usize::try_from(self.most_kept - self.failed).unwrap_or(0);
        self.failed += i64::try_from(failed.len()).unwrap_or(i64::MAX);
        let kept = failed.into_iter().take(room).map(|row| NewFailedRow {
            row_key: row.key,
            reason: row.reason,
        });
        kept.collect()
    }

    /// Counts what became of a batch, and keeps the rows that failed.
    async fn add(&mut self, run: &Run, step: Step) -> Result<(), Halt> {
        self.written += i64::try_from(step.written).unwrap_or(i64::MAX);
        let kept = self.keep(step.failed);
        if kept.is_empty() && self.told.elapsed() < AT_MOST_EVERY {
            return Ok(());
        }
        self.told = Instant::now();
        let mut tx = run.store.begin(run.tenant).await?;
        if !kept.is_empty() {
            failed_rows::add(&mut tx, run.job_id, &kept).await?;
        }
        self.tell(run, &mut tx).await?;
        Ok(tx.commit().await?)
    }

    /// Writes how far it has come, or ends an attempt that another one has taken the place of.
    async fn tell(&self, run: &Run, conn: &mut Connection) -> Result<(), Halt> {
        let progress = Progress {
            total: None,
            processed: self.written,
            message: Some(format!(
                "{} rows written, {} refused",
                self.written, self.failed
            )),
        };
        if run.set_progress(conn, &progress).await? {
            Ok(())
        } else {
            Err(HoldError::TakenOver.into())
        }
    }

    /// The end of a fill that broke off.
    fn broken(&self, error: String) -> End {
        End {
            records_processed: if self.is_undone { 0 } else { self.written },
            records_failed: self.failed,
            ..End::failed(error)
        }
    }

    fn end(&self) -> End {
        let status = match (self.written, self.failed) {
            (_, 0) => JobStatus::Success,
            (0, _) => JobStatus::Failed,
            _ => JobStatus::Partial,
        };
        // Not which ones and why: that holds values, which not all who see jobs may see.
        let details = (self.failed > 0).then(|| {
            let all = self.failed + self.written;
            format!(
                "{} of {all} rows were refused; the failed rows of the job tell which and why",
                self.failed
            )
        });
        End {
            status,
            records_total: Some(self.written + self.failed),
            records_processed: self.written,
            records_failed: self.failed,
            error_details: details,
            result: Some(serde_json::json!({ "cost": self.cost })),
        }
    }
}

#[cfg(test)]
mod tests {
    use models::details::{Index, IndexColumn, Key};

    use super::*;

    fn details() -> TableDetails {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let column = |name: &str| IndexColumn {
            name: Some(name.to_owned()),
            ..IndexColumn::default()
        };
        let index = |name: &str, columns: Vec<IndexColumn>| Index {
            name: name.to_owned(),
            unique: true,
            valid: true,
            columns,
            ..Index::default()
        };
        let mut deferred = Key::new("late".to_owned(), KeyKind::Unique, names(&["late"]));
        deferred.deferrable = true;
        let mut partial = index("some", vec![column("some")]);
        partial.predicate = Some("some > 0".to_owned());
        let mut prefix = index("begin", vec![column("begin")]);
        prefix.columns[0].prefix_length = Some(3);
        TableDetails {
            keys: vec![
                Key::new("pk".to_owned(), KeyKind::Primary, names(&["a", "b"])),
                Key::new("fk".to_owned(), KeyKind::Foreign, names(&["c"])),
                deferred,
            ],
            indexes: vec![
                index("two", vec![column("c"), column("d")]),
                index("late", vec![column("late")]),
                index("made", vec![IndexColumn::default()]),
                partial,
                prefix,
            ],
            ..TableDetails::default()
        }
    }

    #[test]
    fn what_may_be_there_twice_is_no_key() {
        assert_eq!(unique_keys(&details()), [["a", "b"], ["c", "d"]]);
    }

    #[test]
    fn a_fill_ends_as_well_as_its_rows() {
        let mut filled = Filled::new(5);
        assert_eq!(filled.end().status, JobStatus::Success);
        filled.failed = 2;
        assert_eq!(filled.end().status, JobStatus::Failed);
        filled.written = 3;
        let end = filled.end();
        assert_eq!(
            (end.status, end.records_total),
            (JobStatus::Partial, Some(5))
        );
        let details = end.error_details.expect("some were refused");
        assert!(details.starts_with("2 of 5 rows were refused"), "{details}");
    }

    #[test]
    fn a_fill_that_breaks_off_has_written_what_stays() {
        let mut filled = Filled::new(5);
        (filled.written, filled.failed) = (3, 1);
        let end = filled.broken("the server is gone".to_owned());
        assert_eq!(end.status, JobStatus::Failed);
        assert_eq!((end.records_processed, end.records_failed), (3, 1));
        assert_eq!(end.error_details.as_deref(), Some("the server is gone"));
        filled.is_undone = true;
        assert_eq!(filled.broken(String::new()).records_processed, 0);
    }

    #[test]
    fn so_many_rows_that_fail_are_kept_and_all_are_counted() {
        let failed = |count: usize| {
            let row = Failed {
                key: "id=1".to_owned(),
                reason: "no".to_owned(),
            };
            vec![row; count]
        };
        let mut filled = Filled::new(5);
        let kept = [3, 3, 3].map(|count| filled.keep(failed(count)).len());
        assert_eq!((kept, filled.failed), ([3, 2, 0], 9));
    }
}
