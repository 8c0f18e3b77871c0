//! A connection to a server of either engine, for a test to prepare and to look behind the scenes.

use sqlx::mysql::{MySqlConnectOptions, MySqlConnection, MySqlSslMode};
use sqlx::postgres::{PgConnectOptions, PgConnection, PgSslMode};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};
use std::str::FromStr;

use crate::Server;

/// A connection. Its statements are made by the test, names and values included.
#[derive(Debug)]
pub enum Session {
    /// To `PostgreSQL`.
    Postgres(PgConnection),
    /// To `MySQL` or `MariaDB`.
    MySql(MySqlConnection),
}

impl Session {
    /// Connects to a database of a server; `login` is user name and password, the almighty one when None.
    ///
    /// # Errors
    /// When the server refuses.
    ///
    /// # Panics
    /// When the servers have not been started.
    pub async fn connect(
        server: Server,
        database: Option<&str>,
        login: Option<(&str, &str)>,
    ) -> Result<Self, sqlx::Error> {
        let url = server.url();
        // A TLS handshake takes 40 ms in a build that is not optimised.
        match server {
            Server::Postgres => {
                let mut options =
                    PgConnectOptions::from_str(url.as_str())?.ssl_mode(PgSslMode::Disable);
                if let Some(database) = database {
                    options = options.database(database);
                }
                if let Some((username, password)) = login {
                    options = options.username(username).password(password);
                }
                Ok(Self::Postgres(options.connect().await?))
            }
            Server::MariaDb | Server::MySql => {
                let mut options =
                    MySqlConnectOptions::from_str(url.as_str())?.ssl_mode(MySqlSslMode::Disabled);
                if let Some(database) = database {
                    options = options.database(database);
                }
                if let Some((username, password)) = login {
                    options = options.username(username).password(password);
                }
                Ok(Self::MySql(options.connect().await?))
            }
        }
    }

    /// Runs statements, separated by semicolons.
    ///
    /// # Errors
    /// Those of the first statement that fails.
    pub async fn try_execute(&mut self, sql: &str) -> Result<(), sqlx::Error> {
        let sql = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
        match self {
            Self::Postgres(connection) => sql.execute(connection).await.map(drop),
            Self::MySql(connection) => sql.execute(connection).await.map(drop),
        }
    }

    /// Runs statements that must succeed.
    ///
    /// # Panics
    /// When one fails.
    pub async fn execute(&mut self, sql: &str) {
        if let Err(error) = self.try_execute(sql).await {
            panic!("{error}, in: {sql}");
        }
    }

    /// The whole numbers in the first column of a statement's rows.
    ///
    /// # Panics
    /// When it fails.
    pub async fn numbers(&mut self, sql: &str) -> Vec<i64> {
        let query = AssertSqlSafe(sql.to_owned());
        let numbers = match self {
            Self::Postgres(connection) => sqlx::query_scalar(query).fetch_all(connection).await,
            Self::MySql(connection) => sqlx::query_scalar(query).fetch_all(connection).await,
        };
        numbers.unwrap_or_else(|error| panic!("{error}, in: {sql}"))
    }

    /// The whole number in the first column of a statement's only row.
    ///
    /// # Panics
    /// When it fails, or has not one row.
    pub async fn number(&mut self, sql: &str) -> i64 {
        match self.numbers(sql).await.as_slice() {
            [number] => *number,
            numbers => panic!("{} rows instead of one, from: {sql}", numbers.len()),
        }
    }

    /// The text in the first column of a statement's first row.
    ///
    /// # Panics
    /// When it fails, or has no row.
    pub async fn text(&mut self, sql: &str) -> String {
        let query = AssertSqlSafe(sql.to_owned());
        let text = match self {
            Self::Postgres(connection) => sqlx::query_scalar(query).fetch_one(connection).await,
            Self::MySql(connection) => sqlx::query_scalar(query).fetch_one(connection).await,
        };
        text.unwrap_or_else(|error| panic!("{error}, in: {sql}"))
    }

    /// Says good-bye.
    ///
    /// # Errors
    /// When the connection is broken.
    pub async fn close(self) -> Result<(), sqlx::Error> {
        match self {
            Self::Postgres(connection) => connection.close().await,
            Self::MySql(connection) => connection.close().await,
        }
    }
}
