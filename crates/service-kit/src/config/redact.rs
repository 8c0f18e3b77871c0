//! The effective configuration without its secrets, for `config check`.

use toml::Value;
use url::Url;

const REDACTED: &str = "[redacted]";

/// The last words of the names of keys whose values are secrets.
const SECRET_WORDS: [&str; 6] = [
    "secret",
    "password",
    "passphrase",
    "token",
    "key",
    "credential",
];

/// `value` as TOML with secrets replaced: whatever a key ending in a word such as `secret` or
/// `password` holds, and the password of every URL. Files that hold a secret are named.
#[must_use]
pub fn render_redacted(value: &Value) -> String {
    let mut shown = value.clone();
    redact(&mut shown);
    // A tree that came from TOML and the environment has nothing that TOML cannot write.
    toml::to_string_pretty(&shown).unwrap_or_else(|error| format!("# cannot be shown: {error}\n"))
}

fn redact(value: &mut Value) {
    match value {
        Value::Table(table) => {
            for (name, inner) in table.iter_mut() {
                if is_secret(name) {
                    *inner = Value::String(REDACTED.to_owned());
                } else {
                    redact(inner);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(redact),
        Value::String(text) => *text = without_password(text),
        _ => {}
    }
}

fn is_secret(name: &str) -> bool {
    let last = name.rsplit('_').next().unwrap_or(name).to_lowercase();
    let singular = last.strip_suffix('s').unwrap_or(&last);
    SECRET_WORDS.contains(&last.as_str()) || SECRET_WORDS.contains(&singular)
}

/// A connection string without what authenticates; other text as it is.
fn without_password(text: &str) -> String {
    let names_password = text.to_lowercase().contains("password=");
    if !text.contains("://") {
        return if names_password {
            REDACTED.to_owned()
        } else {
            text.to_owned()
        };
    }
    match Url::parse(text) {
        Ok(mut url) => {
            if url.password().is_some() && url.set_password(Some("redacted")).is_err() {
                return REDACTED.to_owned();
            }
            if names_password {
                url.set_query(Some("redacted"));
            }
            url.to_string()
        }
        Err(_) if text.contains('@') || names_password => REDACTED.to_owned(),
        Err(_) => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_go_and_the_rest_stays() {
        let value: Value = toml::from_str(
            "
            [store]
            url = 'postgres://app:hunter2@db:5432/x?sslmode=require'
            migrate_url = 'postgres:///x?host=/run&password=hunter2'
            dsn = 'host=db password=hunter2'
            odd = 'postgres://app:hunter2@db:port/x'
            [auth]
            jwt_secret = 'hunter2'
            jwt_secret_file = '/run/secrets/jwt'
            api_keys = ['hunter2']
            issuer = 'plumbline'
            [encryption.keys]
            one = 'hunter2'
            ",
        )
        .unwrap();
        let shown = render_redacted(&value);
        assert!(!shown.contains("hunter2"), "{shown}");
        for kept in [
            "app:redacted@db:5432/x?sslmode=require",
            "/run/secrets/jwt",
            "plumbline",
        ] {
            assert!(shown.contains(kept), "{kept} in {shown}");
        }
    }
}
