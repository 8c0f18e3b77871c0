//! What is in a database besides tables: schemas, extensions, sequences, types and routines, but
//! for those that belong to an extension.

mod routines;
mod sequences;
mod types;

use models::database_object::ObjectDetails;

use super::resume;
use super::row::Row;
use super::scope::Scope;
use super::session::{Query, Session};
use crate::produce::Out;
use crate::{ObjectRecord, Record, ScanError};

const SCHEMAS: &str = "-- plumbline schemas
    select n.oid::int8, n.nspname::text, pg_get_userbyid(n.nspowner)::text, d.description
    from pg_namespace n
    left join pg_description d on d.objoid = n.oid and d.objsubid = 0 and d.classoid = 'pg_namespace'::regclass
    where n.nspname not in ('pg_catalog', 'information_schema')
      and n.nspname !~ '^pg_(toast|temp_|toast_temp_)'
      and n.oid not in (
          select x.objid
          from pg_depend x
          where x.refclassid = 'pg_extension'::regclass and x.classid = 'pg_namespace'::regclass and x.deptype = 'e'
      )";

const EXTENSIONS: &str = "-- plumbline extensions
    select e.oid::int8, n.nspname::text, e.extname::text, pg_get_userbyid(e.extowner)::text, d.description, e.extversion
    from pg_extension e
    join pg_namespace n on n.oid = e.extnamespace
    left join pg_description d on d.objoid = e.oid and d.objsubid = 0 and d.classoid = 'pg_extension'::regclass";

/// Reads all of them: a fixed number of statements.
pub(super) async fn read(session: &mut Session, mut out: Out) -> Result<(), ScanError> {
    pump(
        session,
        ("the schemas", sqlx::query(SCHEMAS), schema),
        &mut out,
    )
    .await?;
    let extensions = sqlx::query(EXTENSIONS);
    pump(session, ("the extensions", extensions, extension), &mut out).await?;
    let sequences = sqlx::query(sequences::STATEMENT);
    pump(
        session,
        ("the sequences", sequences, sequences::record),
        &mut out,
    )
    .await?;
    for (what, statement, record) in [
        (
            "the types",
            types::STATEMENT,
            types::record as fn(&Row) -> _,
        ),
        ("the routines", routines::STATEMENT, routines::record),
    ] {
        let source = resume::Source {
            what,
            statement,
            scope: Scope::default(),
            blocked: &[],
            record,
        };
        resume::read(session, source, out.clone()).await?;
    }
    Ok(())
}

/// What is read, its statement, and the record of a row.
type Source<'a> = (
    &'static str,
    Query<'a>,
    fn(&Row) -> Result<ObjectRecord, ScanError>,
);

async fn pump(session: &mut Session, source: Source<'_>, out: &mut Out) -> Result<(), ScanError> {
    let (what, query, record) = source;
    let mut rows = session.rows(what, query)?;
    while let Some(row) = rows.next().await? {
        out.send(Record::Object(record(&row)?)).await;
    }
    Ok(())
}

fn schema(row: &Row) -> Result<ObjectRecord, ScanError> {
    Ok(ObjectRecord {
        source_identity: row.number()?,
        kind: "SCHEMA".to_owned(),
        schema: String::new(),
        name: row.text()?,
        signature: String::new(),
        owner: row.optional()?,
        comment: row.optional()?,
        definition: None,
        details: ObjectDetails::default(),
    })
}

fn extension(row: &Row) -> Result<ObjectRecord, ScanError> {
    Ok(ObjectRecord {
        source_identity: row.number()?,
        kind: "EXTENSION".to_owned(),
        schema: row.text()?,
        name: row.text()?,
        signature: String::new(),
        owner: row.optional()?,
        comment: row.optional()?,
        definition: None,
        details: ObjectDetails {
            version: row.optional()?,
            ..ObjectDetails::default()
        },
    })
}
