//! `plumb scan`: reads a server and prints what it has, without a store or a service.
//!
//! Databases are read side by side and printed one after the other, each as soon as its turn has
//! come: no more of them are held at a time than there are connections.

mod arguments;
mod assemble;
mod document;
mod form;
mod json;
mod markdown;
mod progress;
mod read;
#[cfg(test)]
mod sample;
mod tree;

use std::collections::HashSet;
use std::panic::resume_unwind;
use std::sync::Arc;

use futures::{StreamExt as _, stream};
use models::scan::ScanFailure;
use scan::{DatabaseRecord, ScanError, Selection, Target, UrlError};
use secrecy::ExposeSecret as _;
use service_kit::config;

use self::document::{End, Source};
use self::form::Form;
use self::progress::Progress;
use self::read::{Job, Reading};
use crate::args::AnyFormat;
use crate::error::Outcome;
use crate::output::{self, PrintError, plain};
use crate::password::PasswordError;

pub(crate) use arguments::ScanArguments;

/// The variable that may hold the password.
const PASSWORD_VARIABLE: &str = "PLUMB_SCAN_PASSWORD";

/// Why a scan failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ScanCommandError {
    /// The URL does not say what to read.
    #[error(transparent)]
    Url(#[from] UrlError),
    /// The password cannot be read.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// Tables were named, and not one database.
    #[error(
        "--table is for one database: name it in the URL or after it, as in mysql://reader@db.example/shop"
    )]
    TablesOfMany,
    /// The server cannot be read.
    #[error("{}", lines_plain(.0))]
    Scan(ScanError),
    /// Not one of the databases could be read.
    #[error("nothing could be read")]
    Nothing,
    /// The result cannot be printed.
    #[error(transparent)]
    Print(#[from] PrintError),
}

impl ScanCommandError {
    /// Whether the command line has to be changed.
    pub(crate) fn is_wrong_use(&self) -> bool {
        matches!(self, Self::Url(_) | Self::TablesOfMany)
    }
}

/// What a server says may be on several lines.
fn lines_plain(error: &ScanError) -> String {
    let text = error.to_string();
    let lines: Vec<_> = text.lines().map(plain).collect();
    lines.join("\n")
}

/// Reads a server and prints what it has.
///
/// # Errors
/// When the URL is wrong, and when the server or all of its databases cannot be read.
pub(crate) async fn scan(
    arguments: &ScanArguments,
    format: AnyFormat,
) -> Result<Outcome, ScanCommandError> {
    let target = target(arguments)?;
    let named = named(arguments, &target);
    let selection = if arguments.tables.is_empty() {
        Selection::All
    } else if named.len() == 1 {
        Selection::Tables(arguments.tables.clone())
    } else {
        return Err(ScanCommandError::TablesOfMany);
    };
    let progress = Progress::new();
    let scanner: Arc<dyn scan::Scanner> = scan::scanner(target.clone()).into();
    let inventory = scanner.sync().await.map_err(ScanCommandError::Scan)?;
    let mut end = End {
        cost: inventory.cost,
        ..End::default()
    };
    let (chosen, absent) = choose(inventory.databases, &named);
    if let (true, Some(database)) = (chosen.is_empty(), absent.first()) {
        let database = database.clone();
        return Err(ScanCommandError::Scan(ScanError::UnknownDatabase {
            database,
        }));
    }
    end.failures.extend(absent.into_iter().map(unknown));

    let mut printer = Printer {
        form: form::form(format),
        progress: progress.clone(),
        is_read: true,
    };
    let source = Source::new(&target, inventory.server);
    let head = printer.form.head(&source, &chosen)?;
    printer.print(&head)?;
    progress.total(chosen.len());
    let (found, limit) = (chosen.len(), target.limits.max_connections);
    let job = Job {
        scanner,
        selection: Arc::new(selection),
        progress,
    };
    let read = printer.databases(job, chosen, limit, &mut end).await?;
    let text = printer.form.end(&end)?;
    printer.print(&text)?;
    printer.progress.end();
    tell(&end);
    if read == 0 && found > 0 && printer.is_read {
        return Err(ScanCommandError::Nothing);
    }
    Ok(if end.failures.is_empty() {
        Outcome::Done
    } else {
        Outcome::Partial
    })
}

