//! `plumb token`, and the token that `plumb up` writes.

use std::path::PathBuf;
use std::time::Duration;

use models::{Clock, Role, TenantId};
use secrecy::{ExposeSecret, SecretString};
use service_kit::auth::TokenKeys;
use service_kit::config::ConfigError;

use crate::args::{Format, TokenArguments};
use crate::data_dir::{DataDir, DataDirError, Secrets};
use crate::output;
use crate::up::meta_config;

/// How long the token in `DIR/env` lives.
pub(crate) const LOCAL_TOKEN_DAYS: u32 = 30;
const SECONDS_PER_DAY: u64 = 24 * 60 * 60;

/// Why a token could not be made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TokenError {
    /// There is no instance here.
    #[error(
        "{0} is not there: start plumb up on this data directory first, or name another with \
         --data-dir"
    )]
    NoInstance(PathBuf),
    /// The secrets cannot be read.
    #[error(transparent)]
    DataDir(#[from] DataDirError),
    /// The settings in the environment cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The token cannot be printed.
    #[error(transparent)]
    Print(#[from] output::PrintError),
}

/// Prints a token for the local instance.
///
/// # Errors
/// When there is no local instance.
pub(crate) fn token(
    arguments: &TokenArguments,
    data_dir: &DataDir,
    format: Format,
) -> Result<(), TokenError> {
    let path = data_dir.secrets_path();
    let secrets = Secrets::read(&path)?.ok_or(TokenError::NoInstance(path))?;
    // The same settings that `plumb up` gives to meta, so that it believes the token.
    let config = meta_config(&secrets, [])?;
    let keys = TokenKeys::new(&config.auth, "META", Clock::system())?;
    let tenant = TenantId(arguments.tenant);
    let token = mint(
        &keys,
        &arguments.subject,
        tenant,
        arguments.role,
        arguments.days,
    );
    let token = token.expose_secret();
    match format {
        Format::Table => output::print(token)?,
        Format::Json => output::print_json(&serde_json::json!({ "token": token }))?,
    }
    Ok(())
}

/// A user's token.
pub(crate) fn mint(
    keys: &TokenKeys,
    subject: &str,
    tenant: TenantId,
    role: Role,
    days: u32,
) -> SecretString {
    let lifetime = Duration::from_secs(u64::from(days) * SECONDS_PER_DAY);
    keys.mint_user(subject, tenant, &[role], lifetime)
}
