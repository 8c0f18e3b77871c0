//! What databases hold besides tables.

pub(super) mod get;
pub(super) mod list;
