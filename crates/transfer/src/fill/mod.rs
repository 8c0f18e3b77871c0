//! A table is filled with what a query answers.
//!
//! Rows go through in batches: while one is written the next is read, so that two of them are in memory, whatever the
//! query answers. A batch that the server refuses because of its rows is halved until those are found that are to
//! blame; they are told with the reason, and all others are written.

mod batch;
mod convert;
mod error;
mod mysql;
mod plan;
mod postgres;

use std::ops::Range;
use std::pin::pin;

use futures::future::{Either, select};
use models::pipeline::FillMode;
use scan::session::{Answer, WriteError, Writing};

use self::batch::Batch;
pub use self::error::FillError;
use self::plan::Plan;
pub use self::plan::{FillTable, Order, TargetColumn};

/// A row that was not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    /// The values of its key, or its place in the answer where it has none.
    pub key: String,
    /// Why it was not written.
    pub reason: String,
}

/// What became of one batch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Step {
    /// Rows that were written.
    pub written: u64,
    /// Those that were not.
    pub failed: Vec<Failed>,
}

/// How often a batch is tried that another session stood in the way of.
const TRIES: u32 = 5;

/// A fill under way.
#[derive(Debug)]
pub struct Fill<'a> {
    answer: Answer<'a>,
    writing: &'a mut Writing,
    plan: Plan,
    statements: Statements,
    /// What comes next, or why it does not: rows that were read before it are told of first.
    next: Result<Batch, FillError>,
    place: u64,
    written: u64,
    refused: u64,
}

/// How rows are written.
#[derive(Debug)]
enum Statements {
    Postgres(postgres::Upsert),
    Mysql(mysql::Upsert),
}

impl<'a> Fill<'a> {
    /// Looks at what the query answers and at the table, and begins. Where all rows are to be replaced, those that are
    /// there are deleted in a transaction, which [`Self::finish`] ends.
    ///
    /// # Errors
    /// When the two do not fit, or the server does not take it.
    pub async fn begin(
        answer: Answer<'a>,
        writing: &'a mut Writing,
        order: Order,
    ) -> Result<Self, FillError> {
        let plan = Plan::new(
            answer.headings(),
            order,
            matches!(writing, Writing::Postgres(_)),
        )?;
        let statements = match writing {
            Writing::Postgres(writing) => {
                Statements::Postgres(postgres::Upsert::new(writing, &plan).await?)
            }
            Writing::Mysql(writing) => Statements::Mysql(mysql::Upsert::new(writing, &plan)),
        };
        if plan.order.mode == FillMode::Replace {
            writing.control("begin").await?;
            writing.run(&plan.delete()).await?;
        }
        let mut fill = Self {
            answer,
            writing,
            plan,
            statements,
            next: Ok(Batch::default()),
            place: 0,
            written: 0,
            refused: 0,
        };
        fill.next = Ok(read(&mut fill.answer, &fill.plan, &mut fill.place).await?);
        Ok(fill)
    }

    /// Writes the next batch; None after the last.
    ///
    /// # Errors
    /// When reading or writing cannot go on.
    pub async fn step(&mut self) -> Result<Option<Step>, FillError> {
        let mut batch = std::mem::replace(&mut self.next, Ok(Batch::default()))?;
        if batch.is_empty() {
            return Ok(None);
        }
        let mut step = Step {
            written: 0,
            failed: std::mem::take(&mut batch.failed),
        };
        self.next = {
            let reading = pin!(read(&mut self.answer, &self.plan, &mut self.place));
            let mut writer = Writer {
                writing: &mut *self.writing,
                statements: &self.statements,
                plan: &self.plan,
            };
            let writing = pin!(writer.write(&batch, &mut step));
            match select(reading, writing).await {
                Either::Left((next, writing)) => {
                    writing.await?;
                    next
                }
                // Nobody waits for more rows that cannot be written.
                Either::Right((written, reading)) => {
                    written?;
                    reading.await
                }
            }
        };
        self.written += step.written;
        self.refused += step.failed.len() as u64;
        Ok(Some(step))
    }

