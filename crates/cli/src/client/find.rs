//! Data sources, databases and tables by what people call them.

use meta_client::{DatabasesQuery, FieldsQuery, TablesQuery};
use models::ProblemType;
use models::database::Database;
use models::datasource::Datasource;
use models::page::MAX_LIMIT;
use models::table::Table;

use super::ClientError;
use super::connection::Meta;
use super::near::nearest;
use crate::args::TableName;
use crate::words::full_name;

/// How many of the tables of a name a message repeats.
const SHOWN: usize = 5;

impl Meta {
    /// The data source that `wanted` names. A number is an id first; a data source may still
    /// have it as its name.
    pub(super) async fn find_source(&self, wanted: &str) -> Result<Datasource, ClientError> {
        if let Ok(id) = wanted.parse::<i64>() {
            match self.session.get_datasource(id).await {
                Err(error) if error.is(ProblemType::DatasourceNotFound) => {}
                outcome => return outcome.map_err(|error| self.failed(error)),
            }
        }
        // Not by its name alone: what is near is told from the others.
        let sources = self.list_sources().await?;
        let is_it = |one: &&Datasource| one.datasource_name == wanted;
        if let Some(found) = sources.iter().find(is_it) {
            return Ok(found.clone());
        }
        let names = sources.iter().map(|one| one.datasource_name.as_str());
        let otherwise = "plumb source list shows what there is".to_owned();
        Err(ClientError::NoSuch {
            what: "data source",
            name: wanted.to_owned(),
            place: None,
            advice: advice(nearest(wanted, names), otherwise),
        })
    }

    /// All data sources.
    pub(crate) async fn list_sources(&self) -> Result<Vec<Datasource>, ClientError> {
        let sources = self.session.list_all_datasources().await;
        sources.map_err(|error| self.failed(error))
    }

    /// The database of a data source with exactly this name.
    pub(super) async fn find_database(
        &self,
        source: &Datasource,
        wanted: &str,
    ) -> Result<Database, ClientError> {
        let found = self.session.find_database(source.id, wanted).await;
        if let Some(found) = found.map_err(|error| self.failed(error))? {
            return Ok(found);
        }
        let query = DatabasesQuery {
            resource_id: source.id,
            limit: Some(MAX_LIMIT),
            ..DatabasesQuery::default()
        };
        // A courtesy: only the first page is looked through.
        let page = self.session.list_databases(&query).await;
        let page = page.map_err(|error| self.failed(error))?;
        let names = page.items.iter().map(|one| one.database_name.as_str());
        let name = &source.datasource_name;
        let otherwise = format!("plumb sync {name} --force reads which databases there are");
        Err(ClientError::NoSuch {
            what: "database",
            name: wanted.to_owned(),
            place: Some(name.clone()),
            advice: advice(nearest(wanted, names), otherwise),
        })
    }

    /// The one table of a database that is called so: `NAME` in any schema, or `SCHEMA.NAME`; or,
    /// where the schema is given by itself, exactly `NAME` in it.
    pub(super) async fn find_table(
        &self,
        source: &Datasource,
        database: &Database,
        wanted: &TableName,
    ) -> Result<Table, ClientError> {
        let query = TablesQuery {
            database_id: database.id,
            schema: wanted.schema.clone(),
            name: Some(wanted.table.clone()),
            limit: Some(MAX_LIMIT),
            ..TablesQuery::default()
        };
        let page = self.session.list_tables(&query).await;
        let mut found = page.map_err(|error| self.failed(error))?.items;
        if wanted.schema.is_some() {
            // `a.b` is also the name of the table b in the schema a.
            found.retain(|table| table.table_name == wanted.table);
        }
        match found.len() {
            0 => Err(self.no_table(source, database, wanted).await?),
            1 => Ok(found.remove(0)),
            _ => {
                let names = found.iter().take(SHOWN);
                Err(ClientError::Ambiguous {
                    name: wanted.table.clone(),
                    found: names
                        .map(|one| full_name(&one.table_schema, &one.table_name))
                        .collect(),
                })
            }
        }
    }

    /// Why a table is not there, as far as the catalog tells.
    async fn no_table(
        &self,
        source: &Datasource,
        database: &Database,
        wanted: &TableName,
    ) -> Result<ClientError, ClientError> {
        let query = TablesQuery {
            database_id: database.id,
            limit: Some(MAX_LIMIT),
            ..TablesQuery::default()
        };
        // A courtesy: only the first page is looked through.
        let page = self.session.list_tables(&query).await;
        let tables = page.map_err(|error| self.failed(error))?.items;
        let names: Vec<String> = tables
            .iter()
            .flat_map(|one| {
                let whole = full_name(&one.table_schema, &one.table_name);
                [one.table_name.clone(), whole]
            })
            .collect();
        let near = nearest(&wanted.table, names.iter().map(String::as_str));
        let (source, name) = (&source.datasource_name, &database.database_name);
        let otherwise = if database.is_scanned {
            format!("plumb table list {source} {name} shows what the catalog has")
        } else {
            format!("it has not been read yet: plumb deep-scan {source} {name} --follow")
        };
        Ok(ClientError::NoSuch {
            what: "table",
            name: wanted.shown(),
            place: Some(name.clone()),
            advice: advice(near, otherwise),
        })
    }

    /// The names of a table's fields that are near to `wanted`, for one that is not there.
    pub(super) async fn no_field(&self, table: &Table, wanted: &str) -> ClientError {
        let query = FieldsQuery {
            table_id: table.id,
            limit: Some(MAX_LIMIT),
            ..FieldsQuery::default()
        };
        // A courtesy: without it the message is still true.
        let fields = self.session.list_fields(&query).await;
        let fields = fields.map(|page| page.items).unwrap_or_default();
        let names = fields.iter().map(|one| one.field_name.as_str());
        let otherwise = "plumb field list shows what the table has".to_owned();
        ClientError::NoSuch {
            what: "field",
            name: wanted.to_owned(),
            place: Some(full_name(&table.table_schema, &table.table_name)),
            advice: advice(nearest(wanted, names), otherwise),
        }
    }
}

pub(super) fn advice(near: Option<&str>, otherwise: String) -> String {
    match near {
        Some(near) => format!("did you mean {near:?}? Else {otherwise}"),
        None => otherwise,
    }
}
