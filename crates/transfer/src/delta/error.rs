//! Why the rows that wait could not be counted.

use scan::ScanError;

/// Why the rows that wait could not be counted.
#[derive(Debug, thiserror::Error)]
pub enum DeltaError {
    /// A server could not be read.
    #[error(transparent)]
    Source(#[from] ScanError),
    /// A table could not be read.
    #[error("{table} cannot be read: {cause}")]
    Table {
        /// Which one.
        table: String,
        /// Why.
        cause: ScanError,
    },
    /// Two columns cannot be compared.
    #[error(
        "{sync} of the sync table and {biz} of the business table cannot be compared: {why}; choose other columns, or another method"
    )]
    Columns {
        /// The one, with its type.
        sync: String,
        /// The other, with its type.
        biz: String,
        /// What is in the way.
        why: &'static str,
    },
    /// The keys of the two tables have not as many columns.
    #[error("a key of {sync} columns cannot be compared with one of {biz}")]
    Widths {
        /// Columns of the sync table.
        sync: usize,
        /// Columns of the business table.
        biz: usize,
    },
    /// The newest value of the business table is none that others can be newer than.
    #[error(
        "the newest value of {column} in {table} is {value}, which nothing can be compared with; correct it, or choose another method"
    )]
    Watermark {
        /// Which table.
        table: &'static str,
        /// Its column.
        column: String,
        /// What it holds.
        value: String,
    },
    /// A value is none of its type. Which one is not told: it is data of the table.
    #[error(
        "{table} has a value in {column} that is none of its type {column_type}; scan the table again"
    )]
    Value {
        /// Which table.
        table: &'static str,
        /// Its column.
        column: String,
        /// The type that the catalog knows.
        column_type: String,
    },
    /// The server sorts otherwise than it was asked to.
    #[error(
        "the keys of {table} do not come in the order of their bytes, so that they cannot be compared; values of more than 4096 bytes are none that a server sorts as a whole"
    )]
    Order {
        /// Which table.
        table: &'static str,
    },
}

impl DeltaError {
    /// Whether the same attempt may succeed later without anybody changing anything.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Source(error) | Self::Table { cause: error, .. } => error.is_transient(),
            Self::Columns { .. }
            | Self::Widths { .. }
            | Self::Watermark { .. }
            | Self::Value { .. }
            | Self::Order { .. } => false,
        }
    }
}
