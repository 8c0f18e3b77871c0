//! The URL of a server, as `plumb scan` takes it: what is taken can be written again and means the same; what is
//! refused is refused without the password.
#![no_main]

use libfuzzer_sys::fuzz_target;
use models::datasource::Engine;
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use scan::Target;
use secrecy::ExposeSecret;
use url::Url;

const PASSWORD: &str = "hunter2-hunter3";

fuzz_target!(|text: &str| {
    if names_a_file(text) {
        return;
    }
    if let Ok(target) = Target::from_url(text) {
        assert!(target.port > 0 && !target.host.is_empty() && !target.username.is_empty());
        assert_ne!(target.database.as_deref(), Some(""));
        means_the_same(&target);
    }
    hides_the_password(text);
});

/// Whether it has a file read, which is not what is tested, and endless where it is a device.
fn names_a_file(text: &str) -> bool {
    let asks = |name: &str| matches!(name, "sslrootcert" | "ssl-ca");
    let url = Url::parse(&format!("mysql://u@h{text}"));
    let urls = [Url::parse(text.trim()), url];
    urls.iter()
        .flatten()
        .any(|url| url.query_pairs().any(|(name, _)| asks(&name)))
}

fn means_the_same(target: &Target) {
    let scheme = match target.engine {
        Engine::Postgresql => "postgresql",
        Engine::Mysql => "mysql",
    };
    let encoded = |part: &str| utf8_percent_encode(part, NON_ALPHANUMERIC).to_string();
    let url = format!(
        "{scheme}://{}:{}@{}:{}/{}",
        encoded(&target.username),
        encoded(target.password.expose_secret()),
        encoded(&target.host),
        target.port,
        encoded(target.database.as_deref().unwrap_or_default()),
    );
    let again = Target::from_url(&url).unwrap_or_else(|error| panic!("{url}: {error}"));
    let parts = |one: &Target| {
        let password = one.password.expose_secret().to_owned();
        let names = (one.host.clone(), one.username.clone(), one.database.clone());
        (one.engine, one.port, password, names)
    };
    assert_eq!(parts(&again), parts(target), "{url}");
}

/// Whatever stands behind a password.
fn hides_the_password(text: &str) {
    if percent_decode_str(text).any(|byte| byte == b'-') {
        return; // it may name the password itself, where it is not secret
    }
    for scheme in ["postgresql", "mysql"] {
        if let Err(error) = Target::from_url(&format!("{scheme}://u:{PASSWORD}{text}")) {
            let said = error.to_string().to_lowercase();
            assert!(!said.contains(PASSWORD), "{said}");
        }
    }
}
