//! Which of the installed releases to use.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{ClusterError, OLDEST_MAJOR};

/// Where packages put releases side by side: the directory above, what the release's directory
/// begins with, and where the programs are within it.
const SIDE_BY_SIDE: [(&str, &str, &str); 4] = [
    ("/usr/lib/postgresql", "", "bin"),
    ("/usr", "pgsql-", "bin"),
    ("/opt/homebrew/opt", "postgresql@", "bin"),
    ("/usr/local/opt", "postgresql@", "bin"),
];
/// The programs we need.
const NEEDED: [&str; 3] = ["initdb", "pg_ctl", "postgres"];

/// An installed release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Programs {
    /// Its major release.
    pub(super) major: u32,
    dir: PathBuf,
}

impl Programs {
    /// Finds the release to use: the newest, but for an existing cluster the one that made it.
    /// Looks into `path`, the value of `PATH`, asks the `pg_config` there, and tries where packages
    /// put them.
    ///
    /// # Errors
    /// When there is none that fits.
    pub(super) fn find(
        path: Option<&str>,
        existing: Option<(&Path, u32)>,
    ) -> Result<Self, ClusterError> {
        let mut found = Vec::new();
        for dir in candidates(path) {
            let complete = NEEDED.iter().all(|program| dir.join(program).is_file());
            if complete && let Some(major) = major_of(&dir.join("postgres")) {
                found.push(Self { major, dir });
            }
        }
        choose(found, existing)
    }

    /// The path of one of the programs.
    pub(super) fn path(&self, program: &str) -> PathBuf {
        self.dir.join(program)
    }
}

fn choose(found: Vec<Programs>, existing: Option<(&Path, u32)>) -> Result<Programs, ClusterError> {
    if let Some((cluster, wanted)) = existing {
        let cluster = cluster.to_owned();
        return found
            .into_iter()
            .find(|programs| programs.major == wanted)
            .ok_or(ClusterError::OtherRelease { cluster, wanted });
    }
    // Of several with the newest release, the one found first: `PATH` is the user's own choice.
    let newest = found.iter().map(|programs| programs.major).max();
    found
        .into_iter()
        .find(|programs| Some(programs.major) == newest && programs.major >= OLDEST_MAJOR)
        .ok_or(ClusterError::NotInstalled { newest })
}

/// The directories to look into, in the order in which they were asked for.
fn candidates(path: Option<&str>) -> Vec<PathBuf> {
    let on_path: Vec<PathBuf> = std::env::split_paths(path.unwrap_or_default())
        .filter(|dir| dir.is_absolute())
        .collect();
    let configured = on_path
        .iter()
        .find_map(|dir| bindir(&dir.join("pg_config")));
    let mut dirs = on_path;
    dirs.extend(configured);
    for (above, beginning, within) in SIDE_BY_SIDE {
        dirs.extend(side_by_side(Path::new(above), beginning, within));
    }
    dirs
}

fn side_by_side(above: &Path, beginning: &str, within: &str) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(above) else {
        return Vec::new();
    };
    let mut dirs: Vec<PathBuf> = entries
        .filter_map(Result::ok)
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(beginning))
        .map(|entry| entry.path().join(within))
        .collect();
    dirs.sort();
    dirs
}

fn bindir(pg_config: &Path) -> Option<PathBuf> {
    output_of(pg_config, "--bindir").map(|text| PathBuf::from(text.trim()))
}

fn major_of(postgres: &Path) -> Option<u32> {
    output_of(postgres, "--version")
        .as_deref()
        .and_then(parse_major)
}

/// The major release in what `postgres --version` prints, such as
/// `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)` or `postgres (PostgreSQL) 18beta1`.
fn parse_major(text: &str) -> Option<u32> {
    let (_, version) = text.split_once("(PostgreSQL) ")?;
    let digits = version
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(version.len());
    version.get(..digits)?.parse().ok()
}

/// What a program prints; `None` if it is not there or fails, since it was only a guess.
fn output_of(program: &Path, argument: &str) -> Option<String> {
    let output = Command::new(program)
        .arg(argument)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output();
    let output = output.ok().filter(|output| output.status.success())?;
    String::from_utf8(output.stdout).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn release(major: u32, dir: &str) -> Programs {
        Programs {
            major,
            dir: dir.into(),
        }
    }

    #[test]
    fn the_major_release_is_read() {
        let debian = "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n";
        assert_eq!(parse_major(debian), Some(15));
        assert_eq!(parse_major("postgres (PostgreSQL) 18beta1\n"), Some(18));
        assert_eq!(parse_major("postgres (PostgreSQL) 17"), Some(17));
        assert_eq!(parse_major("postgres (EnterpriseDB) 17"), None);
    }

    #[test]
    fn the_newest_is_chosen_and_the_first_of_equals() {
        let found = vec![
            release(15, "/path"),
            release(17, "/a"),
            release(16, "/b"),
            release(17, "/c"),
        ];
        assert_eq!(choose(found, None).unwrap(), release(17, "/a"));
    }

    #[test]
    fn a_cluster_keeps_its_release() {
        let dir = Path::new("/data/postgres");
        let found = vec![release(17, "/a"), release(15, "/b")];
        assert_eq!(
            choose(found.clone(), Some((dir, 15))).unwrap(),
            release(15, "/b")
        );
        let gone = choose(found, Some((dir, 16))).unwrap_err().to_string();
        assert!(
            gone.contains("postgresql-16") && gone.contains("/data/postgres"),
            "{gone}"
        );
    }

    #[test]
    fn old_releases_do_not_do() {
        let only_old = choose(vec![release(13, "/a"), release(14, "/b")], None).unwrap_err();
        let text = only_old.to_string();
        assert!(
            text.contains("newest here is 14") && text.contains("--database-url"),
            "{text}"
        );
        let none = choose(Vec::new(), None).unwrap_err().to_string();
        assert!(none.contains("apt install postgresql"), "{none}");
        assert!(!none.contains("newest"), "{none}");
    }

    #[test]
    fn path_comes_before_pg_config_and_packages() {
        let dir = std::env::temp_dir().join(format!("plumb-{}-find", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        // A link to a program that prints its argument. A script made here could not be run while a
        // process that another test has just forked still holds it open for writing.
        std::os::unix::fs::symlink("/bin/echo", dir.join("pg_config")).unwrap();
        let path = format!("relative:/first:{}", dir.display());
        let dirs = candidates(Some(&path));
        let expected = [
            PathBuf::from("/first"),
            dir.clone(),
            PathBuf::from("--bindir"),
        ];
        assert_eq!(dirs[..3], expected);
        std::fs::remove_dir_all(dir).unwrap();
    }
}
