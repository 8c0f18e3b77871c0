//! What to connect to, and how gently.

use std::time::Duration;

use models::datasource::{Engine, Tls};
use secrecy::SecretString;

use crate::Filters;

/// One server and the login to read it with.
#[derive(Debug, Clone)]
pub struct Target {
    /// The protocol.
    pub engine: Engine,
    /// Host name or address.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// The login.
    pub username: String,
    /// Its password.
    pub password: SecretString,
    /// The database to connect to first; the engine's usual one when absent.
    pub database: Option<String>,
    /// Transport security.
    pub tls: Tls,
    /// What of the server is wanted.
    pub filters: Filters,
    /// How gently to read.
    pub limits: Limits,
}

/// What a scan may take from the server at most.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Time for resolving, connecting and logging in.
    pub connect_timeout: Duration,
    /// Time for one statement; enforced by the server where it can, and by us in any case.
    pub statement_timeout: Duration,
    /// Time that a statement may wait for a lock.
    pub lock_timeout: Duration,
    /// Connections open at once.
    pub max_connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            statement_timeout: Duration::from_mins(5),
            lock_timeout: Duration::from_secs(5),
            max_connections: 2,
        }
    }
}
