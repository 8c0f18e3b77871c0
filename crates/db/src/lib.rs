//! How Plumbline talks to its own `PostgreSQL`: pools, the binding of a transaction to a tenant,
//! migrations, and what constraint names mean.
//!
//! Every transaction on tenant tables begins with [`Store::begin`], which binds it to one tenant;
//! row-level security hides everything else, so that forgetting a condition shows too little and
//! never too much.

mod error;
mod migrate;
mod roles;
mod sample;
mod server;
mod state;
mod store;

pub use error::StoreError;
pub use migrate::{MigrateError, Schema, migrate};
pub use roles::{Login, Logins, RolesError, create_logins};
pub use sample::{Sample, SampleError, create_sample, fill_sample};
pub use server::{LoggedIn, create_database, data_directory, logged_in};
pub use sqlx::PgConnection as Connection;
pub use state::{LoginState, SchemaState, login_state};
pub use store::{Store, Tx};
