//! This machine: the data directory, its files, the programs of the store, the ports.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use secrecy::ExposeSecret as _;

use super::check::{Check, chain};
use super::store;
use crate::args::DoctorArguments;
use crate::client::ServiceUrls;
use crate::data_dir::{DataDir, EnvFile, Secrets};
use crate::postgres::Cluster;
use crate::up::Listeners;

/// The ports that `plumb up` takes unless told otherwise.
const META_PORT: u16 = 8082;
const MANAGER_PORT: u16 = 8081;

/// Looks at all of it.
pub(super) async fn look(
    data_dir: &DataDir,
    arguments: &DoctorArguments,
    urls: &ServiceUrls,
) -> Vec<Check> {
    let dir = data_dir.path();
    let mut checks = vec![directory(dir)];
    let is_up = match data_dir.is_in_use() {
        Ok(is_up) => is_up,
        Err(error) => {
            checks.push(Check::fail("plumb up", chain(&error), "ask its owner"));
            return checks;
        }
    };
    if is_up {
        checks.push(Check::ok("plumb up", "it runs"));
    } else if urls.is_elsewhere {
        checks.push(Check::ok("plumb up", "it does not run here, as is meant"));
    } else {
        let advice = format!("start it: plumb up --data-dir '{}'", dir.display());
        checks.push(Check::fail("plumb up", "it does not run", advice));
    }
    let given = arguments
        .database_url
        .as_ref()
        .filter(|url| !url.expose_secret().is_empty());
    if given.is_none() && (!urls.is_elsewhere || data_dir.cluster_path().exists()) {
        checks.push(programs(data_dir));
    }
    if dir.exists() {
        let (check, secrets) = secrets(data_dir);
        checks.push(check);
        if let Some(secrets) = secrets {
            checks.extend(store::look(data_dir, given, &secrets, is_up).await);
        }
        checks.extend(env(data_dir, is_up));
    }
    if !is_up && !urls.is_elsewhere {
        checks.push(ports().await);
    }
    checks
}

fn directory(dir: &Path) -> Check {
    let name = "data directory";
    let shown = dir.display().to_string();
    match std::fs::metadata(dir) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let detail = format!("{shown} is not there");
            Check::warn(name, detail, "plumb up makes it")
        }
        Err(error) => Check::fail(
            name,
            format!("{shown}: {error}"),
            "choose another by --data-dir",
        ),
        Ok(found) if !found.is_dir() => Check::fail(
            name,
            format!("{shown} is no directory"),
            "choose another by --data-dir",
        ),
        // Others may pass through at most: the account that runs the store for root.
        Ok(found) if found.permissions().mode() & 0o067 != 0 => {
            let detail = format!("{shown} is open to others: mode {}", mode(&found));
            Check::warn(name, detail, format!("chmod 700 '{shown}'"))
        }
        Ok(_) => Check::ok(name, shown),
    }
}

fn mode(found: &std::fs::Metadata) -> String {
    format!("{:04o}", found.permissions().mode() & 0o7777)
}

fn programs(data_dir: &DataDir) -> Check {
    let name = "PostgreSQL";
    match Cluster::release(data_dir, crate::variable("PATH").as_deref()) {
        Ok(major) => Check::ok(name, format!("release {major} is installed")),
        // The message says what to do.
        Err(error) => Check::fail(name, "none that fits is installed", chain(&error)),
    }
}

fn secrets(data_dir: &DataDir) -> (Check, Option<Secrets>) {
    let (name, path) = ("secrets", data_dir.secrets_path());
    let shown = path.display().to_string();
    match Secrets::read(&path) {
        Ok(Some(secrets)) => {
            let check = private(name, &path, "all of them are there");
            (check, Some(secrets))
        }
        Ok(None) if data_dir.cluster_path().exists() => {
            let advice = "restore the file from a backup: the store opens with its passwords only";
            (Check::fail(name, format!("{shown} is gone"), advice), None)
        }
        Ok(None) => {
            let detail = format!("{shown} is not there");
            (Check::warn(name, detail, "plumb up makes it"), None)
        }
        Err(error) => {
            let advice = "restore the file from a backup";
            (Check::fail(name, chain(&error), advice), None)
        }
    }
}

/// A file that only its owner may read.
fn private(name: &str, path: &Path, detail: &str) -> Check {
    let shown = path.display();
    match std::fs::metadata(path) {
        Ok(found) if found.permissions().mode() & 0o077 != 0 => {
            let detail = format!("{shown} is open to others: mode {}", mode(&found));
            Check::fail(name, detail, format!("chmod 600 '{shown}'"))
        }
        Ok(_) => Check::ok(name, format!("{detail}; only the owner may read {shown}")),
        Err(error) => Check::fail(name, format!("{shown}: {error}"), "start plumb up again"),
    }
}

fn env(data_dir: &DataDir, is_up: bool) -> Option<Check> {
    let (name, path) = ("env", data_dir.env_path());
    let again = "start plumb up again: it writes the file anew";
    match EnvFile::read(&path) {
        Ok(Some(_)) => Some(private(name, &path, "it says where the services are")),
        Ok(None) if is_up => {
            let detail = "plumb up is not ready yet";
            Some(Check::warn(
                name,
                detail,
                "wait, and look at what plumb up says",
            ))
        }
        Ok(None) => None,
        Err(error) => Some(Check::fail(name, chain(&error), again)),
    }
}

/// Whether `plumb up` could listen.
async fn ports() -> Check {
    let name = "ports";
    match Listeners::bind(META_PORT, MANAGER_PORT).await {
        Ok(_) => Check::ok(name, format!("{MANAGER_PORT} and {META_PORT} are free")),
        // The message says what to do.
        Err(error) => Check::warn(name, "not all are free", chain(&error)),
    }
}
