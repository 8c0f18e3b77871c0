//! What of a server is read, and how gently.

use clap::Args;
use models::datasource::Options;

/// Settings of a data source besides its connection.
#[derive(Debug, Args)]
#[command(next_help_heading = "What is read")]
pub(crate) struct Selection {
    /// Only databases that match this pattern of * and ?; may be repeated.
    #[arg(long, value_name = "PATTERN")]
    include: Option<Vec<String>>,
    /// No databases that match this pattern; may be repeated.
    #[arg(long, value_name = "PATTERN")]
    exclude: Option<Vec<String>>,
    #[arg(
        long,
        value_name = "PATTERN",
        help = "Only schemas that match this pattern (PostgreSQL); may be repeated"
    )]
    include_schema: Option<Vec<String>>,
    #[arg(
        long,
        value_name = "PATTERN",
        help = "No schemas that match this pattern (PostgreSQL); may be repeated"
    )]
    exclude_schema: Option<Vec<String>>,
    /// How many connections to the server may be open at once [default: the service's setting].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=16))]
    max_connections: Option<u8>,
    /// Whether pipelines may write to the server.
    #[arg(long, value_name = "BOOL", num_args = 0..=1, default_missing_value = "true", require_equals = true)]
    writable: Option<bool>,
}

impl Selection {
    /// Whether nothing is said.
    pub(crate) fn is_empty(&self) -> bool {
        let lists = [
            &self.include,
            &self.exclude,
            &self.include_schema,
            &self.exclude_schema,
        ];
        lists.iter().all(|list| list.is_none())
            && self.max_connections.is_none()
            && self.writable.is_none()
    }

    /// The options with what is said in the place of what was there. An empty pattern is none, so
    /// that a list can be emptied.
    pub(crate) fn over(&self, options: Options) -> Options {
        let list = |said: &Option<Vec<String>>, was: Vec<String>| match said {
            Some(said) => said.iter().filter(|one| !one.is_empty()).cloned().collect(),
            None => was,
        };
        Options {
            max_connections: self.max_connections.or(options.max_connections),
            writable: self.writable.unwrap_or(options.writable),
            include_databases: list(&self.include, options.include_databases),
            exclude_databases: list(&self.exclude, options.exclude_databases),
            include_schemas: list(&self.include_schema, options.include_schemas),
            exclude_schemas: list(&self.exclude_schema, options.exclude_schemas),
        }
    }
}
