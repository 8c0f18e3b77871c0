//! Where a sync or scan stands, in words.

use std::fmt::Write as _;

use models::job::JobStatus;
use models::scan::{ScanMode, ScanStatus};

use super::ClientError;
use crate::error::Outcome;
use crate::output::{Table, bytes, count, duration};

/// Which level is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Level 1.
    Sync,
    /// Level 2.
    Scan,
}

impl Kind {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Sync => "sync",
            Self::Scan => "scan",
        }
    }
}

/// What the command's exit status says about a run in this state; `what` is the word for it.
pub(super) fn outcome_of(
    what: &'static str,
    status: JobStatus,
    why: Option<String>,
) -> Result<Outcome, ClientError> {
    match status {
        JobStatus::Partial => Ok(Outcome::Partial),
        JobStatus::Failed | JobStatus::Cancelled => Err(ClientError::Ended { what, status, why }),
        JobStatus::Queued | JobStatus::Running | JobStatus::Success => Ok(Outcome::Done),
    }
}

/// One line on a run under way.
pub(super) fn progress(kind: Kind, status: &ScanStatus) -> String {
    let mut line = format!("{} {}: {}", kind.word(), status.scan_id, status.status);
    // Writing to a `String` cannot fail.
    if let Some(progress) = status.progress {
        let _ = write!(line, ", {:.0} %", progress * 100.0);
    }
    if status.status != JobStatus::Queued {
        let _ = write!(line, ", {}", objects(kind, status));
        if kind == Kind::Scan {
            let _ = write!(line, ", {} fields", count(status.fields_scanned));
        }
    }
    if let Some(left) = left(status.records_per_second, status.seconds_left) {
        let _ = write!(line, ", {left}");
    }
    if let Some(message) = status
        .message
        .as_deref()
        .filter(|_| status.status.is_active())
    {
        let _ = write!(line, "; {message}");
    }
    line
}

/// `120 a second, 5.50 s left`, as far as the service can tell.
pub(super) fn left(per_second: Option<f64>, seconds_left: Option<f64>) -> Option<String> {
    let rate = per_second?;
    let digits = usize::from(rate < 10.0);
    let mut text = format!("{rate:.digits$} a second");
    if let Some(seconds) = seconds_left {
        let _ = write!(text, ", {} left", duration(seconds));
    }
    Some(text)
}

/// How a run ended.
pub(super) fn summary(kind: Kind, status: &ScanStatus) -> String {
    let mut text = format!("{} {}: {}", kind.word(), status.scan_id, status.status);
    if let Some(seconds) = status.duration_seconds {
        let _ = write!(text, " in {}", duration(seconds));
    }
    let _ = write!(text, "\n  read     {}", objects(kind, status));
    if kind == Kind::Scan {
        let _ = write!(text, ", {} fields", count(status.fields_scanned));
        if status.mode == Some(ScanMode::Incremental) {
            let known = count(status.tables_unchanged);
            let _ = write!(text, "; {known} tables are as they were");
        }
    }
    let changes = status.changes;
    let _ = write!(
        text,
        "\n  changes  {} added, {} changed, {} renamed, {} removed\n",
        count(changes.added),
        count(changes.changed),
        count(changes.renamed),
        count(changes.removed)
    );
    if let Some(cost) = status.cost {
        let of = |number: u64| count(i64::try_from(number).unwrap_or(i64::MAX));
        let (statements, rows) = (of(cost.statements), of(cost.rows));
        let size = bytes(i64::try_from(cost.bytes).unwrap_or(i64::MAX));
        let seconds = duration(cost.seconds);
        let _ = writeln!(
            text,
            "  cost     {statements} statements, {rows} rows, {size}, {seconds}"
        );
    }
    if !status.failures.is_empty() {
        text.push_str("\nCould not be read:\n");
        let mut table = Table::new(&["DATABASE", "TABLE", "WHY"]);
        for failure in &status.failures {
            let name = failure.table.as_deref().unwrap_or("(all)");
            table.row(&[&failure.database, name, &failure.error]);
        }
        text.push_str(&table.render());
    }
    text
}

