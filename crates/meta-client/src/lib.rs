//! Typed client of `meta`, for `manager`, the command line and tests.
//!
//! A [`MetaClient`] knows where `meta` is; a [`Session`] asks it as somebody. The HTTP client is
//! the caller's, so that its time-outs and TLS are set in one place.

mod client;
mod databases;
mod datasources;
mod error;
mod fields;
mod jobs;
mod query;
mod scans;
mod tables;

pub use client::{MetaClient, Session};
pub use error::Error;
pub use query::{
    DatabasesQuery, FieldsQuery, JobsQuery, PageQuery, SyncLogsQuery, TableNamesQuery, TablesQuery,
};
