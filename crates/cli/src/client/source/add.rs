//! `plumb source add`.

use std::path::Path;

use models::datasource::{CreateDatasource, Engine, Options, Password, Tls};
use service_kit::config;

use super::list::table;
use crate::args::{AddArguments, Format};
use crate::client::ClientError;
use crate::client::connection::Meta;
use crate::error::Outcome;
use crate::output;

/// The variable that may hold the password.
const PASSWORD_VARIABLE: &str = "PLUMB_SOURCE_PASSWORD";

pub(super) async fn add(
    arguments: &AddArguments,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let meta = Meta::connect(&arguments.connection, data_dir)?;
    let new = CreateDatasource {
        name: arguments.name.clone(),
        datasource_type: arguments.engine,
        host: arguments.host.clone(),
        port: arguments.port.unwrap_or(default_port(arguments.engine)),
        username: arguments.username.clone(),
        password: password(arguments)?,
        password_from: arguments.password_from.clone(),
        database: arguments.database.clone(),
        tls: arguments.tls.over(&Tls::default())?.unwrap_or_default(),
        options: arguments.selection.over(Options::default()),
    };
    let created = meta.session.create_datasource(&new).await;
    let created = created.map_err(|error| meta.failed(error))?;
    match format {
        Format::Json => output::print_json(&created)?,
        Format::Table => {
            output::print(&table(std::slice::from_ref(&created.datasource)).render())?;
            output::hint(&format!(
                "its databases are being read: plumb sync {} --follow waits for that",
                output::plain(&created.datasource.datasource_name)
            ));
        }
    }
    Ok(Outcome::Done)
}

/// From where the arguments say, else from the environment; None where the service is told where it is kept.
fn password(arguments: &AddArguments) -> Result<Option<Password>, ClientError> {
    if arguments.password_from.is_some() {
        return Ok(None);
    }
    let given = arguments.password.read()?;
    let given = given.or_else(|| config::variable(PASSWORD_VARIABLE));
    given.map_or(Err(ClientError::NoPassword), |text| Ok(Some(text.into())))
}

fn default_port(engine: Engine) -> u16 {
    match engine {
        Engine::Mysql => 3306,
        Engine::Postgresql => 5432,
    }
}
