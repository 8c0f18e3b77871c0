//! Data sources and what of them can be managed.

pub(crate) mod available_databases;
pub(crate) mod available_tables;
pub(crate) mod list;
