//! Secrets that are given as a value or as a file.

use std::path::Path;

use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};

use super::ConfigError;

/// The shortest key that signs tokens, in bytes: the output of SHA-256 (RFC 7518, section 3.2).
const SHORTEST_KEY_BYTES: usize = 32;

/// A secret as the configuration gives it: a value, or the file that holds it.
#[derive(Debug, Clone, Copy)]
pub struct Secret<'a> {
    /// The prefix of the service's variables, such as `META`.
    pub env_prefix: &'a str,
    /// The key of the value, such as `auth.jwt_secret`; the file's key ends in `_file`.
    pub key: &'a str,
    /// The value.
    pub value: Option<&'a SecretString>,
    /// The file whose content, without the white space around it, is the value.
    pub file: Option<&'a Path>,
}

impl Secret<'_> {
    /// The secret.
    ///
    /// # Errors
    ///
    /// Each names the variable to set: [`ConfigError::SecretMissing`], [`ConfigError::SecretTwice`],
    /// [`ConfigError::SecretFile`], or [`ConfigError::SecretWeak`] for an empty one.
    pub fn resolve(&self) -> Result<SecretString, ConfigError> {
        self.resolve_optional()?
            .ok_or_else(|| ConfigError::SecretMissing {
                key: self.key.to_owned(),
                variable: self.variable(),
            })
    }

    /// The secret, or nothing where neither the value nor the file is given.
    ///
    /// # Errors
    ///
    /// Those of [`Secret::resolve`] but [`ConfigError::SecretMissing`].
    pub fn resolve_optional(&self) -> Result<Option<SecretString>, ConfigError> {
        let secret = match (self.value, self.file) {
            (None, None) => return Ok(None),
            (Some(_), Some(_)) => {
                return Err(ConfigError::SecretTwice {
                    key: self.key.to_owned(),
                    variable: self.variable(),
                });
            }
            (Some(value), None) => value.clone(),
            (None, Some(path)) => self.read(path)?,
        };
        if secret.expose_secret().is_empty() {
            return Err(self.weak("it is empty"));
        }
        Ok(Some(secret))
    }

    /// The secret as a key that signs tokens.
    ///
    /// # Errors
    ///
    /// Those of [`Secret::resolve`], and [`ConfigError::SecretWeak`] below 32 bytes.
    pub fn resolve_key(&self) -> Result<SecretString, ConfigError> {
        self.resolve().and_then(|secret| self.strong(secret))
    }

    /// As [`Secret::resolve_key`], or nothing where neither the value nor the file is given.
    ///
    /// # Errors
    ///
    /// Those of [`Secret::resolve_key`] but [`ConfigError::SecretMissing`].
    pub fn resolve_optional_key(&self) -> Result<Option<SecretString>, ConfigError> {
        let secret = self.resolve_optional()?;
        secret.map(|secret| self.strong(secret)).transpose()
    }

    fn strong(&self, secret: SecretString) -> Result<SecretString, ConfigError> {
        if secret.expose_secret().len() < SHORTEST_KEY_BYTES {
            return Err(self.weak("it has fewer than 32 bytes"));
        }
        Ok(secret)
    }

    /// The variable that sets the value.
    #[must_use]
    pub fn variable(&self) -> String {
        format!("{}__{}", self.env_prefix, self.key.replace('.', "__")).to_uppercase()
    }

    /// A refusal of this secret for a reason.
    pub(crate) fn weak(&self, reason: &'static str) -> ConfigError {
        ConfigError::SecretWeak {
            variable: self.variable(),
            reason,
        }
    }

    fn read(&self, path: &Path) -> Result<SecretString, ConfigError> {
        let read = std::fs::read_to_string(path).map_err(|source| ConfigError::SecretFile {
            variable: self.variable(),
            path: path.to_owned(),
            source,
        });
        let text = Zeroizing::new(read?);
        Ok(SecretString::from(text.trim()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::tests::Scratch;

    fn secret<'a>(value: Option<&'a SecretString>, file: Option<&'a Path>) -> Secret<'a> {
        Secret {
            env_prefix: "META",
            key: "auth.jwt_secret",
            value,
            file,
        }
    }

    #[test]
    fn a_file_is_trimmed() {
        let file = Scratch::new("secret", "  a secret of more than thirty-two bytes \n");
        let read = secret(None, Some(&file.0)).resolve_key().unwrap();
        assert_eq!(
            read.expose_secret(),
            "a secret of more than thirty-two bytes"
        );
    }

    #[test]
    fn errors_name_the_variable_and_never_the_value() {
        let value = SecretString::from("short");
        let file = Path::new("/absent/secret");
        let messages = [
            secret(None, None).resolve().unwrap_err(),
            secret(Some(&value), Some(file)).resolve().unwrap_err(),
            secret(None, Some(file)).resolve().unwrap_err(),
            secret(Some(&value), None).resolve_key().unwrap_err(),
            secret(Some(&SecretString::from("")), None)
                .resolve()
                .unwrap_err(),
        ];
        for message in messages {
            let text = format!("{message} {message:?}");
            assert!(text.contains("META__AUTH__JWT_SECRET"), "{text}");
            assert!(!text.contains("\"short\""), "{text}");
        }
        assert!(secret(None, None).resolve_optional().unwrap().is_none());
    }
}
