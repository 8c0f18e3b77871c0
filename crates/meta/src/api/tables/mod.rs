//! `/api/metadata/tables`

pub(super) mod get;
pub(super) mod list;
pub(super) mod preview;
