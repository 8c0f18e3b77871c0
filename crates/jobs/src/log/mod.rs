//! The job log: all SQL on `log_data_jobs` and `job_attempts`.
//!
//! Each change of state is a conditional update, fenced by the attempt: a worker that was taken for
//! dead and comes back can no longer end the job.

mod active;
mod read;
mod transitions;

use models::job::JobStatus;

pub use self::active::{active, active_of_pipeline, set_parameters};
pub(crate) use self::active::{active_count, in_the_way};
pub use self::read::{Filter, attempts, count, get, get_all, list, moment, under_way};
pub use self::transitions::{Progress, finish, purge, set_progress, to_purge};
pub(crate) use self::transitions::{
    PutBack, create, heartbeat, put_back, request_stop, start, stop, stop_requested,
};

/// How a job ended.
#[derive(Debug, Clone)]
pub struct End {
    /// SUCCESS, PARTIAL, FAILED or CANCELLED.
    pub status: JobStatus,
    /// Records there were.
    pub records_total: Option<i64>,
    /// Records done.
    pub records_processed: i64,
    /// Records that could not be processed.
    pub records_failed: i64,
    /// Why it failed and what to do.
    pub error_details: Option<String>,
    /// What came out of it.
    pub result: Option<serde_json::Value>,
}

impl End {
    /// A failure, with its cause and what to do.
    #[must_use]
    pub fn failed(error_details: String) -> Self {
        Self {
            status: JobStatus::Failed,
            records_total: None,
            records_processed: 0,
            records_failed: 0,
            error_details: Some(error_details),
            result: None,
        }
    }
}

/// A job that has been started.
#[derive(Debug, Clone)]
pub struct Started {
    /// Its type, as the log has it.
    pub job_type: String,
    /// The data source, unless that has been deleted since.
    pub datasource_id: Option<i64>,
    /// The pipeline, unless that has been deleted since.
    pub pipeline_id: Option<i64>,
    /// Who or what asked for it, as the log has it.
    pub trigger: String,
    /// Which attempt this is, from 1.
    pub attempt: i32,
    /// How many attempts before this one failed or died; those that were handed back do not count.
    pub failed_attempts: i32,
    /// Whether somebody has asked to stop it.
    pub cancel_requested: bool,
    /// What it is asked to do.
    pub parameters: serde_json::Value,
}
