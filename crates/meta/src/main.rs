//! The program `meta`.

use std::path::PathBuf;

use anyhow::Context;
use clap::{Parser, Subcommand};
use meta::{Config, KeyUse, Role};
use service_kit::{config, http, shutdown, telemetry};

#[derive(Debug, Parser)]
#[command(
    name = "meta",
    version,
    about = "Plumbline's service for data sources, scanning, the catalog and jobs"
)]
struct Arguments {
    /// A TOML file with the settings that differ from the defaults.
    #[arg(long, global = true, value_name = "FILE", env = "META_CONFIG")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Migrate the store, then serve the API and run jobs until SIGTERM or Ctrl-C.
    Serve,
    /// Migrate the store, then run jobs only, without the API, until SIGTERM or Ctrl-C.
    Worker,
    /// Migrate the store and exit.
    Migrate,
    /// Ask the running service on this machine whether it is ready; exit status 0 if so.
    Health,
    /// Look after the encryption of data sources' passwords.
    #[command(subcommand)]
    Secrets(SecretsCommand),
    /// Look at the settings.
    #[command(subcommand)]
    Config(ConfigCommand),
}

#[derive(Debug, Subcommand)]
enum ConfigCommand {
    /// Check the settings and print them, secrets left out.
    Check,
}

#[derive(Debug, Subcommand)]
enum SecretsCommand {
    /// Tell how many passwords are encrypted with which key.
    Status,
    /// Encrypt all passwords with the current key (secrets.key) that are not; replicas may run meanwhile.
    Rotate,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let file = arguments.config.as_deref();
    let config = Config::load(file, config::environment())?;
    http::install_crypto();
    telemetry::init(&config.log)?;
    match arguments.command {
        Command::Serve => run(config, Role::Everything).await,
        Command::Worker => run(config, Role::WorkerOnly).await,
        Command::Migrate => meta::migrate(&config)
            .await
            .context("the store was not migrated"),
        Command::Health => http::ask_health(config.server.port)
            .await
            .context("meta is not ready"),
        Command::Secrets(SecretsCommand::Status) => {
            let keys = meta::secrets_status(&config).await;
            show(&keys.context("the keys cannot be counted")?);
            Ok(())
        }
        Command::Secrets(SecretsCommand::Rotate) => {
            let rotation = meta::rotate_secrets(&config).await;
            let rotation = rotation.context("the passwords were not encrypted anew")?;
            println!("encrypted anew: {}", rotation.rotated);
            show(&rotation.keys);
            Ok(rotation.complete()?)
        }
        Command::Config(ConfigCommand::Check) => {
            print!("{}", Config::render(file, config::environment())?);
            Ok(())
        }
    }
}

fn show(keys: &[KeyUse]) {
    for key in keys {
        println!("{key}");
    }
}

async fn run(config: Config, role: Role) -> anyhow::Result<()> {
    let listener = http::bind(config.server.socket_address()).await?;
    let stop = shutdown::signal_token()?;
    tracing::info!(address = %listener.local_addr()?, "meta listens");
    meta::serve(config, role, listener, stop)
        .await
        .context("meta has stopped")
}
