//! The data directory: what one local instance keeps between two runs of `plumb up`.
//!
//! | name | what |
//! | --- | --- |
//! | `plumb.lock` | held while `plumb up` runs; its content is the process's number |
//! | `secrets` | keys and passwords, made once, mode 0600 |
//! | `env` | where the services listen and a token, written when both are ready, mode 0600 |
//! | `postgres` | the private `PostgreSQL` cluster, unless another store was given |
//! | `runs` | records of runs that `meta` has not taken yet |

mod env_file;
mod files;
mod lines;
mod lock;
mod runs;
mod secrets;

use std::path::{Path, PathBuf};

use rustix::process::geteuid;

pub(crate) use env_file::{EnvFile, MANAGER_URL, META_URL, TOKEN};
pub(crate) use files::{remove_if_there, write_private};
pub(crate) use lock::Lock;
pub(crate) use runs::{Begun, Left, Runs};
pub(crate) use secrets::Secrets;

/// Where root keeps it.
const ROOT_DEFAULT: &str = "/var/lib/plumbline";
/// Names of ours that other programs might use too, which we would overwrite or misread.
const OURS: [&str; 3] = ["env", "secrets", "postgres"];

/// Why the data directory cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DataDirError {
    /// There is no home to put it in.
    #[error("there is no default data directory, because HOME is not set: give --data-dir")]
    NoDefault,
    /// The path has characters that break the shell commands around it.
    #[error(
        "the data directory {0:?} cannot be used: its path must be UTF-8 without line breaks and \
         without the characters \" $ ` \\"
    )]
    Path(PathBuf),
    /// The directory belongs to something else.
    #[error("{dir} has {name:?} in it but is not a data directory of plumb: choose another")]
    Foreign {
        /// The directory.
        dir: PathBuf,
        /// What is in the way.
        name: &'static str,
    },
    /// Another `plumb up` runs on it.
    #[error(
        "another plumb up runs on {dir}{}: stop it, or choose another with --data-dir",
        process.as_ref().map(|number| format!(" (process {number})")).unwrap_or_default()
    )]
    InUse {
        /// The directory.
        dir: PathBuf,
        /// The other process's number.
        process: Option<String>,
    },
    /// A file cannot be read, made or written.
    #[error("cannot {verb} {path}")]
    File {
        /// What was tried: read, make, write, lock.
        verb: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// A line of a file of ours is not as we wrote it.
    #[error("{path}, line {line}: must be NAME=VALUE")]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
    },
    /// A file of ours lacks a name.
    #[error("{path} has no {name}: restore the file from a backup")]
    Missing {
        /// The file.
        path: PathBuf,
        /// The name.
        name: &'static str,
    },
    /// New secrets would not open what is there.
    #[error(
        "{path} is gone, and {cluster} opens with its passwords only: restore the file from a \
         backup, or move the directory away to begin anew"
    )]
    SecretsLost {
        /// The file.
        path: PathBuf,
        /// The cluster's directory.
        cluster: PathBuf,
    },
    /// The system has no randomness.
    #[error("the system gives no random bytes")]
    Random(#[source] getrandom::Error),
}

impl DataDirError {
    fn file(verb: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::File { verb, path, source }
    }
}

/// One data directory.
#[derive(Debug, Clone)]
pub(crate) struct DataDir {
    path: PathBuf,
}

