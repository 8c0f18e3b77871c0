//! The commands that are clients of both services, on real ones and real servers.

mod catalog;
mod changes;
mod following;
mod job;
mod key;
mod lineage;
mod managed;
mod names;
mod paging;
mod pipeline;
mod refusals;
mod run;
mod schedule;
mod search;
mod send;
mod source;

use insta::Settings;
use models::Role;
use test_support::{Installation, Manager, Meta, Server, Source, TENANT};

use crate::home::{Home, run};
use crate::ran::Ran;

/// One line for each server runs these on it.
macro_rules! suite {
    ($module:ident, $server:ident) => {
        test_support::suite! { $module, $server,
            catalog { the_catalog_is_shown, json_is_what_the_api_answers }
            names { odd_names_are_found }
        }
    };
}
suite!(postgres, Postgres);
suite!(mariadb, MariaDb);
suite!(mysql, MySql);

/// Both services and a source, registered as `shop`.
#[derive(Debug)]
struct Desk {
    home: Home,
    manager: Manager,
    meta: Meta,
    source: Source,
    /// The source's id.
    id: i64,
}

impl Desk {
    /// Level 1 has run.
    async fn registered(source: Source) -> Self {
        let meta = Installation::new().await.meta().await;
        let path = "/api/metadata/datasources";
        let created = meta.admin().post(path, &source.registration("shop")).await;
        let id = meta.registered(created.expect(201)).await;
        let manager = meta.installation.manager(&meta.url).await;
        Self {
            home: Home::new(),
            manager,
            meta,
            source,
            id,
        }
    }

    /// Level 2 of the source's own database has run as well.
    async fn scanned(source: Source) -> Self {
        let desk = Self::registered(source).await;
        let scan = ["deep-scan", "shop", &desk.source.database, "--follow"];
        desk.run(&scan).await.exits(0);
        desk
    }

    /// Runs a command as an administrator, with the addresses in the environment.
    async fn run(&self, arguments: &[&str]) -> Ran {
        self.run_as(Role::Admin, arguments).await
    }

    async fn run_as(&self, role: Role, arguments: &[&str]) -> Ran {
        let mut command = self.home.plumb_anywhere();
        command
            .args(arguments)
            .env("PLUMB_META_URL", &self.meta.url)
            .env("PLUMB_MANAGER_URL", &self.manager.url)
            .env("PLUMB_TOKEN", self.meta.installation.token(TENANT, role));
        let ran = run(command, "").await;
        let said = format!("{}{}", ran.stdout, ran.stderr);
        assert!(!said.contains(&self.source.password), "the password: {ran}");
        ran
    }

    /// For snapshots: what differs between two runs has a word in its place, and columns are told
    /// apart by two blanks.
    fn settings(&self) -> Settings {
        let mut settings = Settings::clone_current();
        settings.set_snapshot_suffix(self.source.server.word());
        let (host, port) = self.source.server.address();
        settings.add_filter(&format!("{host}:{port}"), "ADDRESS");
        settings.add_filter(&self.source.database, "DATABASE");
        settings.add_filter(&self.source.username, "LOGIN");
        settings.add_filter(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC", "TIME");
        settings.add_filter(r"(PostgreSQL|MariaDB|MySQL) \d\S*( \(.*\))?", "$1 VERSION");
        settings.add_filter(r"[\d.]+ ([KM]i)?B\b", "SIZE");
        settings.add_filter(r"~\d+(,\d{3})*", "~N");
        settings.add_filter(r"  +", "  ");
        // PostgreSQL lists databases of other tests too.
        settings.add_filter(r"(?m)^\d+  DATABASE", "ID  DATABASE");
        // Tables and fields come in no particular order, and so do their ids.
        settings.add_filter(r"(?m)^(database|table|field|id)  \d+", "$1  ID");
        let kinds = "table|view|materialized view|partitioned table|partition";
        settings.add_filter(&format!(r"(?m)^\d+  (\S+  ({kinds})  )"), "ID  $1");
        settings.add_filter(r"(?m) +$", "");
        settings
    }
}

/// Two tables with 2 rows and 1 row, and a view.
async fn ledger() -> Source {
    let source = Source::create(Server::Postgres).await;
    source
        .execute(
            "create table customers (id int primary key, name varchar(40) not null);
             create table orders (id int primary key, customer int references customers (id));
             create view big_orders as select id from orders where id > 100;
             insert into customers values (1, 'a'), (2, 'b');
             insert into orders values (1, 1);
             analyze;",
        )
        .await;
    source
}
