//! `plumb source add` and `plumb source list`.

use std::path::Path;

use models::datasource::{CreateDatasource, Datasource, Engine, Options, Password, Tls};
use models::page::Page;

use super::ClientError;
use super::connection::Meta;
use crate::args::{AddArguments, Format, ListArguments, SourceCommand};
use crate::error::Outcome;
use crate::output::{self, Table};

/// The variable that may hold the password.
const PASSWORD_VARIABLE: &str = "PLUMB_SOURCE_PASSWORD";

/// Registers or lists data sources.
///
/// # Errors
/// When `meta` cannot be asked, or refuses.
pub(crate) async fn source(
    command: &SourceCommand,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    match command {
        SourceCommand::Add(arguments) => add(arguments, data_dir, format).await,
        SourceCommand::List(arguments) => list(arguments, data_dir, format).await,
    }
}

async fn add(
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
        database: arguments.database.clone(),
        tls: arguments
            .tls
            .map(|mode| Tls {
                mode,
                ca_certificate: None,
            })
            .unwrap_or_default(),
        options: Options::default(),
    };
    let created = meta.session.create_datasource(&new).await;
    let created = created.map_err(|error| meta.failed(error))?;
    match format {
        Format::Json => output::print_json(&created)?,
        Format::Table => {
            output::print(&table(std::slice::from_ref(&created.datasource)))?;
            output::hint("its databases are being read: plumb source list shows when that is done");
        }
    }
    Ok(Outcome::Done)
}

async fn list(
    arguments: &ListArguments,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let meta = Meta::connect(&arguments.connection, data_dir)?;
    let items = meta.list_sources().await?;
    match format {
        Format::Json => output::print_json(&Page {
            items,
            next_cursor: None,
            total: None,
        })?,
        Format::Table if items.is_empty() => {
            output::hint("no data source is registered: see plumb source add --help");
        }
        Format::Table => output::print(&table(&items))?,
    }
    Ok(Outcome::Done)
}

/// From where the arguments say, else from the environment.
fn password(arguments: &AddArguments) -> Result<Password, ClientError> {
    let given = arguments.password.read()?;
    given
        .or_else(|| crate::variable(PASSWORD_VARIABLE))
        .map(|text| Password::from(text.as_str()))
        .ok_or(ClientError::NoPassword)
}

fn default_port(engine: Engine) -> u16 {
    match engine {
        Engine::Mysql => 3306,
        Engine::Postgresql => 5432,
    }
}

fn table(sources: &[Datasource]) -> String {
    let mut table = Table::new(&[
        "ID",
        "NAME",
        "TYPE",
        "SERVER",
        "ADDRESS",
        "STATUS",
        "LAST SYNC",
        "ERROR",
    ]);
    for source in sources {
        let server = [source.flavor.as_deref(), source.server_version.as_deref()];
        table.row(&[
            &source.id.to_string(),
            &source.datasource_name,
            source.datasource_type.as_str(),
            &server.into_iter().flatten().collect::<Vec<_>>().join(" "),
            &address(&source.host, source.port),
            &source.sync_status,
            &output::time(source.last_sync_at.as_ref()),
            source.error_message.as_deref().unwrap_or_default(),
        ]);
    }
    table.render()
}

fn address(host: &str, port: u16) -> String {
    if host.contains(':') {
        format!("[{host}]:{port}")
    } else {
        format!("{host}:{port}")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn sources_are_shown_one_a_line() {
        let source = |id: i64, name: &str, error: Option<&str>| -> Datasource {
            serde_json::from_value(json!({
                "id": id, "datasource_name": name, "datasource_type": "mysql", "flavor": "MariaDB",
                "server_version": "10.11", "host": "::1", "port": 3306, "username": "u",
                "default_database": null, "tls": {}, "options": {}, "server_facts": {},
                "sync_status": "failed", "sync_level": null, "error_message": error,
                "last_sync_at": "2026-01-02T12:00:05.123456Z",
                "created_at": "2026-01-02T12:00:00Z", "updated_at": "2026-01-02T12:00:00Z",
            }))
            .unwrap()
        };
        let shown = table(&[
            source(1, "shop\u{1b}c", None),
            source(12, "b", Some("no\nroute")),
        ]);
        assert_eq!(
            shown,
            "ID  NAME         TYPE   SERVER         ADDRESS     STATUS  LAST SYNC                ERROR\n\
             1   shop\\u{1b}c  mysql  MariaDB 10.11  [::1]:3306  failed  2026-01-02 12:00:05 UTC\n\
             12  b            mysql  MariaDB 10.11  [::1]:3306  failed  2026-01-02 12:00:05 UTC  no\\nroute\n"
        );
    }
}
