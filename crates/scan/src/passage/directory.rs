//! A directory that only this process' user may enter, gone when nobody needs it.

use std::env::temp_dir;
use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicU64, Ordering};

/// Makes names differ within the process.
static MADE: AtomicU64 = AtomicU64::new(0);

/// How many names are tried: others may have left directories of a process of our number.
const TRIES: usize = 1000;

/// The directory of one socket.
#[derive(Debug)]
pub(super) struct Directory {
    path: PathBuf,
    socket: PathBuf,
    is_there: bool,
}

impl Directory {
    /// Makes one where the system keeps what is temporary, for a server at `port`.
    pub(super) fn create(port: u16) -> io::Result<Self> {
        let parent = temp_dir();
        let mut outcome = Err(io::ErrorKind::AlreadyExists.into());
        for _ in 0..TRIES {
            let number = MADE.fetch_add(1, Ordering::Relaxed);
            let path = parent.join(format!("plumbline-{}-{number}", process::id()));
            outcome = DirBuilder::new().mode(0o700).create(&path).map(|()| path);
            match &outcome {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                _ => break,
            }
        }
        let path = outcome.map_err(|error| {
            let place = parent.display();
            io::Error::new(error.kind(), format!("no directory in {place}: {error}"))
        })?;
        Ok(Self {
            // So PostgreSQL calls it (manual, "unix_socket_directories"), and the driver looks for it.
            socket: path.join(format!(".s.PGSQL.{port}")),
            path,
            is_there: true,
        })
    }

    /// The directory.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The socket in it.
    pub(super) fn socket(&self) -> &Path {
        &self.socket
    }

    /// Removes both, once.
    pub(super) fn remove(&mut self) {
        if !self.is_there {
            return;
        }
        self.is_there = false;
        // There is none where it could not be made.
        let _ = fs::remove_file(&self.socket);
        if let Err(error) = fs::remove_dir(&self.path) {
            let path = self.path.display();
            tracing::debug!(%path, %error, "a directory of a socket could not be removed");
        }
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        self.remove();
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn nobody_else_may_enter_and_nothing_is_left() {
        let directory = Directory::create(5432).expect("a directory");
        let path = directory.path().to_owned();
        let mode = fs::metadata(&path).expect("it is there").permissions();
        assert_eq!(mode.mode() & 0o777, 0o700);
        fs::write(directory.socket(), "").expect("a file");
        drop(directory);
        assert!(!path.exists());
    }

    #[test]
    fn nothing_is_left_where_no_socket_could_be_made() {
        let directory = Directory::create(5432).expect("a directory");
        let path = directory.path().to_owned();
        drop(directory);
        assert!(!path.exists());
    }
}
