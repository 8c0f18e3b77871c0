//! Moving rows between servers: each one as the target of all.

mod delta;
mod etl;
mod fill;
mod reading;
mod refused;

use std::collections::BTreeMap;

use futures::TryStreamExt;
use models::details::{KeyKind, TableName};
use models::pipeline::FillMode;
use scan::session::{Reading, Writing};
use scan::{Part, Record, Selection, scanner};
use test_support::{Server, Source};
use transfer::{Failed, Fill, FillError, FillTable, Order, TargetColumn};

/// One line for each server runs these on it.
macro_rules! suite {
    ($module:ident, $server:ident) => {
        test_support::suite! { $module, $server,
            etl {
                a_statement_tells_how_many_rows_it_changed,
                what_the_server_refuses_is_told,
                a_statement_has_its_time,
                a_statement_has_the_servers_own_time_zone,
                a_statement_that_nobody_waits_for_ends,
            }
            fill {
                rows_arrive_from_every_server,
                rows_that_are_there_are_changed_and_others_stay,
                all_rows_are_replaced_at_once,
                what_does_not_fit_any_more_is_told,
                others_that_stand_in_the_way_are_waited_for,
                wide_rows_arrive,
            }
            refused {
                rows_that_are_to_blame_fail_alone,
                a_row_of_another_key_is_left_alone,
                bad_rows_do_not_end_a_replacement,
                a_replacement_by_nothing_replaces_nothing,
                values_that_the_table_cannot_have_fail_alone,
            }
            reading {
                an_answer_has_any_length,
                whatever_is_asked_sees_one_state,
                one_query_is_taken_and_nothing_else,
                values_are_bound,
                an_answer_that_nobody_wants_is_stopped,
            }
        }
    };
}
suite!(postgres, Postgres);
suite!(mariadb, MariaDb);
suite!(mysql, MySql);

/// What only these two servers have.
macro_rules! suite_of_mysql {
    ($module:ident, $server:ident) => {
        test_support::suite! { $module, $server,
            etl { a_procedure_may_answer_with_rows }
            fill { nought_is_a_number_like_others }
            refused {
                a_row_of_another_index_is_left_alone,
                texts_outside_of_the_character_set_fail_alone,
            }
        }
    };
}
suite_of_mysql!(mariadb_family, MariaDb);
suite_of_mysql!(mysql_family, MySql);
// The others have such days too, or have them where their mode says so.
test_support::suite! { postgres_alone, Postgres, refused { days_that_are_none_fail_alone } }
// The others take as much as may be read at once.
test_support::suite! { mariadb_alone, MariaDb, refused { what_is_larger_than_a_packet_fails_alone } }

/// A database with these tables, whose login may write.
async fn source(server: Server, tables: &str) -> Source {
    let source = Source::create(server).await;
    source.execute(tables).await;
    let (database, username) = (&source.database, &source.username);
    let grant = match server {
        Server::Postgres => format!(
            "grant select, insert, update, delete, truncate on all tables in schema public to {username}"
        ),
        Server::MariaDb | Server::MySql => {
            format!("grant insert, update, delete, execute on {database}.* to {username}")
        }
    };
    source.execute(&grant).await;
    source
}

async fn reading(source: &Source) -> Reading {
    Reading::open(&source.target(), &source.database)
        .await
        .expect("a session")
}

async fn writing(source: &Source) -> Writing {
    Writing::open(&source.target(), &source.database)
        .await
        .expect("a session")
}

/// A table as a scan sees it.
async fn table(source: &Source, name: &str) -> FillTable {
    let mut reader = scanner(source.target())
        .open(&source.database)
        .await
        .expect("a session");
    let selection = Selection::Tables(vec![name.to_owned()]);
    let mut records = Vec::new();
    for part in [Part::Tables, Part::Fields, Part::Constraints] {
        let read: Vec<Record> = reader
            .read(part, &selection)
            .try_collect()
            .await
            .expect("the part is read");
        records.extend(read);
    }
    reader.close().await;
    let mut table = FillTable {
        database: source.database.clone(),
        name: TableName {
            table_schema: String::new(),
            table_name: name.to_owned(),
        },
        engine: None,
        columns: Vec::new(),
        unique_keys: Vec::new(),
    };
    for record in records {
        match record {
            Record::Table(it) => {
                table.name.table_schema = it.schema;
                table.engine = it.engine;
            }
            Record::Field(it) => table.columns.push(TargetColumn {
                name: it.name,
                data_type: it.data_type.to_owned(),
                column_type: it.column_type,
                is_generated: it.generation_kind.is_some(),
                is_nullable: it.is_nullable,
            }),
            Record::Key(it) if matches!(it.key.kind, KeyKind::Primary | KeyKind::Unique) => {
                table.unique_keys.push(it.key.columns);
            }
            _ => {}
        }
    }
    table
}

/// An upsert by the column `id`.
async fn upsert(to: &Source, name: &str) -> Order {
    Order {
        table: table(to, name).await,
        mapping: BTreeMap::new(),
        key: vec!["id".to_owned()],
        mode: FillMode::Upsert,
    }
}

/// How many rows were written, and which were not.
async fn fill(
    from: &Source,
    query: &str,
    to: &Source,
    order: Order,
) -> Result<(u64, Vec<Failed>), FillError> {
    let mut reading = reading(from).await;
    let mut writing = writing(to).await;
    let answer = reading.ask(query, &[]).await?;
    let mut fill = Fill::begin(answer, &mut writing, order).await?;
    let (mut written, mut failed) = (0, Vec::new());
    while let Some(step) = fill.step().await? {
        written += step.written;
        failed.extend(step.failed);
    }
    fill.finish().await?;
    writing.close().await;
    reading.close().await;
    Ok((written, failed))
}

/// All values of a query's answer.
async fn rows(source: &Source, query: &str) -> Vec<Vec<Option<String>>> {
    let mut reading = reading(source).await;
    let mut rows = Vec::new();
    {
        let mut answer = reading.ask(query, &[]).await.expect("it is a query");
        let columns = answer.headings().len();
        while let Some(row) = answer.next().await.expect("a row") {
            let values = (0..columns).map(|place| row.text(place).expect("a value"));
            rows.push(values.collect());
        }
    }
    reading.close().await;
    rows
}

/// A query that answers with numbers from 1 to `last` as `n`, in order.
fn numbers(server: Server, last: u32) -> String {
    match server {
        Server::Postgres => format!("select n from generate_series(1, {last}) n order by n"),
        // Both have tables enough for this.
        Server::MariaDb | Server::MySql => format!(
            "select n from (with digits as (select 0 as d union select 1 union select 2 union select 3 union select 4 \
             union select 5 union select 6 union select 7 union select 8 union select 9) \
             select 1 + a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d as n \
             from digits a, digits b, digits c, digits e, digits f) as numbers where n <= {last} order by n"
        ),
    }
}
