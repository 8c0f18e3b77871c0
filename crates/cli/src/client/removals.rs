//! `plumb removals`.

use std::path::Path;

use meta_client::PageQuery;
use models::removal::DoubtedRemoval;

use super::ClientError;
use super::connection::Meta;
use super::list::{View, print_list};
use crate::args::{Format, RemovalsArguments};
use crate::error::Outcome;
use crate::output::{count, print, print_json, time};
use crate::words::full_name;

/// Lists what a scan no longer found and did not mark as removed, or confirms that it is gone.
///
/// # Errors
/// When `meta` cannot be asked or refuses.
pub(crate) async fn removals(
    arguments: &RemovalsArguments,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let meta = Meta::connect(&arguments.connection, data_dir)?;
    if arguments.confirm {
        let confirmed = meta.session.confirm_removals(arguments.scan).await;
        let confirmed = confirmed.map_err(|error| meta.failed(error))?;
        match format {
            Format::Json => print_json(&confirmed)?,
            Format::Table => print(&format!("{} marked as removed\n", count(confirmed.removed)))?,
        }
        return Ok(Outcome::Done);
    }
    let view = View {
        headings: &["DATABASE", "WHAT", "WHY IT IS DOUBTED", "CONFIRMED"],
        numbers: &[],
        row,
        none: "nothing waits to be confirmed: all that this scan no longer found is marked as removed, or a later one \
               has looked"
            .to_owned(),
    };
    print_list(view, &arguments.paging, format, async |limit, cursor| {
        let query = PageQuery {
            limit: Some(limit),
            cursor,
            ..PageQuery::default()
        };
        let page = meta.session.list_removals(arguments.scan, &query).await;
        page.map_err(|error| meta.failed(error))
    })
    .await?;
    Ok(Outcome::Done)
}

fn row(removal: &DoubtedRemoval) -> Vec<String> {
    let mut what = removal.object_name.as_deref().map_or_else(
        || "(all)".to_owned(),
        |name| full_name(removal.object_schema.as_deref().unwrap_or_default(), name),
    );
    if let Some(field) = &removal.field_name {
        what = format!("{what}.{field}");
    }
    vec![
        removal.database_name.clone(),
        what,
        removal.reason.clone(),
        time(removal.confirmed_at.as_ref()),
    ]
}
