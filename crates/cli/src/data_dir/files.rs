//! Files and directories that only their owner may read.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::Path;

use super::DataDirError;

/// Makes a directory, mode 0700, and the directories above it that are missing.
pub(super) fn create_dir(path: &Path) -> Result<(), DataDirError> {
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).map_err(DataDirError::file("make", parent))?;
    }
    match DirBuilder::new().mode(0o700).create(path) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
        outcome => outcome.map_err(DataDirError::file("make", path)),
    }
}

/// Writes a file with mode 0600. Whoever reads it sees the old content or the new, also after a
/// crash, and never a part.
///
/// # Errors
/// When the directory cannot be written.
pub(crate) fn write_private(path: &Path, content: &str) -> Result<(), DataDirError> {
    replace(path, content).map_err(DataDirError::file("write", path))
}

fn replace(path: &Path, content: &str) -> std::io::Result<()> {
    let aside = path.with_extension(format!("new-{}", std::process::id()));
    // Of a process with our number that was killed.
    remove_if_there(&aside)?;
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&aside)?;
    let written = file
        .write_all(content.as_bytes())
        .and_then(|()| file.sync_all())
        .and_then(|()| std::fs::rename(&aside, path));
    if written.is_err() {
        // The first error says more than one of cleaning up would.
        let _ = std::fs::remove_file(&aside);
        return written;
    }
    // The rename lasts once the directory is on disk.
    path.parent()
        .map_or(Ok(()), |dir| File::open(dir)?.sync_all())
}

/// Removes a file if it is there.
pub(crate) fn remove_if_there(path: &Path) -> std::io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
        outcome => outcome,
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;
    use crate::data_dir::tests::tests_dir;

    #[test]
    fn a_private_file_is_replaced_whole() {
        let dir = tests_dir("private");
        let path = dir.join("env");
        std::fs::write(&path, "old and longer").unwrap();
        write_private(&path, "new").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(
            std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
        assert_eq!(std::fs::read_dir(&dir).unwrap().count(), 1);
        std::fs::remove_dir_all(dir).unwrap();
    }
}
