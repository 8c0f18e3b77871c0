//! `[secrets]`: passwords of data sources, stored or kept elsewhere.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use service_kit::config::{ConfigError, Secret, comma_list};

use super::{ENV_PREFIX, real};

/// What the name of a key ends in that names a file with the key itself.
const FILE: &str = "_file";
/// What stands for the id of the tenant in what is allowed.
pub(crate) const TENANT: &str = "{tenant}";
/// What would mean the variables of other tenants too.
const TENANT_AND_ALL: &str = "{tenant}*";
/// What the names of variables begin with that hold secrets of Plumbline's own, in upper case.
const OWN_VARIABLES: [&str; 4] = ["META__", "MANAGER__", "PLUMB_", "PLUMBLINE_"];

/// `[secrets]`: how passwords of data sources are encrypted, and where else they may be kept.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecretsConfig {
    /// 32 bytes in base64.
    pub key: Option<SecretString>,
    /// A file that holds them.
    pub key_file: Option<PathBuf>,
    /// A name for the key, stored with each password.
    pub key_id: String,
    /// Further keys by their ids, by which stored passwords are read and none is written; where an id
    /// ends in `_file`, the file that holds the key.
    #[serde(default)]
    pub previous_keys: BTreeMap<String, SecretString>,
    /// Variables of the environment that `password_from` may name; one ending in `*` stands for all
    /// that begin so. `{tenant}` stands for the id of the tenant.
    #[serde(deserialize_with = "comma_list")]
    pub allow_env: Vec<String>,
    /// Directories in and below which `password_from` may name files. `{tenant}` as above.
    #[serde(deserialize_with = "comma_list")]
    pub allow_files_in: Vec<String>,
}

impl std::fmt::Debug for SecretsConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SecretsConfig")
            .field("key_id", &self.key_id)
            .field("allow_env", &self.allow_env)
            .field("allow_files_in", &self.allow_files_in)
            .finish_non_exhaustive()
    }
}

/// A key by its id, as base64.
pub(crate) struct NamedKey {
    pub(crate) id: String,
    pub(crate) key: SecretString,
}

impl SecretsConfig {
    /// All keys from wherever they are set, the current one first.
    ///
    /// # Errors
    /// When one is missing, given twice or cannot be read, or two have the same id.
    pub(crate) fn resolve(&self) -> Result<Vec<NamedKey>, ConfigError> {
        let current = Secret {
            env_prefix: ENV_PREFIX,
            key: "secrets.key",
            value: self.key.as_ref(),
            file: self.key_file.as_deref(),
        };
        let mut keys = vec![NamedKey {
            id: self.key_id.clone(),
            key: current.resolve()?,
        }];
        for name in self.previous_keys.keys() {
            let id = name.strip_suffix(FILE).unwrap_or(name);
            let file = self.previous_keys.get(&format!("{id}{FILE}"));
            let previous = Secret {
                env_prefix: ENV_PREFIX,
                key: &format!("secrets.previous_keys.{id}"),
                value: self.previous_keys.get(id),
                file: file.map(|path| Path::new(path.expose_secret())),
            };
            let key = previous.resolve()?;
            if keys.iter().any(|known| known.id.eq_ignore_ascii_case(id)) {
                return Err(ConfigError::Key(format!(
                    "secrets.previous_keys.{id} has an id that another key has, upper and lower case apart: \
                     a new key takes a new secrets.key_id"
                )));
            }
            keys.push(NamedKey {
                id: id.to_owned(),
                key,
            });
        }
        Ok(keys)
    }

    /// The files that hold these keys.
    pub(super) fn files(&self) -> impl Iterator<Item = &Path> {
        let previous = self.previous_keys.iter();
        let previous = previous.filter(|(name, _)| name.ends_with(FILE));
        let previous = previous.map(|(_, path)| Path::new(path.expose_secret()));
        self.key_file.as_deref().into_iter().chain(previous)
    }

