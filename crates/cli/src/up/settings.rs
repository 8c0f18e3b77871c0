//! The settings of both services: what is local to this instance above the process's environment,
//! so that `META__...` and `MANAGER__...` variables still set all the rest.

use secrecy::{ExposeSecret, SecretString};
use service_kit::config::{ConfigError, environment};

use super::listeners::Listeners;
use super::store::LoginUrls;
use crate::data_dir::Secrets;

type Variables = Vec<(&'static str, String)>;

/// The settings of `meta` without a store and a port: enough to make tokens that it believes.
///
/// # Errors
/// When a variable of the environment cannot be used.
pub(crate) fn meta_config(
    secrets: &Secrets,
    more: impl IntoIterator<Item = (&'static str, String)>,
) -> Result<meta::Config, ConfigError> {
    let mut ours = vec![
        ("META__AUTH__JWT_SECRET", exposed(&secrets.jwt)),
        ("META__AUTH__SERVICE_SECRET", exposed(&secrets.service)),
        ("META__SECRETS__KEY", exposed(&secrets.encryption)),
    ];
    ours.extend(more);
    meta::Config::load(None, above(environment(), ours))
}

pub(super) fn meta(
    secrets: &Secrets,
    logins: &LoginUrls,
    port: u16,
) -> Result<meta::Config, ConfigError> {
    meta_config(
        secrets,
        [
            ("META__SERVER__ADDRESS", "127.0.0.1".to_owned()),
            ("META__SERVER__PORT", port.to_string()),
            ("META__STORE__URL", exposed(&logins.meta)),
            ("META__STORE__MIGRATE_URL", exposed(&logins.meta_owner)),
        ],
    )
}

pub(super) fn manager(
    secrets: &Secrets,
    logins: &LoginUrls,
    listeners: &Listeners,
) -> Result<manager::Config, ConfigError> {
    let ours = vec![
        ("MANAGER__SERVER__ADDRESS", "127.0.0.1".to_owned()),
        ("MANAGER__SERVER__PORT", listeners.manager_port.to_string()),
        ("MANAGER__STORE__URL", exposed(&logins.manager)),
        (
            "MANAGER__STORE__MIGRATE_URL",
            exposed(&logins.manager_owner),
        ),
        ("MANAGER__AUTH__JWT_SECRET", exposed(&secrets.jwt)),
        ("MANAGER__AUTH__SERVICE_SECRET", exposed(&secrets.service)),
        ("MANAGER__META__URL", listeners.meta_url()),
    ];
    manager::Config::load(None, above(environment(), ours))
}

fn exposed(secret: &SecretString) -> String {
    secret.expose_secret().to_owned()
}

/// Our variables and those of the environment that do not set the same: by the same name in other
/// letters, or by naming a file with the value.
fn above(
    environment: impl Iterator<Item = (String, String)>,
    ours: Variables,
) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = environment
        .filter(|(name, _)| {
            let name = name.to_uppercase();
            let key = name.strip_suffix("_FILE").unwrap_or(&name);
            !ours.iter().any(|(our, _)| *our == key)
        })
        .collect();
    all.extend(
        ours.into_iter()
            .map(|(name, value)| (name.to_owned(), value)),
    );
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ours_win_and_the_rest_stays() {
        let environment = [
            ("META__STORE__URL", "theirs"),
            ("META__STORE__URL_FILE", "/theirs"),
            ("meta__store__url", "theirs"),
            ("META__STORE__MAX_CONNECTIONS", "3"),
        ];
        let environment = environment.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let all = above(
            environment.into_iter(),
            vec![("META__STORE__URL", "ours".to_owned())],
        );
        let expected = [
            ("META__STORE__MAX_CONNECTIONS", "3"),
            ("META__STORE__URL", "ours"),
        ];
        assert_eq!(
            all,
            expected.map(|(name, value)| (name.to_owned(), value.to_owned()))
        );
    }
}
