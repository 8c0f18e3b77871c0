//! What can go wrong while reading a server, and what to do about it.

use std::borrow::Cow;
use std::io;
use std::time::Duration;

use models::datasource::Engine;

use crate::Target;

/// Why a server could not be read. The display text names the cause and what to change; it never
/// contains a password.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    /// The host name has no address.
    #[error(
        "the host name {host} cannot be resolved: {cause}; check the spelling of the host and the name service"
    )]
    Resolve {
        /// The host.
        host: String,
        /// What the resolver said.
        cause: String,
    },
    /// The operator does not let data sources have any of the host's addresses. Which these are is not told: the name
    /// service of this machine may know what the caller shall not.
    #[error(
        "{host} is not allowed by the operator's network policy; choose another host, or ask for its address in sources.allowed_networks"
    )]
    Forbidden {
        /// The host.
        host: String,
    },
    /// This machine lacks something.
    #[error(
        "this machine cannot connect: {cause}; TMPDIR must name a directory in which sockets can be made"
    )]
    Local {
        /// What the operating system said.
        cause: String,
    },
    /// The server did what none does that means well.
    #[error("{address} was hung up on: the server {cause}; find out who answers there")]
    Hostile {
        /// Host and port.
        address: String,
        /// What it did.
        cause: String,
    },
    /// There is more than a scan takes.
    #[error(
        "{what} came to more than {most}, which is more than a scan takes; find out who answers there, and what of it is right"
    )]
    TooMuch {
        /// What was being read.
        what: String,
        /// How much may come.
        most: String,
    },
    /// Nothing answers at the address.
    #[error("cannot connect to {address}: {cause}; {advice}")]
    Connect {
        /// Host and port.
        address: String,
        /// What the operating system or the server said.
        cause: String,
        /// What to change.
        advice: String,
    },
    /// Something answers, but not with the protocol of the engine.
    #[error(
        "{address} does not speak the protocol of {engine}: {cause}; check the port and the type of the data source"
    )]
    Protocol {
        /// Host and port.
        address: String,
        /// The engine that was expected.
        engine: &'static str,
        /// What was seen.
        cause: String,
    },
    /// No secure connection.
    #[error("no secure connection to {address}: {cause}; {advice}")]
    Tls {
        /// Host and port.
        address: String,
        /// What the TLS library or the server said.
        cause: String,
        /// What to change.
        advice: String,
    },
    /// The server refused the login.
    #[error("the server refused the login {username}: {cause}; {advice}")]
    Authentication {
        /// The login.
        username: String,
        /// What the server said.
        cause: String,
        /// What to change.
        advice: String,
    },
    /// The server has no such database, or hides it from the login.
    #[error(
        "there is no database {database} on the server, or the login may not see it; check the spelling, upper and lower case included, and the grants of the login"
    )]
    UnknownDatabase {
        /// The database.
        database: String,
    },
    /// The login lacks a right.
    #[error("the login may not {action}: {cause}; grant it what it lacks and scan again")]
    Privilege {
        /// What was attempted.
        action: String,
        /// What the server said.
        cause: String,
    },
    /// The server is too old or unknown.
    #[error("unsupported server version {version}: {hint}")]
    UnsupportedVersion {
        /// The version as the server prints it.
        version: String,
        /// What is supported.
        hint: &'static str,
    },
    /// The connection ended in the middle.
    #[error(
        "the connection was cut while reading {what}: {cause}; check the server's log and scan again"
    )]
    Interrupted {
        /// What was being read.
        what: String,
        /// What was seen.
        cause: String,
    },
    /// Something took too long.
    #[error("{what} took longer than {} s; raise the time-out or scan fewer tables", limit.as_secs_f64())]
    Timeout {
        /// What was being done.
        what: String,
        /// How long it might take.
        limit: Duration,
    },
    /// Another session stood in the way.
    #[error("another session stood in the way while reading {what}: {cause}; scan again")]
    Conflict {
        /// What was being read.
        what: String,
        /// What the server said.
        cause: String,
    },
    /// The server could not carry out a statement.
    #[error("the server could not answer while reading {what}: {cause}")]
    Statement {
        /// What was being read.
        what: String,
        /// What the server said.
        cause: String,
    },
}

