//! What the state of a scan means for a managed object that it reads.

use models::job::JobStatus;
use models::scan::{ScanFailure, ScanStatus};

use crate::selector::covers;
use crate::store::progress::Unfinished;

/// What has become of a managed object.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It has been read.
    Read,
    /// It could not be read.
    Failed(String),
}

/// What a scan brought for an object; None while the scan goes on.
pub(super) fn judge(scan: &ScanStatus, object: &Unfinished) -> Option<Verdict> {
    let failure = || {
        let failure = scan
            .failures
            .iter()
            .find(|failure| is_about(failure, object))?;
        Some(failure.error.clone())
    };
    let ended_by = |otherwise: &str| {
        let error = failure().or_else(|| scan.error_message.clone());
        Some(Verdict::Failed(
            error.unwrap_or_else(|| otherwise.to_owned()),
        ))
    };
    match scan.status {
        JobStatus::Queued | JobStatus::Running => None,
        JobStatus::Success => Some(Verdict::Read),
        JobStatus::Partial => Some(failure().map_or(Verdict::Read, Verdict::Failed)),
        JobStatus::Failed => ended_by("the scan failed"),
        JobStatus::Cancelled => ended_by("the scan was cancelled"),
    }
}

/// Whether a failure is the object's. One of a whole database is that of its tables too; one of a
/// table leaves the database readable.
fn is_about(failure: &ScanFailure, object: &Unfinished) -> bool {
    failure.database == object.database
        && match (&failure.table, &object.table) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(failed), Some(selector)) => covers(selector, failed),
        }
}

#[cfg(test)]
mod tests {
    use models::scan::ChangeCounts;
    use uuid::Uuid;

    use super::*;

    fn object(database: &str, table: Option<&str>) -> Unfinished {
        Unfinished {
            id: 1,
            database: database.to_owned(),
            table: table.map(str::to_owned),
            scan_id: Some(5),
            managed_by: "ada".to_owned(),
        }
    }

    fn scan(status: JobStatus, failures: &[(&str, Option<&str>)]) -> ScanStatus {
        let failure = |(database, table): &(&str, Option<&str>)| ScanFailure {
            database: (*database).to_owned(),
            table: table.map(str::to_owned),
            error: format!("cannot read {database} {table:?}"),
        };
        ScanStatus {
            scan_id: 5,
            job_id: Uuid::nil(),
            resource_id: 7,
            status,
            started_at: None,
            completed_at: None,
            duration_seconds: None,
            progress: None,
            tables_total: None,
            tables_scanned: 0,
            tables_unchanged: 0,
            mode: None,
            fields_scanned: 0,
            records_per_second: None,
            seconds_left: None,
            message: None,
            changes: ChangeCounts::default(),
            failures: failures.iter().map(failure).collect(),
            missing_grants: Vec::new(),
            cost: None,
            error_message: None,
        }
    }

    fn failed(why: &str) -> Verdict {
        Verdict::Failed(why.to_owned())
    }

    #[test]
    fn an_active_scan_tells_nothing_yet() {
        for status in [JobStatus::Queued, JobStatus::Running] {
            assert_eq!(
                judge(&scan(status, &[("shop", None)]), &object("shop", None)),
                None
            );
        }
    }

    #[test]
    fn a_partial_scan_fails_what_it_names() {
        let partial = scan(
            JobStatus::Partial,
            &[
                ("shop", Some("public.orders")),
                ("shop", Some("views")),
                ("hr", None),
            ],
        );
        let judged = |database, table| judge(&partial, &object(database, table));
        assert_eq!(judged("shop", None), Some(Verdict::Read));
        assert_eq!(judged("shop", Some("items")), Some(Verdict::Read));
        assert_eq!(judged("hr_old", Some("people")), Some(Verdict::Read));
        assert_eq!(
            judged("shop", Some("orders")),
            Some(failed(r#"cannot read shop Some("public.orders")"#))
        );
        assert_eq!(
            judged("shop", Some("views")),
            Some(failed(r#"cannot read shop Some("views")"#))
        );
        assert_eq!(judged("hr", None), Some(failed("cannot read hr None")));
        assert_eq!(
            judged("hr", Some("people")),
            Some(failed("cannot read hr None"))
        );
    }

    #[test]
    fn a_scan_that_failed_says_why() {
        let mut whole = scan(JobStatus::Failed, &[("hr", None)]);
        assert_eq!(
            judge(&whole, &object("shop", None)),
            Some(failed("the scan failed"))
        );
        whole.error_message = Some("access denied".to_owned());
        assert_eq!(
            judge(&whole, &object("shop", None)),
            Some(failed("access denied"))
        );
        assert_eq!(
            judge(&whole, &object("hr", None)),
            Some(failed("cannot read hr None"))
        );
        let cancelled = scan(JobStatus::Cancelled, &[]);
        assert_eq!(
            judge(&cancelled, &object("shop", None)),
            Some(failed("the scan was cancelled"))
        );
        assert_eq!(
            judge(&scan(JobStatus::Success, &[]), &object("shop", None)),
            Some(Verdict::Read)
        );
    }
}
