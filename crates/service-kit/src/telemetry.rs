//! The log: events of `tracing` to standard error, set up once in a process.

use std::io::IsTerminal;
use std::sync::OnceLock;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::Directive;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::config::{LogConfig, LogFormat};
use crate::http::AUDIT_TARGET;

static STARTED: OnceLock<()> = OnceLock::new();

/// Why the log cannot be started.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// `log.filter`, which `RUST_LOG` may have set, cannot be read.
    #[error("log.filter or RUST_LOG cannot be read: {0}")]
    Filter(#[from] tracing_subscriber::filter::ParseError),
}

/// Starts the log. Later calls check their filter and change nothing, because one process may run
/// both services.
///
/// # Errors
///
/// [`TelemetryError::Filter`] for a filter that cannot be read.
pub fn init(config: &LogConfig) -> Result<(), TelemetryError> {
    let filter = filter(config)?;
    if STARTED.set(()).is_err() {
        return Ok(());
    }
    let registry = tracing_subscriber::registry().with(filter);
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    let started = match config.format {
        LogFormat::Plain => registry
            .with(lines.with_ansi(std::io::stderr().is_terminal()))
            .try_init(),
        LogFormat::Json => registry
            .with(lines.json().flatten_event(true).with_span_list(false))
            .try_init(),
    };
    if started.is_err() {
        // Somebody who embeds the services has a subscriber of their own: theirs it is.
        tracing::debug!("the log was set up elsewhere");
    }
    Ok(())
}

/// What is written. Notices of servers are not, whoever asks for them: a function of a data source may put values of
/// rows into one.
fn filter(config: &LogConfig) -> Result<EnvFilter, TelemetryError> {
    let notices = "sqlx::postgres::notice=off";
    Ok(EnvFilter::try_new(&config.filter)?
        .add_directive(notices.parse().expect("a target and a level"))
        .add_directive(audit(config.audit)))
}

/// What goes above the filter: it is not for whoever tunes the log to end the audit.
fn audit(is_written: bool) -> Directive {
    let level = if is_written { "info" } else { "off" };
    let directive = format!("{AUDIT_TARGET}={level}");
    directive.parse().expect("a target and a level")
}

#[cfg(test)]
mod tests {
    use tracing::Level;

    use super::*;

    #[test]
    fn no_filter_lets_the_words_of_a_data_source_through() {
        for text in ["info,sqlx=warn", "trace", "sqlx::postgres::notice=trace"] {
            let config = LogConfig {
                format: LogFormat::Json,
                filter: text.into(),
                audit: true,
            };
            let log = tracing_subscriber::registry().with(filter(&config).unwrap());
            tracing::subscriber::with_default(log, || {
                assert!(
                    tracing::enabled!(target: "sqlx::postgres", Level::ERROR)
                        || text.contains("::")
                );
                assert!(
                    !tracing::enabled!(target: "sqlx::postgres::notice", Level::ERROR),
                    "{text}"
                );
                assert!(tracing::enabled!(target: "audit", Level::INFO));
            });
        }
    }

    #[test]
    fn a_second_start_is_harmless_and_a_wrong_filter_is_told() {
        let mut config = LogConfig {
            format: LogFormat::Json,
            filter: "warn".into(),
            audit: true,
        };
        init(&config).unwrap();
        config.format = LogFormat::Plain;
        init(&config).unwrap();
        config.filter = "sqlx=loudly".into();
        assert!(
            init(&config)
                .unwrap_err()
                .to_string()
                .contains("log.filter")
        );
    }
}
