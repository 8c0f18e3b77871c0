//! `/api/metadata/jobs`

pub(super) mod get;
pub(super) mod list;
