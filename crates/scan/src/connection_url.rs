//! A server and its login written as one URL.

use models::datasource::{Engine, Tls, TlsMode};
use percent_encoding::percent_decode_str;
use url::{ParseError, Url};

use crate::{Filters, Limits, Policy, Route, Target};

/// Why a URL does not say what to connect to. The text tells what to change and repeats no part of
/// the URL that could belong to a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UrlError {
    /// It is no URL.
    #[error(
        "the URL must be as in postgresql://USER:PASSWORD@HOST:5432/DATABASE or mysql://...{}",
        ENCODE
    )]
    NoUrl,
    /// It is for something else.
    #[error(
        "the scheme {0} is unknown: a URL begins with postgresql://, postgres://, mysql:// or mariadb://"
    )]
    Scheme(String),
    /// It names no host.
    #[error("the URL names no host: it must be as in {0}://USER:PASSWORD@HOST/DATABASE")]
    NoHost(String),
    /// It names no login.
    #[error("the URL names no user: it must be as in {0}://USER:PASSWORD@HOST/DATABASE")]
    NoUser(String),
    /// The port is no port.
    #[error("the port in the URL must be a number from 1 to 65535{}", ENCODE)]
    Port,
    /// Something is no text once it is decoded.
    #[error("the {0} in the URL is no UTF-8 text once %xx are decoded")]
    Encoding(&'static str),
    /// What comes after `#` has no meaning.
    #[error("the URL has a #, after which nothing is read: write it as %23")]
    Fragment,
    /// A setting that is not known.
    #[error(
        "the setting {0} in the URL is unknown: there are sslmode (or ssl-mode, tls) and sslrootcert (or ssl-ca)"
    )]
    Setting(String),
    /// A TLS mode that is not known.
    #[error(
        "the setting {0} in the URL must be disable, prefer, require, verify-ca or verify-full"
    )]
    Tls(String),
    /// The file with the authority's certificates cannot be read.
    #[error("the file that the setting {0} in the URL names cannot be read: {1}")]
    Authority(String, String),
}

/// What else may be wrong where a URL cannot be taken apart.
const ENCODE: &str =
    "; in user name, password and database write / as %2F, # as %23, ? as %3F, @ as %40, % as %25";

impl Target {
    /// The server, login and first database that a URL names:
    /// `postgresql://`, `postgres://`, `mysql://` or `mariadb://`, then
    /// `USER:PASSWORD@HOST:PORT/DATABASE?sslmode=MODE&sslrootcert=FILE`, where the file holds
    /// certificates of authorities (PEM) and is read at once.
    ///
    /// User, password and database are percent-decoded. What is left out is an empty password, the
    /// engine's usual port, no database, and the TLS mode `prefer`. The limits are the default ones.
    /// Who writes the URL decides where it leads: no network policy holds.
    ///
    /// # Errors
    /// Says what to change in the URL.
    pub fn from_url(text: &str) -> Result<Self, UrlError> {
        let url = Url::parse(text.trim()).map_err(|error| match error {
            ParseError::InvalidPort => UrlError::Port,
            _ => UrlError::NoUrl,
        })?;
        let scheme = url.scheme().to_owned();
        let (engine, usual_port) = match scheme.as_str() {
            "postgresql" | "postgres" => (Engine::Postgresql, 5432),
            "mysql" | "mariadb" => (Engine::Mysql, 3306),
            // `user:password@host` has the user for a scheme; no more than that is repeated.
            _ if url.cannot_be_a_base() => return Err(UrlError::NoUrl),
            _ => return Err(UrlError::Scheme(scheme)),
        };
        if url.fragment().is_some() {
            return Err(UrlError::Fragment);
        }
        // Of `u:p@ss/word@host` the host would be `ss`, and errors would name it.
        if url.path().contains('@') {
            return Err(UrlError::NoUrl);
        }
        let host = url.host_str().unwrap_or_default();
        let host = decoded(
            host.trim_start_matches('[').trim_end_matches(']'),
            "host name",
        )?;
        if host.is_empty() {
            return Err(UrlError::NoHost(scheme));
        }
        let username = decoded(url.username(), "user name")?;
        if username.is_empty() {
            return Err(UrlError::NoUser(scheme));
        }
        let port = url.port().unwrap_or(usual_port);
        if port == 0 {
            return Err(UrlError::Port);
        }
        let database = url.path().strip_prefix('/').unwrap_or_default();
        let database = decoded(database, "database")?;
        Ok(Self {
            engine,
            host,
            port,
            username,
            password: decoded(url.password().unwrap_or_default(), "password")?.into(),
            database: (!database.is_empty()).then_some(database),
            tls: tls(&url)?,
            filters: Filters::default(),
            limits: Limits::default(),
            route: Route::within(Policy::anywhere()),
        })
    }
}

fn decoded(text: &str, what: &'static str) -> Result<String, UrlError> {
    let text = percent_decode_str(text).decode_utf8();
    text.map(std::borrow::Cow::into_owned)
        .map_err(|_| UrlError::Encoding(what))
}

