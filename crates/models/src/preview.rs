//! Previews: some rows of a table, as they are on the data source just now.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// The most rows that a preview shows.
pub const MAX_ROWS: u16 = 1000;

/// The greatest whole number that JSON carries exactly wherever it is read (RFC 8259, section 6).
pub const GREATEST_EXACT: u64 = (1 << 53) - 1;

/// Some rows of a table, in no particular order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Preview {
    /// The table.
    pub table_id: i64,
    /// Its schema; '' on `MySQL`.
    pub table_schema: String,
    /// Its name.
    pub table_name: String,
    /// The columns, in the order of the values of each row.
    pub columns: Vec<PreviewColumn>,
    /// The rows: for each column null, true or false, a whole number up to 2^53 - 1, or the server's own
    /// text; bytes in hexadecimal digits.
    pub rows: Vec<Vec<Value>>,
    /// Whether there are more rows than these.
    pub truncated: bool,
    /// What ended them, where there are more.
    pub truncated_by: Option<Truncation>,
    /// Which values are not shown to their ends.
    pub cut: Vec<CutValue>,
}

/// A column of a preview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PreviewColumn {
    /// Its name.
    pub name: String,
    /// The neutral type, as a field's.
    pub data_type: String,
    /// The type as the server prints it.
    pub column_type: String,
    /// `hex` where values are bytes; null where they are text.
    pub encoding: Option<String>,
}

/// Why a preview ends before its table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Truncation {
    /// As many rows as were asked for.
    Rows,
    /// As many bytes as an answer may have.
    Bytes,
}

/// A value that is not shown to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct CutValue {
    /// Which row, from 0.
    pub row: usize,
    /// Which column, from 0.
    pub column: usize,
    /// How many bytes the whole value has; null where the server cannot tell without printing it.
    pub total_bytes: Option<i64>,
}

/// What a preview is to be printed as.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum PreviewFormat {
    /// The whole document.
    #[default]
    Json,
    /// Rows alone, below a line of names (RFC 4180).
    Csv,
}