    /// `own` are the files with secrets of Plumbline's own.
    pub(super) fn check(&self, own: &[PathBuf]) -> Result<(), ConfigError> {
        let wrong = |key: &str, value: &str, what: &str| {
            Err(ConfigError::Key(format!("secrets.{key}: {value:?} {what}")))
        };
        if self.key_id.trim().is_empty() {
            return wrong("key_id", &self.key_id, "must not be empty");
        }
        for name in &self.allow_env {
            let plain = name.strip_suffix('*').unwrap_or(name);
            let upper = plain.to_uppercase();
            if plain.is_empty() || plain.contains('*') {
                let what = "must be a variable's name, or the beginning of one with * behind it";
                return wrong("allow_env", name, what);
            }
            if name.ends_with(TENANT_AND_ALL) {
                let what = "must have something between {tenant} and *, lest 1 mean 11 too";
                return wrong("allow_env", name, what);
            }
            // A prefix that is shorter than ours is sound: ours stay out when it is used.
            if OWN_VARIABLES.iter().any(|own| upper.starts_with(own)) {
                return wrong("allow_env", name, "holds secrets of Plumbline's own");
            }
        }
        for directory in &self.allow_files_in {
            let path = Path::new(directory);
            if !path.is_absolute() || path.parent().is_none() {
                let what = "must be the absolute path of a directory other than /";
                return wrong("allow_files_in", directory, what);
            }
            if let Some(file) = own
                .iter()
                .find(|file| holds(path, file) || holds(&real(path), file))
            {
                let what = format!("holds a secret of Plumbline's own: {}", file.display());
                return wrong("allow_files_in", directory, &what);
            }
        }
        Ok(())
    }
}

/// Whether a directory, for any tenant, is one that a file is in or below.
fn holds(directory: &Path, file: &Path) -> bool {
    let mut parts = file.components();
    directory
        .components()
        .all(|allowed| parts.next().is_some_and(|part| is_like(allowed, part)))
}

