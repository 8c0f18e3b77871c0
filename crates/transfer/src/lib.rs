//! Moves rows between data sources, and counts those that wait to be moved.
//!
//! [`Fill`] writes what a query of one server answers into a table of another, in batches, whatever their engines.
//! [`etl`] runs one statement. [`delta`] measures how far one table is behind another. The crate knows no store and no HTTP: whoever fills says which
//! columns the table has, and keeps what comes of it.

pub mod delta;
mod etl;
mod fill;

pub use etl::{EtlError, etl};
pub use fill::{Failed, Fill, FillError, FillTable, Order, Step, TargetColumn};
