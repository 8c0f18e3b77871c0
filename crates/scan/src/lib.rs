//! Reads database servers.
//!
//! A [`Scanner`] stands for one server. Level 1 answers with an [`Inventory`]; level 2 opens one
//! [`DatabaseReader`] per database and streams each catalog statement once, as [`Record`]s. The
//! crate knows no store and no HTTP: what becomes of the records is the caller's affair.
//!
//! `postgres/` and `mysql/` have the same file names, so that what differs between the engines
//! can be read side by side.

mod bounds;
mod condition;
mod connection_url;
mod cost;
mod error;
mod filter;
mod flight;
mod mysql;
mod passage;
mod postgres;
mod preview;
mod probe;
mod produce;
pub mod quote;
mod record;
mod scanner;
pub mod session;
mod target;
mod tls;
mod witness;

pub use condition::{Condition, Refusal, choose};
pub use connection_url::UrlError;
pub use error::ScanError;
pub use filter::{Filters, NameFilter};
pub use flight::settle;
pub use passage::{Network, NetworkError, Policy, Route};
pub use preview::{Caps, Cell, Column, Preview, PreviewError, PreviewRequest, Stop};
pub use record::{
    CheckRecord, DatabaseRecord, DependencyRecord, DigestRecord, FailureRecord, FieldRecord,
    Figures, IndexRecord, Inventory, KeyRecord, ObjectRecord, PartitionRecord, Record, ServerInfo,
    TableRecord, TriggerRecord,
};
pub use scanner::{Chosen, DatabaseReader, Part, RecordStream, Scanner, Selection, scanner};
pub use target::{Limits, Target};
pub use witness::{Doubt, Witness};
