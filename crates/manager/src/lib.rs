//! The service that owns managed objects and their permissions.
//!
//! `api/` has one endpoint per file: extract, one call, map. All SQL stands in `store/`. What
//! `manager` wants of `meta` goes through `gateway.rs`; what happens without a caller stands in
//! `reconciler/`.

mod adoption;
mod api;
mod app;
mod config;
mod csv;
mod error;
mod gateway;
mod keys;
mod measure;
mod once;
mod reconciler;
mod selector;
mod state;
mod store;

pub use api::openapi;
pub use app::{StartError, migrate, serve, serve_by};
pub use config::{Config, DEFAULTS, ManageConfig, MetaConfig, PreviewConfig, ReconcileConfig};
