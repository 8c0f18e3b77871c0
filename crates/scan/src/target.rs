//! What to connect to, and how gently.

use std::time::Duration;

use models::datasource::{Engine, Tls};
use secrecy::SecretString;

use crate::{Filters, Route};

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
    /// How the host becomes an address, and which ones may be connected to.
    pub route: Route,
}

impl Target {
    /// The host by itself: an IPv6 address may come in brackets, as in a URL.
    pub(crate) fn plain_host(&self) -> &str {
        self.host.trim_start_matches('[').trim_end_matches(']')
    }

    /// Host and port, for messages.
    pub(crate) fn address(&self) -> String {
        let host = self.plain_host();
        if host.contains(':') {
            format!("[{host}]:{}", self.port)
        } else {
            format!("{host}:{}", self.port)
        }
    }
}

#[cfg(test)]
impl Target {
    /// One for tests that connect to nothing.
    pub(crate) fn example(engine: Engine) -> Self {
        Self {
            engine,
            host: "db.example".to_owned(),
            port: match engine {
                Engine::Postgresql => 5432,
                Engine::Mysql => 3306,
            },
            username: "reader".to_owned(),
            password: "hunter2".into(),
            database: Some("shop".to_owned()),
            tls: Tls::default(),
            filters: Filters::default(),
            limits: Limits::default(),
            route: Route::default(),
        }
    }
}

/// What a scan may take from the server at most, and what it takes from one that is broken or hostile before it ends.
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
    /// Bytes of one message of the server's, such as a row.
    pub message_bytes: usize,
    /// Rows in the answer to one statement.
    pub answer_rows: u64,
    /// Bytes in these rows.
    pub answer_bytes: u64,
    /// Databases of one server.
    pub databases: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            statement_timeout: Duration::from_mins(5),
            lock_timeout: Duration::from_secs(5),
            max_connections: 2,
            message_bytes: 64 << 20,
            answer_rows: 50_000_000,
            answer_bytes: 8 << 30,
            databases: 100_000,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_not_printed() {
        let shown = format!("{:?}", Target::example(Engine::Mysql));
        assert!(!shown.contains("hunter2"), "{shown}");
    }
}
