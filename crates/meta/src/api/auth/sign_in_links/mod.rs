//! `/api/metadata/auth/sign-in-links`

pub(in crate::api) mod create;
