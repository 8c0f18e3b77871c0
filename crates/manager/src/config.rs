//! The settings of the service.

use std::path::Path;
use std::time::Duration;

use models::schedule::{Timetable, TimetableError};
use serde::Deserialize;
use service_kit::config::{
    AuthConfig, ConfigError, LogConfig, ServerConfig, StoreConfig, load, render_redacted,
};
use url::Url;

/// The prefix of the variables that set these settings.
pub(crate) const ENV_PREFIX: &str = "MANAGER";
/// The defaults, each key with its meaning.
pub const DEFAULTS: &str = include_str!("../../../config/manager.toml");

/// All settings of `manager`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where the API listens and what it takes.
    pub server: ServerConfig,
    /// The store.
    pub store: StoreConfig,
    /// Whose tokens are believed.
    pub auth: AuthConfig,
    /// Where `meta` is.
    pub meta: MetaConfig,
    /// How databases and tables are adopted.
    pub manage: ManageConfig,
    /// When what is managed is read again.
    pub schedule: ScheduleConfig,
    /// Preview of rows.
    pub preview: PreviewConfig,
    /// What is seen to without a caller.
    pub reconcile: ReconcileConfig,
    /// What is written to standard error.
    pub log: LogConfig,
}

/// `[meta]`: where `meta` is.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MetaConfig {
    /// The part of its URL before `/api/metadata`.
    pub url: Url,
    /// How long one of its answers may take, in seconds.
    pub timeout_seconds: u64,
    /// How long what it said of an API key is believed, in seconds.
    pub key_cache_seconds: u32,
}

/// `[manage]`: how databases and tables are adopted.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ManageConfig {
    /// Whether a deep scan starts unless the request says otherwise.
    pub deep_scan_automatically: bool,
}

/// `[schedule]`: when what is managed is read again.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScheduleConfig {
    /// Whether each data source has a level-2 schedule of its managed databases.
    pub automatic: bool,
    /// When it runs, as a cron expression.
    pub cron: String,
    /// The zone whose clock is meant.
    pub time_zone: String,
}

/// `[preview]`: preview of rows.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PreviewConfig {
    /// The most rows that one shows.
    pub max_rows: u32,
}

/// `[reconcile]`: what is seen to without a caller.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReconcileConfig {
    /// How often managed objects whose scan has not ended are looked after, in seconds.
    pub interval_seconds: u64,
    /// How often data sources, and what is managed of them, are looked for, in seconds.
    pub source_check_seconds: u64,
}

impl ReconcileConfig {
    /// How often managed objects whose scan has not ended are looked after.
    #[must_use]
    pub fn interval(&self) -> Duration {
        Duration::from_secs(self.interval_seconds)
    }

    /// How often data sources, and what is managed of them, are looked for.
    #[must_use]
    pub fn source_check(&self) -> Duration {
        Duration::from_secs(self.source_check_seconds)
    }
}

