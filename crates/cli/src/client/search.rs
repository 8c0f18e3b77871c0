//! `plumb search`.

use std::path::Path;

use meta_client::SearchQuery;
use models::search::{SearchHit, SearchKind};

use super::ClientError;
use super::connection::Meta;
use super::list::{View, print_list};
use crate::args::{Format, SearchArguments};
use crate::error::Outcome;
use crate::output::short;
use crate::words::full_name;

/// So much of a comment stands in a list.
const COMMENT: usize = 60;

/// Shows what of the catalog answers a few words, best first.
///
/// # Errors
/// When `meta` cannot be asked or refuses, or the data source is not there.
pub(crate) async fn search(
    arguments: &SearchArguments,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let meta = Meta::connect(&arguments.connection, data_dir)?;
    let resource_id = match &arguments.source {
        Some(source) => Some(meta.find_source(source).await?.id),
        None => None,
    };
    let view = View {
        headings: &["KIND", "ID", "NAME", "IN", "COMMENT"],
        numbers: &[],
        row,
        none: "nothing is called so, nor anything like it".to_owned(),
    };
    print_list(view, &arguments.paging, format, async |limit, cursor| {
        let query = SearchQuery {
            q: arguments.words.join(" "),
            kind: arguments.kind.map(Into::into),
            resource_id,
            limit: Some(limit),
            cursor,
        };
        let page = meta.session.search(&query).await;
        page.map_err(|error| meta.failed(error))
    })
    .await?;
    Ok(Outcome::Done)
}

fn row(hit: &SearchHit) -> Vec<String> {
    let comment = hit.comment.as_deref().unwrap_or_default();
    vec![
        hit.kind.as_str().to_owned(),
        hit.id.to_string(),
        hit.name.clone(),
        place(hit),
        short(comment, COMMENT).into_owned(),
    ]
}

/// Where it lies: a field in `shop/orders public.customers`, its table in `shop/orders public`.
fn place(hit: &SearchHit) -> String {
    let path = &hit.path;
    let source = path.datasource_name.as_str();
    let database = path.database_name.as_deref().unwrap_or_default();
    let schema = path.table_schema.as_deref().unwrap_or_default();
    let table = path.table_name.as_deref().unwrap_or_default();
    let place = match hit.kind {
        SearchKind::Datasource => String::new(),
        SearchKind::Database => source.to_owned(),
        SearchKind::Table => format!("{source}/{database} {schema}"),
        SearchKind::Field => format!("{source}/{database} {}", full_name(schema, table)),
    };
    place.trim_end().to_owned()
}
