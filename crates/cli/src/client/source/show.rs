//! `plumb source show`.

use std::path::Path;

use models::datasource::Datasource;

use super::address;
use super::list::status;
use crate::args::{Format, SourceShowArguments};
use crate::client::ClientError;
use crate::client::connection::Meta;
use crate::error::Outcome;
use crate::output::{self, Facts, time};

pub(super) async fn show(
    arguments: &SourceShowArguments,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let meta = Meta::connect(&arguments.connection, data_dir)?;
    let source = meta.find_source(&arguments.source).await?;
    match format {
        Format::Json => output::print_json(&source)?,
        Format::Table => output::print(&facts(&source).render())?,
    }
    Ok(Outcome::Done)
}

fn facts(source: &Datasource) -> Facts {
    let server = [source.flavor.as_deref(), source.server_version.as_deref()];
    let mut facts = Facts::default();
    facts.add("name", source.datasource_name.clone());
    facts.add("id", source.id.to_string());
    facts.add("type", source.datasource_type.as_str().to_owned());
    let server: Vec<&str> = server.into_iter().flatten().collect();
    facts.add("server", server.join(" "));
    facts.add("address", address(&source.host, source.port));
    facts.add("login", source.username.clone());
    facts.add("password from", source.password_from.clone());
    facts.add("database", source.default_database.clone());
    facts.add("tls", tls(source));
    let options = &source.options;
    facts.add("include", options.include_databases.join(", "));
    facts.add("exclude", options.exclude_databases.join(", "));
    facts.add("schemas", options.include_schemas.join(", "));
    facts.add("not schemas", options.exclude_schemas.join(", "));
    let limit = options.max_connections;
    facts.add("connections", limit.map(|limit| format!("at most {limit}")));
    let writable = options.writable.then(|| "by pipelines".to_owned());
    facts.add("written", writable);
    facts.add("status", status(source));
    facts.add("error", source.error_message.clone());
    facts.add("last sync", time(source.last_sync_at.as_ref()));
    facts.add("read to", source.sync_level.clone());
    facts.add("registered", time(Some(&source.created_at)));
    facts.add("changed", time(Some(&source.updated_at)));
    for (name, value) in source.server_facts.as_object().into_iter().flatten() {
        facts.add("server says", format!("{name} = {value}"));
    }
    facts
}

/// The mode in the words of the API.
fn tls(source: &Datasource) -> Option<String> {
    let mode = serde_json::to_value(source.tls.mode).ok()?;
    let own = source.tls.ca_certificate.as_ref();
    let own = own.map(|_| ", with certificates of its own");
    Some(format!("{}{}", mode.as_str()?, own.unwrap_or_default()))
}