fn tls(url: &Url) -> Result<Tls, UrlError> {
    let mut tls = Tls::default();
    for (key, value) in url.query_pairs() {
        match &*key {
            "sslmode" | "ssl-mode" | "tls" => {
                tls.mode = mode(&value).ok_or_else(|| UrlError::Tls(key.into_owned()))?;
            }
            "sslrootcert" | "ssl-ca" => {
                let text = std::fs::read_to_string(&*value)
                    .map_err(|error| UrlError::Authority(key.into_owned(), error.to_string()))?;
                tls.ca_certificate = Some(text);
            }
            _ => return Err(UrlError::Setting(key.into_owned())),
        }
    }
    Ok(tls)
}

/// The words of libpq, and those of `MySQL`'s clients.
fn mode(word: &str) -> Option<TlsMode> {
    Some(match word.to_ascii_lowercase().as_str() {
        "disable" | "disabled" => TlsMode::Disable,
        "prefer" | "preferred" => TlsMode::Prefer,
        "require" | "required" => TlsMode::Require,
        "verify-ca" | "verify_ca" => TlsMode::VerifyCa,
        "verify-full" | "verify_identity" => TlsMode::VerifyFull,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    fn target(url: &str) -> Target {
        Target::from_url(url).unwrap_or_else(|error| panic!("{url}: {error}"))
    }

    #[test]
    fn everything_may_be_said() {
        let target = target("mariadb://re%40der:p%2F%23%3A%20w@db.example:3307/my%20%C3%B6%2Fshop");
        assert_eq!(target.engine, Engine::Mysql);
        assert_eq!((target.host.as_str(), target.port), ("db.example", 3307));
        assert_eq!(target.username, "re@der");
        assert_eq!(target.password.expose_secret(), "p/#: w");
        assert_eq!(target.database.as_deref(), Some("my ö/shop"));
        assert_eq!(target.tls, Tls::default());
    }

    #[test]
    fn what_is_left_out_is_the_usual() {
        for (url, engine, host, port) in [
            ("postgresql://u@h", Engine::Postgresql, "h", 5432),
            ("postgres://u@[::1]/", Engine::Postgresql, "::1", 5432),
            ("mysql://u:@10.0.0.1", Engine::Mysql, "10.0.0.1", 3306),
            ("MariaDB://u@h/", Engine::Mysql, "h", 3306),
        ] {
            let target = target(url);
            let found = (target.engine, target.host.as_str(), target.port);
            assert_eq!(found, (engine, host, port), "{url}");
            assert_eq!(target.password.expose_secret(), "", "{url}");
            assert_eq!(target.database, None, "{url}");
        }
    }

    #[test]
    fn tls_is_said_in_the_words_of_either_side() {
        for (query, mode) in [
            ("sslmode=verify-full", TlsMode::VerifyFull),
            ("ssl-mode=VERIFY_IDENTITY", TlsMode::VerifyFull),
            ("ssl-mode=REQUIRED", TlsMode::Require),
            ("tls=disable", TlsMode::Disable),
            ("sslmode=verify-ca", TlsMode::VerifyCa),
            ("tls=prefer", TlsMode::Prefer),
        ] {
            let target = target(&format!("mysql://u@h/d?{query}"));
            assert_eq!(target.tls.mode, mode, "{query}");
        }
    }

    #[test]
    fn an_authority_is_read_from_its_file() {
        // Any file that is there: what is in it is looked at when it is needed.
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
        for key in ["sslrootcert", "ssl-ca"] {
            let target = target(&format!(
                "postgresql://u@h?{key}={file}&sslmode=verify-full"
            ));
            assert_eq!(target.tls.mode, TlsMode::VerifyFull);
            let text = target.tls.ca_certificate.expect(key);
            assert!(text.contains("[package]"), "{text}");
        }
    }

    #[test]
    fn what_is_wrong_is_told_without_the_password() {
        let postgresql = || "postgresql".to_owned();
        for (url, expected) in [
            ("", UrlError::NoUrl),
            ("shop", UrlError::NoUrl),
            ("db.example/shop", UrlError::NoUrl),
            ("reader:hunter2@db.example/shop", UrlError::NoUrl),
            (
                "oracle://u:hunter2@h",
                UrlError::Scheme("oracle".to_owned()),
            ),
            ("postgresql:///shop", UrlError::NoHost(postgresql())),
            ("postgresql://h/shop", UrlError::NoUser(postgresql())),
            ("postgresql://:hunter2@h", UrlError::NoUser(postgresql())),
            ("mysql://u:hunter2@h:0", UrlError::Port),
            ("mysql://u:hunter2@h:70000", UrlError::Port),
            ("mysql://u:hunter2@h:x", UrlError::Port),
            ("mysql://u:hunter2/#@h", UrlError::Port),
            ("mysql://u:p@hunter2/x@h/shop", UrlError::NoUrl),
            ("mysql://u:%ff@h", UrlError::Encoding("password")),
            ("mysql://u:hunter2@h/d#x", UrlError::Fragment),
            (
                "mysql://u@h?password=hunter2",
                UrlError::Setting("password".to_owned()),
            ),
            ("mysql://u@h?tls=hunter2", UrlError::Tls("tls".to_owned())),
            (
                "mysql://u@h?ssl-ca=/no/such/hunter2",
                UrlError::Authority(
                    "ssl-ca".to_owned(),
                    "No such file or directory (os error 2)".to_owned(),
                ),
            ),
        ] {
            let error = Target::from_url(url).expect_err(url);
            assert_eq!(error, expected, "{url}");
            assert!(!error.to_string().contains("hunter2"), "{url}: {error}");
        }
    }
}
