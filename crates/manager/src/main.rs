//! The program `manager`.

use std::path::PathBuf;

use anyhow::Context;
use clap::{Parser, Subcommand};
use manager::Config;
use service_kit::{config, http, shutdown, telemetry};

#[derive(Debug, Parser)]
#[command(
    name = "manager",
    version,
    about = "Plumbline's service for managed objects and permissions"
)]
struct Arguments {
    /// A TOML file with the settings that differ from the defaults.
    #[arg(long, global = true, value_name = "FILE", env = "MANAGER_CONFIG")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Migrate the store, then serve the API and follow scans until SIGTERM or Ctrl-C.
    Serve,
    /// Migrate the store and exit.
    Migrate,
    /// Ask the running service on this machine whether it is ready; exit status 0 if so.
    Health,
    /// Look at the settings.
    #[command(subcommand)]
    Config(ConfigCommand),
}

#[derive(Debug, Subcommand)]
enum ConfigCommand {
    /// Check the settings and print them, secrets left out.
    Check,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let file = arguments.config.as_deref();
    let config = Config::load(file, config::environment())?;
    http::install_crypto();
    telemetry::init(&config.log)?;
    match arguments.command {
        Command::Serve => {
            let listener = http::bind(config.server.socket_address()).await?;
            let stop = shutdown::signal_token()?;
            tracing::info!(address = %listener.local_addr()?, "manager listens");
            manager::serve(config, listener, stop)
                .await
                .context("manager has stopped")
        }
        Command::Migrate => manager::migrate(&config)
            .await
            .context("the store was not migrated"),
        Command::Health => http::ask_health(config.server.port)
            .await
            .context("manager is not ready"),
        Command::Config(ConfigCommand::Check) => {
            print!("{}", Config::render(file, config::environment())?);
            Ok(())
        }
    }
}
