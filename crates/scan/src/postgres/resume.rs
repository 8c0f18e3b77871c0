//! Statements that print expressions, and go on after what the server cannot print.
//!
//! To print an expression the server looks up and locks the table that it belongs to: it waits for
//! whoever changes that table, fails when the table is dropped meanwhile, and fails on damaged
//! catalog rows. One such thing would end the statement.

use sqlx::AssertSqlSafe;

use super::row::Row;
use super::scope::Scope;
use super::session::Session;
use super::{errors, server};
use crate::produce::Out;
use crate::{FailureRecord, Record, ScanError};

/// How often a statement may go on after something that the server could not print.
const RESUMES: usize = 20;

/// What is said of what is not printed because of a lock.
const LOCKED: &str = "another session holds an exclusive lock, or waits for one";

/// A statement whose rows come in the order of two numbers that they begin with, followed by
/// whether something was not printed, and by what `record` takes.
///
/// Its parameters: `$1` a [`Scope`], `$2` oids of tables of which nothing is to be printed, `$3` and
/// `$4` the numbers after which to begin, `$5` whether to print nothing of the first row.
pub(super) struct Source<'a> {
    /// What is read, for messages.
    pub(super) what: &'static str,
    /// The statement, for the newest version.
    pub(super) statement: &'static str,
    /// `$1`.
    pub(super) scope: Scope<'a>,
    /// `$2`.
    pub(super) blocked: &'a [i64],
    /// The record of a row.
    pub(super) record: fn(&Row) -> Result<Record, ScanError>,
}

/// Streams the records of a statement, with a failure beside each that lacks what was not printed.
pub(super) async fn read(
    session: &mut Session,
    source: Source<'_>,
    mut out: Out,
) -> Result<(), ScanError> {
    let statement = server::fit(source.statement, session.version());
    let mut after = (0, 0);
    let mut trouble: Option<String> = None;
    let mut is_bare = false;
    for _ in 0..=RESUMES {
        let started_after = after;
        let query = sqlx::query(AssertSqlSafe(&*statement))
            .bind(source.scope.parameter())
            .bind(source.blocked)
            .bind(after.0)
            .bind(after.1)
            .bind(is_bare);
        let mut rows = session.rows(source.what, query)?;
        let failure = loop {
            match rows.next().await {
                Ok(Some(row)) => {
                    after = (
                        row.number()?.unwrap_or_default(),
                        row.number()?.unwrap_or_default(),
                    );
                    let lacks = row.flag()?;
                    let record = (source.record)(&row)?;
                    // The first row is the one that made the trouble.
                    let reason = trouble.take();
                    if lacks {
                        let error = reason.as_deref().unwrap_or(LOCKED);
                        out.send(Record::Failure(failed(&record, error))).await;
                    }
                    out.send(record).await;
                }
                Ok(None) => return Ok(()),
                Err(failure) => break failure,
            }
        };
        let is_stuck = after == started_after;
        if failure.at_object.is_none() || (is_bare && is_stuck) {
            return Err(failure.error);
        }
        tracing::debug!(?after, error = %failure.error, "going on after what cannot be printed");
        // Something that was dropped meanwhile makes no trouble the second time. A lock is not waited for twice.
        is_bare = is_stuck || failure.is_locked;
        trouble = failure.at_object;
    }
    Err(errors::statement(
        source.what,
        "too many of them cannot be printed",
    ))
}

/// What to tell of a record that is not whole.
fn failed(record: &Record, error: &str) -> FailureRecord {
    let (schema, what) = match record {
        Record::Key(key) => (
            &key.schema,
            format!("constraint {} of {}", key.key.name, key.table),
        ),
        Record::Check(check) => (
            &check.schema,
            format!("constraint {} of {}", check.check.name, check.table),
        ),
        Record::Index(index) => (&index.schema, format!("index {}", index.index.name)),
        Record::Trigger(trigger) => (
            &trigger.schema,
            format!("trigger {} of {}", trigger.trigger.name, trigger.table),
        ),
        Record::Partition(part) => (&part.schema, format!("partition key of {}", part.table)),
        Record::Field(field) => (
            &field.schema,
            format!("field {} of {}", field.name, field.table),
        ),
        Record::Object(object) => (
            &object.schema,
            format!("{} {}", object.kind.to_lowercase(), object.name),
        ),
        Record::Table(table) => (&table.schema, format!("table {}", table.name)),
        Record::Dependency(dependency) => (&dependency.schema, format!("view {}", dependency.view)),
        Record::Identity(table) => (&table.table_schema, format!("table {}", table.table_name)),
        Record::Digest(digest) => (&digest.schema, format!("digest of {}", digest.table)),
        Record::Failure(failure) => (&failure.schema, failure.what.clone()),
    };
    FailureRecord {
        schema: schema.clone(),
        what,
        error: format!("its expressions could not be read in full: {error}"),
    }
}
