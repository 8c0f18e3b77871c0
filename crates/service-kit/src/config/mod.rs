//! Configuration: defaults below a file below the environment, whose `RUST_LOG` goes below a
//! service's own variables.
//!
//! A variable such as `META__SERVER__PORT` sets the key `port` of the section `server` of the
//! service whose prefix is `META`; two underscores separate the levels. An empty variable counts
//! as absent, because compose files write one for every setting that was left out.

mod redact;
mod secret;
mod sections;
mod server;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use ::config::{Config, Environment, File, FileFormat};
use secrecy::SecretString;
use serde::Deserialize;
use serde::de::DeserializeOwned;

pub use redact::render_redacted;
pub use secret::Secret;
pub use sections::{AuthConfig, LogConfig, LogFormat, StoreConfig};
pub use server::ServerConfig;

/// Why a service cannot be configured. No message repeats a secret.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The configuration file cannot be read.
    #[error("cannot read the configuration file {path}: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The configuration file is not TOML.
    #[error("{origin}, line {line}: {message}")]
    Syntax {
        /// The file, or "the defaults".
        origin: String,
        /// The line, from 1.
        line: usize,
        /// What the parser expected; never the line itself, which may hold a secret.
        message: String,
    },
    /// A key is unknown or missing, or its value has the wrong type.
    #[error("{0}")]
    Key(String),
    /// A secret is needed and not given.
    #[error("{key} is not set: set {variable} or {variable}_FILE")]
    SecretMissing {
        /// The key, such as `auth.jwt_secret`.
        key: String,
        /// The variable that sets it.
        variable: String,
    },
    /// Nobody's tokens would be believed.
    #[error(
        "auth.jwt_secret is not set and neither is auth.jwks_url, so that nobody's tokens would be \
         believed: set {variable} or {variable}_FILE, or auth.jwks_url"
    )]
    NoUsers {
        /// The variable that sets the key of users' tokens.
        variable: String,
    },
    /// There can be no client that fetches the issuer's keys.
    #[error("auth.jwks_url cannot be asked")]
    Client(#[source] reqwest::Error),
    /// A secret is given as a value and as a file.
    #[error("{key} is given twice: set {variable} or {variable}_FILE, not both")]
    SecretTwice {
        /// The key.
        key: String,
        /// The variable that sets it.
        variable: String,
    },
    /// The file of a secret cannot be read.
    #[error("cannot read {path}, named by {variable}_FILE: {source}")]
    SecretFile {
        /// The variable without its `_FILE`.
        variable: String,
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A secret cannot be used as it is.
    #[error("the secret of {variable} cannot be used: {reason}")]
    SecretWeak {
        /// The variable that sets it.
        variable: String,
        /// What is wrong with it.
        reason: &'static str,
    },
}

/// The variable by which programs in Rust are told what to log, whatever the program
/// (documentation of `tracing-subscriber`, "Filtering with Environment Variables").
const RUST_LOG: &str = "RUST_LOG";

/// Reads a configuration: `defaults_toml` below `file` below the variables of `env` that start
/// with `env_prefix` and two underscores. `RUST_LOG` sets `log.filter` above the file, and below
/// the service's own variable, which says more exactly what is meant.
///
/// Values of the environment are text and become numbers or truth values only where `T` asks for
/// one, so a password of digits keeps its leading zeros. Lists come from the environment through
/// [`comma_list`]. `T` and its sections must `deny_unknown_fields`; `toml::Value` as `T` gives the
/// merged tree for [`render_redacted`].
///
/// # Errors
///
/// [`ConfigError::File`] and [`ConfigError::Syntax`] for the file, [`ConfigError::Key`] naming the
/// key that is unknown, missing or of the wrong type.
pub fn load<T: DeserializeOwned>(
    defaults_toml: &str,
    file: Option<&Path>,
    env_prefix: &str,
    env: impl IntoIterator<Item = (String, String)>,
) -> Result<T, ConfigError> {
    check_syntax("the defaults", defaults_toml)?;
    let mut builder = Config::builder().add_source(File::from_str(defaults_toml, FileFormat::Toml));
    if let Some(path) = file {
        let text = std::fs::read_to_string(path).map_err(|source| ConfigError::File {
            path: path.to_owned(),
            source,
        })?;
        check_syntax(&path.display().to_string(), &text)?;
        builder = builder.add_source(File::from_str(&text, FileFormat::Toml));
    }
    let variables: HashMap<String, String> = env.into_iter().collect();
    if let Some(filter) = variables.get(RUST_LOG).filter(|filter| !filter.is_empty()) {
        let of_any_program = HashMap::from([("LOG__FILTER".to_owned(), filter.clone())]);
        builder = builder.add_source(
            Environment::default()
                .separator("__")
                .source(Some(of_any_program)),
        );
    }
    let environment = Environment::with_prefix(env_prefix)
        .prefix_separator("__")
        .separator("__")
        .ignore_empty(true)
        .source(Some(variables));
    builder
        .add_source(environment)
        .build()
        .and_then(Config::try_deserialize)
        .map_err(|error| ConfigError::Key(error.to_string()))
}

/// The variables of the process. Those that are not Unicode are left out: none of ours can be.
pub fn environment() -> impl Iterator<Item = (String, String)> {
    std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
}

/// One variable of the process as it is now; None where it is absent, empty or no Unicode.
#[must_use]
pub fn variable(name: &str) -> Option<SecretString> {
    let value = std::env::var_os(name)?.into_string().ok()?;
    (!value.is_empty()).then(|| value.into())
}

/// Deserializes a list that a file writes as an array and the environment as `one,two`.
/// For `#[serde(deserialize_with = "service_kit::config::comma_list")]`.
///
/// # Errors
///
/// The deserializer's, where the value is neither.
pub fn comma_list<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        List(Vec<String>),
        Text(String),
    }
    Ok(match Either::deserialize(from)? {
        Either::List(list) => list,
        Either::Text(text) => text
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect(),
    })
}

