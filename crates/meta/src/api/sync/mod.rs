//! `/api/metadata/sync`

pub(super) mod auto;
