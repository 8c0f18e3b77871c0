//! Making a cluster, once.

use std::fs::{DirBuilder, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::Path;

use secrecy::{ExposeSecret, SecretString};

use super::ClusterError;
use super::account::Account;
use super::find::Programs;
use super::run::run;
use crate::data_dir::remove_if_there;

/// The cluster's superuser.
pub(super) const SUPERUSER: &str = "postgres";
/// How text is classed into letters; macOS has it under another name.
const CHARACTER_TYPE: &str = if cfg!(target_os = "macos") {
    "UTF-8"
} else {
    "C.UTF-8"
};

/// The major release that made the cluster; `None` if there is no cluster yet.
///
/// # Errors
/// When the directory is there and is none.
pub(super) fn release_of(cluster: &Path) -> Result<Option<u32>, ClusterError> {
    if !cluster.exists() {
        return Ok(None);
    }
    let path = cluster.join("PG_VERSION");
    let text = match std::fs::read_to_string(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(ClusterError::NotACluster(cluster.to_owned()));
        }
        outcome => outcome.map_err(ClusterError::file("read", &path))?,
    };
    let release = text.trim().parse();
    release
        .map(Some)
        .map_err(|_| ClusterError::NotACluster(cluster.to_owned()))
}

/// Makes a cluster aside and moves it into its place, so that one that is there is whole.
///
/// # Errors
/// When `initdb` fails.
pub(super) async fn initialise(
    programs: &Programs,
    account: &Account,
    cluster: &Path,
    password: &SecretString,
) -> Result<(), ClusterError> {
    let aside = cluster.with_extension("new");
    let password_file = cluster.with_extension("password");
    if aside.exists() {
        // Left by a process that was killed.
        std::fs::remove_dir_all(&aside).map_err(ClusterError::file("remove", &aside))?;
    }
    DirBuilder::new()
        .mode(0o700)
        .create(&aside)
        .map_err(ClusterError::file("make", &aside))?;
    account.give(&aside)?;
    hand_over(account, &password_file, password)?;
    let mut command = account.command(&programs.path("initdb"));
    command
        .arg("--pgdata")
        .arg(&aside)
        .args([
            "--username",
            SUPERUSER,
            "--auth",
            "scram-sha-256",
            "--encoding",
            "UTF8",
        ])
        .args(["--locale", "C", "--lc-ctype", CHARACTER_TYPE])
        .args(["--data-checksums", "--no-instructions"])
        .arg("--pwfile")
        .arg(&password_file);
    let made = run(command, None).await;
    let removed = remove_if_there(&password_file);
    made?;
    removed.map_err(ClusterError::file("remove", &password_file))?;
    std::fs::rename(&aside, cluster).map_err(ClusterError::file("rename", &aside))
}

/// Writes the password where only the account can read it.
fn hand_over(account: &Account, path: &Path, password: &SecretString) -> Result<(), ClusterError> {
    remove_if_there(path).map_err(ClusterError::file("remove", path))?;
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .map_err(ClusterError::file("make", path))?;
    file.write_all(password.expose_secret().as_bytes())
        .map_err(ClusterError::file("write", path))?;
    account.give(path)
}
