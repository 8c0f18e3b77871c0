//! The store: its server, the logins in it, the migrations.

use db::{Connection, Schema, login_state};
use secrecy::SecretString;

use super::check::{Check, chain};
use crate::data_dir::{DataDir, Secrets};
use crate::up::{Seen, StoreError};

/// Looks at all of it.
pub(super) async fn look(
    data_dir: &DataDir,
    given: Option<&SecretString>,
    secrets: &Secrets,
    is_up: bool,
) -> Vec<Check> {
    let name = "store";
    let seen = match Seen::find(data_dir, given, secrets) {
        Ok(Some(seen)) => seen,
        Ok(None) => return vec![absent(data_dir, is_up)],
        Err(error) => return vec![Check::fail(name, chain(&error), "mend --database-url")],
    };
    let place = seen.place();
    let mut connection = match seen.connect().await {
        Ok(connection) => connection,
        Err(error) => {
            let detail = format!("{place}: {}", chain(&error));
            return vec![Check::fail(name, detail, advice_on(&error))];
        }
    };
    let mut checks = vec![server(&mut connection, &place).await];
    checks.push(logins(&seen, &mut connection, secrets).await);
    for schema in [Schema::Metadata, Schema::Manager] {
        checks.push(migrations(&mut connection, schema).await);
    }
    checks
}

fn absent(data_dir: &DataDir, is_up: bool) -> Check {
    let name = "store";
    if data_dir.cluster_path().exists() {
        let advice = "plumb up starts it; if that fails, its last words are in postgres/server.log";
        Check::fail(name, "the private PostgreSQL does not run", advice)
    } else if is_up {
        let detail = "it is not the private one: it was not looked at";
        Check::warn(name, detail, "give --database-url as plumb up was given it")
    } else {
        let detail = "there is none yet";
        Check::warn(name, detail, "plumb up makes it, or give --database-url")
    }
}

fn advice_on(error: &StoreError) -> &'static str {
    match error {
        StoreError::LogIn(_) => {
            "plumb up makes what is missing; is the server's password as it was?"
        }
        _ => "does its server run, and is this its address?",
    }
}

async fn server(connection: &mut Connection, place: &str) -> Check {
    match db::logged_in(connection).await {
        Ok(found) => Check::ok("store", format!("PostgreSQL {} at {place}", found.version)),
        Err(error) => Check::fail("store", chain(&error), "look at the server's own log"),
    }
}

/// The four logins of the services: that they are there, bound to tenants, and let in.
async fn logins(seen: &Seen, connection: &mut Connection, secrets: &Secrets) -> Check {
    let name = "logins";
    let again = "plumb up makes them as they should be: start it again";
    let mut wrong = Vec::new();
    let tried = seen.logins(secrets).await;
    let total = tried.len();
    for (login, entry) in tried {
        match login_state(connection, &login).await {
            Ok(None) => wrong.push(format!("{login} is missing")),
            Ok(Some(state)) if !state.may_log_in => wrong.push(format!("{login} may not log in")),
            Ok(Some(state)) if state.is_overpowered => {
                wrong.push(format!("{login} is not bound by row-level security"));
            }
            Ok(Some(_)) => {
                if let Err(error) = entry {
                    wrong.push(format!("{login}: {}", chain(&error)));
                }
            }
            Err(error) => wrong.push(chain(&error)),
        }
    }
    if wrong.is_empty() {
        Check::ok(name, format!("all {total} are there and get in"))
    } else {
        Check::fail(name, wrong.join("; "), again)
    }
}

async fn migrations(connection: &mut Connection, schema: Schema) -> Check {
    let name = format!("schema {}", schema.name());
    let numbers = |numbers: &[i64]| {
        let numbers: Vec<String> = numbers.iter().map(i64::to_string).collect();
        numbers.join(", ")
    };
    match schema.state(connection).await {
        Err(error) => Check::fail(name, chain(&error), "look at the server's own log"),
        Ok(state) if !state.broken.is_empty() => {
            let detail = format!("broken migrations: {}", numbers(&state.broken));
            Check::fail(name, detail, "restore a backup, or ask for help with it")
        }
        Ok(state) if !state.missing.is_empty() => {
            let detail = format!("migrations to come: {}", numbers(&state.missing));
            Check::fail(name, detail, "plumb up applies them when it starts")
        }
        Ok(state) if !state.newer.is_empty() => {
            let detail = format!("migrations of a newer release: {}", numbers(&state.newer));
            Check::warn(name, detail, "upgrade this program")
        }
        Ok(state) => Check::ok(name, format!("all {} migrations are applied", state.known)),
    }
}
