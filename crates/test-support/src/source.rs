//! Data sources: what a test has scanned.

use models::datasource::Tls;
use scan::{Filters, Limits, Route, Target};
use serde_json::{Value, json};

use crate::{Server, Session, dropping, scram, unique};

/// A database of a test's own on a server, and a login of its own that may read it. Both are gone
/// after the test.
#[derive(Debug)]
pub struct Source {
    /// The server.
    pub server: Server,
    /// The database.
    pub database: String,
    /// The login.
    pub username: String,
    /// Its password, which nothing else contains.
    pub password: String,
    more: Vec<String>,
    logins: Vec<String>,
}

impl Source {
    /// An empty database and a login with the rights that the product asks for.
    ///
    /// # Panics
    /// When the server refuses.
    pub async fn create(server: Server) -> Self {
        let source = Self {
            server,
            database: unique("source"),
            username: unique("login"),
            password: unique("canary"),
            more: Vec::new(),
            logins: Vec::new(),
        };
        let (username, password) = (&source.username, &source.password);
        let login = match server {
            Server::Postgres => {
                format!(
                    "create role {username} login password '{}'",
                    scram::verifier(password)
                )
            }
            Server::MariaDb | Server::MySql => {
                format!("create user {username} identified by '{password}'")
            }
        };
        let mut admin = source.admin().await;
        admin.execute(&login).await;
        if let Some(grant) = source.grant_of_routines() {
            admin.execute(&grant).await;
        }
        let database = source.database.clone();
        source.make(&mut admin, &database).await;
        source.open(&mut admin, &database).await;
        source
    }

    /// What lets the login read the source of routines, where that takes a right of its own.
    fn grant_of_routines(&self) -> Option<String> {
        let username = &self.username;
        match self.server {
            Server::Postgres => None,
            Server::MariaDb => Some(format!("grant select on mysql.proc to {username}")),
            Server::MySql => Some(format!("grant show_routine on *.* to {username}")),
        }
    }

    /// Another database, which the login may read.
    ///
    /// # Panics
    /// When the server refuses.
    pub async fn add_database(&mut self) -> String {
        let name = self.add_closed_database().await;
        self.open(&mut self.admin().await, &name).await;
        name
    }

    /// Another database, which the login may not read.
    ///
    /// # Panics
    /// When the server refuses.
    pub async fn add_closed_database(&mut self) -> String {
        let name = unique("source");
        self.make(&mut self.admin().await, &name).await;
        self.more.push(name.clone());
        name
    }

    /// Another login for the database. `how` is what follows its name where it is made. Answers with
    /// a target that logs in by it.
    ///
    /// # Panics
    /// When the server refuses.
    pub async fn add_login(&mut self, name: &str, password: &str, how: &str) -> Target {
        let (server, database) = (self.server, &self.database);
        let login = match server {
            Server::Postgres => server.quote(name),
            Server::MariaDb | Server::MySql => format!("{}@'%'", server.literal(name)),
        };
        let (kind, right) = match server {
            Server::Postgres => ("role", format!("connect on database {database}")),
            Server::MariaDb | Server::MySql => ("user", format!("select on {database}.*")),
        };
        let mut admin = self.admin().await;
        admin.execute(&format!("create {kind} {login} {how}")).await;
        self.logins.push(login.clone());
        admin.execute(&format!("grant {right} to {login}")).await;
        Target {
            username: name.to_owned(),
            password: password.into(),
            ..self.target()
        }
    }

    async fn make(&self, admin: &mut Session, name: &str) {
        let make = match self.server {
            // Level-1 syncs of other tests must not connect to it.
            Server::Postgres => {
                admin
                    .execute(&format!("create database {name} template template0"))
                    .await;
                format!("revoke connect on database {name} from public")
            }
            Server::MariaDb | Server::MySql => {
                format!("create database {name} character set utf8mb4")
            }
        };
        admin.execute(&make).await;
    }

    async fn open(&self, admin: &mut Session, name: &str) {
        let username = &self.username;
        let grant = match self.server {
            Server::Postgres => format!("grant connect on database {name} to {username}"),
            Server::MariaDb | Server::MySql => {
                format!("grant select, show view, trigger, event on {name}.* to {username}")
            }
        };
        admin.execute(&grant).await;
    }

    /// A connection to the server that may do everything, in no database of the test's.
    ///
    /// # Panics
    /// When the server refuses.
    pub async fn admin(&self) -> Session {
        Session::connect(self.server, None, None)
            .await
            .expect("the server lets its owner in")
    }

    /// A connection to the database that may do everything.
    ///
    /// # Panics
    /// When the server refuses.
    pub async fn session(&self) -> Session {
        self.session_in(&self.database).await
    }

    /// A connection to another database of the server that may do everything.
    ///
    /// # Panics
    /// When the server refuses.
    pub async fn session_in(&self, database: &str) -> Session {
        Session::connect(self.server, Some(database), None)
            .await
            .expect("the server lets its owner in")
    }

