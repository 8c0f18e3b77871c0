//! `/api/metadata/fields`

pub(super) mod get;
pub(super) mod list;
