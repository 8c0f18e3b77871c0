//! `/api/metadata/sync-logs`

pub(super) mod list;
