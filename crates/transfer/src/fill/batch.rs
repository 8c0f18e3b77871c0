//! Some rows, converted and not yet written.

use std::fmt::Write;

use scan::ScanError;
use scan::session::Row as Read;

use super::Failed;
use super::convert::convert;
use super::plan::Plan;

/// The most rows of a batch.
const ROWS: usize = 1000;

/// A batch with so many bytes of values takes no further row.
const BYTES: usize = 1 << 20;

/// One value on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Null,
    /// Text that the server makes what the column is.
    Text(String),
    Bytes(Vec<u8>),
    /// A number for the bits of a column.
    Bits(u64),
}

impl Value {
    fn len(&self) -> usize {
        match self {
            Self::Null => 1,
            Self::Text(text) => text.len(),
            Self::Bytes(bytes) => bytes.len(),
            Self::Bits(_) => 8,
        }
    }

    /// As it is told to somebody.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Null => "NULL".to_owned(),
            Self::Text(text) => text.clone(),
            Self::Bytes(bytes) => {
                let mut text = "\\x".to_owned();
                for byte in bytes.iter().take(64) {
                    // Writing to a string cannot fail.
                    let _ = write!(text, "{byte:02x}");
                }
                text
            }
            Self::Bits(bits) => format!("{bits:b}"),
        }
    }
}

/// A row that is to be written.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) place: u64,
    pub(super) values: Vec<Value>,
}

impl Row {
    /// How many bytes its values have.
    pub(super) fn bytes(&self) -> usize {
        self.values.iter().map(Value::len).sum()
    }
}

#[derive(Debug, Default)]
pub(super) struct Batch {
    pub(super) rows: Vec<Row>,
    /// Rows that are no rows of the table.
    pub(super) failed: Vec<Failed>,
    bytes: usize,
}

impl Batch {
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.failed.is_empty()
    }

    pub(super) fn has_room(&self) -> bool {
        self.rows.len() + self.failed.len() < ROWS && self.bytes < BYTES
    }

    /// Takes a row, or notes why it cannot be written.
    pub(super) fn take(&mut self, read: &Read, plan: &Plan, place: u64) -> Result<(), ScanError> {
        let mut row = Row {
            place,
            values: Vec::with_capacity(plan.ways.len()),
        };
        let mut refused = None;
        for (at, way) in plan.ways.iter().enumerate() {
            let value = read.value(at)?;
            let value = match convert(value.as_deref(), way, plan.is_postgres) {
                Ok(value) => value,
                Err(what) => {
                    refused.get_or_insert_with(|| format!("{}: {what}", way.column.name));
                    // The key is told all the same.
                    let value = value.unwrap_or_default();
                    Value::Text(String::from_utf8_lossy(&value).into_owned())
                }
            };
            self.bytes += value.len();
            row.values.push(value);
        }
        let without_key = plan.key.iter().find(|&&at| row.values[at] == Value::Null);
        if let Some(&at) = without_key {
            refused.get_or_insert_with(|| {
                format!(
                    "{}: NULL tells no row from others",
                    plan.ways[at].column.name
                )
            });
        }
        match refused {
            Some(reason) => self.failed.push(plan.failed(&row, reason)),
            None => self.rows.push(row),
        }
        Ok(())
    }
}