    /// Gives the login another password.
    ///
    /// # Panics
    /// When the server refuses.
    pub async fn set_password(&mut self, password: &str) {
        password.clone_into(&mut self.password);
        let username = &self.username;
        let quoted = password.replace('\'', "''");
        let statement = match self.server {
            Server::Postgres => format!("alter role {username} password '{quoted}'"),
            Server::MariaDb | Server::MySql => {
                let quoted = quoted.replace('\\', r"\\");
                format!("alter user {username} identified by '{quoted}'")
            }
        };
        self.admin().await.execute(&statement).await;
    }

    /// Runs statements in the database as one who may do everything.
    ///
    /// # Panics
    /// When one fails.
    pub async fn execute(&self, sql: &str) {
        self.session().await.execute(sql).await;
    }

    /// Makes tables `t001`, `t002`, ... of three columns each.
    ///
    /// # Panics
    /// When the server refuses.
    pub async fn create_tables(&self, count: usize) {
        let table = |n| {
            format!(
                "create table t{n:03} (id int primary key, parent int not null, name varchar(20));"
            )
        };
        let sql: String = (1..=count).map(table).collect();
        self.execute(&sql).await;
    }

    /// For a scanner: where it is, and the login.
    #[must_use]
    pub fn target(&self) -> Target {
        let (host, port) = self.server.address();
        Target {
            engine: self.server.engine(),
            host,
            port,
            username: self.username.clone(),
            password: self.password.as_str().into(),
            database: self.first_database(),
            tls: Tls::default(),
            filters: Filters::default(),
            limits: Limits::default(),
            route: Route::default(),
        }
    }

    /// The body of a request that registers it as `name`.
    #[must_use]
    pub fn registration(&self, name: &str) -> Value {
        let (host, port) = self.server.address();
        let mut body = json!({
            "name": name, "datasource_type": self.server.engine().as_str(), "host": host, "port": port,
            "username": self.username, "password": self.password,
        });
        if let Some(database) = self.first_database() {
            body["database"] = database.into();
        }
        body
    }

    /// The body of a request that registers it as `name`, reached through `port` of this machine.
    #[must_use]
    pub fn registration_through(&self, name: &str, port: u16) -> Value {
        let mut body = self.registration(name);
        body["host"] = "127.0.0.1".into();
        body["port"] = port.into();
        body
    }

    /// On `PostgreSQL` the test's own: other tests see no more of each other than they must.
    fn first_database(&self) -> Option<String> {
        (self.server == Server::Postgres).then(|| self.database.clone())
    }

    /// How many statements the login has had the server run so far, as the server counts them.
    ///
    /// # Panics
    /// When the server refuses, or does not count.
    pub async fn statements(&self) -> i64 {
        let username = &self.username;
        let mut admin = self.admin().await;
        match self.server {
            Server::Postgres => {
                let sql = "select coalesce(sum(calls), 0)::bigint from pg_stat_statements s join pg_roles r on r.oid = s.userid";
                admin
                    .number(&format!("{sql} where r.rolname = '{username}'"))
                    .await
            }
            Server::MariaDb | Server::MySql => {
                let sql = "select count(*) from mysql.general_log where command_type in ('Query', 'Execute')";
                admin
                    .number(&format!("{sql} and user_host like '{username}[%'"))
                    .await
            }
        }
    }

    /// Makes the server count statements, where it does not by itself.
    ///
    /// # Panics
    /// When the server refuses.
    pub async fn count_statements(&self) {
        if self.server != Server::Postgres {
            // Left on: tests that run beside this one may count as well.
            self.admin()
                .await
                .execute("set global log_output = 'TABLE'; set global general_log = 1")
                .await;
        }
    }

    /// Ends all sessions of the login from the server's side. Answers how many there were.
    ///
    /// # Panics
    /// When the server refuses.
    pub async fn kill_sessions(&self) -> usize {
        let username = &self.username;
        let mut admin = self.admin().await;
        if self.server == Server::Postgres {
            let sql =
                format!("select pid::bigint from pg_stat_activity where usename = '{username}'");
            let sessions = admin.numbers(&sql).await;
            for session in &sessions {
                admin
                    .execute(&format!("select pg_terminate_backend({session})"))
                    .await;
            }
            sessions.len()
        } else {
            let processes = self.server.processes();
            let sql =
                format!("select cast(id as signed) from {processes} where user = '{username}'");
            let sessions = admin.numbers(&sql).await;
            for session in &sessions {
                admin.execute(&format!("kill {session}")).await;
            }
            sessions.len()
        }
    }
}

impl Drop for Source {
    fn drop(&mut self) {
        let server = self.server;
        let databases = [std::slice::from_ref(&self.database), &self.more].concat();
        let logins = [std::slice::from_ref(&self.username), &self.logins].concat();
        dropping::block_on(async move {
            let mut admin = Session::connect(server, None, None).await?;
            let force = if server == Server::Postgres {
                " with (force)"
            } else {
                ""
            };
            for database in databases {
                admin
                    .try_execute(&format!("drop database if exists {database}{force}"))
                    .await?;
            }
            let kind = if server == Server::Postgres {
                "role"
            } else {
                "user"
            };
            for login in logins {
                admin
                    .try_execute(&format!("drop {kind} if exists {login}"))
                    .await?;
            }
            admin.close().await
        });
    }
}