/// Parses `text` for its syntax alone: the message of the crate `config` quotes the line.
fn check_syntax(origin: &str, text: &str) -> Result<(), ConfigError> {
    match toml::from_str::<toml::Table>(text) {
        Ok(_) => Ok(()),
        Err(error) => {
            let start = error.span().map_or(0, |span| span.start.min(text.len()));
            let before = text.get(..start).unwrap_or_default();
            Err(ConfigError::Syntax {
                origin: origin.to_owned(),
                line: 1 + before.matches('\n').count(),
                message: error.message().to_owned(),
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    const DEFAULTS: &str = "
        [server]
        address = '127.0.0.1'
        port = 8082
        request_timeout_seconds = 30
        body_limit_bytes = 1048576
        max_concurrent_requests = 500
        header_timeout_seconds = 30
        body_timeout_seconds = 20
        max_connections = 800
        requests_per_second = 500
        request_burst = 5000
        trusted_proxies = []
        cors_allowed_origins = []
        [log]
        format = 'plain'
        filter = 'info'
        audit = true
        [store]
        max_connections = 10
        [extra]
        name = 'x'
        enabled = false
        hosts = ['a']
    ";

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Whole {
        server: ServerConfig,
        log: LogConfig,
        store: StoreConfig,
        extra: Extra,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Extra {
        name: String,
        enabled: bool,
        #[serde(deserialize_with = "comma_list")]
        hosts: Vec<String>,
        token: Option<SecretString>,
    }

    fn with_env(pairs: &[(&str, &str)]) -> Result<Whole, ConfigError> {
        let env = pairs
            .iter()
            .map(|(name, value)| ((*name).into(), (*value).into()));
        load(DEFAULTS, None, "META", env)
    }

    /// A file that is gone after its test.
    pub(super) struct Scratch(pub(super) PathBuf);

    impl Scratch {
        pub(super) fn new(name: &str, text: &str) -> Self {
            let name = format!("service-kit-{}-{name}", std::process::id());
            let path = std::env::temp_dir().join(name);
            std::fs::write(&path, text).expect("the temporary directory is writable");
            Self(path)
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            // What cannot be removed is left to the system.
            let _ = std::fs::remove_file(&self.0);
        }
    }

    #[test]
    fn later_layers_win() {
        let file = Scratch::new("layers.toml", "[server]\nport = 1\nbody_limit_bytes = 2\n");
        let env = [("META__SERVER__PORT".into(), "3".into())];
        let whole: Whole = load(DEFAULTS, Some(&file.0), "META", env).unwrap();
        assert_eq!(whole.server.port, 3);
        assert_eq!(whole.server.body_limit_bytes, 2);
        assert_eq!(whole.server.request_timeout_seconds, 30);
        assert_eq!(whole.log.format, LogFormat::Plain);
        assert_eq!(whole.store.max_connections, 10);
    }

    #[test]
    fn rust_log_goes_between_the_file_and_the_services_own_variable() {
        let file = Scratch::new("rust-log.toml", "[log]\nfilter = 'file'\n");
        let filter = |pairs: &[(&str, &str)]| {
            let env = pairs
                .iter()
                .map(|(name, value)| ((*name).into(), (*value).into()));
            load::<Whole>(DEFAULTS, Some(&file.0), "META", env)
                .unwrap()
                .log
                .filter
        };
        let own = ("META__LOG__FILTER", "own");
        assert_eq!(
            filter(&[("RUST_LOG", "debug,sqlx=warn")]),
            "debug,sqlx=warn"
        );
        assert_eq!(filter(&[("RUST_LOG", "debug"), own]), "own");
        assert_eq!(filter(&[("RUST_LOG", "")]), "file");
    }

    #[test]
    fn the_environment_keeps_text_and_gives_numbers_where_asked() {
        let whole = with_env(&[
            ("META__EXTRA__NAME", "007"),
            ("META__EXTRA__ENABLED", "true"),
            ("META__EXTRA__HOSTS", "b, c"),
            ("META__EXTRA__TOKEN", "0012"),
            ("META__LOG__FORMAT", "json"),
            ("META__SERVER__ADDRESS", "::1"),
            ("META__SERVER__PORT", ""),
            ("MANAGER__EXTRA__NAME", "other service"),
        ])
        .unwrap();
        assert_eq!(whole.extra.name, "007");
        assert!(whole.extra.enabled);
        assert_eq!(whole.extra.hosts, ["b", "c"]);
        assert_eq!(whole.extra.token.unwrap().expose_secret(), "0012");
        assert_eq!(whole.log.format, LogFormat::Json);
        assert!(whole.server.address.is_ipv6());
        assert_eq!(
            whole.server.port, 8082,
            "an empty variable counts as absent"
        );
    }

    #[test]
    fn errors_name_the_key() {
        let unknown = with_env(&[("META__SERVER__PROT", "1")])
            .unwrap_err()
            .to_string();
        assert!(
            unknown.contains("`prot`") && unknown.contains("server"),
            "{unknown}"
        );
        let wrong = with_env(&[("META__SERVER__PORT", "many")])
            .unwrap_err()
            .to_string();
        assert!(wrong.contains("server.port"), "{wrong}");
        let section = with_env(&[("META__SERVICE__PORT", "1")])
            .unwrap_err()
            .to_string();
        assert!(section.contains("`service`"), "{section}");
        let missing = load::<Whole>("[server]\nport = 1\n", None, "META", []).unwrap_err();
        assert!(missing.to_string().contains("server.address"), "{missing}");
    }

    #[test]
    fn a_broken_file_is_named_without_its_text() {
        let file = Scratch::new("broken.toml", "[store]\nurl = \"postgres://u:hunter2@h/d\n");
        let error = load::<Whole>(DEFAULTS, Some(&file.0), "META", [])
            .unwrap_err()
            .to_string();
        assert!(error.contains("broken.toml, line 2"), "{error}");
        assert!(!error.contains("hunter2"), "{error}");
        let absent = load::<Whole>(DEFAULTS, Some(Path::new("/absent.toml")), "META", []);
        assert!(matches!(absent, Err(ConfigError::File { .. })));
    }

    #[test]
    fn the_process_environment_is_read() {
        assert!(environment().any(|(name, _)| name == "PATH"));
        let path = variable("PATH").unwrap();
        assert!(path.expose_secret().contains('/'));
        assert!(variable("PLUMBLINES_ABSENT").is_none());
    }
}
