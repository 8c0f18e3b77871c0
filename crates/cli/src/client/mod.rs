//! The commands that are clients of `meta` and `manager`.

mod changes;
mod connection;
mod database;
mod deep_scan;
mod error;
mod field;
mod find;
mod follow;
mod interrupt;
mod job;
mod list;
mod lookup;
mod manage;
mod near;
mod object;
mod progress;
mod schedule;
mod source;
mod status;
mod sync;
mod table;

pub(crate) use changes::changes;
pub(crate) use connection::{Meta, ServiceUrls, service_urls};
pub(crate) use database::database;
pub(crate) use deep_scan::deep_scan;
pub(crate) use error::ClientError;
pub(crate) use field::field;
pub(crate) use job::job;
pub(crate) use lookup::lookup;
pub(crate) use manage::manage;
pub(crate) use object::object;
pub(crate) use schedule::schedule;
pub(crate) use source::source;
pub(crate) use sync::sync;
pub(crate) use table::table;