/// Whether a part of a path is an allowed one, where `{tenant}` stands for any number.
fn is_like(allowed: Component, part: Component) -> bool {
    let text = |part: Component| part.as_os_str().to_string_lossy().into_owned();
    let (allowed, part) = (text(allowed), text(part));
    let Some((before, behind)) = allowed.split_once(TENANT) else {
        return allowed == part;
    };
    let id = part
        .strip_prefix(before)
        .and_then(|rest| rest.strip_suffix(behind));
    id.is_some_and(|id| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether a variable holds a setting of Plumbline's own, in whatever letters: they all count as such.
pub(crate) fn is_own_variable(name: &str) -> bool {
    let upper = name.to_uppercase();
    OWN_VARIABLES.iter().any(|own| upper.starts_with(own))
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    fn resolved(settings: &[(&str, &str)]) -> Result<Vec<String>, String> {
        let settings = settings.iter();
        let settings = settings.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let config = Config::load(None, settings).map_err(|error| error.to_string())?;
        let keys = config
            .secrets
            .resolve()
            .map_err(|error| error.to_string())?;
        Ok(keys.into_iter().map(|key| key.id).collect())
    }

    #[test]
    fn the_current_key_is_the_first_and_others_are_known_by_their_ids() {
        let file = std::env::temp_dir().join(format!("meta-key-{}", std::process::id()));
        std::fs::write(&file, "of a file\n").expect("the temporary directory is writable");
        let path = file.to_str().expect("UTF-8");
        let found = resolved(&[
            ("META__SECRETS__KEY", "now"),
            ("META__SECRETS__KEY_ID", "2026"),
            ("META__SECRETS__PREVIOUS_KEYS__K1", "before"),
            ("META__SECRETS__PREVIOUS_KEYS__A_FILE", path),
        ]);
        std::fs::remove_file(&file).expect("it was written");
        assert_eq!(found.expect("sound"), ["2026", "a", "k1"]);
    }

    #[test]
    fn keys_that_leave_a_doubt_are_refused() {
        let key = ("META__SECRETS__KEY", "now");
        for (settings, word) in [
            (
                [key, ("META__SECRETS__PREVIOUS_KEYS__K1", "x")],
                "k1 has an id",
            ),
            (
                [key, ("META__SECRETS__PREVIOUS_KEYS__K0_FILE", "/absent")],
                "/absent",
            ),
            ([key, ("META__SECRETS__KEY_ID", " ")], "key_id"),
            (
                [("A", "b"), ("META__SECRETS__PREVIOUS_KEYS__K0", "x")],
                "META__SECRETS__KEY",
            ),
        ] {
            let refused = resolved(&settings).expect_err(word);
            assert!(refused.contains(word), "{refused}");
        }
        let twice = resolved(&[
            key,
            ("META__SECRETS__PREVIOUS_KEYS__K0", "x"),
            ("META__SECRETS__PREVIOUS_KEYS__K0_FILE", "/absent"),
        ]);
        let twice = twice.expect_err("given twice");
        assert!(
            twice.contains("secrets.previous_keys.k0 is given twice"),
            "{twice}"
        );
    }

    #[test]
    fn nothing_of_ours_can_be_allowed() {
        for (name, value) in [
            ("ALLOW_ENV", "META__STORE__URL"),
            ("ALLOW_ENV", "SHOP,meta__*"),
            ("ALLOW_ENV", "PLUMBLINE_JWT_SECRET"),
            ("ALLOW_ENV", "*"),
            ("ALLOW_ENV", "A*B"),
            ("ALLOW_ENV", "SHOP_{tenant}*"),
            ("ALLOW_FILES_IN", "secrets"),
            ("ALLOW_FILES_IN", "/"),
        ] {
            let refused = resolved(&[(&format!("META__SECRETS__{name}"), value)]);
            let refused = refused.expect_err(value);
            assert!(refused.contains(&name.to_lowercase()), "{refused}");
        }
    }

    #[test]
    fn no_directory_may_hold_a_secret_of_ours() {
        let load = |file: (&str, &str), directory| {
            let settings = [file, ("META__SECRETS__ALLOW_FILES_IN", directory)];
            let settings = settings.map(|(name, value)| (name.to_owned(), value.to_owned()));
            Config::load(None, settings).map_err(|error| error.to_string())
        };
        for file in [
            "META__STORE__URL_FILE",
            "META__STORE__MIGRATE_URL_FILE",
            "META__AUTH__JWT_SECRET_FILE",
            "META__AUTH__SERVICE_SECRET_FILE",
            "META__SECRETS__KEY_FILE",
            "META__SECRETS__PREVIOUS_KEYS__K1_FILE",
        ] {
            for (path, directory) in [
                ("/absent/secrets/key", "/absent/secrets"),
                ("/absent/secrets/key", "/absent"),
                ("/absent/7/key", "/absent/{tenant}"),
                ("/absent/of-7/key", "/absent/of-{tenant}"),
            ] {
                let refused = load((file, path), directory).expect_err(directory);
                assert!(
                    refused.contains("Plumbline's own") && refused.contains(path),
                    "{refused}"
                );
            }
            for (path, directory) in [
                ("/absent/secrets/key", "/absent/secrets/{tenant}"),
                ("/absent/secrets/key", "/absent/secrets/shops"),
                ("/absent/secrets-of-ours/key", "/absent/secrets"),
            ] {
                assert!(load((file, path), directory).is_ok(), "{file}: {directory}");
            }
        }
    }

    #[test]
    fn keys_are_not_printed() {
        let settings = [
            ("META__SECRETS__KEY", "hunter2"),
            ("META__SECRETS__PREVIOUS_KEYS__K0", "hunter3"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
        let config = Config::load(None, settings.clone()).expect("sound");
        let shown = format!(
            "{config:?} {}",
            Config::render(None, settings).expect("sound")
        );
        assert!(!shown.contains("hunter"), "{shown}");
    }
}
