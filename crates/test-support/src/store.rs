//! Stores: a database of our own for each test, made from a template that is migrated once.

use std::fmt::Write as _;
use std::path::Path;

use db::{Login, Logins, Schema};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use sqlx::postgres::{PgConnectOptions, PgConnection, PgSslMode};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};
use std::str::FromStr;
use tokio::sync::OnceCell;
use url::Url;

use crate::{Cluster, Server, dropping, scram, unique};

/// Part of every role's and every database's name, which all test runs on the servers share.
const PREFIX: &str = "plumbline_test";
/// The password of the logins: the servers are private, and thrown away.
const PASSWORD: &str = "store-of-a-test";

/// Whom a connection to the store belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreLogin {
    /// Owns the schema `metadata`.
    MetaOwner,
    /// Runs `meta`.
    Meta,
    /// Owns the schema `manager`.
    ManagerOwner,
    /// Runs `manager`.
    Manager,
}

impl StoreLogin {
    /// All of them.
    pub const ALL: [Self; 4] = [
        Self::MetaOwner,
        Self::Meta,
        Self::ManagerOwner,
        Self::Manager,
    ];

    /// The role's name.
    #[must_use]
    pub fn name(self) -> String {
        let word = match self {
            Self::MetaOwner => "meta_owner",
            Self::Meta => "meta",
            Self::ManagerOwner => "manager_owner",
            Self::Manager => "manager",
        };
        format!("{PREFIX}_{word}")
    }

    fn login(self) -> Login {
        Login {
            name: self.name(),
            password: PASSWORD.into(),
        }
    }
}

/// The logins that the services work with.
fn logins() -> Logins {
    Logins {
        meta_owner: StoreLogin::MetaOwner.login(),
        meta: StoreLogin::Meta.login(),
        manager_owner: StoreLogin::ManagerOwner.login(),
        manager: StoreLogin::Manager.login(),
    }
}

/// A store of a test's own, gone after the test.
#[derive(Debug)]
pub struct TestStore {
    /// The database.
    pub name: String,
    /// The server's almighty login.
    server: Url,
}

impl TestStore {
    /// A store that both services have migrated.
    ///
    /// # Panics
    /// When the server refuses.
    pub async fn create() -> Self {
        static TEMPLATE: OnceCell<String> = OnceCell::const_new();
        let server = Server::Postgres.url();
        let template = TEMPLATE.get_or_init(|| template(&server)).await;
        Self::copy(&server, template).await
    }

    /// A store that both services have migrated, on a server of the test's own.
    ///
    /// # Panics
    /// When the server refuses.
    pub async fn create_on(cluster: &Cluster) -> Self {
        let server = cluster.url();
        let template = template(&server).await;
        Self::copy(&server, &template).await
    }

    /// A store in which nothing has been migrated yet.
    ///
    /// # Panics
    /// When the server refuses.
    pub async fn empty() -> Self {
        // The logins come to be with the template.
        drop(Self::create().await);
        Self::copy(&Server::Postgres.url(), "template1").await
    }

    async fn copy(server: &Url, template: &str) -> Self {
        let name = unique(PREFIX);
        let mut admin = connect(server, "postgres", None).await;
        execute(
            &mut admin,
            // Marked as a template it is not listed by the level-1 syncs of other tests.
            &format!("create database {name} template {template} is_template true"),
        )
        .await;
        open_to_logins(&mut admin, &name).await;
        close(admin).await;
        Self {
            name,
            server: server.clone(),
        }
    }

    /// The URL of a login.
    #[must_use]
    pub fn url(&self, login: StoreLogin) -> SecretString {
        url(&self.server, &self.name, login)
    }

    /// A connection that may do everything.
    ///
    /// # Panics
    /// When the server refuses.
    pub async fn admin(&self) -> PgConnection {
        connect(&self.server, &self.name, None).await
    }

    /// A connection of a login.
    ///
    /// # Panics
    /// When the server refuses.
    pub async fn connect(&self, login: StoreLogin) -> PgConnection {
        connect(&self.server, &self.name, Some(login)).await
    }

    /// The store as `meta` opens it.
    ///
    /// # Panics
    /// Never: the URL is sound.
    #[must_use]
    pub fn open(&self) -> db::Store {
        db::Store::open(&self.url(StoreLogin::Meta), "test", 5).expect("a sound URL")
    }
}

impl Drop for TestStore {
    fn drop(&mut self) {
        let name = &self.name;
        let steps = [
            format!("alter database {name} is_template false"),
            format!("drop database {name} with (force)"),
        ];
        let admin = options(&self.server, "postgres");
        dropping::block_on(async move {
            let mut admin = admin.connect().await?;
            for step in steps {
                sqlx::raw_sql(AssertSqlSafe(step))
                    .execute(&mut admin)
                    .await?;
            }
            admin.close().await
        });
    }
}

