//! The forms in which a scan is printed.

use scan::DatabaseRecord;

use super::document::{Database, End, Source};
use super::json::Json;
use super::markdown::Markdown;
use super::tree::Tree;
use crate::args::AnyFormat;
use crate::output::PrintError;

/// Writes a scan as text, in parts: the head, each database, the end.
pub(super) trait Form: Send {
    /// What comes before the databases, of which these are to come.
    fn head(&mut self, source: &Source, databases: &[DatabaseRecord])
    -> Result<String, PrintError>;

    /// A database.
    fn database(&mut self, database: &Database) -> Result<String, PrintError>;

    /// What comes after the databases.
    fn end(&mut self, end: &End) -> Result<String, PrintError>;
}

/// The form for a format.
pub(super) fn form(format: AnyFormat) -> Box<dyn Form> {
    match format {
        AnyFormat::Table => Box::new(Tree::default()),
        AnyFormat::Json => Box::new(Json::default()),
        AnyFormat::Markdown => Box::new(Markdown::default()),
    }
}
