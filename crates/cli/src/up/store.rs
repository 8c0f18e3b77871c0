//! The store: a server that was given, or a private one, and in it the database and the logins.

use std::future::pending;
use std::path::PathBuf;
use std::str::FromStr as _;
use std::time::Duration;

use db::{
    Login, Logins, RolesError, Sample, create_database, create_logins, create_sample, fill_sample,
    logged_in,
};
use secrecy::{ExposeSecret, SecretString};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions as _, Connection as _};
use tokio::time::timeout;
use url::Url;

use super::UpError;
use super::demo::DemoError;
use crate::data_dir::{DataDir, Secrets};
use crate::postgres::{Cluster, ClusterError, OLDEST_MAJOR};

/// The database that both services share.
pub(super) const DATABASE: &str = "plumbline";

/// How long logging in may take.
const LOG_IN_LIMIT: Duration = Duration::from_secs(10);

/// Why the store cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StoreError {
    /// What was given is no URL.
    #[error("--database-url must be as in postgresql://postgres:PASSWORD@HOST:5432/postgres")]
    Url,
    /// The superuser cannot log in.
    #[error("the superuser cannot log in to the store")]
    LogIn(#[source] sqlx::Error),
    /// The server does not answer.
    #[error("the store at {0} does not answer within {limit} seconds", limit = LOG_IN_LIMIT.as_secs())]
    NoAnswer(String),
    /// The login is an ordinary one.
    #[error("the login {0} of the store is no superuser: --database-url needs one")]
    NoSuperuser(String),
    /// The server is too old.
    #[error("the store is PostgreSQL {0}: {OLDEST_MAJOR} or newer is needed")]
    TooOld(String),
    /// The database cannot be made.
    #[error("the database {DATABASE} cannot be made")]
    Database(#[source] sqlx::Error),
    /// The logins cannot be made.
    #[error(transparent)]
    Logins(#[from] RolesError),
}

/// The URLs of the services' logins.
#[derive(Debug)]
pub(super) struct LoginUrls {
    pub(super) meta: SecretString,
    pub(super) meta_owner: SecretString,
    pub(super) manager: SecretString,
    pub(super) manager_owner: SecretString,
}

/// The server behind everything.
#[derive(Debug)]
pub(super) struct Store {
    /// The private one; `None` if another was given.
    cluster: Option<Cluster>,
    superuser: SuperuserUrl,
}

impl Store {
    /// Uses the server that was given, or starts the private one.
    pub(super) async fn open(
        data_dir: &DataDir,
        given: Option<&SecretString>,
        secrets: &Secrets,
    ) -> Result<Self, UpError> {
        if let Some(given) = given {
            return Ok(Self {
                cluster: None,
                superuser: SuperuserUrl::parse(given)?,
            });
        }
        let path = crate::variable("PATH");
        let cluster = Cluster::start(data_dir, path.as_deref(), &secrets.postgres).await?;
        let superuser = SuperuserUrl(cluster.superuser_url(&secrets.postgres));
        Ok(Self {
            cluster: Some(cluster),
            superuser,
        })
    }

    /// Makes what is missing of the database and the logins, and sets the logins' passwords.
    pub(super) async fn prepare(&self, secrets: &Secrets) -> Result<LoginUrls, StoreError> {
        let mut connection = self.superuser.connect(None).await?;
        check(&mut connection).await?;
        create_database(&mut connection)
            .await
            .map_err(StoreError::Database)?;
        // Whether the server hears of the end does not matter.
        let _ = connection.close().await;
        let logins = logins(secrets);
        let mut connection = self.superuser.connect(Some(DATABASE)).await?;
        create_logins(&mut connection, &logins).await?;
        let _ = connection.close().await;
        Ok(LoginUrls {
            meta: self.superuser.of_login(&logins.meta)?,
            meta_owner: self.superuser.of_login(&logins.meta_owner)?,
            manager: self.superuser.of_login(&logins.manager)?,
            manager_owner: self.superuser.of_login(&logins.manager_owner)?,
        })
    }

    /// Makes a sample database beside the store's unless it is there. Answers whether it was not.
    pub(super) async fn make_sample(&self, sample: &Sample<'_>) -> Result<bool, DemoError> {
        let mut connection = self.superuser.connect(None).await?;
        create_sample(&mut connection, sample).await?;
        let _ = connection.close().await;
        let mut connection = self.superuser.connect(Some(sample.database)).await?;
        let made = fill_sample(&mut connection, sample).await?;
        let _ = connection.close().await;
        Ok(made)
    }

    /// Where the server listens, for whoever reaches it by TCP.
    pub(super) fn address(&self) -> Result<(String, u16), StoreError> {
        if let Some(cluster) = &self.cluster {
            return Ok(("127.0.0.1".to_owned(), cluster.port()));
        }
        let options = self.superuser.options(None)?;
        let host = options.get_host();
        // A server that was given by its socket is on this machine.
        let is_socket = options.get_socket().is_some() || host.starts_with('/');
        let host = if is_socket { "127.0.0.1" } else { host };
        Ok((host.to_owned(), options.get_port()))
    }

    /// What it is, in words and without a secret.
    pub(super) fn describe(&self) -> String {
        match &self.cluster {
            Some(cluster) => cluster.describe(),
            None => format!("the server of --database-url at {}", self.superuser.place()),
        }
    }

    /// Returns the log of the private server when that is gone; does not return for another server,
    /// which may come back.
    pub(super) async fn ended(&self) -> PathBuf {
        match &self.cluster {
            Some(cluster) => cluster.ended().await,
            None => pending().await,
        }
    }

    /// Stops the private server; leaves another alone.
    pub(super) async fn close(self) -> Result<(), ClusterError> {
        match self.cluster {
            Some(cluster) => cluster.stop().await,
            None => Ok(()),
        }
    }
}

/// A store that is looked at and not changed.
#[derive(Debug)]
pub(crate) struct Seen(SuperuserUrl);

impl Seen {
    /// The server that was given, else the private one, if it runs.
    pub(crate) fn find(
        data_dir: &DataDir,
        given: Option<&SecretString>,
        secrets: &Secrets,
    ) -> Result<Option<Self>, StoreError> {
        if let Some(given) = given {
            return Ok(Some(Self(SuperuserUrl::parse(given)?)));
        }
        let url = Cluster::running_url(data_dir, &secrets.postgres);
        Ok(url.map(|url| Self(SuperuserUrl(url))))
    }

    /// Logs in as the superuser, to the database of the services.
    pub(crate) async fn connect(&self) -> Result<PgConnection, StoreError> {
        self.0.connect(Some(DATABASE)).await
    }

    /// The names of the services' logins, each with whether it can log in with its password.
    pub(crate) async fn logins(&self, secrets: &Secrets) -> Vec<(String, Result<(), StoreError>)> {
        let all = logins(secrets);
        let mut tried = Vec::new();
        for login in [all.meta_owner, all.meta, all.manager_owner, all.manager] {
            tried.push((login.name.clone(), self.try_login(&login).await));
        }
        tried
    }

    async fn try_login(&self, login: &Login) -> Result<(), StoreError> {
        let url = SuperuserUrl::parse(&self.0.of_login(login)?)?;
        // Whether the server hears of the end does not matter.
        let _ = url.connect(Some(DATABASE)).await?.close().await;
        Ok(())
    }

    /// Host and port, for messages.
    pub(crate) fn place(&self) -> String {
        self.0.place()
    }
}

/// The services' logins; `docker/postgres-roles.sh` makes the same ones.
fn logins(secrets: &Secrets) -> Logins {
    let login = |name: &str, password: &SecretString| Login {
        name: name.to_owned(),
        password: password.clone(),
    };
    Logins {
        meta_owner: login("plumbline_meta_owner", &secrets.meta_owner),
        meta: login("plumbline_meta", &secrets.meta),
        manager_owner: login("plumbline_manager_owner", &secrets.manager_owner),
        manager: login("plumbline_manager", &secrets.manager),
    }
}

/// The URL of a superuser, with a password in it.
struct SuperuserUrl(Url);

impl std::fmt::Debug for SuperuserUrl {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("SuperuserUrl").field(&self.place()).finish()
    }
}

impl SuperuserUrl {
    fn parse(text: &SecretString) -> Result<Self, StoreError> {
        // The parsers' own messages may repeat a part of the URL, and so of the password.
        let mut url = Url::parse(text.expose_secret()).map_err(|_| StoreError::Url)?;
        if !matches!(url.scheme(), "postgres" | "postgresql") {
            return Err(StoreError::Url);
        }
        if url.host_str().is_none_or(str::is_empty) {
            // As in `postgresql:///postgres?host=/run/postgresql`: a URL takes no login without
            // a host, and what the query says goes above this one.
            url.set_host(Some("localhost"))
                .map_err(|_| StoreError::Url)?;
        }
        Ok(Self(url))
    }

    fn options(&self, database: Option<&str>) -> Result<PgConnectOptions, StoreError> {
        let options = PgConnectOptions::from_str(self.0.as_str()).map_err(|_| StoreError::Url)?;
        Ok(match database {
            Some(database) => options.database(database),
            // libpq would take the login's name, which need not have a database.
            None if options.get_database().is_none() => options.database("postgres"),
            None => options,
        })
    }

    async fn connect(&self, database: Option<&str>) -> Result<PgConnection, StoreError> {
        // Statements that make logins carry their passwords.
        let options = self.options(database)?.disable_statement_logging();
        let options = options.application_name("plumb up");
        match timeout(LOG_IN_LIMIT, options.connect()).await {
            Ok(connection) => connection.map_err(StoreError::LogIn),
            Err(_) => Err(StoreError::NoAnswer(self.place())),
        }
    }

    /// The same server for one of our logins.
    fn of_login(&self, login: &Login) -> Result<SecretString, StoreError> {
        let mut url = self.0.clone();
        let password = Some(login.password.expose_secret());
        let named = url.set_username(&login.name).is_ok() && url.set_password(password).is_ok();
        if !named {
            return Err(StoreError::Url);
        }
        url.set_path(DATABASE);
        // These would go above what was just set.
        let kept: Vec<(String, String)> = url
            .query_pairs()
            .filter(|(key, _)| !matches!(&**key, "user" | "password" | "dbname"))
            .map(|(key, value)| (key.into_owned(), value.into_owned()))
            .collect();
        if kept.is_empty() {
            url.set_query(None);
        } else {
            url.query_pairs_mut().clear().extend_pairs(kept);
        }
        Ok(String::from(url).into())
    }

    /// Host and port, for messages.
    fn place(&self) -> String {
        self.options(None).map_or_else(
            |_| "an unknown place".to_owned(),
            |options| format!("{}:{}", options.get_host(), options.get_port()),
        )
    }
}

async fn check(connection: &mut PgConnection) -> Result<(), StoreError> {
    let found = logged_in(connection).await.map_err(StoreError::LogIn)?;
    if found.major < i32::try_from(OLDEST_MAJOR).unwrap_or(i32::MAX) {
        return Err(StoreError::TooOld(found.version));
    }
    if found.is_superuser {
        Ok(())
    } else {
        Err(StoreError::NoSuperuser(found.login))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn derived(given: &str) -> String {
        let login = Login {
            name: "plumbline_meta".into(),
            password: "p-1".into(),
        };
        let url = SuperuserUrl::parse(&given.into()).unwrap();
        url.of_login(&login).unwrap().expose_secret().to_owned()
    }

    #[test]
    fn logins_use_the_same_server() {
        assert_eq!(
            derived("postgres://admin:s%40@db.example:5433/postgres?sslmode=require"),
            "postgres://plumbline_meta:p-1@db.example:5433/plumbline?sslmode=require"
        );
        assert_eq!(
            derived("postgresql:///?host=/run/pg&user=admin&password=s&dbname=x"),
            "postgresql://plumbline_meta:p-1@localhost/plumbline?host=%2Frun%2Fpg"
        );
        assert_eq!(
            derived("postgres://db"),
            "postgres://plumbline_meta:p-1@db/plumbline"
        );
    }

    #[test]
    fn the_compose_file_has_the_same_logins() {
        let secrets = Secrets::generate().unwrap();
        let logins = logins(&secrets);
        let script = include_str!("../../../../docker/postgres-roles.sh");
        let compose = include_str!("../../../../docker-compose.yml");
        for login in [
            &logins.meta_owner,
            &logins.meta,
            &logins.manager_owner,
            &logins.manager,
        ] {
            assert!(
                script.contains(&format!("create role {} login", login.name)),
                "{login:?}"
            );
            assert!(
                compose.contains(&format!("//{}:$", login.name)),
                "{login:?}"
            );
        }
        let example = include_str!("../../../../docker/example.env");
        let rendered = secrets.render();
        for line in rendered.lines().filter(|line| !line.starts_with('#')) {
            let (name, _) = line.split_once('=').unwrap();
            assert!(
                compose.contains(&format!("${{{name}:?")),
                "{name} is required"
            );
            assert!(
                example.contains(&format!("\n{name}=\n")),
                "{name} is explained"
            );
        }
    }

    #[test]
    fn what_is_no_url_is_refused_without_repeating_it() {
        for wrong in ["hunter2", "mysql://a:hunter2@db/x", "postgres:hunter2"] {
            let error = SuperuserUrl::parse(&wrong.into()).unwrap_err().to_string();
            assert!(!error.contains("hunter2"), "{error}");
        }
        let url = SuperuserUrl::parse(&"postgres://a:hunter2@db:1/x".into()).unwrap();
        assert!(format!("{url:?}").contains("db:1"));
        assert!(!format!("{url:?}").contains("hunter2"));
    }
}
