//! `plumb key create`.

use std::path::Path;

use models::auth::CreateApiKey;

use crate::args::{Format, KeyCreateArguments};
use crate::client::ClientError;
use crate::client::connection::Meta;
use crate::error::Outcome;
use crate::output;

pub(super) async fn create(
    arguments: &KeyCreateArguments,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let meta = Meta::connect(&arguments.connection, data_dir)?;
    let new = CreateApiKey {
        name: arguments.name.clone(),
        role: arguments.role,
        expires_in_days: arguments.days,
    };
    let created = meta.session.create_api_key(&new).await;
    let created = created.map_err(|error| meta.failed(error))?;
    match format {
        Format::Json => output::print_json(&created)?,
        Format::Table => {
            output::print(created.key.expose())?;
            let id = created.api_key.id;
            output::hint(&format!(
                "this is API key {id}, shown this once; plumb key revoke {id} ends it"
            ));
        }
    }
    Ok(Outcome::Done)
}
