//! `plumb source edit`, `pause` and `resume`.

use std::path::Path;

use models::datasource::{Password, UpdateDatasource};

use super::list::table;
use crate::args::{Format, SourceEditArguments, SourcePauseArguments};
use crate::client::ClientError;
use crate::client::connection::Meta;
use crate::error::Outcome;
use crate::output;

pub(super) async fn edit(
    arguments: &SourceEditArguments,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    if arguments.is_empty() {
        return Err(ClientError::NothingToChange("source"));
    }
    let meta = Meta::connect(&arguments.connection, data_dir)?;
    let source = meta.find_source(&arguments.source).await?;
    let password = arguments.password.read()?;
    let options = arguments.selection.over(source.options.clone());
    let change = UpdateDatasource {
        name: arguments.name.clone(),
        host: arguments.host.clone(),
        port: arguments.port,
        username: arguments.username.clone(),
        password: password.map(Password::from),
        password_from: arguments.password_from.clone(),
        database: arguments.database.clone(),
        // Both are replaced as a whole: what is not named stays as it was.
        tls: arguments.tls.over(&source.tls)?,
        options: (options != source.options).then_some(options),
        paused: None,
    };
    update(&meta, source.id, &change, format).await
}

/// Leaves a data source alone from now on, or no longer.
pub(super) async fn pause(
    arguments: &SourcePauseArguments,
    paused: bool,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let meta = Meta::connect(&arguments.connection, data_dir)?;
    let source = meta.find_source(&arguments.source).await?;
    let change = UpdateDatasource {
        paused: Some(paused),
        ..UpdateDatasource::default()
    };
    update(&meta, source.id, &change, format).await
}

async fn update(
    meta: &Meta,
    id: i64,
    change: &UpdateDatasource,
    format: Format,
) -> Result<Outcome, ClientError> {
    let changed = meta.session.update_datasource(id, change).await;
    let changed = changed.map_err(|error| meta.failed(error))?;
    match format {
        Format::Json => output::print_json(&changed)?,
        Format::Table => output::print(&table(std::slice::from_ref(&changed)).render())?,
    }
    Ok(Outcome::Done)
}