impl DataDir {
    /// The directory that was named, else the account's own: `/var/lib/plumbline` for root,
    /// `$XDG_DATA_HOME/plumbline` or `~/.local/share/plumbline` for others. It need not exist.
    ///
    /// # Errors
    /// When there is no default, or the path cannot be used.
    pub(crate) fn choose(
        named: Option<&Path>,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, DataDirError> {
        let path = match named {
            Some(named) => {
                std::path::absolute(named).map_err(DataDirError::file("resolve", named))?
            }
            None => default_path(geteuid().is_root(), variable).ok_or(DataDirError::NoDefault)?,
        };
        Self::at(path)
    }

    fn at(path: PathBuf) -> Result<Self, DataDirError> {
        // pg_ctl puts the path between double quotes of a shell command.
        let breaks = |c: char| matches!(c, '"' | '$' | '`' | '\\') || c.is_control();
        match path.to_str() {
            Some(text) if !text.contains(breaks) => Ok(Self { path }),
            _ => Err(DataDirError::Path(path)),
        }
    }

    /// Makes the directory if it is not there, and takes it for this process.
    ///
    /// # Errors
    /// When it cannot be made, is something else's, or another `plumb up` has it.
    pub(crate) fn take(self) -> Result<(Self, Lock), DataDirError> {
        files::create_dir(&self.path)?;
        // Without links, so that it can be compared with what PostgreSQL says about itself.
        let path = self
            .path
            .canonicalize()
            .map_err(DataDirError::file("resolve", &self.path))?;
        let this = Self::at(path)?;
        let lock_path = this.path.join("plumb.lock");
        if !lock_path.exists()
            && let Some(name) = OURS.into_iter().find(|name| this.path.join(name).exists())
        {
            return Err(DataDirError::Foreign {
                dir: this.path,
                name,
            });
        }
        let lock = Lock::acquire(&this.path, &lock_path)?;
        Ok((this, lock))
    }

    /// Whether a `plumb up` has it.
    ///
    /// # Errors
    /// When that cannot be told.
    pub(crate) fn is_in_use(&self) -> Result<bool, DataDirError> {
        Lock::is_held(&self.path.join("plumb.lock"))
    }

    /// The directory itself.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The file that tells clients where the services are.
    pub(crate) fn env_path(&self) -> PathBuf {
        self.path.join("env")
    }

    /// The directory of the private cluster.
    pub(crate) fn cluster_path(&self) -> PathBuf {
        self.path.join("postgres")
    }

    /// The file with keys and passwords.
    pub(crate) fn secrets_path(&self) -> PathBuf {
        self.path.join("secrets")
    }

    /// The keys and passwords, which are made first in a new data directory.
    ///
    /// # Errors
    /// When they cannot be read or made, or a cluster is there whose passwords are lost.
    pub(crate) fn secrets(&self) -> Result<Secrets, DataDirError> {
        let path = self.secrets_path();
        match Secrets::read(&path)? {
            Some(secrets) => Ok(secrets),
            None if self.cluster_path().exists() => Err(DataDirError::SecretsLost {
                path,
                cluster: self.cluster_path(),
            }),
            None => Secrets::make(&path),
        }
    }
}

fn default_path(root: bool, variable: impl Fn(&str) -> Option<String>) -> Option<PathBuf> {
    if root {
        return Some(PathBuf::from(ROOT_DEFAULT));
    }
    // Relative paths are to be ignored (XDG Base Directory Specification, "Environment variables").
    let absolute = |name| {
        variable(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    absolute("XDG_DATA_HOME")
        .or_else(|| absolute("HOME").map(|home| home.join(".local/share")))
        .map(|data| data.join("plumbline"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn default_of(root: bool, variables: &[(&str, &str)]) -> Option<String> {
        let variable = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        default_path(root, variable).map(|path| path.display().to_string())
    }

    #[test]
    fn the_default_depends_on_the_account() {
        let home = ("HOME", "/home/ada");
        assert_eq!(
            default_of(true, &[home]).as_deref(),
            Some("/var/lib/plumbline")
        );
        let own = "/home/ada/.local/share/plumbline";
        assert_eq!(default_of(false, &[home]).as_deref(), Some(own));
        let relative = [home, ("XDG_DATA_HOME", "data")];
        assert_eq!(default_of(false, &relative).as_deref(), Some(own));
        let xdg = [home, ("XDG_DATA_HOME", "/data")];
        assert_eq!(default_of(false, &xdg).as_deref(), Some("/data/plumbline"));
        assert_eq!(default_of(false, &[]), None);
    }

    #[test]
    fn paths_that_a_shell_would_change_are_refused() {
        for path in ["/a\"b", "/a$b", "/a`b", "/a\\b", "/a\nb"] {
            assert!(
                matches!(DataDir::at(path.into()), Err(DataDirError::Path(_))),
                "{path:?}"
            );
        }
        assert!(DataDir::at("/with space, comma and 'quote'/数据".into()).is_ok());
    }

    #[test]
    fn one_process_at_a_time_has_it() {
        let dir = tests_dir("lock");
        let (held, lock) = DataDir::choose(Some(&dir), |_| None)
            .unwrap()
            .take()
            .unwrap();
        let second = held.clone().take().unwrap_err();
        assert!(
            matches!(&second, DataDirError::InUse { process: Some(number), .. }
            if *number == std::process::id().to_string()),
            "{second:?}"
        );
        drop(lock);
        held.take().unwrap();
        std::fs::remove_dir_all(dir).unwrap();
    }

    #[test]
    fn a_directory_of_something_else_is_left_alone() {
        let dir = tests_dir("foreign");
        std::fs::write(dir.join("notes"), "").unwrap();
        DataDir::choose(Some(&dir), |_| None)
            .unwrap()
            .take()
            .unwrap();
        std::fs::remove_file(dir.join("plumb.lock")).unwrap();
        std::fs::write(dir.join("env"), "PATH=/bin").unwrap();
        let refused = DataDir::choose(Some(&dir), |_| None)
            .unwrap()
            .take()
            .unwrap_err();
        assert!(
            matches!(refused, DataDirError::Foreign { name: "env", .. }),
            "{refused:?}"
        );
        std::fs::remove_dir_all(dir).unwrap();
    }

    #[test]
    fn secrets_are_not_made_for_a_cluster_that_has_others() {
        let dir = tests_dir("secrets-of");
        let data_dir = DataDir::at(dir.clone()).unwrap();
        data_dir.secrets().unwrap();
        std::fs::create_dir(data_dir.cluster_path()).unwrap();
        data_dir.secrets().unwrap();
        std::fs::remove_file(data_dir.secrets_path()).unwrap();
        let lost = data_dir.secrets().unwrap_err();
        assert!(matches!(lost, DataDirError::SecretsLost { .. }), "{lost:?}");
        assert!(!data_dir.secrets_path().exists());
        std::fs::remove_dir_all(dir).unwrap();
    }

    /// An empty directory of this test's own.
    pub(super) fn tests_dir(name: &str) -> PathBuf {
        let dir = std::env::temp_dir().join(format!("plumb-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&dir);
        std::fs::create_dir(&dir).unwrap();
        dir
    }
}
