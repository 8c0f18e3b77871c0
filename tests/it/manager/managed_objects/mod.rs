//! `/api/manager/managed-objects`

mod delete;
mod get;
mod list;
pub(super) mod preview;
mod update;