impl Config {
    /// Reads the settings: defaults below `file` below the variables of `env` that begin with
    /// `MANAGER__`.
    ///
    /// # Errors
    /// Names the key that is unknown, missing, of the wrong type or out of its range.
    pub fn load(
        file: Option<&Path>,
        env: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, ConfigError> {
        let config: Self = load(DEFAULTS, file, ENV_PREFIX, env)?;
        config.check()?;
        Ok(config)
    }

    /// The settings as [`Config::load`] reads them, as TOML without the secrets.
    ///
    /// # Errors
    /// Those of [`Config::load`], and where a secret is missing or cannot be used.
    pub fn render(
        file: Option<&Path>,
        env: impl IntoIterator<Item = (String, String)>,
    ) -> Result<String, ConfigError> {
        let env: Vec<_> = env.into_iter().collect();
        let config = Self::load(file, env.clone())?;
        config.auth.resolve_keys(ENV_PREFIX)?;
        config.store.resolve_url(ENV_PREFIX)?;
        config.store.resolve_migrate_url(ENV_PREFIX)?;
        let merged: toml::Value = load(DEFAULTS, file, ENV_PREFIX, env)?;
        Ok(render_redacted(&merged))
    }

    fn check(&self) -> Result<(), ConfigError> {
        let wrong = |key: &str, what: &str| Err(ConfigError::Key(format!("{key} {what}")));
        if !matches!(self.meta.url.scheme(), "http" | "https") {
            return wrong("meta.url", "must begin with http:// or https://");
        }
        if self.meta.url.query().is_some() || self.meta.url.fragment().is_some() {
            return wrong("meta.url", "must have no query and no fragment");
        }
        for (key, seconds) in [
            ("meta.timeout_seconds", self.meta.timeout_seconds),
            (
                "reconcile.interval_seconds",
                self.reconcile.interval_seconds,
            ),
            (
                "reconcile.source_check_seconds",
                self.reconcile.source_check_seconds,
            ),
        ] {
            if !(1..=3600).contains(&seconds) {
                return wrong(key, "must be from 1 to 3600");
            }
        }
        if self.meta.key_cache_seconds > 3600 {
            return wrong("meta.key_cache_seconds", "must be from 0 to 3600");
        }
        match Timetable::new(&self.schedule.cron, &self.schedule.time_zone) {
            Ok(_) => {}
            Err(TimetableError::Cron(error)) => return wrong("schedule.cron", &error),
            Err(TimetableError::TimeZone(error)) => return wrong("schedule.time_zone", &error),
        }
        if !(1..=1000).contains(&self.preview.max_rows) {
            return wrong("preview.max_rows", "must be from 1 to 1000");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn env(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn the_defaults_are_sound() {
        let config = Config::load(None, []).expect("the defaults can be read");
        assert_eq!((config.server.port, config.preview.max_rows), (8081, 1000));
        assert!(config.manage.deep_scan_automatically);
    }

    #[test]
    fn what_is_out_of_range_is_named() {
        for (name, value, key) in [
            ("MANAGER__META__URL", "ftp://meta", "meta.url"),
            ("MANAGER__META__URL", "http://meta/?a=b", "meta.url"),
            (
                "MANAGER__META__TIMEOUT_SECONDS",
                "0",
                "meta.timeout_seconds",
            ),
            (
                "MANAGER__RECONCILE__INTERVAL_SECONDS",
                "3601",
                "reconcile.interval_seconds",
            ),
            (
                "MANAGER__META__KEY_CACHE_SECONDS",
                "3601",
                "meta.key_cache_seconds",
            ),
            ("MANAGER__SCHEDULE__CRON", "30 1 * *", "schedule.cron"),
            (
                "MANAGER__SCHEDULE__TIME_ZONE",
                "Mars/Olympus",
                "schedule.time_zone",
            ),
            ("MANAGER__PREVIEW__MAX_ROWS", "1001", "preview.max_rows"),
            ("MANAGER__SERVER__PROT", "1", "prot"),
        ] {
            let error = Config::load(None, env(&[(name, value)]))
                .expect_err(name)
                .to_string();
            assert!(error.contains(key), "{error}");
        }
    }

    #[test]
    fn the_effective_settings_show_no_secret() {
        let (user, service) = ("hunter2-".repeat(4), "hunter3-".repeat(4));
        let mut pairs = env(&[
            ("MANAGER__AUTH__JWT_SECRET", &user),
            ("MANAGER__AUTH__SERVICE_SECRET", &service),
            ("MANAGER__STORE__URL", "postgresql://app:hunter2@db/x"),
        ]);
        let shown = Config::render(None, pairs.clone()).expect("the settings are whole");
        assert!(
            shown.contains("port = 8081") && !shown.contains("hunter"),
            "{shown}"
        );
        pairs.pop();
        let error = Config::render(None, pairs).expect_err("the store's URL is missing");
        assert!(error.to_string().contains("MANAGER__STORE__URL"), "{error}");
    }
}
