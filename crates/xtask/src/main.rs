//! Chores of the project: `cargo xtask --help`.

mod bench;
mod compare;
mod docs;
mod generated;
mod offline_sql;
mod openapi;
mod postman;
mod problems;

use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Parser, Subcommand};
use secrecy::{ExposeSecret, SecretString};

#[derive(Debug, Parser)]
#[command(name = "xtask", about = "Chores of the project")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Debug, Subcommand)]
enum Chore {
    /// Write the data of `.sqlx`, which stand in for a database when queries are compiled. Needs a `PostgreSQL`.
    Sqlx {
        /// A superuser's URL of a server in which a database is made for it and dropped again.
        #[arg(long, env = "PLUMBLINE_TEST_POSTGRES_URL")]
        server: String,
    },
    /// Write the `OpenAPI` documents of both services to `docs/openapi`.
    Openapi,
    /// Write the Postman collection of both services, `docs/postman_collection.json`.
    Postman,
    /// Write the page of problem types, `docs/problems.md`.
    Problems,
    /// Scan a database and count its objects by plain queries too. Prints both, and fails where they differ.
    Compare {
        /// As for `plumb scan`, with the password.
        url: SecretString,
        /// The database; the one in the URL when absent.
        database: Option<String>,
    },
    /// Measure against the floor. Needs the servers: `tests/servers with cargo xtask bench scan`.
    #[command(subcommand)]
    Bench(Measurement),
    /// Check that everything generated is current, and that the docs name what exists. Needs a `PostgreSQL`.
    Check {
        /// As for `sqlx`.
        #[arg(long, env = "PLUMBLINE_TEST_POSTGRES_URL")]
        server: String,
    },
}

#[derive(Debug, Subcommand)]
enum Measurement {
    /// Deep scans, first and unchanged: seconds, statements and memory of a real `meta`.
    Scan(bench::ScanArguments),
    /// Deep scans of what changed, against whole ones.
    Incremental(bench::IncrementalArguments),
    /// Keys of one table that another on another server lacks: seconds and memory.
    Delta(bench::DeltaArguments),
    /// Jobs: how many a second, and what a kill, a cancellation and a thousand listeners cost.
    Jobs(bench::JobsArguments),
    /// Fills from `PostgreSQL` to `MariaDB` and back: rows a second over COPY and LOAD DATA, and memory.
    Fill(bench::FillArguments),
}

fn main() -> anyhow::Result<()> {
    let root = root()?;
    match Arguments::parse().chore {
        Chore::Sqlx { server } => offline_sql::write(&root, &server),
        Chore::Openapi => generated::write(openapi::files(&root)?),
        Chore::Postman => generated::write(postman::files(&root)?),
        Chore::Problems => generated::write(problems::files(&root)),
        Chore::Compare { url, database } => compare::compare(url.expose_secret(), database),
        Chore::Bench(Measurement::Scan(arguments)) => bench::scan(&root, &arguments),
        Chore::Bench(Measurement::Incremental(arguments)) => bench::incremental(&root, &arguments),
        Chore::Bench(Measurement::Delta(arguments)) => bench::delta(&root, &arguments),
        Chore::Bench(Measurement::Jobs(arguments)) => bench::jobs(&root, &arguments),
        Chore::Bench(Measurement::Fill(arguments)) => bench::fill(&root, &arguments),
        Chore::Check { server } => {
            generated::check(openapi::files(&root)?, "openapi")?;
            generated::check(postman::files(&root)?, "postman")?;
            generated::check(problems::files(&root), "problems")?;
            docs::check(&root)?;
            offline_sql::check(&root, &server)
        }
    }
}

/// The folder of the workspace.
fn root() -> anyhow::Result<PathBuf> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = here
        .ancestors()
        .nth(2)
        .context("xtask lies in crates/xtask")?;
    Ok(root.to_owned())
}
