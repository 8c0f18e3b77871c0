//! One `plumb up` for each data directory.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use super::DataDirError;

/// Holds a data directory until it is dropped or the process ends, however it ends.
#[derive(Debug)]
pub(crate) struct Lock(#[expect(dead_code, reason = "closing the file gives the lock back")] File);

impl Lock {
    pub(super) fn acquire(dir: &Path, path: &Path) -> Result<Self, DataDirError> {
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(path)
            .map_err(DataDirError::file("open", path))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                // The number is a courtesy: without it the message is still true.
                let _ = file.read_to_string(&mut holder);
                let process = Some(holder.trim().to_owned()).filter(|number| !number.is_empty());
                return Err(DataDirError::InUse {
                    dir: dir.to_owned(),
                    process,
                });
            }
            Err(TryLockError::Error(source)) => {
                return Err(DataDirError::file("lock", path)(source));
            }
        }
        file.set_len(0)
            .and_then(|()| file.rewind())
            .and_then(|()| writeln!(file, "{}", std::process::id()))
            .map_err(DataDirError::file("write", path))?;
        Ok(Self(file))
    }

    /// Whether another process holds it.
    pub(super) fn is_held(path: &Path) -> Result<bool, DataDirError> {
        let file = match File::open(path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
            outcome => outcome.map_err(DataDirError::file("open", path))?,
        };
        // Given back at once. Shared, so that two who look do not see each other.
        match file.try_lock_shared() {
            Ok(()) => Ok(false),
            Err(TryLockError::WouldBlock) => Ok(true),
            Err(TryLockError::Error(source)) => Err(DataDirError::file("lock", path)(source)),
        }
    }
}
