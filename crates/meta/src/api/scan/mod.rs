//! `/api/metadata/scan`

pub(super) mod deep;
pub(super) mod status;
