//! `/api/metadata/auth/keys`

pub(in crate::api) mod create;
pub(in crate::api) mod get;
pub(in crate::api) mod introspect;
pub(in crate::api) mod list;
pub(in crate::api) mod revoke;
