//! The database servers that `tests/run` starts.

use models::datasource::Engine;
use url::Url;

/// One of the servers that the tests run on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Server {
    /// `PostgreSQL`.
    Postgres,
    /// `MariaDB`.
    MariaDb,
    /// `MySQL`.
    MySql,
}

impl Server {
    /// The server; None for a `MySQL` that this machine could not get, which is told then.
    ///
    /// # Panics
    /// When the servers have not been started.
    #[must_use]
    pub fn available(self) -> Option<Self> {
        if let (Self::MySql, Some(reason)) = (self, variable("PLUMBLINE_TEST_NO_MYSQL")) {
            eprintln!("passed over, there is no MySQL: {reason}");
            return None;
        }
        let _ = self.url();
        Some(self)
    }

    /// Where it is, with the login that may do everything.
    ///
    /// # Panics
    /// When the servers have not been started.
    #[must_use]
    pub fn url(self) -> Url {
        let name = match self {
            Self::Postgres => "PLUMBLINE_TEST_POSTGRES_URL",
            Self::MariaDb => "PLUMBLINE_TEST_MARIADB_URL",
            Self::MySql => "PLUMBLINE_TEST_MYSQL_URL",
        };
        let Some(url) = variable(name) else {
            panic!(
                "{name} is not set: run the tests by `tests/run`, which starts the servers, \
                 or start them by `eval \"$(tests/servers up)\"`"
            );
        };
        Url::parse(&url).unwrap_or_else(|error| panic!("{name} is no URL: {error}"))
    }

    /// Host and port.
    ///
    /// # Panics
    /// When the servers have not been started.
    #[must_use]
    pub fn address(self) -> (String, u16) {
        let url = self.url();
        let host = url.host_str().expect("tests/servers prints a host");
        (
            host.to_owned(),
            url.port().expect("tests/servers prints a port"),
        )
    }

    /// The protocol that it speaks.
    #[must_use]
    pub fn engine(self) -> Engine {
        match self {
            Self::Postgres => Engine::Postgresql,
            Self::MariaDb | Self::MySql => Engine::Mysql,
        }
    }

    /// What it calls itself.
    #[must_use]
    pub fn flavor(self) -> &'static str {
        match self {
            Self::Postgres => "PostgreSQL",
            Self::MariaDb => "MariaDB",
            Self::MySql => "MySQL",
        }
    }

    /// The word for file names.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Postgres => "postgres",
            Self::MariaDb => "mariadb",
            Self::MySql => "mysql",
        }
    }

    /// The schema that tables are in unless one is named: `MySQL` has none.
    #[must_use]
    pub fn schema(self) -> &'static str {
        match self {
            Self::Postgres => "public",
            Self::MariaDb | Self::MySql => "",
        }
    }

    /// Where `MySQL` and `MariaDB` list their sessions. `MySQL` fails in `information_schema` when any session runs a
    /// statement with an emoji; `MariaDB` does not, and has no other list.
    #[must_use]
    pub fn processes(self) -> &'static str {
        match self {
            Self::MySql => "performance_schema.processlist",
            Self::Postgres | Self::MariaDb => "information_schema.processlist",
        }
    }

    /// How many objects that are no tables a new database has: on `PostgreSQL` the schema `public` and the extension
    /// `plpgsql`.
    #[must_use]
    pub fn own_objects(self) -> i64 {
        match self {
            Self::Postgres => 2,
            Self::MariaDb | Self::MySql => 0,
        }
    }

    /// A text as it stands in a statement.
    #[must_use]
    pub fn literal(self, text: &str) -> String {
        let text = text.replace('\'', "''");
        match self {
            Self::Postgres => format!("'{text}'"),
            Self::MariaDb | Self::MySql => format!("'{}'", text.replace('\\', "\\\\")),
        }
    }

    /// A name as it stands in a statement.
    #[must_use]
    pub fn quote(self, name: &str) -> String {
        match self {
            Self::Postgres => format!("\"{}\"", name.replace('"', "\"\"")),
            Self::MariaDb | Self::MySql => format!("`{}`", name.replace('`', "``")),
        }
    }
}

/// A variable of the environment, unless it is empty.
pub(crate) fn variable(name: &str) -> Option<String> {
    service_kit::config::environment()
        .find_map(|(key, value)| (key == name && !value.is_empty()).then_some(value))
}
