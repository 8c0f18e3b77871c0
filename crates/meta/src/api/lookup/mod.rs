//! Finding entries of the catalog.

pub(crate) mod by_ids;
pub(crate) mod by_names;
