//! The service that owns data sources and their secrets, scanning, the catalog and jobs.
//!
//! `api/` has one endpoint per file: extract, one call, map. What a call does stands in
//! `service/`; what a job does stands in `work/`, one file per job type.

mod api;
mod app;
mod config;
mod error;
mod outbound;
mod retention;
mod schedule;
mod secrets;
mod service;
mod silence;
mod work;

pub use api::openapi;
pub use app::{Role, StartError, migrate, serve, serve_by};
pub use config::{Config, DEFAULTS};
pub use secrets::{Incomplete, KeyUse, Rotation, Standing, rotate_secrets, secrets_status};
