//! `plumb job send`: records of runs that could not be sent when they ended.

use std::path::Path;

use models::ProblemType;
use models::job::ReportJob;
use serde::{Deserialize, Serialize};
use service_kit::problem::chain;

use crate::args::{Format, JobSendArguments};
use crate::client::ClientError;
use crate::client::connection::Meta;
use crate::data_dir::{DataDir, Left, Runs};
use crate::error::Outcome;
use crate::output::{self, hint};

/// A record as it is kept.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Kept {
    pub(super) goes_to: GoesTo,
    pub(super) report: ReportJob,
}

/// Where a record is to be sent, and nowhere else: it may say much of what was run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum GoesTo {
    /// Nothing said where.
    Any,
    /// The instance of the data directory, whose address may change when it starts.
    Local,
    /// This address.
    Url(String),
}

impl GoesTo {
    /// That which is asked.
    pub(super) fn of(meta: &Meta) -> Self {
        if meta.is_local() {
            Self::Local
        } else {
            Self::Url(meta.url().trim_end_matches('/').to_owned())
        }
    }
}

/// What became of the records.
#[derive(Debug, Default, Serialize)]
pub(super) struct Sending {
    sent: usize,
    /// Of runs of another `meta`.
    of_others: usize,
    /// Put aside, since `meta` never takes them.
    refused: usize,
    /// Why there are some that cannot be looked at.
    unreadable: Vec<String>,
}

pub(super) async fn send(
    arguments: &JobSendArguments,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let meta = Meta::connect(&arguments.connection, data_dir)?;
    let runs = Runs::of(&DataDir::choose(data_dir, crate::variable)?);
    let sent = send_left(&meta, &runs).await?;
    match format {
        Format::Json => output::print_json(&sent)?,
        Format::Table => output::print(&format!("{} sent", sent.sent))?,
    }
    if sent.of_others > 0 {
        hint(&format!(
            "{} of runs that were to be recorded elsewhere than at {} are left",
            sent.of_others,
            meta.url()
        ));
    }
    for why in &sent.unreadable {
        hint(&output::plain(why));
    }
    let is_left = sent.of_others > 0 || sent.refused > 0 || !sent.unreadable.is_empty();
    Ok(if is_left {
        Outcome::Failed
    } else {
        Outcome::Done
    })
}

/// Sends what processes have left behind that have ended, oldest first.
///
/// # Errors
/// When the directory cannot be read or written, or `meta` cannot be asked or does not let the caller in.
pub(super) async fn send_left(meta: &Meta, runs: &Runs) -> Result<Sending, ClientError> {
    let mut sent = Sending::default();
    for name in runs.names()? {
        // Others at work have a turn between two of them.
        tokio::task::yield_now().await;
        let left = match runs.left(&name) {
            Ok(Some(left)) => left,
            Ok(None) => continue,
            Err(error) => {
                // The others can be sent all the same.
                sent.unreadable.push(chain(&error));
                continue;
            }
        };
        let Ok(kept) = serde_json::from_slice::<Kept>(&left.content) else {
            refuse(runs, &left, "it cannot be read")?;
            sent.refused += 1;
            continue;
        };
        if kept.goes_to != GoesTo::Any && kept.goes_to != GoesTo::of(meta) {
            sent.of_others += 1;
            continue;
        }
        match meta.session().report_job(&kept.report).await {
            Ok(_) => {
                runs.forget_left(&left)?;
                sent.sent += 1;
            }
            Err(error) if is_for_good(&error) => {
                refuse(runs, &left, &error.to_string())?;
                sent.refused += 1;
            }
            Err(error) => return Err(meta.failed(error)),
        }
    }
    Ok(sent)
}

/// Whether the same record would be refused again.
fn is_for_good(error: &meta_client::Error) -> bool {
    let kinds = [
        ProblemType::JobEnded,
        ProblemType::ExternalIdTaken,
        ProblemType::ValidationFailed,
        ProblemType::BodyTooLarge,
    ];
    kinds.into_iter().any(|kind| error.is(kind))
}

fn refuse(runs: &Runs, left: &Left, why: &str) -> Result<(), ClientError> {
    let path = runs.put_aside(left)?;
    let why = output::plain(why);
    hint(&format!("plumb: {} is not taken: {why}", path.display()));
    Ok(())
}
