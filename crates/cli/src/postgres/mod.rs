//! The private `PostgreSQL` behind `plumb up`: found among what is installed, made once in the
//! data directory, started and stopped with the services.

mod account;
mod cluster;
mod find;
mod initialise;
mod pid_file;
mod place;
mod run;

pub(crate) use cluster::Cluster;

use std::path::PathBuf;

/// The oldest major release that the store works with.
pub(crate) const OLDEST_MAJOR: u32 = 15;

/// What to do without `PostgreSQL`.
const HOW_TO_GET_IT: &str = "install it (Debian, Ubuntu: apt install postgresql; Fedora: dnf \
    install postgresql-server; macOS: brew install postgresql@17), or give the URL of a \
    superuser of another server with --database-url or PLUMB_DATABASE_URL";

/// Why there is no private `PostgreSQL`.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ClusterError {
    /// None is installed, or only old ones.
    #[error(
        "no PostgreSQL {OLDEST_MAJOR} or newer is installed{}: {HOW_TO_GET_IT}",
        newest.map(|major| format!(" (the newest here is {major})")).unwrap_or_default()
    )]
    NotInstalled {
        /// The newest release that was found.
        newest: Option<u32>,
    },
    /// The cluster was made by a release that is gone.
    #[error(
        "{cluster} was made by PostgreSQL {wanted}, which is not installed: install the same \
         release again (Debian, Ubuntu: apt install postgresql-{wanted})"
    )]
    OtherRelease {
        /// The cluster's directory.
        cluster: PathBuf,
        /// The release that made it.
        wanted: u32,
    },
    /// The directory is not as a cluster should be.
    #[error("{0} is not a PostgreSQL cluster: move it away, and plumb up makes a new one")]
    NotACluster(PathBuf),
    /// Root has nobody to run it as.
    #[error(
        "PostgreSQL does not run as root, and there is no account postgres or nobody: run plumb \
         up as an ordinary user, or give --database-url"
    )]
    NoAccount,
    /// The account cannot get at the directory.
    #[error(
        "the account {account} that runs PostgreSQL cannot reach {dir}: choose a data directory \
         that other accounts may pass through, such as /var/lib/plumbline"
    )]
    Unreachable {
        /// The account.
        account: String,
        /// The data directory.
        dir: PathBuf,
    },
    /// A file or directory of the cluster cannot be made, read or changed.
    #[error("cannot {verb} {path}")]
    File {
        /// What was tried.
        verb: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// A program of `PostgreSQL` could not be run.
    #[error("cannot run {program}")]
    Run {
        /// The program.
        program: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// A program of `PostgreSQL` failed.
    #[error("{program} failed: {output}")]
    Failed {
        /// The program.
        program: PathBuf,
        /// The end of what it wrote.
        output: String,
    },
    /// A server runs on the cluster that we cannot use.
    #[error("process {pid} runs on {cluster} but does not answer as ours: {reason}")]
    Strange {
        /// The process in the cluster's pid file.
        pid: u32,
        /// The cluster's directory.
        cluster: PathBuf,
        /// Why it cannot be used.
        reason: String,
    },
    /// No port is free.
    #[error("no free port on 127.0.0.1")]
    NoPort(#[source] std::io::Error),
}

impl ClusterError {
    fn file(verb: &'static str, path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File { verb, path, source }
    }
}
