//! `/api/metadata/tables`

pub(super) mod get;
pub(super) mod list;
