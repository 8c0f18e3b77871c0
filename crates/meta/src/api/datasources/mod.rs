//! `/api/metadata/datasources`

pub(super) mod create;
pub(super) mod delete;
pub(super) mod get;
pub(super) mod list;
pub(super) mod test;
pub(super) mod test_connection;
pub(super) mod update;
