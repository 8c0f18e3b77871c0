//! The database that is read: many tables of the same, ordinary shape.

use std::fmt::Write;

use test_support::{Server, Source};

/// Fields of a table.
pub(super) const FIELDS: usize = 20;

/// Tables made by one message: `PostgreSQL` has locks for so many in a transaction.
const BATCH: usize = 50;

/// Makes the tables, each with a primary key, a unique key, an index, defaults and comments.
pub(in crate::bench) async fn create(source: &Source, tables: usize) {
    let mut session = source.session().await;
    for first in (1..=tables).step_by(BATCH) {
        let last = tables.min(first + BATCH - 1);
        let sql: String = (first..=last)
            .map(|number| table(source.server, number))
            .collect();
        session.execute(&sql).await;
    }
    if source.server == Server::Postgres {
        // What autovacuum would do, which is off on the servers of the tests.
        session.execute("analyze").await;
    }
}

/// Drops the tables. So many take their time, more than cleaning up behind a test has.
pub(in crate::bench) async fn drop(source: &Source) {
    let database = source.server.quote(&source.database);
    let mut admin = source.admin().await;
    admin.execute(&format!("drop database {database}")).await;
}

fn table(server: Server, number: usize) -> String {
    let table = format!("t{number:05}");
    let mut sql = format!(
        "create table {table} (id bigint not null primary key, parent_id bigint, code varchar(40) not null unique, \
         name varchar(200) not null default '', amount decimal(12,2) not null default 0, created timestamp not null \
         default current_timestamp"
    );
    for field in 7..=FIELDS {
        let kind = ["int", "varchar(60)", "date", "double precision"][field % 4];
        let _ = write!(sql, ", field_{field:02} {kind}");
    }
    if server == Server::Postgres {
        let _ = write!(
            sql,
            "); create index on {table} (parent_id, created); comment on table {table} is 'Table number {number}'; \
             comment on column {table}.name is 'What people call it';"
        );
    } else {
        let _ = write!(
            sql,
            ", index (parent_id, created)) comment 'Table number {number}'; alter table {table} modify name \
             varchar(200) not null default '' comment 'What people call it';"
        );
    }
    sql
}
