//! `plumb key revoke`.

use std::path::Path;

use crate::args::{Format, KeyRevokeArguments};
use crate::client::ClientError;
use crate::client::connection::Meta;
use crate::error::Outcome;
use crate::output;

pub(super) async fn revoke(
    arguments: &KeyRevokeArguments,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let meta = Meta::connect(&arguments.connection, data_dir)?;
    for id in &arguments.ids {
        let revoked = meta.session.revoke_api_key(*id).await;
        revoked.map_err(|error| meta.failed(error))?;
        if format == Format::Table {
            output::print(&format!("API key {id} has been revoked"))?;
        }
    }
    Ok(Outcome::Done)
}
