//! `DIR/env`: where a running instance listens, and a token for it.

use std::path::Path;

use secrecy::{ExposeSecret, SecretString};

use super::{DataDirError, lines, write_private};

/// The variable with the URL of `meta`.
pub(crate) const META_URL: &str = "PLUMB_META_URL";
/// The variable with the URL of `manager`.
pub(crate) const MANAGER_URL: &str = "PLUMB_MANAGER_URL";
/// The variable with the token.
pub(crate) const TOKEN: &str = "PLUMB_TOKEN";

/// What the file says.
#[derive(Debug, Clone)]
pub(crate) struct EnvFile {
    /// Where `meta` listens.
    pub(crate) meta_url: String,
    /// Where `manager` listens.
    pub(crate) manager_url: String,
    /// A token of an administrator.
    pub(crate) token: SecretString,
}

impl EnvFile {
    /// Reads the file; `None` if there is none.
    ///
    /// # Errors
    /// When it cannot be read or is not as `plumb up` writes it.
    pub(crate) fn read(path: &Path) -> Result<Option<Self>, DataDirError> {
        let text = match std::fs::read_to_string(path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            outcome => outcome.map_err(DataDirError::file("read", path))?,
        };
        let values = lines::parse(&text).map_err(|line| DataDirError::Line {
            path: path.to_owned(),
            line,
        })?;
        let value = |name: &'static str| {
            let missing = || DataDirError::Missing {
                path: path.to_owned(),
                name,
            };
            values
                .get(name)
                .copied()
                .filter(|value| !value.is_empty())
                .ok_or_else(missing)
        };
        Ok(Some(Self {
            meta_url: value(META_URL)?.to_owned(),
            manager_url: value(MANAGER_URL)?.to_owned(),
            token: value(TOKEN)?.into(),
        }))
    }

    /// Writes the file.
    ///
    /// # Errors
    /// When the directory cannot be written.
    pub(crate) fn write(&self, path: &Path) -> Result<(), DataDirError> {
        let Self {
            meta_url,
            manager_url,
            token,
        } = self;
        let token = token.expose_secret();
        let text = format!("{META_URL}={meta_url}\n{MANAGER_URL}={manager_url}\n{TOKEN}={token}\n");
        write_private(path, &text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data_dir::tests::tests_dir;

    #[test]
    fn what_is_written_is_read() {
        let dir = tests_dir("env");
        let path = dir.join("env");
        assert!(EnvFile::read(&path).unwrap().is_none());
        let file = EnvFile {
            meta_url: "http://127.0.0.1:1".into(),
            manager_url: "http://127.0.0.1:2".into(),
            token: "a.b.c".into(),
        };
        file.write(&path).unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(
            text,
            "PLUMB_META_URL=http://127.0.0.1:1\nPLUMB_MANAGER_URL=http://127.0.0.1:2\n\
             PLUMB_TOKEN=a.b.c\n"
        );
        let read = EnvFile::read(&path).unwrap().unwrap();
        assert_eq!(read.meta_url, file.meta_url);
        assert_eq!(read.manager_url, file.manager_url);
        assert_eq!(read.token.expose_secret(), "a.b.c");
        std::fs::remove_dir_all(dir).unwrap();
    }

    #[test]
    fn a_file_that_lacks_something_names_it() {
        let dir = tests_dir("env-missing");
        let path = dir.join("env");
        std::fs::write(
            &path,
            "PLUMB_META_URL=http://x\nPLUMB_MANAGER_URL=http://y\n",
        )
        .unwrap();
        let error = EnvFile::read(&path).unwrap_err().to_string();
        assert!(error.contains("PLUMB_TOKEN"), "{error}");
        std::fs::write(&path, "token").unwrap();
        let error = EnvFile::read(&path).unwrap_err().to_string();
        assert!(error.contains("line 1"), "{error}");
        std::fs::remove_dir_all(dir).unwrap();
    }
}
