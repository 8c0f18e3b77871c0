//! Where a job stands, in words.

use std::fmt::Write as _;

use models::job::Job;

use crate::client::follow::Shown;
use crate::client::status;
use crate::output::{count, duration};

/// One line on a job under way, and how much of it is done.
pub(in crate::client) fn shown(job: &Job) -> Shown {
    let mut line = format!("job {}: {}", job.id, job.status);
    // Writing to a `String` cannot fail.
    for part in [progress(job), left(job).unwrap_or_default()] {
        if !part.is_empty() {
            let _ = write!(line, ", {part}");
        }
    }
    if let Some(message) = job.message.as_deref().filter(|_| job.status.is_active()) {
        let _ = write!(line, "; {message}");
    }
    Shown {
        line,
        done: done(job),
    }
}

/// How a job ended.
pub(super) fn summary(job: &Job) -> String {
    let mut text = format!("job {}: {}", job.id, job.status);
    let took = took(job);
    if !took.is_empty() {
        let _ = write!(text, " in {took}");
    }
    let progress = progress(job);
    if !progress.is_empty() {
        let _ = write!(text, ", {progress}");
    }
    text.push('\n');
    text
}

/// How much of one is done; None until the total is known.
fn done(job: &Job) -> Option<f64> {
    let total = job.records_total.filter(|total| *total > 0)?;
    #[expect(
        clippy::cast_precision_loss,
        reason = "a bar has fewer steps than a float has digits"
    )]
    let done = job.records_processed as f64 / total as f64;
    Some(done.clamp(0.0, 1.0))
}

/// `34 %, 340 of 1,000, 2 failed`; empty while nothing is known.
pub(super) fn progress(job: &Job) -> String {
    let processed = count(job.records_processed);
    let mut text = match (done(job), job.records_total) {
        (Some(done), Some(total)) => {
            format!(
                "{:.0} %, {processed} of {}",
                (done * 100.0).floor(),
                count(total)
            )
        }
        _ if job.records_processed > 0 => processed,
        _ => String::new(),
    };
    if job.records_failed > 0 {
        let between = if text.is_empty() { "" } else { ", " };
        let _ = write!(text, "{between}{} failed", count(job.records_failed));
    }
    text
}

/// `120 a second, 5.50 s left`, as far as the service can tell.
pub(super) fn left(job: &Job) -> Option<String> {
    status::left(job.records_per_second, job.seconds_left)
}

/// How long its last attempt took, or lasts so far as far as it was heard of; empty before it began.
pub(super) fn took(job: &Job) -> String {
    let end = job.completed_at.or(job.heartbeat_at);
    let (Some(began), Some(end)) = (job.started_at, end) else {
        return String::new();
    };
    let took = (end - began).to_std().unwrap_or_default();
    duration(took.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn job(changes: &Value) -> Job {
        let mut job = json!({
            "id": "019a0000-0000-7000-8000-000000000000", "job_type": "DEEP_SCAN",
            "target_scope": "datasource:1/shop", "datasource_id": 1, "status": "RUNNING",
            "records_total": 1000, "records_processed": 349, "records_failed": 0,
            "records_per_second": 120.4, "seconds_left": 5.5, "message": "reading shop",
            "error_details": null, "trigger": "manual", "requested_by": "ada", "parent_job_id": null,
            "attempt": 1, "parameters": {}, "result": null, "version": 7,
            "queued_at": "2026-01-02T12:00:00Z", "started_at": "2026-01-02T12:00:01Z",
            "heartbeat_at": "2026-01-02T12:00:03.5Z", "run_after": null,
            "cancel_requested_at": null, "completed_at": null,
        });
        for (name, value) in changes.as_object().expect("members") {
            job[name] = value.clone();
        }
        serde_json::from_value(job).expect("a job")
    }

    const ID: &str = "job 019a0000-0000-7000-8000-000000000000:";

    #[test]
    fn a_job_under_way_is_one_line() {
        let Shown { line, done } = shown(&job(&json!({})));
        let all = "RUNNING, 34 %, 349 of 1,000, 120 a second, 5.50 s left; reading shop";
        assert_eq!(line, format!("{ID} {all}"));
        assert_eq!(done, Some(0.349));
        let queued = json!({
            "status": "QUEUED", "records_total": null, "records_processed": 0,
            "records_per_second": null, "seconds_left": null, "message": null,
        });
        let Shown { line, done } = shown(&job(&queued));
        assert_eq!((line, done), (format!("{ID} QUEUED"), None));
    }

    #[test]
    fn what_is_known_of_the_progress_is_told() {
        let of = |total: Option<i64>, processed: i64, failed: i64| {
            progress(&job(&json!({
                "records_total": total, "records_processed": processed, "records_failed": failed,
            })))
        };
        assert_eq!(of(Some(1000), 999, 0), "99 %, 999 of 1,000");
        assert_eq!(of(Some(2), 2, 1), "100 %, 2 of 2, 1 failed");
        assert_eq!(of(Some(0), 0, 0), "");
        assert_eq!(of(None, 1200, 0), "1,200");
        assert_eq!(of(None, 0, 3), "3 failed");
        let slow = json!({ "records_per_second": 0.25, "seconds_left": null });
        assert_eq!(left(&job(&slow)).as_deref(), Some("0.2 a second"));
    }

    #[test]
    fn the_end_tells_how_long_it_took() {
        let ended = json!({
            "status": "SUCCESS", "completed_at": "2026-01-02T12:00:13Z", "records_processed": 1000,
        });
        let ended = summary(&job(&ended));
        assert_eq!(
            ended,
            format!("{ID} SUCCESS in 12.0 s, 100 %, 1,000 of 1,000\n")
        );
        let never_began = json!({ "status": "CANCELLED", "started_at": null, "records_total": null, "records_processed": 0 });
        assert_eq!(summary(&job(&never_began)), format!("{ID} CANCELLED\n"));
    }
}
