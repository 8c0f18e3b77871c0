//! The job log.

use http::Method;
use models::job::{Job, JobDetails, JobRetried, ReportJob};
use models::page::Page;
use uuid::Uuid;

use crate::{Error, JobsQuery, Session};

impl Session {
    /// A page of the tenant's jobs, newest first.
    ///
    /// # Errors
    /// Those of every call; see [`Error`].
    pub async fn list_jobs(&self, query: &JobsQuery) -> Result<Page<Job>, Error> {
        self.get(&["jobs"], query).await
    }

    /// One job, with the attempts at it.
    ///
    /// # Errors
    /// A problem `job-not-found`, and those of every call; see [`Error`].
    pub async fn get_job(&self, id: Uuid) -> Result<JobDetails, Error> {
        self.get(&["jobs", &id.to_string()], &()).await
    }

    /// Reports a run of a program outside. With an `external_id` it may be sent again and again.
    ///
    /// # Errors
    /// Problems `job-ended` and `external-id-taken`, and those of every call; see [`Error`].
    pub async fn report_job(&self, report: &ReportJob) -> Result<JobDetails, Error> {
        self.send(Method::POST, &["jobs"], report).await
    }

    /// Stops a job: at once if it waits, within two seconds if it runs. Repeating it changes nothing.
    ///
    /// # Errors
    /// Problems `job-not-found` and `job-ended`, and those of every call; see [`Error`].
    pub async fn cancel_job(&self, id: Uuid) -> Result<JobDetails, Error> {
        self.post(&["jobs", &id.to_string(), "cancel"]).await
    }

    /// Does again, as a new job, what one that was no success was asked to do.
    ///
    /// # Errors
    /// Problems `job-not-found`, `datasource-not-found`, `job-not-retryable`, `datasource-paused` and
    /// `scan-active`, and those of every call; see [`Error`].
    pub async fn retry_job(&self, id: Uuid) -> Result<JobRetried, Error> {
        self.post(&["jobs", &id.to_string(), "retry"]).await
    }
}
