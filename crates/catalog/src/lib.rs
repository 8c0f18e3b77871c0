//! All SQL on the catalog tables.
//!
//! Plain functions that take a connection: the caller begins the transaction, bound to a tenant by
//! [`db::Store::begin`], and ends it. Only [`staging`] works on tables that know no tenant, which no
//! API reads.

pub mod api_keys;
pub mod changes;
pub mod checkpoints;
pub mod database_objects;
pub mod databases;
pub mod datasources;
pub mod digests;
pub mod failed_rows;
pub mod fields;
pub mod growth;
pub mod idempotency;
pub mod known;
pub mod lineage;
pub mod measurements;
pub mod merge;
pub mod overview;
pub mod pipelines;
pub mod previews;
pub mod relations;
pub mod removals;
pub mod renames;
pub mod schedules;
pub mod search;
pub mod secrets;
pub mod sign_in_links;
pub mod staging;
pub mod sync_logs;
pub mod tables;
pub mod tenants;
pub mod tree;
