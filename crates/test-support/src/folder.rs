//! Files of a test's own.

use std::fs;
use std::path::{Path, PathBuf};

use crate::unique;

/// A folder that is gone after its test.
#[derive(Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// An empty one.
    ///
    /// # Panics
    /// When there is no place for it.
    #[must_use]
    pub fn new() -> Self {
        let above = std::env::temp_dir().canonicalize();
        let path = above.expect("there is a place").join(unique("folder"));
        fs::create_dir(&path).expect("it can be written");
        Self(path)
    }

    /// Where it is.
    ///
    /// # Panics
    /// When that is no Unicode.
    #[must_use]
    pub fn path(&self) -> &str {
        self.0.to_str().expect("a path in Unicode")
    }

    /// Where a file of it is, or will be.
    #[must_use]
    pub fn file(&self, name: &str) -> String {
        format!("{}/{name}", self.path())
    }

    /// Writes a file, in a folder of its own where the name has one.
    ///
    /// # Panics
    /// When it cannot be written.
    pub fn write(&self, name: &str, text: &str) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap_or(Path::new("/"))).expect("a folder");
        fs::write(&path, text).expect("it can be written");
    }
}

impl Default for Folder {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed is left to the system.
        let _ = fs::remove_dir_all(&self.0);
    }
}
