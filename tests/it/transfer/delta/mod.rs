//! How far one table is behind another: each server has the sync table of all.

mod alike;
mod broken;
mod counts;
mod keys;
mod loading;
mod watermarks;

use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use futures::TryStreamExt;
use models::Clock;
use scan::{Part, Record, Selection, scanner};
use test_support::{Server, Source};
use transfer::delta::{Column, DeltaError, Measured, Method, Place, Request, measure};

/// One line for each server runs these on it.
macro_rules! suite {
    ($module:ident, $server:ident) => {
        test_support::suite! { $module, $server,
            alike { what_is_kept_differently_is_the_same, empty_tables_are_compared }
            broken {
                a_column_that_is_gone_is_told,
                columns_that_cannot_be_compared_are_told_before_anything_is_asked,
                a_measurement_has_its_time,
            }
            counts { rows_are_counted, rows_that_were_deleted_show }
            keys {
                keys_of_every_type_meet_on_every_server,
                keys_of_several_columns_meet_on_every_server,
                what_is_odd_about_keys_is_told,
                many_keys_are_compared,
            }
            loading { a_row_that_is_processed_while_it_is_counted_does_not_wait }
            watermarks {
                rows_that_are_newer_wait,
                a_row_of_the_same_second_does_not_wait_for_ever,
                numbers_are_watermarks_too,
                what_is_odd_about_watermarks_is_told,
                a_newest_value_that_is_none_is_told,
            }
        }
    };
}
suite!(postgres, Postgres);
suite!(mariadb, MariaDb);
suite!(mysql, MySql);

/// All servers that there are.
fn servers() -> impl Iterator<Item = Server> {
    let all = [Server::Postgres, Server::MariaDb, Server::MySql];
    all.into_iter().filter_map(Server::available)
}

/// A database after these statements, whose login may read what they made.
async fn source(server: Server, statements: &str) -> Source {
    let source = Source::create(server).await;
    change(&source, statements).await;
    source
}

async fn change(source: &Source, statements: &str) {
    source.execute(statements).await;
    if source.server == Server::Postgres {
        let grant = format!(
            "grant select on all tables in schema public to {}",
            source.username
        );
        source.execute(&grant).await;
    }
}

fn place(source: &Source, table: &str) -> Place {
    Place {
        target: source.target(),
        database: source.database.clone(),
        schema: source.server.schema().to_owned(),
        table: table.to_owned(),
    }
}

/// The columns of a table as a scan sees them, by their names.
async fn columns(source: &Source, table: &str, names: &[&str]) -> Vec<Column> {
    let mut reader = scanner(source.target())
        .open(&source.database)
        .await
        .expect("a session");
    let selection = Selection::Tables(vec![table.to_owned()]);
    let fields: Vec<Record> = reader
        .read(Part::Fields, &selection)
        .try_collect()
        .await
        .expect("the fields are read");
    reader.close().await;
    let columns: Vec<Column> = fields
        .into_iter()
        .filter_map(|record| match record {
            Record::Field(field) => Some(Column {
                name: field.name,
                data_type: field.data_type.to_owned(),
                column_type: field.column_type,
                is_nullable: field.is_nullable,
            }),
            _ => None,
        })
        .collect();
    let column_of = |name: &&str| {
        let column = columns.iter().find(|column| column.name == *name);
        column
            .unwrap_or_else(|| panic!("{table} has a column {name}"))
            .clone()
    };
    names.iter().map(column_of).collect()
}

async fn column(source: &Source, table: &str, name: &str) -> Column {
    columns(source, table, &[name]).await.remove(0)
}

/// Measures how far the table `biz` of the one is behind the table `sync` of the other.
async fn measured(sync: &Source, biz: &Source, method: Method) -> Result<Measured, DeltaError> {
    within(Duration::from_mins(1), sync, biz, method).await
}

async fn within(
    limit: Duration,
    sync: &Source,
    biz: &Source,
    method: Method,
) -> Result<Measured, DeltaError> {
    let request = Request {
        sync: place(sync, "sync"),
        biz: place(biz, "biz"),
        method,
        limit,
    };
    measure(&request, &Clock::system(), &Arc::new(AtomicU64::new(0))).await
}
