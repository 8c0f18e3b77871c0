//! What both services share around axum, so that `meta` and `manager` differ only in what they do.
//!
//! A service is put together in this order:
//!
//! 1. [`config::load`] reads its settings, [`telemetry::init`] starts the log,
//!    [`http::install_crypto`] picks the TLS provider;
//! 2. its routes declare their inputs with [`extract`] and the role they need with the extractors
//!    of [`auth`], and answer errors as [`problem::Reply`];
//! 3. [`auth::layer()`] guards the routes of the API, and [`http::known_caller`] inside it sees how often
//!    the caller asks; [`health::router`], [`metrics::router`] and [`openapi::mount`] stay outside both;
//! 4. [`http::router_stack`] goes around everything, and [`http::serve`] runs it until
//!    [`shutdown::signal_token`] is cancelled.
//!
//! Nothing here knows a data source, a table or a job.

pub mod auth;
pub mod conditional;
pub mod config;
pub mod extract;
pub mod health;
pub mod http;
pub mod metrics;
pub mod openapi;
pub mod paging;
pub mod problem;
pub mod shutdown;
pub mod telemetry;

pub use http::{http_client, http_client_by};
