//! Records of runs that `meta` has not taken yet: one file for each in the directory `runs`.
//!
//! `NAME.begun` is written when a run begins, and locked by its process for as long as that lives;
//! `NAME.ended` takes its place at the end. So what a process that was killed leaves behind can be told
//! from what still goes on, and a record is never read while it is written.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::PathBuf;

use super::files::{create_dir, remove_if_there, write_private};
use super::{DataDir, DataDirError};

const BEGUN: &str = "begun";
const ENDED: &str = "ended";
const REFUSED: &str = "refused";

/// The records of one data directory.
#[derive(Debug, Clone)]
pub(crate) struct Runs {
    dir: PathBuf,
}

/// The record of a run that goes on, for as long as this lives.
#[derive(Debug)]
pub(crate) struct Begun(#[expect(dead_code, reason = "closing the file gives the lock back")] File);

/// A record whose process has ended.
#[derive(Debug)]
pub(crate) struct Left {
    /// The name of the run.
    pub(crate) name: String,
    pub(crate) content: Vec<u8>,
    stage: &'static str,
}

impl Runs {
    /// Those of a data directory, which need not exist.
    pub(crate) fn of(data_dir: &DataDir) -> Self {
        Self {
            dir: data_dir.path().join("runs"),
        }
    }

    /// Keeps the record of a run that begins.
    ///
    /// # Errors
    /// When the directory cannot be made or written.
    pub(crate) fn begin(&self, name: &str, content: &str) -> Result<Begun, DataDirError> {
        self.make()?;
        let (aside, path) = (self.path(name, "new"), self.path(name, BEGUN));
        let write = || {
            let mut file = OpenOptions::new()
                .write(true)
                .create_new(true)
                .mode(0o600)
                .open(&aside)?;
            file.lock()?;
            file.write_all(content.as_bytes())?;
            // It has its name only once it is whole and locked.
            std::fs::rename(&aside, &path)?;
            Ok(file)
        };
        let written = write();
        if written.is_err() {
            // The first error says more than one of cleaning up would.
            let _ = remove_if_there(&aside);
        }
        written
            .map(Begun)
            .map_err(DataDirError::file("write", &path))
    }

    /// Keeps the record of a run that has ended, in the place of that of its beginning.
    ///
    /// # Errors
    /// When the directory cannot be made or written.
    pub(crate) fn end(&self, name: &str, content: &str) -> Result<(), DataDirError> {
        self.make()?;
        write_private(&self.path(name, ENDED), content)?;
        self.remove(name, BEGUN)
    }

    /// Makes the directory if it is not there, and above it the data directory, for the owner alone.
    fn make(&self) -> Result<(), DataDirError> {
        self.dir.parent().map_or(Ok(()), create_dir)?;
        create_dir(&self.dir)
    }

    /// Removes the record of the beginning of a run that `meta` knows of.
    ///
    /// # Errors
    /// When the directory cannot be written.
    pub(crate) fn forget_begun(&self, name: &str) -> Result<(), DataDirError> {
        self.remove(name, BEGUN)
    }

    /// Removes all that is kept of a run.
    ///
    /// # Errors
    /// When the directory cannot be written.
    pub(crate) fn forget(&self, name: &str) -> Result<(), DataDirError> {
        self.remove(name, BEGUN)?;
        self.remove(name, ENDED)
    }

    /// Removes a record that `meta` has taken.
    ///
    /// # Errors
    /// When the directory cannot be written.
    pub(crate) fn forget_left(&self, left: &Left) -> Result<(), DataDirError> {
        match left.stage {
            // The end that is there now was written later: it has not been sent.
            BEGUN => self.forget_begun(&left.name),
            _ => self.forget(&left.name),
        }
    }

    /// Puts a record aside that `meta` does not take, and answers with where it is.
    ///
    /// # Errors
    /// When the directory cannot be written.
    pub(crate) fn put_aside(&self, left: &Left) -> Result<PathBuf, DataDirError> {
        let aside = self.path(&left.name, REFUSED);
        match std::fs::rename(self.path(&left.name, left.stage), &aside) {
            // Somebody else has put it there.
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            outcome => outcome.map_err(DataDirError::file("write", &aside))?,
        }
        self.forget_left(left)?;
        Ok(aside)
    }

    /// The names of runs with a record, oldest first; some of them may go on.
    ///
    /// # Errors
    /// When the directory cannot be read.
    pub(crate) fn names(&self) -> Result<Vec<String>, DataDirError> {
        let entries = match std::fs::read_dir(&self.dir) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            outcome => outcome.map_err(DataDirError::file("read", &self.dir))?,
        };
        let mut names = Vec::new();
        for entry in entries {
            let path = entry.map_err(DataDirError::file("read", &self.dir))?.path();
            let is_record = [BEGUN, ENDED]
                .iter()
                .any(|it| path.extension() == Some(it.as_ref()));
            if let Some(name) = path.file_stem().and_then(|name| name.to_str())
                && is_record
            {
                names.push(name.to_owned());
            }
        }
        // Their names tell when they began.
        names.sort();
        names.dedup();
        Ok(names)
    }

    /// The record of a run, unless its process lives or somebody else has sent it.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(crate) fn left(&self, name: &str) -> Result<Option<Left>, DataDirError> {
        for stage in [ENDED, BEGUN] {
            let path = self.path(name, stage);
            let mut file = match File::open(&path) {
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
                outcome => outcome.map_err(DataDirError::file("read", &path))?,
            };
            // Given back at once. Shared, so that two who look do not see each other.
            match file.try_lock_shared() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Ok(None),
                Err(TryLockError::Error(error)) => {
                    return Err(DataDirError::file("lock", &path)(error));
                }
            }
            let mut content = Vec::new();
            file.read_to_end(&mut content)
                .map_err(DataDirError::file("read", &path))?;
            return Ok(Some(Left {
                name: name.to_owned(),
                content,
                stage,
            }));
        }
        Ok(None)
    }

    fn remove(&self, name: &str, stage: &'static str) -> Result<(), DataDirError> {
        let path = self.path(name, stage);
        remove_if_there(&path).map_err(DataDirError::file("remove", &path))
    }

    fn path(&self, name: &str, stage: &str) -> PathBuf {
        self.dir.join(format!("{name}.{stage}"))
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;
    use crate::data_dir::tests::tests_dir;

    #[test]
    fn a_record_is_left_when_its_process_has_ended() {
        let dir = tests_dir("runs");
        let data_dir = DataDir::choose(Some(&dir.join("data")), |_| None).unwrap();
        let runs = Runs::of(&data_dir);
        assert_eq!(runs.names().unwrap(), [""; 0]);
        let lives = runs.begin("2", "lives").unwrap();
        drop(runs.begin("1", "killed").unwrap());
        let _ended = runs.begin("3", "begun").unwrap();
        runs.end("3", "ended").unwrap();
        assert_eq!(runs.names().unwrap(), ["1", "2", "3"]);
        let left = |name| runs.left(name).unwrap().map(|left| left.content);
        assert_eq!(left("1").as_deref(), Some(&b"killed"[..]));
        assert_eq!(left("2"), None, "its process lives");
        assert_eq!(left("3").as_deref(), Some(&b"ended"[..]));
        drop(lives);
        assert_eq!(left("2").as_deref(), Some(&b"lives"[..]));
        runs.forget("1").unwrap();
        runs.forget_begun("3").unwrap();
        let refused = runs.left("2").unwrap().unwrap();
        let aside = runs.put_aside(&refused).unwrap();
        assert_eq!(std::fs::read_to_string(&aside).unwrap(), "lives");
        // Two may have read it.
        assert_eq!(runs.put_aside(&refused).unwrap(), aside);
        assert_eq!(runs.names().unwrap(), ["3"]);
        // Nothing is left of one that could not be written.
        std::fs::create_dir(dir.join("data/runs/4.begun")).unwrap();
        runs.begin("4", "begun").unwrap_err();
        assert!(!dir.join("data/runs/4.new").exists());
        for made in [data_dir.path(), &dir.join("data/runs")] {
            let mode = std::fs::metadata(made).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o700, "{}", made.display());
        }
        std::fs::remove_dir_all(dir).unwrap();
    }

    #[test]
    fn an_end_is_kept_that_comes_while_the_beginning_is_sent() {
        let dir = tests_dir("runs-late");
        let data_dir = DataDir::choose(Some(&dir), |_| None).unwrap();
        let runs = Runs::of(&data_dir);
        drop(runs.begin("1", "begun").unwrap());
        let begun = runs.left("1").unwrap().unwrap();
        runs.end("1", "ended").unwrap();
        runs.forget_left(&begun).unwrap();
        let ended = runs.left("1").unwrap().unwrap();
        assert_eq!(ended.content, b"ended");
        runs.forget_left(&ended).unwrap();
        assert_eq!(runs.names().unwrap(), [""; 0]);
        std::fs::remove_dir_all(dir).unwrap();
    }
}
