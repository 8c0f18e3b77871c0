//! `DIR/secrets`: keys and passwords of the local instance, made once.

use std::fmt::Write as _;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use secrecy::{ExposeSecret, SecretString};

use super::{DataDirError, lines, write_private};

const HEADER: &str = "\
# Made by plumb up, and needed by it: keep this file, and keep it to yourself. Without
# PLUMBLINE_SECRETS_KEY nobody can read the stored passwords of data sources any more.
";

/// The one that only `plumb up --demo` adds.
const DEMO_READER: &str = "PLUMBLINE_DEMO_READER_PASSWORD";

macro_rules! secrets {
    ($($(#[$doc:meta])* $field:ident = $name:literal, $make:ident;)*) => {
        /// Keys and passwords. The names in the file are those of the compose file's variables.
        #[derive(Debug, Clone)]
        pub(crate) struct Secrets {
            $($(#[$doc])* pub(crate) $field: SecretString,)*
            /// Password of the login that reads the sample shop, once there is one.
            pub(crate) demo_reader: Option<SecretString>,
        }

        impl Secrets {
            pub(crate) fn generate() -> Result<Self, DataDirError> {
                Ok(Self { $($field: $make()?,)* demo_reader: None })
            }

            pub(crate) fn render(&self) -> String {
                let mut text = HEADER.to_owned();
                $(
                    // Writing to a `String` cannot fail.
                    let _ = writeln!(text, "{}={}", $name, self.$field.expose_secret());
                )*
                if let Some(password) = &self.demo_reader {
                    let _ = writeln!(text, "{DEMO_READER}={}", password.expose_secret());
                }
                text
            }

            fn parse(path: &Path, text: &str) -> Result<Self, DataDirError> {
                let values = lines::parse(text)
                    .map_err(|line| DataDirError::Line { path: path.to_owned(), line })?;
                let found = |name: &str| {
                    let found = values.get(name).copied().filter(|value| !value.is_empty());
                    found.map(SecretString::from)
                };
                let value = |name: &'static str| {
                    found(name).ok_or_else(|| DataDirError::Missing { path: path.to_owned(), name })
                };
                Ok(Self { $($field: value($name)?,)* demo_reader: found(DEMO_READER) })
            }
        }
    };
}

secrets! {
    /// Signs users' tokens.
    jwt = "PLUMBLINE_JWT_SECRET", key;
    /// Signs service tokens.
    service = "PLUMBLINE_SERVICE_SECRET", key;
    /// Encrypts the passwords of data sources: 32 bytes in base64.
    encryption = "PLUMBLINE_SECRETS_KEY", key;
    /// Password of the superuser of the private cluster.
    postgres = "PLUMBLINE_POSTGRES_PASSWORD", password;
    /// Password of the login that owns the schema of `meta`.
    meta_owner = "PLUMBLINE_META_OWNER_PASSWORD", password;
    /// Password of the login that runs `meta`.
    meta = "PLUMBLINE_META_PASSWORD", password;
    /// Password of the login that owns the schema of `manager`.
    manager_owner = "PLUMBLINE_MANAGER_OWNER_PASSWORD", password;
    /// Password of the login that runs `manager`.
    manager = "PLUMBLINE_MANAGER_PASSWORD", password;
}

impl Secrets {
    /// Reads the file; `None` if there is none.
    ///
    /// # Errors
    /// When it cannot be read or something is missing from it. What is missing is not made anew,
    /// since that would lock out whatever the old value opens.
    pub(crate) fn read(path: &Path) -> Result<Option<Self>, DataDirError> {
        match std::fs::read_to_string(path) {
            Ok(text) => Self::parse(path, &text).map(Some),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(DataDirError::file("read", path)(error)),
        }
    }

    /// Makes new secrets and the file.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(crate) fn make(path: &Path) -> Result<Self, DataDirError> {
        let secrets = Self::generate()?;
        write_private(path, &secrets.render())?;
        Ok(secrets)
    }

    /// The password of the login that reads the sample shop, which is made and written to the file
    /// when it is first asked for.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(crate) fn demo_reader(&self, path: &Path) -> Result<SecretString, DataDirError> {
        if let Some(known) = &self.demo_reader {
            return Ok(known.clone());
        }
        let made = password()?;
        let with_it = Self {
            demo_reader: Some(made.clone()),
            ..self.clone()
        };
        write_private(path, &with_it.render())?;
        Ok(made)
    }
}

/// 32 bytes in base64.
fn key() -> Result<SecretString, DataDirError> {
    Ok(STANDARD.encode(random::<32>()?).into())
}

/// 192 bits in characters that need no quoting in a URL.
fn password() -> Result<SecretString, DataDirError> {
    Ok(URL_SAFE_NO_PAD.encode(random::<24>()?).into())
}

fn random<const LENGTH: usize>() -> Result<[u8; LENGTH], DataDirError> {
    let mut bytes = [0; LENGTH];
    getrandom::fill(&mut bytes).map_err(DataDirError::Random)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::data_dir::tests::tests_dir;

    #[test]
    fn what_is_made_is_read() {
        let dir = tests_dir("secrets");
        let path = dir.join("secrets");
        assert!(Secrets::read(&path).unwrap().is_none());
        let made = Secrets::make(&path).unwrap();
        let read = Secrets::read(&path).unwrap().unwrap();
        assert_eq!(made.render(), read.render());
        let text = std::fs::read_to_string(&path).unwrap();
        let values: HashSet<_> = lines::parse(&text).unwrap().into_values().collect();
        assert_eq!(values.len(), 8, "all differ");
        assert_eq!(
            STANDARD
                .decode(made.encryption.expose_secret())
                .unwrap()
                .len(),
            32
        );
        assert!(!format!("{made:?}").contains(made.jwt.expose_secret()));
        std::fs::remove_dir_all(dir).unwrap();
    }

    #[test]
    fn the_password_for_the_sample_is_made_once() {
        let dir = tests_dir("secrets-demo");
        let path = dir.join("secrets");
        let made = Secrets::make(&path).unwrap();
        assert!(made.demo_reader.is_none() && !made.render().contains(DEMO_READER));
        let first = made.demo_reader(&path).unwrap();
        let read = Secrets::read(&path).unwrap().unwrap();
        let again = read.demo_reader(&path).unwrap();
        assert_eq!(again.expose_secret(), first.expose_secret());
        assert!(read.render().starts_with(&made.render()), "the others stay");
        std::fs::remove_dir_all(dir).unwrap();
    }

    #[test]
    fn a_lost_secret_is_told_by_its_name() {
        let text = Secrets::generate()
            .unwrap()
            .render()
            .replace("SECRETS_KEY=", "OTHER=");
        let error = Secrets::parse(Path::new("/d/secrets"), &text)
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("/d/secrets has no PLUMBLINE_SECRETS_KEY"),
            "{error}"
        );
    }
}