    /// Ends the fill: from here on others see what was replaced. Where each row was refused, nothing is: the rows that
    /// were there stay, since an empty table is not what the query answers.
    ///
    /// # Errors
    /// When the server does not take it.
    pub async fn finish(self) -> Result<(), FillError> {
        if self.plan.order.mode == FillMode::Replace {
            let is_vain = self.written == 0 && self.refused > 0;
            let end = if is_vain { "rollback" } else { "commit" };
            self.writing.control(end).await?;
        }
        Ok(())
    }
}

/// Reads the next batch.
async fn read(answer: &mut Answer<'_>, plan: &Plan, place: &mut u64) -> Result<Batch, FillError> {
    let mut batch = Batch::default();
    while batch.has_room() {
        let Some(row) = answer.next().await? else {
            break;
        };
        *place += 1;
        batch.take(&row, plan, *place)?;
    }
    Ok(batch)
}

/// Writes one batch.
struct Writer<'a> {
    writing: &'a mut Writing,
    statements: &'a Statements,
    plan: &'a Plan,
}

impl Writer<'_> {
    /// Writes the rows of a batch in their order, and finds those that cannot be written.
    async fn write(&mut self, batch: &Batch, step: &mut Step) -> Result<(), FillError> {
        let mut ranges = Vec::from([Range {
            start: 0,
            end: batch.rows.len(),
        }]);
        while let Some(range) = ranges.pop() {
            if range.is_empty() {
                continue;
            }
            match self.write_range(batch, range.clone()).await {
                Ok(()) => step.written += range.len() as u64,
                Err(WriteError::Rows { code, message }) if range.len() == 1 => {
                    let reason = error::reason(&code, &message);
                    step.failed
                        .push(self.plan.failed(&batch.rows[range.start], reason));
                }
                Err(WriteError::Rows { .. }) => {
                    let middle = range.start + range.len() / 2;
                    // The first half is on top.
                    ranges.push(middle..range.end);
                    ranges.push(range.start..middle);
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// Writes some rows by one statement, again where another session stood in the way. All of them are written or none.
    async fn write_range(&mut self, batch: &Batch, range: Range<usize>) -> Result<(), WriteError> {
        let in_transaction = self.plan.order.mode == FillMode::Replace;
        // A deadlock undoes the whole transaction.
        let tries = if in_transaction { 1 } else { TRIES };
        for _ in 1..tries {
            match self.write_once(batch, range.clone()).await {
                Err(WriteError::Conflict { .. }) => {}
                outcome => return outcome,
            }
        }
        if in_transaction {
            self.write_marked(batch, range).await
        } else {
            self.write_once(batch, range).await
        }
    }

    /// The same in a transaction: on `PostgreSQL` it must go on from before a statement that failed.
    async fn write_marked(&mut self, batch: &Batch, range: Range<usize>) -> Result<(), WriteError> {
        if matches!(self.writing, Writing::Mysql(_)) {
            return self.write_once(batch, range).await;
        }
        self.writing.control("savepoint plumbline").await?;
        let outcome = self.write_once(batch, range).await;
        match &outcome {
            Err(WriteError::Rows { .. }) => {
                self.writing
                    .control("rollback to savepoint plumbline")
                    .await?;
                self.writing.control("release savepoint plumbline").await?;
            }
            Ok(()) => self.writing.control("release savepoint plumbline").await?,
            Err(_) => {}
        }
        outcome
    }

    async fn write_once(&mut self, batch: &Batch, range: Range<usize>) -> Result<(), WriteError> {
        let rows = &batch.rows[range];
        match (&mut *self.writing, self.statements) {
            (Writing::Postgres(writing), Statements::Postgres(upsert)) => {
                upsert.write(writing, rows).await
            }
            (Writing::Mysql(writing), Statements::Mysql(upsert)) => {
                upsert.write(writing, rows).await
            }
            // The statements were made for this session.
            _ => Ok(()),
        }
    }
}
