//! Typed client of `meta`, for `manager`, the command line and tests; and of the few calls of
//! `manager` that the command line makes.
//!
//! A [`MetaClient`] knows where `meta` is, a [`ManagerClient`] where `manager` is; a [`Session`]
//! asks one of them as somebody. The HTTP client is the caller's, so that its time-outs and TLS are
//! set in one place.

mod auth;
mod changes;
mod client;
mod databases;
mod datasources;
mod error;
mod events;
mod fields;
mod jobs;
mod lineage;
mod lookup;
mod managed_objects;
mod pipelines;
mod query;
mod relations;
mod scans;
mod schedules;
mod search;
mod tables;

pub use client::{Client, Manager, ManagerClient, Meta, MetaClient, Service, Session};
pub use error::Error;
pub use events::{Event, Events};
pub use query::{
    ApiKeysQuery, ChangesQuery, DatabasesQuery, FieldsQuery, JobsQuery, LineageQuery, LookupQuery,
    ManagedObjectsQuery, ObjectPreviewQuery, PageQuery, PreviewQuery, RelationsQuery,
    SchedulesQuery, SearchQuery, SyncLogsQuery, TableNamesQuery, TablesQuery,
};
