//! `plumb source remove`.

use std::io::{IsTerminal as _, Write as _};
use std::path::Path;

use models::datasource::Datasource;

use super::address;
use crate::args::{Format, SourceRemoveArguments};
use crate::client::ClientError;
use crate::client::connection::Meta;
use crate::error::Outcome;
use crate::output::{self, plain};

pub(super) async fn remove(
    arguments: &SourceRemoveArguments,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let can_ask = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    if !arguments.yes && !can_ask {
        return Err(ClientError::Unconfirmed);
    }
    let meta = Meta::connect(&arguments.connection, data_dir)?;
    let source = meta.find_source(&arguments.source).await?;
    if !arguments.yes && !is_wanted(&source) {
        return Err(ClientError::Declined);
    }
    let name = &source.datasource_name;
    let deleted = meta.session.delete_datasource(source.id, name).await;
    deleted.map_err(|error| meta.failed(error))?;
    if format == Format::Table {
        output::print(&format!("{} has been removed", plain(name)))?;
    }
    Ok(Outcome::Done)
}

/// Asks on the terminal; anything but a clear yes is a no.
fn is_wanted(source: &Datasource) -> bool {
    let question = format!(
        "Remove {} ({}, {}) with its catalog and the history of its scans? [y/N] ",
        source.datasource_name,
        source.datasource_type.as_str(),
        address(&source.host, source.port),
    );
    let mut stderr = std::io::stderr().lock();
    let asked = stderr.write_all(plain(&question).as_bytes());
    if asked.and_then(|()| stderr.flush()).is_err() {
        return false;
    }
    let mut answer = String::new();
    let read = std::io::stdin().read_line(&mut answer);
    read.is_ok() && matches!(&*answer.trim().to_lowercase(), "y" | "yes")
}
