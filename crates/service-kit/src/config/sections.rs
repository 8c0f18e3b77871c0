//! The sections that every service's configuration has.

use std::fmt;
use std::path::PathBuf;

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::{ConfigError, Secret};

/// How a line of the log looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For a person at a terminal.
    Plain,
    /// One JSON object a line, for a collector.
    Json,
}

/// `[log]`: what is written to standard error.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogConfig {
    /// How a line looks.
    pub format: LogFormat,
    /// Which events are written, such as `info,sqlx=warn` (the directives of `tracing-subscriber`).
    pub filter: String,
    /// Whether each change that somebody asks for has its line, whatever the filter says.
    pub audit: bool,
}

/// `[store]`: the service's own `PostgreSQL`.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StoreConfig {
    /// URL of the account that serves requests; it owns no table.
    #[serde(default)]
    pub url: Option<SecretString>,
    /// File that holds the URL.
    #[serde(default)]
    pub url_file: Option<PathBuf>,
    /// URL of the account that migrates; the other one where absent.
    #[serde(default)]
    pub migrate_url: Option<SecretString>,
    /// File that holds the URL of the account that migrates.
    #[serde(default)]
    pub migrate_url_file: Option<PathBuf>,
    /// The largest number of connections of one process.
    pub max_connections: u32,
}

impl StoreConfig {
    /// The URL that serves requests.
    ///
    /// # Errors
    ///
    /// Those of [`Secret::resolve`].
    pub fn resolve_url(&self, env_prefix: &str) -> Result<SecretString, ConfigError> {
        Secret {
            env_prefix,
            key: "store.url",
            value: self.url.as_ref(),
            file: self.url_file.as_deref(),
        }
        .resolve()
    }

    /// The URL that migrates: its own, else the one that serves requests.
    ///
    /// # Errors
    ///
    /// Those of [`Secret::resolve`].
    pub fn resolve_migrate_url(&self, env_prefix: &str) -> Result<SecretString, ConfigError> {
        let own = Secret {
            env_prefix,
            key: "store.migrate_url",
            value: self.migrate_url.as_ref(),
            file: self.migrate_url_file.as_deref(),
        }
        .resolve_optional()?;
        own.map_or_else(|| self.resolve_url(env_prefix), Ok)
    }
}

impl fmt::Debug for StoreConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoreConfig")
            .field("url", &self.url)
            .field("url_file", &self.url_file)
            .field("migrate_url", &self.migrate_url)
            .field("migrate_url_file", &self.migrate_url_file)
            .field("max_connections", &self.max_connections)
            .finish()
    }
}

/// `[auth]`: which tokens the service believes. Both services must agree on all of it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthConfig {
    /// The `iss` that a token must have.
    pub issuer: String,
    /// The `aud` that a token must have.
    pub audience: String,
    /// How far the clocks of issuer and service may differ, in seconds.
    pub clock_skew_seconds: u64,
    /// Key of users' tokens (HS256), 32 bytes or more.
    #[serde(default)]
    pub jwt_secret: Option<SecretString>,
    /// File that holds the key of users' tokens.
    #[serde(default)]
    pub jwt_secret_file: Option<PathBuf>,
    /// Key of the tokens by which `manager` speaks for itself to `meta`, 32 bytes or more.
    #[serde(default)]
    pub service_secret: Option<SecretString>,
    /// File that holds the key of service tokens.
    #[serde(default)]
    pub service_secret_file: Option<PathBuf>,
}

impl AuthConfig {
    /// The key of users' tokens and the key of service tokens.
    ///
    /// # Errors
    ///
    /// Those of [`Secret::resolve_key`], and [`ConfigError::SecretWeak`] where both keys are the
    /// same: whoever may sign users' tokens could then pose as a service.
    pub fn resolve_keys(
        &self,
        env_prefix: &str,
    ) -> Result<(SecretString, SecretString), ConfigError> {
        let user = Secret {
            env_prefix,
            key: "auth.jwt_secret",
            value: self.jwt_secret.as_ref(),
            file: self.jwt_secret_file.as_deref(),
        };
        let service = Secret {
            env_prefix,
            key: "auth.service_secret",
            value: self.service_secret.as_ref(),
            file: self.service_secret_file.as_deref(),
        };
        let (user_key, service_key) = (user.resolve_key()?, service.resolve_key()?);
        if user_key.expose_secret() == service_key.expose_secret() {
            return Err(service.weak("it is the same as auth.jwt_secret"));
        }
        Ok((user_key, service_key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORE: &str = "url = 'postgres://app:hunter2@db/x'\nmax_connections = 5\n";

    #[test]
    fn the_migrating_account_defaults_to_the_serving_one() {
        let mut store: StoreConfig = toml::from_str(STORE).unwrap();
        let migrate = store.resolve_migrate_url("META").unwrap();
        assert_eq!(migrate.expose_secret(), "postgres://app:hunter2@db/x");
        store.migrate_url = Some("postgres://owner@db/x".into());
        let migrate = store.resolve_migrate_url("META").unwrap();
        assert_eq!(migrate.expose_secret(), "postgres://owner@db/x");
    }

    #[test]
    fn debug_shows_no_secret() {
        let store: StoreConfig = toml::from_str(STORE).unwrap();
        assert!(!format!("{store:?}").contains("hunter2"));
        let auth: AuthConfig = toml::from_str(
            "issuer = 'i'\naudience = 'a'\nclock_skew_seconds = 60\njwt_secret = 'hunter2'\n",
        )
        .unwrap();
        assert!(!format!("{auth:?}").contains("hunter2"));
    }

    #[test]
    fn keys_are_long_and_different() {
        let mut auth: AuthConfig =
            toml::from_str("issuer = 'i'\naudience = 'a'\nclock_skew_seconds = 60\n").unwrap();
        auth.jwt_secret = Some("a".repeat(32).into());
        auth.service_secret = Some("b".repeat(31).into());
        let short = auth.resolve_keys("META").unwrap_err().to_string();
        assert!(short.contains("META__AUTH__SERVICE_SECRET"), "{short}");
        auth.service_secret = Some("a".repeat(32).into());
        assert!(matches!(
            auth.resolve_keys("META"),
            Err(ConfigError::SecretWeak { .. })
        ));
        auth.service_secret = Some("b".repeat(32).into());
        assert!(auth.resolve_keys("META").is_ok());
    }
}
