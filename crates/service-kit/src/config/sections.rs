//! The sections that every service's configuration has.

use std::fmt;
use std::path::PathBuf;

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use url::{Host, Url};

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
    /// Where the issuer shows the keys of its tokens (RS256, ES256; RFC 7517). It goes beside the
    /// secret, or in its place.
    #[serde(default)]
    pub jwks_url: Option<Url>,
    /// How long the issuer's keys are kept until they are fetched again, in seconds.
    pub jwks_cache_seconds: u32,
    /// Key of the tokens by which `manager` speaks for itself to `meta`, 32 bytes or more.
    #[serde(default)]
    pub service_secret: Option<SecretString>,
    /// File that holds the key of service tokens.
    #[serde(default)]
    pub service_secret_file: Option<PathBuf>,
    /// How long a session lives that a sign-in link opened, in seconds. `meta` makes them; others
    /// may be given the same section.
    #[serde(default = "twelve_hours")]
    pub session_seconds: u32,
}

fn twelve_hours() -> u32 {
    12 * 60 * 60
}

impl AuthConfig {
    /// The key of users' tokens, if there is one, and the key of service tokens.
    ///
    /// # Errors
    ///
    /// Those of [`Secret::resolve_key`], [`ConfigError::SecretWeak`] where both keys are the same:
    /// whoever may sign users' tokens could then pose as a service; [`ConfigError::NoUsers`] where
    /// nobody's tokens would be believed, and [`ConfigError::Key`] for the rest of the section.
    pub fn resolve_keys(
        &self,
        env_prefix: &str,
    ) -> Result<(Option<SecretString>, SecretString), ConfigError> {
        self.check()?;
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
        let user_key = user.resolve_optional_key()?;
        if user_key.is_none() && self.jwks_url.is_none() {
            let variable = user.variable();
            return Err(ConfigError::NoUsers { variable });
        }
        let service_key = service.resolve_key()?;
        let exposed = user_key.as_ref().map(ExposeSecret::expose_secret);
        if exposed == Some(service_key.expose_secret()) {
            return Err(service.weak("it is the same as auth.jwt_secret"));
        }
        Ok((user_key, service_key))
    }

    fn check(&self) -> Result<(), ConfigError> {
        let wrong = |key: &str, what: &str| Err(ConfigError::Key(format!("auth.{key} {what}")));
        if let Some(url) = &self.jwks_url {
            let is_here = match url.host() {
                Some(Host::Domain(name)) => name == "localhost",
                Some(Host::Ipv4(address)) => address.is_loopback(),
                Some(Host::Ipv6(address)) => address.is_loopback(),
                None => false,
            };
            // Whoever sits between could put keys of their own in the place of the issuer's.
            if url.scheme() != "https" && !(url.scheme() == "http" && is_here) {
                let what = "must begin with https://; http:// is for this machine alone";
                return wrong("jwks_url", what);
            }
            // It is written to the log.
            if !url.username().is_empty() || url.password().is_some() {
                return wrong("jwks_url", "must have no user name and no password");
            }
        }
        if !(1..=86_400).contains(&self.jwks_cache_seconds) {
            return wrong("jwks_cache_seconds", "must be from 1 to 86400");
        }
        if !(60..=2_592_000).contains(&self.session_seconds) {
            return wrong("session_seconds", "must be from 60 to 2592000");
        }
        Ok(())
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
            "issuer = 'i'\naudience = 'a'\nclock_skew_seconds = 60\njwks_cache_seconds = 300\n\
             jwt_secret = 'hunter2'\n",
        )
        .unwrap();
        assert!(!format!("{auth:?}").contains("hunter2"));
    }

    fn auth() -> AuthConfig {
        let text =
            "issuer = 'i'\naudience = 'a'\nclock_skew_seconds = 60\njwks_cache_seconds = 300\n";
        let mut auth: AuthConfig = toml::from_str(text).unwrap();
        auth.service_secret = Some("b".repeat(32).into());
        auth
    }

    #[test]
    fn keys_are_long_and_different() {
        let mut auth = auth();
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

    #[test]
    fn users_need_a_secret_or_an_issuer() {
        let mut auth = auth();
        let neither = auth.resolve_keys("META").unwrap_err().to_string();
        for way in ["META__AUTH__JWT_SECRET", "auth.jwks_url"] {
            assert!(neither.contains(way), "{neither}");
        }
        auth.jwks_url = Some("https://issuer.example/keys".parse().unwrap());
        assert!(auth.resolve_keys("META").unwrap().0.is_none());
        auth.jwt_secret = Some("a".repeat(32).into());
        assert!(auth.resolve_keys("META").unwrap().0.is_some());
        auth.jwt_secret = Some("short".into());
        let short = auth.resolve_keys("META").unwrap_err().to_string();
        assert!(short.contains("META__AUTH__JWT_SECRET"), "{short}");
    }

    #[test]
    fn an_issuer_is_asked_over_tls_or_on_this_machine() {
        let tried = |url: &str| {
            let mut auth = auth();
            auth.jwks_url = Some(url.parse().unwrap());
            auth.resolve_keys("META").map_err(|error| error.to_string())
        };
        for url in [
            "https://issuer.example/keys",
            "http://127.0.0.1:8080/keys",
            "http://[::1]/keys",
            "http://localhost/keys",
        ] {
            assert!(tried(url).is_ok(), "{url}");
        }
        for url in [
            "http://issuer.example/keys",
            "http://10.0.0.1/keys",
            "http://localhost.example/keys",
            "file:///etc/keys",
            "https://user:hunter2@issuer.example/keys",
        ] {
            let error = tried(url).unwrap_err();
            assert!(error.contains("auth.jwks_url"), "{error}");
            assert!(!error.contains("hunter2"), "{error}");
        }
        for (cache, session) in [(0, 60), (86_401, 60), (1, 59), (1, 2_592_001)] {
            let mut auth = auth();
            auth.jwt_secret = Some("a".repeat(32).into());
            (auth.jwks_cache_seconds, auth.session_seconds) = (cache, session);
            assert!(auth.resolve_keys("META").is_err(), "{cache} {session}");
        }
    }
}