impl ScanError {
    /// The operating system could not connect, or lost the connection before the login was done.
    pub(crate) fn unreachable(target: &Target, error: &io::Error) -> Self {
        let advice = match error.kind() {
            io::ErrorKind::ConnectionRefused => {
                "nothing listens there: check that the server runs, its port, and on which addresses it listens (listen_addresses of PostgreSQL, bind-address of MySQL and MariaDB)"
            }
            io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable => {
                "no way leads there: check the address, the network or VPN, and the firewall between"
            }
            io::ErrorKind::UnexpectedEof
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::BrokenPipe => return Self::hung_up(target),
            _ => "check that the server runs, its port, and the firewall between",
        };
        Self::Connect {
            address: target.address(),
            cause: error.to_string(),
            advice: advice.to_owned(),
        }
    }

    /// The server did what none does that means well. `cause` goes on after "the server".
    pub(crate) fn hostile(target: &Target, cause: impl Into<String>) -> Self {
        Self::Hostile {
            address: target.address(),
            cause: cause.into(),
        }
    }

    /// Nobody answers.
    pub(crate) fn no_answer(target: &Target) -> Self {
        let limit = target.limits.connect_timeout.as_secs_f64();
        Self::Connect {
            address: target.address(),
            cause: format!("no answer within {limit} s"),
            advice: "check the host and the port, and open the firewall between".to_owned(),
        }
    }

    /// The other side ends the connection instead of letting us in.
    pub(crate) fn hung_up(target: &Target) -> Self {
        Self::Connect {
            address: target.address(),
            cause: "it closed the connection before the login was done".to_owned(),
            advice: "look for the reason in the server's log, and at what stands between, such as a proxy or pooler"
                .to_owned(),
        }
    }

    /// Whether the same attempt may succeed later without anybody changing anything: the name service,
    /// the network or the server was away, something took too long, or another session stood in the way.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Resolve { .. }
            | Self::Connect { .. }
            | Self::Interrupted { .. }
            | Self::Timeout { .. }
            | Self::Conflict { .. } => true,
            Self::Forbidden { .. }
            | Self::Local { .. }
            | Self::Hostile { .. }
            | Self::TooMuch { .. }
            | Self::Protocol { .. }
            | Self::Tls { .. }
            | Self::Authentication { .. }
            | Self::UnknownDatabase { .. }
            | Self::Privilege { .. }
            | Self::UnsupportedVersion { .. }
            | Self::Statement { .. } => false,
        }
    }
}

/// How much of what a server says of itself is repeated, in bytes.
const TOLD: usize = 2000;

/// A text of the server's for a message: whole where it is as short as those of real servers.
pub(crate) fn cut(text: &str) -> Cow<'_, str> {
    if text.len() <= TOLD {
        return Cow::Borrowed(text);
    }
    let end = text.floor_char_boundary(TOLD);
    Cow::Owned(format!("{}...", &text[..end]))
}

/// What the driver says of an error that no server told it: without the place in its source that it ends with, and no
/// more than is repeated, since it quotes what it was sent.
pub(crate) fn of_driver(error: &sqlx::Error) -> String {
    let said = match error {
        sqlx::Error::Protocol(cause) => Cow::Borrowed(cause.as_str()),
        sqlx::Error::Io(cause) => Cow::Owned(cause.to_string()),
        other => Cow::Owned(other.to_string()),
    };
    let without_place = said.rsplit_once(" (sqlx").map_or(&*said, |(said, _)| said);
    cut(without_place).into_owned()
}

/// What listens at the address is not the server that was expected.
pub(crate) fn foreign(target: &Target, cause: impl Into<String>) -> ScanError {
    ScanError::Protocol {
        address: target.address(),
        engine: match target.engine {
            Engine::Postgresql => "PostgreSQL",
            Engine::Mysql => "MySQL and MariaDB",
        },
        cause: cause.into(),
    }
}

/// The server does not let the login in.
pub(crate) fn refused(
    target: &Target,
    cause: impl Into<String>,
    advice: impl Into<String>,
) -> ScanError {
    ScanError::Authentication {
        username: target.username.clone(),
        cause: cause.into(),
        advice: advice.into(),
    }
}

/// The session ended while `what` was read.
pub(crate) fn interrupted(what: &str, cause: impl Into<String>) -> ScanError {
    ScanError::Interrupted {
        what: what.to_owned(),
        cause: cause.into(),
    }
}

/// The server could not answer.
pub(crate) fn statement(what: &str, cause: impl Into<String>) -> ScanError {
    ScanError::Statement {
        what: what.to_owned(),
        cause: cause.into(),
    }
}

/// The answer is none of the protocol, or not of the types that were asked for.
pub(crate) fn malformed(what: &str) -> ScanError {
    statement(what, "it sent what cannot be read")
}

#[cfg(test)]
#[path = "error_tests.rs"]
mod tests;
