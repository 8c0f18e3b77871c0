//! Level 2: one session on a database.

use async_trait::async_trait;
use futures::{FutureExt, StreamExt, TryStreamExt, future};
use models::details::TableName;
use models::scan::MissingGrant;
use models::sync_log::Cost;

use super::row::Row;
use super::scope::Scope;
use super::session::{Query, Session};
use super::{
    connect, constraints, dependencies, digests, fields, indexes, objects, partitions, resume,
    server, tables, triggers,
};
use crate::produce::{Out, produce};
use crate::{
    DatabaseReader, NameFilter, Part, Record, RecordStream, ScanError, Selection, Target, Witness,
};

const NAMES: &str = concat!(
    "-- plumbline names\n",
    include_str!("sql/relation.sql"),
    "select schema, name from relation \
     where $2::text is null or (schema collate \"C\", name collate \"C\") > ($2, $3::text) \
     order by schema collate \"C\", name collate \"C\" limit $4",
);

const IDENTITIES: &str = concat!(
    "-- plumbline identities\n",
    include_str!("sql/relation.sql"),
    "select schema, name from relation",
);

/// One session on a database.
pub(super) struct Reader {
    session: Session,
    /// Which schemas are read.
    schemas: NameFilter,
    /// Oids of tables that the server could not print when it listed them.
    blocked: Vec<i64>,
    /// Who answers, once asked: a session has one server.
    witness: Option<Witness>,
}

impl Reader {
    /// Connects to a database.
    pub(super) async fn open(target: &Target, database: &str) -> Result<Self, ScanError> {
        let session = connect::open_for_text(target, database).await?;
        Ok(Self {
            session,
            schemas: target.filters.schemas.clone(),
            blocked: Vec::new(),
            witness: None,
        })
    }
}

#[async_trait]
impl DatabaseReader for Reader {
    fn read<'a>(&'a mut self, part: Part, selection: &'a Selection) -> RecordStream<'a> {
        let Self {
            session,
            schemas,
            blocked,
            ..
        } = self;
        let scope = Scope::new(schemas, selection);
        let printing: (_, _, fn(&Row) -> _) = match part {
            Part::Digests => {
                return produce(|out| digests::read(session, scope, out).boxed());
            }
            Part::Tables => {
                return produce(|out| tables::read(session, scope, blocked, out).boxed());
            }
            Part::Fields => {
                return produce(|out| fields::read(session, scope, blocked, out).boxed());
            }
            Part::Dependencies => {
                let query = sqlx::query(dependencies::STATEMENT).bind(scope.parameter());
                return stream(session, ("the dependencies", query, dependencies::record));
            }
            Part::Identities => {
                let query = sqlx::query(IDENTITIES).bind(scope.parameter());
                return stream(session, ("the names of the tables", query, identity));
            }
            // They have no table by which to select them.
            Part::Objects if scope.names_tables() => return futures::stream::empty().boxed(),
            Part::Objects => {
                let records = produce(|out| objects::read(session, out).boxed());
                return records
                    .try_filter(|record| future::ready(is_wanted(record, schemas)))
                    .boxed();
            }
            Part::Constraints => (
                "the constraints",
                constraints::STATEMENT,
                constraints::record,
            ),
            Part::Indexes => ("the indexes", indexes::STATEMENT, indexes::record),
            Part::Partitions => (
                "the partition keys",
                partitions::STATEMENT,
                partitions::record,
            ),
            Part::Triggers => ("the triggers", triggers::STATEMENT, triggers::record),
        };
        let (what, statement, record) = printing;
        let source = resume::Source {
            what,
            statement,
            scope,
            blocked,
            record,
        };
        produce(|out| resume::read(session, source, out).boxed())
    }

    async fn names(
        &mut self,
        after: Option<&TableName>,
        limit: u32,
    ) -> Result<Vec<TableName>, ScanError> {
        let query = sqlx::query(NAMES)
            .bind(Scope::schemas(&self.schemas).parameter())
            .bind(after.map(|name| name.table_schema.as_str()))
            .bind(after.map(|name| name.table_name.as_str()))
            .bind(i64::from(limit));
        let mut rows = self.session.rows("the names of the tables", query)?;
        let mut names = Vec::new();
        while let Some(row) = rows.next().await? {
            names.push(name(&row)?);
        }
        Ok(names)
    }

    async fn missing_grants(&mut self) -> Result<Vec<MissingGrant>, ScanError> {
        // Whoever may connect to a database may read all of its catalog, whatever else is granted or not.
        Ok(Vec::new())
    }

    async fn witness(&mut self) -> Result<Witness, ScanError> {
        if let Some(witness) = &self.witness {
            return Ok(witness.clone());
        }
        let witness = server::witness(&mut self.session).await?;
        self.witness = Some(witness.clone());
        Ok(witness)
    }

    fn cost(&self) -> Cost {
        self.session.cost()
    }

    async fn close(self: Box<Self>) {
        self.session.close().await;
    }
}

/// What is read, its statement, and the record of a row.
type Source<'a> = (
    &'static str,
    Query<'a>,
    fn(&Row) -> Result<Record, ScanError>,
);

fn stream<'a>(session: &'a mut Session, source: Source<'a>) -> RecordStream<'a> {
    produce(|out| pump(session, source, out).boxed())
}

async fn pump(session: &mut Session, source: Source<'_>, mut out: Out) -> Result<(), ScanError> {
    let (what, query, record) = source;
    let mut rows = session.rows(what, query)?;
    while let Some(row) = rows.next().await? {
        out.send(record(&row)?).await;
    }
    Ok(())
}

/// Whether an object is in a schema that is read, or is one. There are few of them in any schema, so
/// that their statements do without the condition.
fn is_wanted(record: &Record, schemas: &NameFilter) -> bool {
    match record {
        Record::Object(object) => match object.kind.as_str() {
            "SCHEMA" => schemas.takes(&object.name),
            // It belongs to the database, whatever schema it was put in.
            "EXTENSION" => true,
            _ => schemas.takes(&object.schema),
        },
        Record::Failure(failure) => schemas.takes(&failure.schema),
        _ => true,
    }
}

/// The record of a row of [`IDENTITIES`].
fn identity(row: &Row) -> Result<Record, ScanError> {
    Ok(Record::Identity(name(row)?))
}

fn name(row: &Row) -> Result<TableName, ScanError> {
    Ok(TableName {
        table_schema: row.text()?,
        table_name: row.text()?,
    })
}
