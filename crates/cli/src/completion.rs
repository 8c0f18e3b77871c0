//! `plumb completion`.

use clap::CommandFactory as _;

use crate::args::{Arguments, CompletionArguments, Format};
use crate::output::{self, PrintError};

/// Prints the script for a shell.
///
/// # Errors
/// When it cannot be printed.
pub(crate) fn completion(
    arguments: &CompletionArguments,
    format: Format,
) -> Result<(), PrintError> {
    let mut script = Vec::new();
    let mut command = Arguments::command();
    clap_complete::generate(arguments.shell, &mut command, "plumb", &mut script);
    let script = String::from_utf8_lossy(&script);
    match format {
        Format::Table => output::print(&script),
        Format::Json => output::print_json(&serde_json::json!({
            "shell": arguments.shell.to_string(),
            "script": script,
        })),
    }
}
