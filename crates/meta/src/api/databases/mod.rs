//! `/api/metadata/databases`

pub(super) mod get;
pub(super) mod list;
pub(super) mod table_names;
