//! What programs outside report of their runs.

use chrono::{DateTime, Datelike, Utc};
use garde::Validate;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::JobStatus;
use crate::integer::within_if_any;

/// The most that a report may say of an error, in bytes.
pub const MAX_ERROR_BYTES: usize = 64 * 1024;
/// Jobs that Plumbline alone runs: nobody else reports one.
const OURS: [&str; 3] = ["METADATA_SYNC", "DEEP_SCAN", "MEASURE"];

/// Body of `POST /jobs`: report a run.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "external_id": "nightly-2026-01-31", "job_type": "AI_ETL", "target_scope": "all_biz" }))]
pub struct ReportJob {
    /// What the program calls this run, 1 to 255 bytes: a report with one that is known is about the same
    /// run, which makes it safe to send again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(inner(length(bytes, min = 1, max = 255), custom(no_control)))]
    pub external_id: Option<String>,
    /// What the run does: a word of capitals, digits and underscores such as `AI_ETL`, at most 64 long.
    /// `METADATA_SYNC`, `DEEP_SCAN` and `MEASURE` are run by Plumbline alone.
    #[schema(pattern = "^[A-Z][A-Z0-9_]{0,63}$")]
    #[garde(custom(reportable))]
    pub job_type: String,
    /// What the run works on, in words that a person reads, 1 to 255 characters.
    #[garde(length(chars, min = 1, max = 255), custom(no_control))]
    pub target_scope: String,
    /// What the run was asked to do.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    #[schema(value_type = HashMap<String, Value>, additional_properties)]
    #[garde(skip)]
    pub parameters: Map<String, Value>,
    /// Where the run stands; RUNNING if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(skip)]
    pub status: Option<JobStatus>,
    /// When it began; now if absent, and for a time that has not come yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(inner(custom(sound_time)))]
    pub started_at: Option<DateTime<Utc>>,
    /// When it ended, for a `status` that is an end; now if absent, and for a time that has not come yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(inner(custom(sound_time)), custom(of_an_end(self.status, self.started_at)))]
    pub completed_at: Option<DateTime<Utc>>,
    /// How many records there are to process.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "within_if_any::<_, _, 0, { i64::MAX }>"
    )]
    #[schema(minimum = 0)]
    #[garde(skip)]
    pub records_total: Option<i64>,
    /// How many are done.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "within_if_any::<_, _, 0, { i64::MAX }>"
    )]
    #[schema(minimum = 0)]
    #[garde(skip)]
    pub records_processed: Option<i64>,
    /// How many could not be processed.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "within_if_any::<_, _, 0, { i64::MAX }>"
    )]
    #[schema(minimum = 0)]
    #[garde(skip)]
    pub records_failed: Option<i64>,
    /// What it does just now, in words, at most 1000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(inner(length(chars, max = 1000)))]
    pub message: Option<String>,
    /// Why it failed, at most 65536 bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(inner(length(bytes, max = MAX_ERROR_BYTES)))]
    pub error_details: Option<String>,
    /// What came out of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<HashMap<String, Value>>, additional_properties)]
    #[garde(skip)]
    pub result: Option<Map<String, Value>>,
}

/// Body of `PATCH /jobs/{id}`: report how far a run has come. What is left out stays; `{}` says that it is
/// still alive.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "records_total": 1000, "records_processed": 200 }))]
pub struct UpdateJob {
    /// Where the run stands. One that runs does not go back to QUEUED.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(skip)]
    pub status: Option<JobStatus>,
    /// When it ended, for a `status` that is an end; now if absent, and for a time that has not come yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(inner(custom(sound_time)), custom(of_an_end(self.status, None)))]
    pub completed_at: Option<DateTime<Utc>>,
    /// How many records there are to process.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "within_if_any::<_, _, 0, { i64::MAX }>"
    )]
    #[schema(minimum = 0)]
    #[garde(skip)]
    pub records_total: Option<i64>,
    /// How many are done.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "within_if_any::<_, _, 0, { i64::MAX }>"
    )]
    #[schema(minimum = 0)]
    #[garde(skip)]
    pub records_processed: Option<i64>,
    /// How many could not be processed.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "within_if_any::<_, _, 0, { i64::MAX }>"
    )]
    #[schema(minimum = 0)]
    #[garde(skip)]
    pub records_failed: Option<i64>,
    /// What it does just now, in words, at most 1000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(inner(length(chars, max = 1000)))]
    pub message: Option<String>,
    /// Why it failed, at most 65536 bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(inner(length(bytes, max = MAX_ERROR_BYTES)))]
    pub error_details: Option<String>,
    /// What came out of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<HashMap<String, Value>>, additional_properties)]
    #[garde(skip)]
    pub result: Option<Map<String, Value>>,
}

