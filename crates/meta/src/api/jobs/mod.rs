//! `/api/metadata/jobs`

pub(super) mod all_events;
pub(super) mod cancel;
pub(super) mod events;
pub(super) mod failed_rows;
pub(super) mod get;
pub(super) mod list;
pub(super) mod report;
pub(super) mod retry;
pub(super) mod update;
