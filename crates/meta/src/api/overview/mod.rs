//! `/api/metadata/overview`

pub(super) mod get;
pub(super) mod groups;
pub(super) mod set_groups;
