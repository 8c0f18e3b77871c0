//! `plumb deep-scan`.

use std::path::Path;

use models::scan::{ScanMode, StartDeepScan};

use super::ClientError;
use super::connection::Meta;
use super::follow::{follow, start};
use super::status::{Kind, outcome_of, summary};
use crate::args::{DeepScanArguments, Format};
use crate::error::Outcome;
use crate::output;

/// Starts level 2 of a database.
///
/// # Errors
/// When `meta` cannot be asked or refuses, or the scan ends badly.
pub(crate) async fn deep_scan(
    arguments: &DeepScanArguments,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let meta = Meta::connect(&arguments.connection, data_dir)?;
    let source = meta.find_source(&arguments.source).await?;
    let request = StartDeepScan {
        resource_id: source.id,
        database: Some(arguments.database.clone()),
        tables: arguments.tables.chosen(),
        targets: None,
        include_tables: true,
        include_fields: true,
        include_statistics: false,
        mode: if arguments.full {
            ScanMode::Full
        } else {
            ScanMode::Incremental
        },
    };
    let started = start(&meta, arguments.follow, async || {
        meta.session.start_deep_scan(&request).await
    })
    .await?;
    if arguments.follow {
        let ended = follow(&meta, Kind::Scan, started.scan_id, started.job_id).await?;
        match format {
            Format::Json => output::print_json(&ended)?,
            Format::Table => output::print(&summary(Kind::Scan, &ended))?,
        }
        return outcome_of(Kind::Scan.word(), ended.status, ended.error_message);
    }
    match format {
        Format::Json => output::print_json(&started)?,
        Format::Table => {
            output::print(&format!("scan {}: {}", started.scan_id, started.status))?;
            if let Some(seconds) = started.estimated_duration {
                output::hint(&format!(
                    "the last like it took {}",
                    output::duration(seconds)
                ));
            }
        }
    }
    outcome_of(Kind::Scan.word(), started.status, None)
}
