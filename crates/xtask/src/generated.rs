//! Files of the project that are generated, and committed.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, bail};

/// A file and what is to be in it.
pub(crate) type Generated = (PathBuf, String);

/// Writes the files, and the folders that they lie in.
pub(crate) fn write(files: Vec<Generated>) -> anyhow::Result<()> {
    for (path, text) in files {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&path, text).with_context(|| path.display().to_string())?;
    }
    Ok(())
}

/// Fails when a file is not what it would be if it were written now, by `cargo xtask CHORE`.
pub(crate) fn check(files: Vec<Generated>, chore: &str) -> anyhow::Result<()> {
    for (path, text) in files {
        let committed = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        if committed != text {
            bail!(
                "{} is not current: run `cargo xtask {chore}`",
                path.display()
            );
        }
    }
    Ok(())
}
