//! The settings of the service.

mod pipelines;
mod secrets;

use std::path::{Path, PathBuf};
use std::time::Duration;

use models::preview::MAX_ROWS;
use models::schedule::{MAX_JITTER_SECONDS, Timetable, TimetableError};
use scan::{Caps, Limits, Network, Policy, Route};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use service_kit::config::{
    AuthConfig, ConfigError, LogConfig, ServerConfig, StoreConfig, comma_list, load,
    render_redacted,
};

pub(crate) use self::pipelines::{HttpEtlConfig, MeasureConfig, TransferConfig};
pub(crate) use self::secrets::{NamedKey, SecretsConfig, TENANT, is_own_variable};

/// The prefix of the variables that set these settings.
pub(crate) const ENV_PREFIX: &str = "META";
/// The defaults, each key with its meaning.
pub const DEFAULTS: &str = include_str!("../../../config/meta.toml");

/// All settings of `meta`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where the API listens and what it takes.
    pub server: ServerConfig,
    /// The store.
    pub store: StoreConfig,
    /// Whose tokens are believed.
    pub auth: AuthConfig,
    /// How passwords of data sources are encrypted, and where else they may be kept.
    pub secrets: SecretsConfig,
    /// Schedules.
    pub sync: SyncConfig,
    /// Deep scans.
    pub deep_scan: DeepScanConfig,
    /// How gently data sources are treated.
    pub sources: SourcesConfig,
    /// Measurements of pipelines.
    pub measure: MeasureConfig,
    /// The ETL by services of tenants.
    pub http_etl: HttpEtlConfig,
    /// Previews of rows.
    pub preview: PreviewConfig,
    /// Rows that are moved between data sources.
    pub transfer: TransferConfig,
    /// The job log.
    pub jobs: JobsConfig,
    /// The workers of this process.
    pub workers: WorkersConfig,
    /// What is written to standard error.
    pub log: LogConfig,
}

/// `[sync]`: schedules.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SyncConfig {
    /// Whether this process runs what schedules ask for.
    pub automatic: bool,
    /// When a data source is read again whose schedule nobody has changed, as a cron expression.
    pub schedule: String,
    /// The zone whose clock is meant, where a schedule names none.
    pub time_zone: String,
    /// How long after its tick a run comes at most, where a schedule does not say, in seconds.
    pub jitter_seconds: i32,
    /// How deep those default schedules read: 1 lists databases, 2 also scans every database that can be read.
    pub level: u8,
}

/// `[deep_scan]`: deep scans.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeepScanConfig {
    /// How long one statement on a data source may take, in seconds.
    pub timeout_seconds: u64,
    /// How many tables are merged in one transaction.
    pub batch_size: u32,
    /// Each scan of this number reads a database whole, which proves that those in between missed
    /// nothing; 1 for every one.
    pub full_every: u32,
    /// A table that has grown or shrunk by more percent than this is told among the changes.
    pub growth_percent: u32,
}

/// `[sources]`: how gently data sources are treated.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourcesConfig {
    /// Connections to one data source at once.
    pub max_connections: u8,
    /// How long resolving, connecting and logging in may take, in seconds.
    pub connect_timeout_seconds: u64,
    /// How long a statement may wait for a lock, in seconds.
    pub lock_timeout_seconds: u64,
    /// The networks in which data sources may be; empty for all that are not refused.
    #[serde(deserialize_with = "networks")]
    pub allowed_networks: Vec<Network>,
    /// The networks in which no data source may be.
    #[serde(deserialize_with = "networks")]
    pub denied_networks: Vec<Network>,
}

/// A list as the file or the environment has it.
fn networks<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Network>, D::Error> {
    let texts = comma_list(from)?;
    let networks = texts
        .iter()
        .map(|text| text.parse().map_err(D::Error::custom));
    networks.collect()
}

/// `[preview]`: previews of rows.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PreviewConfig {
    /// How long the statement of one may take, in seconds.
    pub timeout_seconds: u64,
    /// How many bytes the values of one may have.
    pub max_bytes: usize,
    /// How many bytes of one value are shown.
    pub max_value_bytes: usize,
}

/// `[workers]`: the workers of this process.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkersConfig {
    /// Jobs that run at once; 0 runs none.
    pub concurrency: usize,
    /// How often to look for jobs that no notification announced, in milliseconds.
    pub poll_interval_milliseconds: u64,
    /// How often a worker says that it lives, and looks for those that do not, in seconds.
    pub heartbeat_seconds: u64,
    /// How long a worker may be silent before its jobs go to another, in seconds.
    pub silence_seconds: u64,
    /// How long a job waits after its first failed attempt, in seconds; twice as long after each
    /// further one.
    pub retry_pause_seconds: u64,
}

/// `[jobs]`: the job log.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JobsConfig {
    /// How long finished jobs and sync logs are kept, in days; the newest of each scope stays.
    pub retention_days: u32,
    /// How long a run of a program outside may be silent until it counts as failed, in seconds.
    pub external_silence_seconds: u32,
}

impl Config {
    /// Reads the settings: defaults below `file` below the variables of `env` that begin with `META__`.
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

