//! The settings of what pipelines do.

use std::time::Duration;

use serde::Deserialize;
use service_kit::config::ConfigError;

/// `[measure]`: measurements of pipelines.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeasureConfig {
    /// How long one may take, in seconds.
    pub timeout_seconds: u64,
}

impl MeasureConfig {
    pub(super) fn check(self) -> Result<(), ConfigError> {
        if (1..=86_400).contains(&self.timeout_seconds) {
            return Ok(());
        }
        let wrong = "measure.timeout_seconds must be from 1 to 86400";
        Err(ConfigError::Key(wrong.to_owned()))
    }
}

/// `[http_etl]`: the ETL by services of tenants.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HttpEtlConfig {
    /// Where those services reach the API; the address on which it listens when absent.
    #[serde(default)]
    pub report_base_url: Option<String>,
}

impl HttpEtlConfig {
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        match &self.report_base_url {
            Some(url) if !url.starts_with("http://") && !url.starts_with("https://") => {
                let wrong = "http_etl.report_base_url must begin with http:// or https://";
                Err(ConfigError::Key(wrong.to_owned()))
            }
            _ => Ok(()),
        }
    }
}

/// `[transfer]`: rows that are moved between data sources.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TransferConfig {
    /// How long a statement may take, in seconds; of a query that is read, until its next rows.
    pub statement_timeout_seconds: u64,
    /// How long a statement may wait for a lock, in seconds.
    pub lock_timeout_seconds: u64,
    /// How many rows that were not written are kept with their reasons, for each job; all are counted.
    pub failed_rows_kept: u32,
}

impl TransferConfig {
    pub(crate) fn statement_timeout(&self) -> Duration {
        Duration::from_secs(self.statement_timeout_seconds)
    }

    pub(crate) fn lock_timeout(&self) -> Duration {
        Duration::from_secs(self.lock_timeout_seconds)
    }
}