/// What has been read. Level 1 has no count on the way: it reads its list at once.
fn objects(kind: Kind, status: &ScanStatus) -> String {
    let done = count(status.tables_scanned);
    match (kind, status.tables_total.map(count)) {
        (Kind::Sync, Some(total)) => format!("{total} databases"),
        (Kind::Sync, None) => "no databases yet".to_owned(),
        (Kind::Scan, Some(total)) => format!("{done} of {total} tables"),
        (Kind::Scan, None) => format!("{done} tables"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn status(word: &str) -> ScanStatus {
        serde_json::from_value(json!({
            "scan_id": 12, "job_id": "019a0000-0000-7000-8000-000000000000", "resource_id": 1,
            "status": word, "started_at": null, "completed_at": null, "duration_seconds": 185.2,
            "progress": 0.34, "tables_total": 1000, "tables_scanned": 340, "fields_scanned": 12000,
            "changes": { "added": 3, "changed": 0, "removed": 1, "renamed": 2 },
            "failures": [
                { "database": "shop", "table": "a\u{1b}[0m", "error": "denied" },
                { "database": "old", "error": "gone" },
            ],
            "cost": { "statements": 7, "rows": 12345, "bytes": 2_000_000, "seconds": 1.5 }, "error_message": null,
        }))
        .unwrap()
    }

    #[test]
    fn progress_is_one_line() {
        let running = status("RUNNING");
        let scan = "scan 12: RUNNING, 34 %, 340 of 1,000 tables, 12,000 fields";
        assert_eq!(progress(Kind::Scan, &running), scan);
        let paced = ScanStatus {
            records_per_second: Some(120.4),
            seconds_left: Some(5.5),
            message: Some("reading shop".to_owned()),
            ..status("RUNNING")
        };
        let pace = "120 a second, 5.50 s left; reading shop";
        assert_eq!(progress(Kind::Scan, &paced), format!("{scan}, {pace}"));
        let sync = "sync 12: RUNNING, 34 %, 1,000 databases";
        assert_eq!(progress(Kind::Sync, &running), sync);
        let queued = ScanStatus {
            progress: None,
            ..status("QUEUED")
        };
        assert_eq!(progress(Kind::Sync, &queued), "sync 12: QUEUED");
    }

    #[test]
    fn the_end_names_what_could_not_be_read() {
        assert_eq!(
            summary(Kind::Scan, &status("PARTIAL")),
            "scan 12: PARTIAL in 3 min 5 s\n  \
               read     340 of 1,000 tables, 12,000 fields\n  \
               changes  3 added, 0 changed, 2 renamed, 1 removed\n  \
               cost     7 statements, 12,345 rows, 1.9 MiB, 1.50 s\n\n\
             Could not be read:\n\
             DATABASE  TABLE       WHY\n\
             shop      a\\u{1b}[0m  denied\n\
             old       (all)       gone\n"
        );
    }

    #[test]
    fn what_was_not_read_is_told() {
        let incremental = ScanStatus {
            mode: Some(ScanMode::Incremental),
            tables_unchanged: 330,
            ..status("SUCCESS")
        };
        let text = summary(Kind::Scan, &incremental);
        assert!(
            text.contains("12,000 fields; 330 tables are as they were\n"),
            "{text}"
        );
    }

    #[test]
    fn the_exit_status_tells_how_it_ended() {
        let of = |status| outcome_of("scan", status, None);
        assert_eq!(of(JobStatus::Success).unwrap(), Outcome::Done);
        assert_eq!(of(JobStatus::Queued).unwrap(), Outcome::Done);
        assert_eq!(of(JobStatus::Partial).unwrap(), Outcome::Partial);
        assert!(of(JobStatus::Failed).is_err() && of(JobStatus::Cancelled).is_err());
    }
}
