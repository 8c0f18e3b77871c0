//! Who runs the server: `PostgreSQL` refuses root.

use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

use rustix::process::geteuid;

use super::ClusterError;

/// What programs find others, libraries, time and room by.
const NEEDED: [&str; 5] = ["PATH", "LD_LIBRARY_PATH", "TZ", "TMPDIR", "HOME"];

/// The accounts that root looks for, best first.
const ACCOUNTS: [&str; 2] = ["postgres", "nobody"];

/// The bits of a mode that let others than the owner in.
const GROUP_AND_OTHERS: u32 = 0o077;

/// The account that runs the server and owns its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Account {
    /// Our own.
    Own,
    /// Another one; we are root.
    Other {
        /// Its name.
        name: String,
        /// Its user id.
        uid: u32,
        /// Its group's id.
        gid: u32,
    },
}

impl Account {
    /// Our own account, or for root whoever owns the cluster, else `postgres`, else `nobody`.
    ///
    /// # Errors
    /// When root finds none.
    pub(super) fn choose(cluster: &Path) -> Result<Self, ClusterError> {
        if !geteuid().is_root() {
            return Ok(Self::Own);
        }
        let path = Path::new("/etc/passwd");
        let passwd = std::fs::read_to_string(path).map_err(ClusterError::file("read", path))?;
        let owner = std::fs::metadata(cluster).ok().map(|cluster| cluster.uid());
        choose(&passwd, owner).ok_or(ClusterError::NoAccount)
    }

    /// A command that this account runs, with no input, and of the environment with what any program
    /// needs alone: the rest may hold secrets, which are not for the account, or settings for programs
    /// of `PostgreSQL`. It is not in our process group, so that Ctrl-C does not reach it.
    pub(super) fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        // The account may not be able to enter the present directory.
        command
            .stdin(Stdio::null())
            .current_dir("/")
            .process_group(0)
            .env_clear()
            .env("LC_ALL", "C");
        for (name, value) in service_kit::config::environment() {
            if NEEDED.contains(&name.as_str()) {
                command.env(name, value);
            }
        }
        if let Self::Other { uid, gid, .. } = self {
            // As root this also leaves root's further groups.
            command.uid(*uid).gid(*gid);
        }
        command
    }

    /// Gives a file or an empty directory of ours to this account.
    pub(super) fn give(&self, path: &Path) -> Result<(), ClusterError> {
        let Self::Other { uid, gid, .. } = self else {
            return Ok(());
        };
        std::os::unix::fs::lchown(path, Some(*uid), Some(*gid))
            .map_err(ClusterError::file("give away", path))
    }

    /// Makes sure that the account can pass through the data directory. One that only root may
    /// enter gets the account's group, which may pass through and not list it.
    ///
    /// # Errors
    /// When the account still cannot, because of a directory above.
    pub(super) fn admit(&self, dir: &Path) -> Result<(), ClusterError> {
        let Self::Other { name, gid, .. } = self else {
            return Ok(());
        };
        let found = std::fs::metadata(dir).map_err(ClusterError::file("read", dir))?;
        if found.uid() == 0 && found.mode() & GROUP_AND_OTHERS == 0 {
            std::os::unix::fs::chown(dir, None, Some(*gid))
                .map_err(ClusterError::file("change the group of", dir))?;
            std::fs::set_permissions(dir, std::fs::Permissions::from_mode(0o710))
                .map_err(ClusterError::file("change the mode of", dir))?;
        }
        let program = Path::new("/bin/sh");
        let mut command = self.command(program);
        command.args(["-c", r#"test -x "$1""#, "sh"]).arg(dir);
        let status = command.status().map_err(|source| ClusterError::Run {
            program: program.to_owned(),
            source,
        })?;
        if status.success() {
            Ok(())
        } else {
            Err(ClusterError::Unreachable {
                account: name.clone(),
                dir: dir.to_owned(),
            })
        }
    }
}

fn choose(passwd: &str, owner: Option<u32>) -> Option<Account> {
    let accounts: Vec<Account> = passwd.lines().filter_map(parse).collect();
    let of_owner = accounts.iter().find(|account| match account {
        // The server looks its own account up, so a number without an entry would not do.
        Account::Other { uid, .. } => *uid != 0 && Some(*uid) == owner,
        Account::Own => false,
    });
    let by_name = |wanted: &str| {
        accounts.iter().find(move |account| match account {
            Account::Other { name, .. } => name == wanted,
            Account::Own => false,
        })
    };
    of_owner
        .or_else(|| ACCOUNTS.into_iter().find_map(by_name))
        .cloned()
}

/// A line of `/etc/passwd`: name, password, user id, group id, and more (passwd(5)).
fn parse(line: &str) -> Option<Account> {
    let mut parts = line.split(':');
    let name = parts.next()?.to_owned();
    let uid = parts.nth(1)?.parse().ok()?;
    let gid = parts.next()?.parse().ok()?;
    Some(Account::Other { name, uid, gid })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSWD: &str = "root:x:0:0:root:/root:/bin/bash\n\
        nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n\
        ada:x:1000:1000::/home/ada:/bin/bash\n";

    fn name(passwd: &str, owner: Option<u32>) -> Option<String> {
        match choose(passwd, owner)? {
            Account::Other { name, .. } => Some(name),
            Account::Own => None,
        }
    }

    #[test]
    fn root_takes_the_owner_then_postgres_then_nobody() {
        let with = format!("{PASSWD}postgres:x:101:104:PostgreSQL:/var/lib/postgresql:/bin/bash\n");
        assert_eq!(name(&with, None).as_deref(), Some("postgres"));
        assert_eq!(name(PASSWD, None).as_deref(), Some("nobody"));
        assert_eq!(name(&with, Some(65534)).as_deref(), Some("nobody"));
        assert_eq!(name(&with, Some(1000)).as_deref(), Some("ada"));
        assert_eq!(name(&with, Some(4711)).as_deref(), Some("postgres"));
        assert_eq!(name(&with, Some(0)).as_deref(), Some("postgres"));
        assert_eq!(name("root:x:0:0::/root:/bin/sh\nnonsense\n", None), None);
    }

    #[test]
    fn ids_are_read() {
        let expected = Account::Other {
            name: "a".into(),
            uid: 101,
            gid: 104,
        };
        assert_eq!(parse("a:x:101:104:A B:/:/bin/sh"), Some(expected));
        assert_eq!(parse("a:x"), None);
    }
}
