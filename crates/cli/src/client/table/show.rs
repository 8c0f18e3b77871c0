//! `plumb table show`.

use std::path::Path;

use meta_client::{FieldsQuery, RelationsQuery};
use models::field::Field;
use models::page::MAX_LIMIT;
use models::relation::Relation;
use models::table::TableDetail;
use serde::Serialize;

use super::page::{Known, page};
use crate::args::{Format, TableShowArguments};
use crate::client::ClientError;
use crate::client::connection::Meta;
use crate::error::Outcome;
use crate::output;

/// The table as the API answers it, and with it what the API lists beside it.
#[derive(Debug, Serialize)]
struct Document {
    #[serde(flatten)]
    table: TableDetail,
    fields: Vec<Field>,
    referenced_by: Vec<Relation>,
}

pub(super) async fn show(
    arguments: &TableShowArguments,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let meta = Meta::connect(&arguments.connection, data_dir)?;
    let source = meta.find_source(&arguments.source).await?;
    let database = meta.find_database(&source, &arguments.database).await?;
    let found = meta
        .find_table(&source, &database, &arguments.table)
        .await?;
    let table = meta.session.get_table(found.id).await;
    let document = Document {
        table: table.map_err(|error| meta.failed(error))?,
        fields: fields(&meta, found.id).await?,
        referenced_by: referenced_by(&meta, found.id).await?,
    };
    match format {
        Format::Json => output::print_json(&document)?,
        Format::Table => output::print(&page(&Known {
            source: &source.datasource_name,
            database: &database.database_name,
            table: &document.table,
            fields: &document.fields,
            referenced_by: &document.referenced_by,
        }))?,
    }
    Ok(Outcome::Done)
}

async fn fields(meta: &Meta, table_id: i64) -> Result<Vec<Field>, ClientError> {
    let mut fields = Vec::new();
    let mut query = FieldsQuery {
        table_id,
        limit: Some(MAX_LIMIT),
        ..FieldsQuery::default()
    };
    loop {
        let page = meta.session.list_fields(&query).await;
        let page = page.map_err(|error| meta.failed(error))?;
        fields.extend(page.items);
        query.cursor = page.next_cursor;
        if query.cursor.is_none() {
            return Ok(fields);
        }
    }
}

async fn referenced_by(meta: &Meta, table_id: i64) -> Result<Vec<Relation>, ClientError> {
    let mut relations = Vec::new();
    let mut query = RelationsQuery {
        table_id,
        limit: Some(MAX_LIMIT),
        cursor: None,
    };
    loop {
        let page = meta.session.list_relations(&query).await;
        let page = page.map_err(|error| meta.failed(error))?;
        relations.extend(page.items);
        query.cursor = page.next_cursor;
        if query.cursor.is_none() {
            return Ok(relations);
        }
    }
}
