//! The job log.

use models::job::Job;
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

    /// One job.
    ///
    /// # Errors
    /// A problem `job-not-found`, and those of every call; see [`Error`].
    pub async fn get_job(&self, id: Uuid) -> Result<Job, Error> {
        self.get(&["jobs", &id.to_string()], &()).await
    }
}
