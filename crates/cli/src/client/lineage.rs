//! `plumb lineage`.

use std::collections::HashMap;
use std::path::Path;

use meta_client::LineageQuery;
use models::lineage::{Lineage, LineageEdge, LineageEdgeKind, LineageNode};

use super::ClientError;
use super::connection::Meta;
use crate::args::{Format, LineageArguments};
use crate::error::Outcome;
use crate::output::{self, Table, hint, time};
use crate::words::full_name;

/// Shows what the data of a table come from, and what is made of them.
///
/// # Errors
/// When `meta` cannot be asked or refuses, or a name leads nowhere.
pub(crate) async fn lineage(
    arguments: &LineageArguments,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let meta = Meta::connect(&arguments.connection, data_dir)?;
    let source = meta.find_source(&arguments.source).await?;
    let database = meta.find_database(&source, &arguments.database).await?;
    let table = meta
        .find_table(&source, &database, &arguments.table)
        .await?;
    let query = LineageQuery {
        table_id: table.id,
        depth: Some(arguments.depth),
    };
    let lineage = meta.session.lineage(&query).await;
    let lineage = lineage.map_err(|error| meta.failed(error))?;
    match format {
        Format::Json => output::print_json(&lineage)?,
        Format::Table if lineage.edges.is_empty() => {
            hint("no view, pipeline or event tells where its data come from or go");
        }
        Format::Table => output::print(&edges(&lineage).render())?,
    }
    if lineage.truncated {
        hint(
            "there is more than one answer holds: ask with a smaller --depth, or about a table nearby",
        );
    }
    Ok(Outcome::Done)
}

/// A row for each edge.
fn edges(lineage: &Lineage) -> Table {
    let nodes = lineage.nodes.iter().map(|node| (node.id.as_str(), node));
    let nodes: HashMap<&str, &LineageNode> = nodes.collect();
    let name = |id: &str| {
        nodes
            .get(id)
            .map_or_else(|| id.to_owned(), |node| called(node))
    };
    let mut table = Table::new(&["FROM", "TO", "BY"]);
    for edge in &lineage.edges {
        table.row(&[&name(&edge.from), &name(&edge.to), &why(edge)]);
    }
    table
}

/// `shop/orders public.customers` of a table, else namespace and name.
fn called(node: &LineageNode) -> String {
    if let Some(table) = &node.table {
        let name = full_name(&table.table_schema, &table.table_name);
        return format!("{}/{} {name}", table.datasource_name, table.database_name);
    }
    let parts = [&node.namespace, &node.name];
    let parts = parts.map(|part| part.as_deref().unwrap_or_default());
    let run = node.last_run.as_ref();
    let run = run.map_or_else(String::new, |run| format!(" ({})", run.status));
    format!("{}{run}", parts.join(" "))
}

fn why(edge: &LineageEdge) -> String {
    match edge.kind {
        LineageEdgeKind::ViewDependency => "view".to_owned(),
        LineageEdgeKind::Pipeline => {
            let name = edge.pipeline_name.as_deref().unwrap_or_default();
            format!("pipeline {name}")
        }
        LineageEdgeKind::Openlineage => format!("event of {}", time(edge.last_seen_at.as_ref())),
    }
}
