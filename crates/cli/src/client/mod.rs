//! The commands that are clients of `meta`.

mod connection;
mod deep_scan;
mod error;
mod find;
mod follow;
mod source;
mod status;
mod sync;

pub(crate) use deep_scan::deep_scan;
pub(crate) use error::ClientError;
pub(crate) use source::source;
pub(crate) use sync::sync;
