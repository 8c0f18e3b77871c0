//! Some rows of a table, read from its server now.

use std::io;
use std::panic::AssertUnwindSafe;

use catalog::previews::{self, Ended, NewPreview};
use catalog::{databases, datasources, fields, tables};
use chrono::{DateTime, Utc};
use db::Tx;
use futures::FutureExt;
use models::TenantId;
use models::field::Field;
use models::page::DEFAULT_LIMIT;
use models::preview::{CutValue, GREATEST_EXACT, MAX_ROWS, Preview, PreviewColumn, Truncation};
use models::table::Table;
use scan::{Caps, Cell, Column, Condition, PreviewRequest, Stop, choose, scanner};
use serde_json::Value;
use service_kit::auth::Caller;
use service_kit::problem::Reply;
use tracing::Instrument;

use super::Service;
use crate::error::Error;

/// More columns than a table can have on any server.
const ALL_COLUMNS: i64 = 5_000;

/// What a caller wants to see, as it was asked for.
#[derive(Debug)]
pub(crate) struct Wanted {
    pub(crate) limit: Option<u32>,
    pub(crate) columns: Option<String>,
    pub(crate) condition: Option<String>,
}

/// A preview that has begun.
struct Begun {
    /// Its row of the record.
    id: i64,
    tenant: TenantId,
    at: DateTime<Utc>,
    datasource_id: i64,
    database: String,
    table: Table,
    request: PreviewRequest,
}

impl Service {
    /// Shows some rows of a table. What was begun goes on when the caller hangs up, so that the record
    /// always says how it ended.
    pub(crate) async fn preview(
        &self,
        caller: &Caller,
        table_id: i64,
        wanted: Wanted,
    ) -> Result<Preview, Error> {
        let begun = self.begin_preview(caller, table_id, wanted).await?;
        let service = self.clone();
        let task = async move {
            let outcome = ended(service.read_preview(&begun)).await;
            // What could not be recorded is not shown.
            service.finish_preview(&begun, &outcome).await?;
            Ok(document(begun, outcome?))
        };
        let task = tokio::spawn(task.in_current_span());
        task.await
            .unwrap_or_else(|panicked| Err(Reply::internal(&panicked).into()))
    }

    /// Checks what is asked against the catalog and records that it is about to be shown.
    async fn begin_preview(
        &self,
        caller: &Caller,
        table_id: i64,
        wanted: Wanted,
    ) -> Result<Begun, Error> {
        let tenant = caller.tenant;
        let mut tx = self.store.begin(tenant).await?;
        let table = living_table(&mut tx, table_id).await?;
        let database = databases::get(&mut tx, table.database_id)
            .await?
            .ok_or_else(|| Error::table_not_found(table_id))?;
        datasources::lock(&mut tx, database.datasource_id).await?;
        let datasource = datasources::get(&mut tx, database.datasource_id)
            .await?
            .ok_or_else(|| Error::table_not_found(table_id))?;
        if datasource.paused {
            return Err(Error::DatasourcePaused(datasource.datasource_name));
        }
        let columns = columns(&mut tx, &table).await?;
        let request = self.preview_request(&table, &columns, wanted)?;
        let names: Vec<_> = request
            .columns
            .iter()
            .map(|column| column.name.clone())
            .collect();
        let outline = request.condition.as_ref().map(Condition::outline);
        let new = NewPreview {
            datasource_id: datasource.id,
            datasource_name: &datasource.datasource_name,
            table_id,
            database_name: &database.database_name,
            table_schema: &table.table_schema,
            table_name: &table.table_name,
            columns: &names,
            condition: outline.as_deref(),
            subject: &caller.subject,
            by_service: caller.service,
        };
        let at_once = datasource
            .options
            .max_connections
            .map_or(self.limits.max_connections, usize::from);
        let id = previews::begin(&mut tx, &new, at_once)
            .await?
            .ok_or_else(|| Error::PreviewsBusy(datasource.datasource_name.clone()))?;
        tx.commit().await?;
        Ok(Begun {
            id,
            tenant,
            at: self.clock.now(),
            datasource_id: datasource.id,
            database: database.database_name,
            table,
            request,
        })
    }

    fn preview_request(
        &self,
        table: &Table,
        columns: &[Column],
        wanted: Wanted,
    ) -> Result<PreviewRequest, Error> {
        let rows = wanted.limit.unwrap_or_else(|| DEFAULT_LIMIT.into());
        if !(1..=u32::from(MAX_ROWS)).contains(&rows) {
            let detail = format!("must be an integer from 1 to {MAX_ROWS}");
            return Err(Error::invalid("/limit", detail));
        }
        let chosen = match wanted.columns {
            Some(list) => choose(&list, columns)
                .map_err(|refusal| Error::invalid("/columns", refusal.to_string()))?,
            None => columns.to_vec(),
        };
        let condition = match wanted.condition {
            Some(text) => Some(
                Condition::parse(&text, columns)
                    .map_err(|refusal| Error::invalid("/where", refusal.to_string()))?,
            ),
            None => None,
        };
        Ok(PreviewRequest {
            table: models::details::TableName {
                table_schema: table.table_schema.clone(),
                table_name: table.table_name.clone(),
            },
            columns: chosen,
            condition,
            caps: Caps {
                rows,
                ..self.preview
            },
        })
    }