    /// The settings in effect as TOML, secrets left out.
    ///
    /// # Errors
    /// As [`Config::load`].
    pub fn render(
        file: Option<&Path>,
        env: impl IntoIterator<Item = (String, String)>,
    ) -> Result<String, ConfigError> {
        let env: Vec<(String, String)> = env.into_iter().collect();
        Self::load(file, env.clone())?;
        let tree: toml::Value = load(DEFAULTS, file, ENV_PREFIX, env)?;
        Ok(render_redacted(&tree))
    }

    /// The files that hold secrets of Plumbline's own, as far as these settings name them.
    pub(crate) fn secret_files(&self) -> Vec<PathBuf> {
        let (store, auth) = (&self.store, &self.auth);
        let others = [
            &store.url_file,
            &store.migrate_url_file,
            &auth.jwt_secret_file,
            &auth.service_secret_file,
        ];
        let others = others.into_iter().flatten().map(PathBuf::as_path);
        others.chain(self.secrets.files()).map(real).collect()
    }

    fn check(&self) -> Result<(), ConfigError> {
        let wrong = |key: &str, what: &str| Err(ConfigError::Key(format!("{key} {what}")));
        self.secrets.check(&self.secret_files())?;
        self.check_noughts()?;
        if !matches!(self.sync.level, 1 | 2) {
            return wrong("sync.level", "must be 1 or 2");
        }
        match Timetable::new(&self.sync.schedule, &self.sync.time_zone) {
            Ok(_) => {}
            Err(TimetableError::Cron(error)) => return wrong("sync.schedule", &error),
            Err(TimetableError::TimeZone(error)) => return wrong("sync.time_zone", &error),
        }
        if !(0..=MAX_JITTER_SECONDS).contains(&self.sync.jitter_seconds) {
            let range = format!("must be from 0 to {MAX_JITTER_SECONDS}");
            return wrong("sync.jitter_seconds", &range);
        }
        self.measure.check()?;
        self.http_etl.check()?;
        if !(1..=15).contains(&self.preview.timeout_seconds) {
            return wrong("preview.timeout_seconds", "must be from 1 to 15");
        }
        if !(1024..=64 * 1024 * 1024).contains(&self.preview.max_bytes) {
            return wrong("preview.max_bytes", "must be from 1024 to 67108864");
        }
        if !(16..=self.preview.max_bytes).contains(&self.preview.max_value_bytes) {
            return wrong(
                "preview.max_value_bytes",
                "must be at least 16 and at most preview.max_bytes",
            );
        }
        // One heartbeat that comes late must not cost a worker its jobs.
        if self.workers.silence_seconds < self.workers.heartbeat_seconds.saturating_mul(2) {
            return wrong(
                "workers.silence_seconds",
                "must be at least twice workers.heartbeat_seconds",
            );
        }
        Ok(())
    }

    /// Numbers that nought makes no sense of.
    fn check_noughts(&self) -> Result<(), ConfigError> {
        for (key, is_nought) in [
            ("deep_scan.batch_size", self.deep_scan.batch_size == 0),
            ("deep_scan.full_every", self.deep_scan.full_every == 0),
            (
                "deep_scan.timeout_seconds",
                self.deep_scan.timeout_seconds == 0,
            ),
            ("sources.max_connections", self.sources.max_connections == 0),
            (
                "sources.connect_timeout_seconds",
                self.sources.connect_timeout_seconds == 0,
            ),
            (
                "transfer.statement_timeout_seconds",
                self.transfer.statement_timeout_seconds == 0,
            ),
            (
                "workers.poll_interval_milliseconds",
                self.workers.poll_interval_milliseconds == 0,
            ),
            (
                "workers.heartbeat_seconds",
                self.workers.heartbeat_seconds == 0,
            ),
            ("jobs.retention_days", self.jobs.retention_days == 0),
            (
                "jobs.external_silence_seconds",
                self.jobs.external_silence_seconds == 0,
            ),
        ] {
            if is_nought {
                return Err(ConfigError::Key(format!("{key} must be at least 1")));
            }
        }
        Ok(())
    }

    /// What a scan may take from a data source whose own options are silent.
    pub(crate) fn limits(&self) -> Limits {
        Limits {
            connect_timeout: Duration::from_secs(self.sources.connect_timeout_seconds),
            statement_timeout: Duration::from_secs(self.deep_scan.timeout_seconds),
            lock_timeout: Duration::from_secs(self.sources.lock_timeout_seconds),
            max_connections: usize::from(self.sources.max_connections),
            ..Limits::default()
        }
    }

    /// How much a preview shows at most.
    pub(crate) fn preview_caps(&self) -> Caps {
        Caps {
            rows: MAX_ROWS.into(),
            bytes: self.preview.max_bytes,
            cell_bytes: self.preview.max_value_bytes,
            time: Duration::from_secs(self.preview.timeout_seconds),
        }
    }

    /// How hosts of data sources become addresses, and which of these may be connected to.
    pub(crate) fn route(&self) -> Route {
        let (allowed, denied) = (
            &self.sources.allowed_networks,
            &self.sources.denied_networks,
        );
        Route::within(Policy::new(allowed.clone(), denied.clone()))
    }
}

/// Where a file really is; its path as it stands where that cannot be found out.
fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests;