/// Lets the logins into a database, as `create_logins` does, and nobody else: a level-1 sync of the
/// server must not stand in the way of tests that copy and drop databases.
async fn open_to_logins(admin: &mut PgConnection, database: &str) {
    let [meta_owner, meta, manager_owner, manager] = StoreLogin::ALL.map(StoreLogin::name);
    let sql = format!(
        "revoke connect, temporary on database {database} from public;
         grant connect, temporary on database {database} to {meta_owner}, {meta}, {manager_owner}, {manager};
         grant create on database {database} to {meta_owner}, {meta}, {manager_owner}"
    );
    execute(admin, &sql).await;
}

/// The template, made by whichever test comes first, of whichever process.
async fn template(server: &Url) -> String {
    let name = format!("{PREFIX}_template_{}", digest());
    let mut admin = connect(server, "postgres", None).await;
    execute(
        &mut admin,
        &format!("select pg_advisory_lock(hashtext('{PREFIX}'))"),
    )
    .await;
    let complete: Option<bool> =
        sqlx::query_scalar("select datistemplate from pg_database where datname = $1")
            .bind(&name)
            .fetch_optional(&mut admin)
            .await
            .expect("the list of databases");
    if complete != Some(true) {
        // One that is no template yet is what a run left that was killed.
        execute(
            &mut admin,
            &format!("drop database if exists {name} with (force)"),
        )
        .await;
        execute(
            &mut admin,
            &format!("create database {name} template template1"),
        )
        .await;
        let mut inside = connect(server, &name, None).await;
        db::create_logins(&mut inside, &logins())
            .await
            .expect("the logins");
        close(inside).await;
        hasten_logins(server, &mut admin).await;
        migrate(server, &name).await;
        execute(
            &mut admin,
            &format!("alter database {name} with is_template true allow_connections false"),
        )
        .await;
    }
    // Ends the lock as well.
    close(admin).await;
    name
}

/// Makes logging in cheap for the logins of the store and for the one that prepares tests.
async fn hasten_logins(server: &Url, admin: &mut PgConnection) {
    let own = (
        server.username().to_owned(),
        server.password().unwrap_or_default(),
    );
    let ours = StoreLogin::ALL.map(|login| (login.name(), PASSWORD));
    for (name, password) in ours.into_iter().chain([own]) {
        execute(
            admin,
            &format!("alter role {name} password '{}'", scram::verifier(password)),
        )
        .await;
    }
}

async fn migrate(server: &Url, name: &str) {
    let env = [
        (
            "META__STORE__URL".to_owned(),
            url(server, name, StoreLogin::Meta),
        ),
        (
            "META__STORE__MIGRATE_URL".to_owned(),
            url(server, name, StoreLogin::MetaOwner),
        ),
    ];
    let env = env.map(|(key, url)| (key, url.expose_secret().to_owned()));
    let config = meta::Config::load(None, env).expect("sound settings");
    meta::migrate(&config).await.expect("meta's migrations");
    let (owner, runtime) = (
        url(server, name, StoreLogin::ManagerOwner),
        url(server, name, StoreLogin::Manager),
    );
    db::migrate(Schema::Manager, &owner, &runtime)
        .await
        .expect("manager's migrations");
}

/// What the template depends on: our migrations, and those of the queue library.
fn digest() -> String {
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.lock");
    let mut digest = Sha256::new();
    digest.update(Schema::Metadata.checksums());
    digest.update(Schema::Manager.checksums());
    digest.update(std::fs::read(lock).expect("Cargo.lock"));
    let digest = digest.finalize();
    let mut name = String::new();
    for byte in &digest[..6] {
        let _ = write!(name, "{byte:02x}");
    }
    name
}

fn url(server: &Url, database: &str, login: StoreLogin) -> SecretString {
    let mut url = server.clone();
    url.set_username(&login.name()).expect("a name of ours");
    url.set_password(Some(PASSWORD))
        .expect("a password of ours");
    url.set_path(database);
    // A TLS handshake takes 40 ms in a build that is not optimised, and each test opens a dozen connections.
    url.set_query(Some("sslmode=disable"));
    url.to_string().into()
}

fn options(server: &Url, database: &str) -> PgConnectOptions {
    PgConnectOptions::from_str(server.as_str())
        .expect("a sound URL")
        .ssl_mode(PgSslMode::Disable) // as in `url`
        .database(database)
}

async fn connect(server: &Url, database: &str, login: Option<StoreLogin>) -> PgConnection {
    let mut options = options(server, database);
    if let Some(login) = login {
        options = options.username(&login.name()).password(PASSWORD);
    }
    options.connect().await.expect("a connection to the store")
}

async fn execute(connection: &mut PgConnection, sql: &str) {
    if let Err(error) = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
        .execute(connection)
        .await
    {
        panic!("{error}, in: {sql}");
    }
}

async fn close(connection: PgConnection) {
    connection.close().await.expect("a good-bye");
}
