//! Credentials that nobody should believe.

use std::time::Duration;

use chrono::TimeDelta;
use models::{Clock, Role};
use secrecy::ExposeSecret;
use service_kit::auth::TokenKeys;
use test_support::{Installation, TENANT};

/// No credential, and tokens of an administrator that are none, each with what is wrong with it.
pub(super) fn refused(installation: &Installation) -> Vec<(&'static str, Option<String>)> {
    let mint = |keys: &TokenKeys| {
        let token = keys.mint_user("ada", TENANT, &[Role::Admin], Duration::from_mins(10));
        token.expose_secret().to_owned()
    };
    let ended = Clock::fixed(Clock::system().now() - TimeDelta::hours(1));
    let good = installation.token(TENANT, Role::Admin);
    let unsigned = good.rsplit_once('.').expect("three parts").0;
    let of = |key, value| mint(&keys_with(installation, key, value));
    vec![
        ("no credential", None),
        ("expired", Some(mint(&installation.keys(ended)))),
        (
            "of another audience",
            Some(of("META__AUTH__AUDIENCE", "somebody-else")),
        ),
        (
            "of another issuer",
            Some(of("META__AUTH__ISSUER", "somebody-else")),
        ),
        ("of another key", {
            let key = test_support::key();
            Some(of("META__AUTH__JWT_SECRET", &key))
        }),
        ("tampered with", Some(tampered(&good))),
        ("unsigned", Some(format!("{unsigned}."))),
    ]
}

/// The keys of the installation, but for one setting.
fn keys_with(installation: &Installation, key: &str, value: &str) -> TokenKeys {
    let mut settings = installation.meta_settings();
    settings.retain(|(name, _)| name != key);
    settings.push((key.to_owned(), value.to_owned()));
    let config = meta::Config::load(None, settings).expect("sound settings");
    TokenKeys::new(&config.auth, "META", Clock::system()).expect("sound secrets")
}

/// The token with one character in the middle of its claims changed.
fn tampered(token: &str) -> String {
    let parts: Vec<&str> = token.split('.').collect();
    let [header, claims, signature] = parts[..] else {
        panic!("three parts")
    };
    let at = claims.len() / 2;
    let other = if claims.as_bytes()[at] == b'A' {
        'B'
    } else {
        'A'
    };
    let claims = format!("{}{other}{}", &claims[..at], &claims[at + 1..]);
    format!("{header}.{claims}.{signature}")
}