/// Whether programs outside may report runs of this type.
///
/// # Errors
/// Says what to change.
pub fn check_type(word: &str) -> Result<(), &'static str> {
    let is_word = word.len() <= 64
        && word.starts_with(|c: char| c.is_ascii_uppercase())
        && word
            .bytes()
            .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == b'_');
    if !is_word {
        return Err(
            "must be a word of at most 64 capitals, digits and underscores that begins with a capital",
        );
    }
    if OURS.contains(&word) {
        return Err("is run by Plumbline alone: choose another word");
    }
    Ok(())
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature that garde calls"
)]
fn reportable(word: &str, _: &()) -> garde::Result {
    check_type(word).map_err(garde::Error::new)
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature that garde calls"
)]
fn no_control(text: &str, _: &()) -> garde::Result {
    if text.chars().any(char::is_control) {
        return Err(garde::Error::new("must not contain control characters"));
    }
    Ok(())
}

/// The store knows no time before 4713 BC, and no run began before there were clocks in computers.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature that garde calls"
)]
fn sound_time(time: &DateTime<Utc>, _: &()) -> garde::Result {
    if (1970..=9999).contains(&time.year()) {
        return Ok(());
    }
    Err(garde::Error::new("must be of the years 1970 to 9999"))
}

fn of_an_end(
    status: Option<JobStatus>,
    began: Option<DateTime<Utc>>,
) -> impl FnOnce(&Option<DateTime<Utc>>, &()) -> garde::Result {
    move |ended, &()| match (ended, began) {
        (Some(_), _) if status.is_none_or(JobStatus::is_active) => Err(garde::Error::new(
            "is for a status that is an end: SUCCESS, PARTIAL, FAILED or CANCELLED",
        )),
        (Some(ended), Some(began)) if *ended < began => {
            Err(garde::Error::new("must not be before started_at"))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn faults(change: &Value) -> Vec<String> {
        let mut body = json!({ "job_type": "AI_ETL", "target_scope": "all_biz" });
        for (name, value) in change.as_object().expect("members") {
            body[name] = value.clone();
        }
        let read: ReportJob = serde_json::from_value(body).expect("it can be read");
        match read.validate() {
            Ok(()) => Vec::new(),
            Err(report) => report.iter().map(|(path, _)| path.to_string()).collect(),
        }
    }

    #[test]
    fn what_a_run_may_say_of_itself() {
        let longest = "A".repeat(64);
        for sound in [
            json!({}),
            json!({ "job_type": longest, "status": "QUEUED" }),
            json!({ "status": "FAILED", "started_at": "2026-01-02T03:04:05Z", "completed_at": "2026-01-02T03:04:05Z" }),
            json!({ "error_details": "x".repeat(MAX_ERROR_BYTES), "message": "é".repeat(1000) }),
        ] {
            assert_eq!(faults(&sound), [""; 0], "{sound}");
        }
        for (wrong, at) in [
            (json!({ "job_type": "A".repeat(65) }), "job_type"),
            (json!({ "job_type": "" }), "job_type"),
            (json!({ "job_type": "_A" }), "job_type"),
            (json!({ "job_type": "ai" }), "job_type"),
            (json!({ "job_type": "MEASURE" }), "job_type"),
            (json!({ "target_scope": "a\nb" }), "target_scope"),
            (json!({ "external_id": "" }), "external_id"),
            (
                json!({ "started_at": "1969-12-31T23:59:59Z" }),
                "started_at",
            ),
            (
                json!({ "completed_at": "2026-01-02T03:04:05Z" }),
                "completed_at",
            ),
            (
                json!({ "status": "RUNNING", "completed_at": "2026-01-02T03:04:05Z" }),
                "completed_at",
            ),
            (
                json!({
                    "status": "SUCCESS", "started_at": "2026-01-02T03:04:05Z", "completed_at": "2026-01-02T03:04:04Z",
                }),
                "completed_at",
            ),
            (
                json!({ "error_details": "x".repeat(MAX_ERROR_BYTES + 1) }),
                "error_details",
            ),
        ] {
            assert_eq!(faults(&wrong), [at], "{wrong}");
        }
    }
}
