//! `/api/manager/managed-objects`

mod delete;
mod get;
mod list;
mod update;
