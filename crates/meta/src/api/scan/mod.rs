//! `/api/metadata/scan`

pub(super) mod cancel;
pub(super) mod confirm_removals;
pub(super) mod deep;
pub(super) mod events;
pub(super) mod removals;
pub(super) mod retry;
pub(super) mod status;
