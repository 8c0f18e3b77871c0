//! `postmaster.pid`: which server runs on a cluster, and where it listens.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;

use rustix::process::{Pid, test_kill_process};

/// What the file says (`PostgreSQL`'s `src/include/utils/pidfile.h`: one fact a line).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PidFile {
    /// The server's process.
    pub(super) pid: u32,
    /// The port it listens on; not yet known right after the start.
    pub(super) port: Option<u16>,
}

impl PidFile {
    /// The server that runs on the cluster. The file stays behind when a server is killed, so
    /// the process is looked up too.
    pub(super) fn of_running(cluster: &Path) -> Option<Self> {
        let text = std::fs::read_to_string(cluster.join("postmaster.pid")).ok()?;
        parse(&text).filter(|file| file.runs(cluster))
    }

    /// Whether the process is alive and, as far as can be told, a server on this cluster.
    pub(super) fn runs(self, cluster: &Path) -> bool {
        if !is_alive(self.pid) {
            return false;
        }
        // The number may be another program's by now. Linux tells; elsewhere, believe the file.
        match std::fs::read(format!("/proc/{}/cmdline", self.pid)) {
            Ok(command) => serves(&command, cluster),
            Err(_) => !Path::new("/proc/self/cmdline").exists(),
        }
    }
}

/// Whether a command line, its arguments ending in zeros, is or may be of a server on the cluster.
fn serves(command: &[u8], cluster: &Path) -> bool {
    let mut arguments = command
        .split(|byte| *byte == 0)
        .map(|bytes| Path::new(OsStr::from_bytes(bytes)));
    let program = arguments.next().and_then(Path::file_name);
    if !program.is_some_and(|name| name == "postgres" || name == "postmaster") {
        return false;
    }
    match arguments
        .skip_while(|argument| *argument != Path::new("-D"))
        .nth(1)
    {
        Some(dir) if dir.is_absolute() => {
            dir == cluster || dir.canonicalize().is_ok_and(|dir| dir == cluster)
        }
        // Started by hand, with a directory that the command line does not tell.
        _ => true,
    }
}

fn parse(text: &str) -> Option<PidFile> {
    let mut lines = text.lines();
    // A server in single-user mode writes its number with a minus sign.
    let pid = lines.next()?.trim().parse::<i32>().ok()?.unsigned_abs();
    // Directory and start time come first.
    let port = lines.nth(2).and_then(|port| port.trim().parse().ok());
    Some(PidFile { pid, port })
}

fn is_alive(pid: u32) -> bool {
    let Some(pid) = i32::try_from(pid).ok().and_then(Pid::from_raw) else {
        return false;
    };
    // Refused means alive and somebody else's.
    !matches!(test_kill_process(pid), Err(rustix::io::Errno::SRCH))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_read_as_far_as_it_is_written() {
        let whole = "4711\n/data/postgres\n1700000000\n5433\n.\n127.0.0.1\n  1 2\nready   \n";
        assert_eq!(
            parse(whole),
            Some(PidFile {
                pid: 4711,
                port: Some(5433)
            })
        );
        assert_eq!(
            parse("4711\n/data\n17"),
            Some(PidFile {
                pid: 4711,
                port: None
            })
        );
        assert_eq!(
            parse("-4711\n"),
            Some(PidFile {
                pid: 4711,
                port: None
            })
        );
        assert_eq!(parse(""), None);
    }

    #[test]
    fn servers_are_told_by_their_command_line() {
        let cluster = Path::new("/data/postgres");
        for ours in [
            "/usr/bin/postgres\0-D\0/data/postgres\0-c\0port=1\0",
            "postmaster\0-p\x005432\x00-D\0/data/postgres/\0",
            "postgres\0-p\x005432\0",
            "postgres\0-D\0relative\0",
        ] {
            assert!(serves(ours.as_bytes(), cluster), "{ours:?}");
        }
        for other in [
            "sleep\x00100\0",
            "vi\0/data/postgres\0",
            "postgres\0-D\0/other\0",
            "",
        ] {
            assert!(!serves(other.as_bytes(), cluster), "{other:?}");
        }
    }

    #[test]
    fn a_number_that_is_another_programs_does_not_count() {
        let ours = PidFile {
            pid: std::process::id(),
            port: None,
        };
        assert!(is_alive(ours.pid));
        assert!(!ours.runs(Path::new("/data/postgres")));
        assert!(!PidFile { pid: 0, port: None }.runs(Path::new("/data/postgres")));
    }
}
