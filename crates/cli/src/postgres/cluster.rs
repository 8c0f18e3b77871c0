//! Starting, adopting and stopping the server of a cluster.

use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::time::Duration;

use secrecy::SecretString;
use tokio::time::{Instant, sleep};

use super::ClusterError;
use super::account::Account;
use super::find::Programs;
use super::initialise::{initialise, release_of};
use super::pid_file::PidFile;
use super::place::{Answer, Place, ask};
use super::run::run;
use crate::data_dir::{DataDir, remove_if_there};

/// How often a start is tried: another program may take the port first.
const ATTEMPTS: u32 = 3;
/// How long a server that runs already may take to answer; after a crash it repairs itself first.
const ADOPTION_LIMIT: Duration = Duration::from_mins(1);
/// How long a start or a stop may take, in seconds, as `pg_ctl` wants it.
const PG_CTL_LIMIT_SECONDS: &str = "300";
/// How often to look whether the server still runs.
const WATCH_INTERVAL: Duration = Duration::from_secs(1);
/// Settings of the server. It has no statement in its log, since some carry passwords.
const SETTINGS: &str = "-c listen_addresses=127.0.0.1 -c unix_socket_directories=. \
    -c unix_socket_permissions=0700 -c cluster_name=plumbline -c log_checkpoints=off \
    -c log_min_error_statement=panic";

/// A running server and its cluster.
#[derive(Debug)]
pub(crate) struct Cluster {
    programs: Programs,
    account: Account,
    dir: PathBuf,
    server: PidFile,
    port: u16,
}

impl Cluster {
    /// Starts the data directory's cluster, which is made first if there is none. A server that
    /// still runs, because an earlier `plumb up` was killed, is taken over.
    ///
    /// # Errors
    /// When no `PostgreSQL` is installed, or it does not start.
    pub(crate) async fn start(
        data_dir: &DataDir,
        path: Option<&str>,
        password: &SecretString,
    ) -> Result<Self, ClusterError> {
        let dir = data_dir.cluster_path();
        let release = release_of(&dir)?;
        let programs = Programs::find(path, release.map(|major| (dir.as_path(), major)))?;
        let account = Account::choose(&dir)?;
        account.admit(data_dir.path())?;
        if release.is_none() {
            tracing::info!(cluster = %dir.display(), release = programs.major, "making a store");
            initialise(&programs, &account, &dir, password).await?;
        }
        let (server, port) = match adopt(&dir, password).await? {
            Some(running) => running,
            None => launch(&programs, &account, &dir).await?,
        };
        Ok(Self {
            programs,
            account,
            dir,
            server,
            port,
        })
    }

    /// The URL of the superuser of a data directory's cluster, if its server runs.
    pub(crate) fn running_url(data_dir: &DataDir, password: &SecretString) -> Option<url::Url> {
        let dir = data_dir.cluster_path();
        let port = PidFile::of_running(&dir)?.port?;
        Some(Place { dir: &dir, port }.url(password))
    }

    /// The major release that would run a data directory's cluster.
    ///
    /// # Errors
    /// When none is installed that fits.
    pub(crate) fn release(data_dir: &DataDir, path: Option<&str>) -> Result<u32, ClusterError> {
        let dir = data_dir.cluster_path();
        let existing = release_of(&dir)?.map(|major| (dir.as_path(), major));
        Ok(Programs::find(path, existing)?.major)
    }

    /// The URL of the superuser.
    pub(crate) fn superuser_url(&self, password: &SecretString) -> url::Url {
        Place {
            dir: &self.dir,
            port: self.port,
        }
        .url(password)
    }

    /// The port on 127.0.0.1.
    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// What it is, in words.
    pub(crate) fn describe(&self) -> String {
        format!(
            "PostgreSQL {} in {}, port {}",
            self.programs.major,
            self.dir.display(),
            self.port
        )
    }

    /// Returns the server's log when the server is gone.
    pub(crate) async fn ended(&self) -> PathBuf {
        while self.server.runs(&self.dir) {
            sleep(WATCH_INTERVAL).await;
        }
        log_of(&self.dir)
    }

    /// Stops the server: what it does is rolled back, what it has is written.
    ///
    /// # Errors
    /// When it does not stop.
    pub(crate) async fn stop(self) -> Result<(), ClusterError> {
        let Some(running) = PidFile::of_running(&self.dir) else {
            return Ok(());
        };
        tracing::info!(pid = running.pid, "stopping the store");
        let mut command = self.account.command(&self.programs.path("pg_ctl"));
        command
            .args([
                "stop",
                "--silent",
                "--mode=fast",
                "--wait",
                "--timeout",
                PG_CTL_LIMIT_SECONDS,
            ])
            .arg("--pgdata")
            .arg(&self.dir);
        run(command, Some(&log_of(&self.dir))).await
    }
}

