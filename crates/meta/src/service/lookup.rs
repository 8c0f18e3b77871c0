//! From names to catalog entries.

use catalog::{databases, datasources, fields, tables};
use db::Connection;
use models::datasource::Engine;
use models::lookup::Lookup;
use models::table::TableDetail;
use models::{ProblemType, TenantId};

use super::Service;
use crate::api::LookupQuery;
use crate::error::Error;

impl Service {
    /// Follows the names as deep as they go.
    pub(crate) async fn lookup(
        &self,
        tenant: TenantId,
        query: &LookupQuery,
    ) -> Result<Lookup, Error> {
        let mut tx = self.store.begin(tenant).await?;
        let source = &query.source;
        let datasource = datasources::find(&mut tx, source).await?.ok_or_else(|| {
            absent(
                ProblemType::DatasourceNotFound,
                format!("there is no data source named {source}"),
            )
        })?;
        check(query, datasource.datasource_type)?;
        let mut lookup = Lookup {
            datasource,
            database: None,
            table: None,
            field: None,
        };
        let Some(name) = &query.database else {
            return Ok(lookup);
        };
        let filter = databases::Filter {
            datasource_id: lookup.datasource.id,
            name: Some(name.clone()),
            q: None,
            include_removed: query.include_removed,
        };
        let found = databases::list(&mut tx, &filter, None, 1).await?.pop();
        let database = found.ok_or_else(|| {
            absent(
                ProblemType::DatabaseNotFound,
                format!("{source} has no database {name}"),
            )
        })?;
        let database_id = database.id;
        lookup.database = Some(database);
        if let Some(name) = &query.table {
            let table = table(&mut tx, query, database_id, name).await?;
            let id = table.table.id;
            lookup.table = Some(table);
            if let Some(field) = &query.field {
                let found = fields::find(&mut tx, id, field, query.include_removed).await?;
                lookup.field = Some(found.ok_or_else(|| {
                    absent(
                        ProblemType::FieldNotFound,
                        format!("the table {name} has no field {field}"),
                    )
                })?);
            }
        }
        Ok(lookup)
    }
}

/// Makes sure that no name in between is missing.
fn check(query: &LookupQuery, engine: Engine) -> Result<(), Error> {
    let needs = |pointer: &str, below: &str| {
        Err(Error::invalid(
            pointer,
            format!("is required where {below} is given"),
        ))
    };
    if query.table.is_some() && query.database.is_none() {
        return needs("/database", "table");
    }
    if query.field.is_some() && query.table.is_none() {
        return needs("/table", "field");
    }
    if query.schema.is_some() && query.table.is_none() {
        return needs("/table", "schema");
    }
    if engine == Engine::Postgresql && query.table.is_some() && query.schema.is_none() {
        return needs("/schema", "a table of a PostgreSQL data source");
    }
    Ok(())
}

async fn table(
    conn: &mut Connection,
    query: &LookupQuery,
    database_id: i64,
    name: &str,
) -> Result<TableDetail, Error> {
    // On MySQL a table has no schema.
    let schema = query.schema.as_deref().unwrap_or_default();
    let id = tables::find(conn, database_id, schema, name, query.include_removed).await?;
    let table = match id {
        Some(id) => tables::get(conn, id).await?,
        None => None,
    };
    table.ok_or_else(|| {
        let full = if schema.is_empty() {
            name.to_owned()
        } else {
            format!("{schema}.{name}")
        };
        absent(
            ProblemType::TableNotFound,
            format!("the database has no table {full}"),
        )
    })
}

fn absent(kind: ProblemType, detail: String) -> Error {
    Error::NotFound(kind, detail)
}
