//! `plumb`: Plumbline on the command line.
//!
//! `plumb up` runs everything on one machine: both services in this process, and a private
//! `PostgreSQL` beside it. `plumb scan` reads a server by itself. The other commands are clients of
//! the HTTP API.
//!
//! What a command was asked for goes to standard output, progress, hints and errors to standard
//! error. The exit status is 0 when it is done, 1 when it failed, 2 when the command was used
//! wrongly, 3 when a scan ended PARTIAL, and 130 when Ctrl-C ended the waiting for one.

mod args;
mod client;
mod completion;
mod data_dir;
mod doctor;
mod error;
mod output;
mod password;
mod postgres;
mod scan;
mod token;
mod up;
mod words;

use std::process::ExitCode;

use clap::Parser as _;
use service_kit::config::{LogConfig, LogFormat};

use crate::args::{Arguments, Command};
use crate::data_dir::DataDir;
use crate::error::{Error, Outcome};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    service_kit::http::install_crypto();
    match run(&arguments) {
        Ok(outcome) => outcome.into(),
        Err(error) => {
            output::report(&error);
            error.exit_code()
        }
    }
}

fn run(arguments: &Arguments) -> Result<Outcome, Error> {
    let given = arguments.log.clone().filter(|filter| !filter.is_empty());
    let filter = given.or_else(|| variable("RUST_LOG"));
    let default = match arguments.command {
        Command::Up(_) => "info,sqlx=warn,graphile_worker=warn",
        _ => "warn",
    };
    let log = LogConfig {
        format: LogFormat::Plain,
        filter: filter.unwrap_or_else(|| default.to_owned()),
        audit: true,
    };
    service_kit::telemetry::init(&log)?;
    let runtime = tokio::runtime::Runtime::new().map_err(Error::Runtime)?;
    let outcome = runtime.block_on(dispatch(arguments));
    if let Ok(Outcome::Exit(_)) = outcome {
        // The end of somebody's command waits for nothing of ours: not for the name of `meta` that is looked
        // up, nor for output that nobody takes.
        runtime.shutdown_background();
    }
    outcome
}

async fn dispatch(arguments: &Arguments) -> Result<Outcome, Error> {
    let named = arguments.data_dir.as_deref();
    if let Command::Scan(arguments_of_scan) = &arguments.command {
        return Ok(scan::scan(arguments_of_scan, arguments.format).await?);
    }
    let format = arguments.format.of_answer().ok_or(Error::NoMarkdown)?;
    let outcome = match &arguments.command {
        Command::Up(up) => {
            let data_dir = DataDir::choose(named, variable)?;
            up::up(up, data_dir, format).await?;
            Outcome::Done
        }
        Command::Token(token) => {
            token::token(token, &DataDir::choose(named, variable)?, format)?;
            Outcome::Done
        }
        Command::Completion(shell) => {
            completion::completion(shell, format)?;
            Outcome::Done
        }
        Command::Source(source) => client::source(source, named, format).await?,
        Command::Sync(sync) => client::sync(sync, named, format).await?,
        Command::DeepScan(scan) => client::deep_scan(scan, named, format).await?,
        Command::Job(job) => client::job(job, named, format).await?,
        Command::Schedule(schedule) => client::schedule(schedule, named, format).await?,
        Command::Pipeline(pipeline) => client::pipeline(pipeline, named, format).await?,
        Command::Overview(overview) => client::overview(overview, named, format).await?,
        Command::Key(key) => client::key(key, named, format).await?,
        Command::SignInLink(link) => client::sign_in_link(link, named, format).await?,
        Command::Db(database) => client::database(database, named, format).await?,
        Command::Table(table) => client::table(table, named, format).await?,
        Command::Field(field) => client::field(field, named, format).await?,
        Command::Search(search) => client::search(search, named, format).await?,
        Command::Lookup(lookup) => client::lookup(lookup, named, format).await?,
        Command::Lineage(lineage) => client::lineage(lineage, named, format).await?,
        Command::Changes(changes) => client::changes(changes, named, format).await?,
        Command::Removals(removals) => client::removals(removals, named, format).await?,
        Command::Manage(manage) => client::manage(manage, named, format).await?,
        Command::Object(object) => client::object(object, named, format).await?,
        Command::Doctor(doctor) => doctor::doctor(doctor, named, format).await?,
        Command::Scan(_) => Outcome::Done,
    };
    Ok(outcome)
}

/// A variable of the environment; an empty one counts as absent.
fn variable(name: &str) -> Option<String> {
    service_kit::config::environment()
        .find(|(known, value)| known == name && !value.is_empty())
        .map(|(_, value)| value)
}