/// The server that runs on the cluster, once it answers; `None` if none runs.
async fn adopt(
    dir: &Path,
    password: &SecretString,
) -> Result<Option<(PidFile, u16)>, ClusterError> {
    let deadline = Instant::now() + ADOPTION_LIMIT;
    let mut reason = "it has not opened its port".to_owned();
    while let Some(server) = PidFile::of_running(dir) {
        if let Some(port) = server.port {
            match ask(Place { dir, port }, password).await {
                Answer::Ours => {
                    tracing::info!(
                        pid = server.pid,
                        port,
                        "taking over the store that still runs"
                    );
                    return Ok(Some((server, port)));
                }
                Answer::NotYet(error) => reason = error,
                Answer::Never(reason) => {
                    return Err(strange(server, dir, reason));
                }
            }
        }
        if Instant::now() > deadline {
            return Err(strange(server, dir, reason));
        }
        sleep(Duration::from_millis(100)).await;
    }
    Ok(None)
}

fn strange(server: PidFile, dir: &Path, reason: String) -> ClusterError {
    ClusterError::Strange {
        pid: server.pid,
        cluster: dir.to_owned(),
        reason,
    }
}

/// Starts a server, again if that fails.
async fn launch(
    programs: &Programs,
    account: &Account,
    dir: &Path,
) -> Result<(PidFile, u16), ClusterError> {
    let mut attempt = 1;
    loop {
        match launch_once(programs, account, dir).await {
            // One that is still starting after all that time is left to it.
            Err(error) if attempt < ATTEMPTS && PidFile::of_running(dir).is_none() => {
                // After a crash, what is left of the old server may take a moment to end.
                tracing::warn!(%error, attempt, "the store has not started, trying again");
                attempt += 1;
                sleep(Duration::from_secs(1)).await;
            }
            outcome => return outcome,
        }
    }
}

/// Starts a server, on the port of the last one if that is free. `pg_ctl` gives it a session of its own, so that Ctrl-C does
/// not end it before the services, and returns when it answers.
async fn launch_once(
    programs: &Programs,
    account: &Account,
    dir: &Path,
) -> Result<(PidFile, u16), ClusterError> {
    clean(dir).map_err(ClusterError::file("clean", dir))?;
    let port = last_port(dir).filter(|port| is_free(*port));
    let port = port.map_or_else(free_port, Ok)?;
    let log = log_of(dir);
    let mut command = account.command(&programs.path("pg_ctl"));
    command
        .args([
            "start",
            "--silent",
            "--wait",
            "--timeout",
            PG_CTL_LIMIT_SECONDS,
        ])
        .arg("--pgdata")
        .arg(dir)
        .arg("--log")
        .arg(&log)
        .arg("--options")
        .arg(format!("{SETTINGS} -c port={port}"));
    run(command, Some(&log)).await?;
    let server = PidFile::of_running(dir).ok_or_else(|| ClusterError::Failed {
        program: programs.path("postgres"),
        output: "it ended at once".to_owned(),
    })?;
    tracing::info!(pid = server.pid, port, "the store has started");
    Ok((server, port))
}

/// Removes what a killed server left, and the last run's log. The number of its process, in the
/// pid file and in the locks of its sockets, may be another program's by now, which the new server
/// would mind.
fn clean(dir: &Path) -> std::io::Result<()> {
    remove_if_there(&log_of(dir))?;
    if PidFile::of_running(dir).is_some() {
        return Ok(());
    }
    // A server that lives on unseen still holds its shared memory, for which a new one looks too.
    remove_if_there(&dir.join("postmaster.pid"))?;
    for entry in std::fs::read_dir(dir)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(".s.PGSQL.") {
            remove_if_there(&entry.path())?;
        }
    }
    Ok(())
}

fn log_of(dir: &Path) -> PathBuf {
    dir.join("server.log")
}

/// The port of the last server, by which others may know it: as a data source, or in a setting of
/// a tool. `postmaster.opts` has the command line (`PostgreSQL` manual, "Database File Layout").
fn last_port(dir: &Path) -> Option<u16> {
    port_of(&std::fs::read_to_string(dir.join("postmaster.opts")).ok()?)
}

fn port_of(command_line: &str) -> Option<u16> {
    let (_, rest) = command_line.rsplit_once("\"port=")?;
    rest.split_once('"')?.0.parse().ok()
}

fn is_free(port: u16) -> bool {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
}

fn free_port() -> Result<u16, ClusterError> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .map(|address| address.port())
        .map_err(ClusterError::NoPort)
}

#[cfg(test)]
mod tests {
    use super::port_of;

    #[test]
    fn the_port_is_found_in_the_command_line() {
        let line =
            |rest: &str| format!("/usr/lib/postgresql/15/bin/postgres \"-D\" \"/d\" {rest}\n");
        assert_eq!(
            port_of(&line("\"-c\" \"log=off\" \"-c\" \"port=54321\"")),
            Some(54321)
        );
        assert_eq!(port_of(&line("\"-c\" \"port=99999\"")), None);
        assert_eq!(port_of(&line("")), None);
    }
}
