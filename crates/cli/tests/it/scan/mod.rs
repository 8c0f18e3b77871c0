//! `plumb scan` on the three servers.

mod forms;
mod partial;
mod refused;

use test_support::{Server, Source};
use url::Url;

use crate::home::{Home, run};
use crate::ran::Ran;

/// One line for each server runs these on it.
macro_rules! suite {
    ($module:ident, $server:ident) => {
        test_support::suite! { $module, $server,
            forms { a_tree_is_for_people, markdown_is_for_a_repository, json_is_for_programs, one_table_may_be_asked_for }
            partial { what_is_absent_is_told, what_is_closed_is_told, a_view_without_its_base_is_told, names_cannot_steer_the_terminal }
            refused { the_password_comes_from_anywhere, a_server_that_cannot_be_read_fails, one_line_is_enough }
        }
    };
}
suite!(postgres, Postgres);
suite!(mariadb, MariaDb);
suite!(mysql, MySql);

/// A database with two tables and a view.
pub(crate) async fn shop(server: Server) -> Source {
    let source = Source::create(server).await;
    let fixture = match server {
        Server::Postgres => include_str!("fixtures/postgres.sql"),
        Server::MariaDb | Server::MySql => include_str!("fixtures/mysql.sql"),
    };
    source.execute(fixture).await;
    source
}

/// The URL of the source's server for its login, without a password and a database.
fn server_url(source: &Source) -> Url {
    let mut url = source.server.url();
    url.set_path("");
    url.set_username(&source.username).expect("a name");
    url.set_password(None).expect("no password");
    url
}

/// The URL of the source's database for its login, without a password.
fn url(source: &Source) -> String {
    let mut url = server_url(source);
    url.set_path(&source.database);
    url.into()
}

/// Runs `plumb scan` with the source's password in the environment.
async fn scan(source: &Source, arguments: &[&str]) -> Ran {
    let home = Home::new();
    let mut command = home.plumb_anywhere();
    command
        .arg("scan")
        .args(arguments)
        .env("PLUMB_SCAN_PASSWORD", &source.password);
    let ran = run(command, "").await;
    let said = format!("{}{}", ran.stdout, ran.stderr);
    assert!(!said.contains(&source.password), "the password, in {ran}");
    ran
}