/// Prints parts of the result as they come.
struct Printer {
    form: Box<dyn Form>,
    progress: Progress,
    /// Whether anybody still reads what is printed.
    is_read: bool,
}

impl Printer {
    fn print(&mut self, text: &str) -> Result<(), PrintError> {
        if self.is_read {
            self.is_read = self.progress.suspend(|| output::print_part(text))?;
        }
        Ok(())
    }

    /// Reads databases and prints them in their order. Answers how many could be read.
    async fn databases(
        &mut self,
        job: Job,
        chosen: Vec<DatabaseRecord>,
        limit: usize,
        end: &mut End,
    ) -> Result<usize, PrintError> {
        let readings = chosen.into_iter().map(|record| {
            let job = job.clone();
            // A task of its own: it reads on while what came before is being printed, and a server
            // is not kept waiting by a slow reader of ours.
            async move { tokio::spawn(job.read(record)).await }
        });
        let mut readings = stream::iter(readings).buffered(limit);
        let mut read = 0;
        while let Some(reading) = readings.next().await {
            // Nobody aborts the tasks.
            let reading: Reading =
                reading.unwrap_or_else(|error| resume_unwind(error.into_panic()));
            let text = self.form.database(&reading.database)?;
            self.progress.done();
            self.print(&text)?;
            read += usize::from(reading.database.is_scanned);
            end.failures.extend(reading.failures);
            end.missing_grants.extend(reading.missing_grants);
            end.cost.add(reading.cost);
            if !self.is_read {
                break;
            }
        }
        Ok(read)
    }
}

/// The server, with the password from wherever it is.
fn target(arguments: &ScanArguments) -> Result<Target, ScanCommandError> {
    let mut target = Target::from_url(arguments.url.expose_secret())?;
    target.limits.max_connections = usize::from(arguments.max_connections);
    if let Some(password) = arguments.password.read()? {
        target.password = password;
    } else if target.password.expose_secret().is_empty()
        && let Some(password) = config::variable(PASSWORD_VARIABLE)
    {
        target.password = password;
    }
    if target.database.is_none() && target.engine == models::datasource::Engine::Postgresql {
        // The login may be let into no other.
        target.database = arguments.databases.first().cloned();
    }
    Ok(target)
}

/// The databases that the command line names, each once.
fn named(arguments: &ScanArguments, target: &Target) -> Vec<String> {
    if arguments.databases.is_empty() {
        return target.database.iter().cloned().collect();
    }
    let mut seen = HashSet::new();
    let databases = arguments.databases.iter();
    databases
        .filter(|name| seen.insert(*name))
        .cloned()
        .collect()
}

/// The databases to read, and the names of those that are not there. All of them when none is named.
fn choose(listed: Vec<DatabaseRecord>, named: &[String]) -> (Vec<DatabaseRecord>, Vec<String>) {
    if named.is_empty() {
        return (listed, Vec::new());
    }
    let is_absent = |name: &&String| !listed.iter().any(|record| record.name == **name);
    let absent = named.iter().filter(is_absent).cloned().collect();
    let chosen = listed
        .into_iter()
        .filter(|record| named.contains(&record.name));
    (chosen.collect(), absent)
}

fn unknown(database: String) -> ScanFailure {
    let error = ScanError::UnknownDatabase {
        database: database.clone(),
    };
    ScanFailure {
        database,
        table: None,
        error: error.to_string(),
    }
}

/// Says on standard error what could not be read, and what the login may not see.
fn tell(end: &End) {
    for failure in &end.failures {
        let table = failure.table.as_ref();
        let table = table.map(|table| format!(", {table}")).unwrap_or_default();
        let text = format!(
            "could not read {}{table}: {}",
            failure.database, failure.error
        );
        output::hint(&plain(&text));
    }
    for missing in &end.missing_grants {
        let text = format!(
            "hidden in {}: {}; to see it: {}",
            missing.database, missing.hides, missing.grant
        );
        output::hint(&plain(&text));
    }
}
