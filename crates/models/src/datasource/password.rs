//! The password of a data source: the text itself, or where it is kept.

use std::path::{Component, Path};

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The longest password, in bytes.
pub const MAX_PASSWORD_BYTES: usize = 1024;

/// A password on its way in: read from a request, never printed and never sent.
#[derive(Clone, Deserialize, ToSchema)]
#[schema(value_type = String, format = Password)]
#[serde(transparent)]
pub struct Password(SecretString);

impl Password {
    /// The password itself, for the one who connects or encrypts.
    #[must_use]
    pub fn secret(&self) -> &SecretString {
        &self.0
    }
}

impl From<&str> for Password {
    fn from(text: &str) -> Self {
        Self(SecretString::from(text))
    }
}

impl From<SecretString> for Password {
    fn from(secret: SecretString) -> Self {
        Self(secret)
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password([redacted])")
    }
}

/// Clients of the API send the password; nothing else serializes this type.
impl Serialize for Password {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.expose_secret())
    }
}

/// Where a password is kept that the catalog does not hold: the text of `password_from`. It is no
/// secret itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordReference<'a> {
    /// `env:NAME`: a variable of the environment of `meta`.
    Env(&'a str),
    /// `file:PATH`: a file that `meta` can read, by its absolute path.
    File(&'a Path),
}

impl<'a> PasswordReference<'a> {
    /// Reads the text.
    ///
    /// # Errors
    /// What is wrong with it, and what it should look like.
    pub fn parse(text: &'a str) -> Result<Self, &'static str> {
        if let Some(name) = text.strip_prefix("env:") {
            // POSIX, "Environment Variable Definition"; nothing else can be set in a shell.
            let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
            let starts_well = name.starts_with(|c: char| !c.is_ascii_digit());
            if starts_well && name.chars().all(is_word) {
                return Ok(Self::Env(name));
            }
            return Err("must name a variable after env:, of letters, digits and _");
        }
        if let Some(path) = text.strip_prefix("file:") {
            let path = Path::new(path);
            let climbs = path.components().any(|part| part == Component::ParentDir);
            let is_plain = !text.contains(char::is_control);
            if path.is_absolute() && path.file_name().is_some() && is_plain && !climbs {
                return Ok(Self::File(path));
            }
            return Err("must have the absolute path of a file after file:, without ..");
        }
        Err(
            "must be env:NAME or file:PATH; a password that looks like this goes into password itself",
        )
    }
}

#[cfg(test)]
mod tests {
    use garde::Validate;
    use serde_json::json;

    use super::*;
    use crate::RequestBody;
    use crate::datasource::{CreateDatasource, UpdateDatasource};

    #[test]
    fn references_are_variables_and_absolute_files() {
        assert_eq!(
            PasswordReference::parse("env:SHOP_1"),
            Ok(PasswordReference::Env("SHOP_1"))
        );
        assert_eq!(
            PasswordReference::parse("file:/run/secrets/shop.txt"),
            Ok(PasswordReference::File(Path::new("/run/secrets/shop.txt")))
        );
        for wrong in [
            "",
            "SHOP",
            "ENV:SHOP",
            "env:",
            "env:1A",
            "env:A B",
            "env:A=B",
            "env:Ä",
            "file:",
            "file:/",
            "file:shop",
            "file:./shop",
            "file:/run/secrets/../../etc/passwd",
            "file:/run/secrets/..",
            "file:/run/secrets/a\nb",
        ] {
            assert!(PasswordReference::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_password_is_not_printed() {
        let body = json!({
            "name": "n", "datasource_type": "mysql", "host": "h", "port": 1, "username": "u", "password": "hunter2",
        });
        let create: CreateDatasource = serde_json::from_value(body).expect("sound");
        let update: UpdateDatasource =
            serde_json::from_value(json!({ "password": "hunter2" })).expect("sound");
        for shown in [
            format!("{0:?} {0:#?}", Password::from("hunter2")),
            format!("{create:?} {update:?}"),
        ] {
            assert!(!shown.contains("hunter2"), "{shown}");
            assert!(shown.contains("[redacted]"), "{shown}");
        }
    }

    #[test]
    fn it_is_one_or_the_other() {
        let pointers = |change: serde_json::Value| -> Vec<String> {
            let mut body = CreateDatasource::example();
            for (key, value) in change.as_object().expect("an object") {
                body[key] = value.clone();
            }
            let read: CreateDatasource = serde_json::from_value(body).expect("its types are right");
            match read.validate() {
                Ok(()) => Vec::new(),
                Err(report) => report.iter().map(|(path, _)| path.to_string()).collect(),
            }
        };
        let reference = json!({ "password": null, "password_from": "env:SHOP" });
        assert_eq!(pointers(reference), Vec::<String>::new());
        assert_eq!(pointers(json!({ "password": null })), ["password"]);
        assert_eq!(
            pointers(json!({ "password_from": "env:SHOP" })),
            ["password_from"]
        );
        assert_eq!(
            pointers(json!({ "password": null, "password_from": "SHOP" })),
            ["password_from"]
        );
    }
}