    async fn read_preview(&self, begun: &Begun) -> Result<scan::Preview, Error> {
        let target = self.target(begun.tenant, begun.datasource_id).await?;
        let scanner = scanner(target);
        Ok(scanner.preview(&begun.database, &begun.request).await?)
    }

    async fn finish_preview(
        &self,
        begun: &Begun,
        outcome: &Result<scan::Preview, Reply>,
    ) -> Result<(), Error> {
        let ended = match outcome {
            Ok(shown) => Ended::Shown(shown.rows.len(), shown.bytes),
            Err(Reply(problem)) => Ended::Failed(&problem.problem_type),
        };
        let duration = (self.clock.now() - begun.at).num_milliseconds();
        let mut tx = self.store.begin(begun.tenant).await?;
        previews::finish(&mut tx, begun.id, ended, duration).await?;
        tx.commit().await?;
        tracing::info!(
            preview = begun.id,
            table = begun.table.id,
            duration,
            shown = outcome.is_ok(),
            "preview ended"
        );
        Ok(())
    }
}

/// What reading comes to. What has begun has an end to be recorded, also where it panics.
async fn ended<T>(reading: impl Future<Output = Result<T, Error>>) -> Result<T, Reply> {
    match AssertUnwindSafe(reading).catch_unwind().await {
        Ok(outcome) => outcome.map_err(Reply::from),
        Err(_) => Err(Reply::internal(&io::Error::other("reading rows panicked"))),
    }
}

async fn living_table(tx: &mut Tx, id: i64) -> Result<Table, Error> {
    let table = tables::get(tx, id)
        .await?
        .ok_or_else(|| Error::table_not_found(id))?
        .table;
    if table.removed_at.is_some() {
        let name = &table.table_name;
        let detail = format!("the table {name} was no longer there when it was last scanned");
        return Err(Error::TableChanged(detail));
    }
    Ok(table)
}

/// The columns that the catalog names.
async fn columns(tx: &mut Tx, table: &Table) -> Result<Vec<Column>, Error> {
    let fields = fields::list(tx, table.id, fields::Filter::default(), None, ALL_COLUMNS).await?;
    if fields.is_empty() {
        return Err(Error::TableNotScanned(table.table_name.clone()));
    }
    let column = |field: Field| Column {
        name: field.field_name,
        data_type: field.data_type,
        column_type: field.column_type,
    };
    Ok(fields.into_iter().map(column).collect())
}

/// The answer for rows that were read.
fn document(begun: Begun, shown: scan::Preview) -> Preview {
    let columns = begun.request.columns.into_iter().zip(&shown.are_bytes);
    let columns = columns.map(|(column, are_bytes)| PreviewColumn {
        name: column.name,
        data_type: column.data_type,
        column_type: column.column_type,
        encoding: are_bytes.then(|| "hex".to_owned()),
    });
    let mut cut = Vec::new();
    let mut rows = Vec::with_capacity(shown.rows.len());
    for (row, cells) in shown.rows.into_iter().enumerate() {
        let cells = cells.into_iter().enumerate().map(|(column, cell)| {
            if let Cell::Cut(_, total_bytes) = cell {
                cut.push(CutValue {
                    row,
                    column,
                    total_bytes,
                });
            }
            value(cell)
        });
        rows.push(cells.collect());
    }
    Preview {
        table_id: begun.table.id,
        table_schema: begun.table.table_schema,
        table_name: begun.table.table_name,
        columns: columns.collect(),
        rows,
        truncated: shown.stop.is_some(),
        truncated_by: shown.stop.map(|stop| match stop {
            Stop::Rows => Truncation::Rows,
            Stop::Bytes => Truncation::Bytes,
        }),
        cut,
    }
}

fn value(cell: Cell) -> Value {
    match cell {
        Cell::Null => Value::Null,
        Cell::Boolean(truth) => truth.into(),
        Cell::Integer(number) if number.unsigned_abs() <= GREATEST_EXACT => number.into(),
        Cell::Integer(number) => number.to_string().into(),
        Cell::Text(text) | Cell::Cut(text, _) => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[tokio::test]
    async fn a_panic_is_an_end_too() {
        let panics = async { panic!("a test of what a panic does") };
        let Reply(problem) = ended::<()>(panics).await.expect_err("it panics");
        assert_eq!(problem.status, 500);
        let fine = ended(async { Ok(1) }).await;
        assert!(matches!(fine, Ok(1)));
    }

    #[test]
    fn numbers_that_json_does_not_carry_exactly_are_text() {
        for (number, expected) in [
            (0, json!(0)),
            (9_007_199_254_740_991, json!(9_007_199_254_740_991_i64)),
            (9_007_199_254_740_992, json!("9007199254740992")),
            (-9_007_199_254_740_992, json!("-9007199254740992")),
        ] {
            assert_eq!(value(Cell::Integer(number)), expected);
        }
        let cut = Cell::Cut("a".to_owned(), None);
        assert_eq!((value(Cell::Null), value(cut)), (Value::Null, json!("a")));
    }
}
