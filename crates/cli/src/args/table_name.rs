//! How a table is named on the command line.

use clap::Args;

use crate::words::full_name;

/// A table of a database.
#[derive(Debug, Args)]
pub(crate) struct TableName {
    /// The table: NAME in any schema, or SCHEMA.NAME.
    pub(crate) table: String,
    /// The schema, for a name that could be read in two ways: then TABLE is the name alone.
    #[arg(long)]
    pub(crate) schema: Option<String>,
}

impl TableName {
    /// The name for messages.
    pub(crate) fn shown(&self) -> String {
        full_name(self.schema.as_deref().unwrap_or_default(), &self.table)
    }
}

/// Some tables of a database, to read or to manage.
#[derive(Debug, Args)]
pub(crate) struct TableNames {
    /// Only these tables: NAME in any schema, or SCHEMA.NAME.
    #[arg(long, value_delimiter = ',', value_name = "A,B")]
    tables: Vec<String>,
    /// Only this table, whose name may have a comma; may be repeated.
    #[arg(long = "table", value_name = "NAME")]
    table: Vec<String>,
}

impl TableNames {
    /// The tables that were named; None for all.
    pub(crate) fn chosen(&self) -> Option<Vec<String>> {
        let all: Vec<String> = self.tables.iter().chain(&self.table).cloned().collect();
        (!all.is_empty()).then_some(all)
    }
}
