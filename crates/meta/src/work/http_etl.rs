//! `HTTP_ETL`: the tenant's own service makes the business table.
//!
//! The service is told the job and where to report, and answers at once that it has taken it. From then on it reports
//! how far it is, and the end, as programs outside do with runs of their own. What follows a good end is entered with
//! the report of it, whether a worker still waits for that or not. A call may come twice: the job's id, by which a
//! service knows that, is its `Idempotency-Key`.

use std::time::Duration;

use async_trait::async_trait;
use db::{Connection, StoreError};
use http::{HeaderValue, StatusCode};
use jobs::external::{self, Report};
use jobs::{Aborted, Run, Work, WorkError};
use models::job::{JobStatus, JobType};
use models::pipeline::{Etl, HttpEtl as Definition, Pipeline};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use tokio::time::timeout;

use super::pipeline::{self, DELETED};
use crate::outbound::{Outbound, OutboundError};
use crate::service::Service;
use crate::service::events::Subject;

/// How long a service may take to say that it has taken a job.
const ANSWER: Duration = Duration::from_secs(30);

/// The work of an `http` ETL.
#[derive(Debug)]
pub(crate) struct HttpEtl {
    pub(crate) service: Service,
    pub(crate) outbound: Outbound,
    /// Where services reach the API, without a slash at the end.
    pub(crate) own_url: String,
}

#[async_trait]
impl Work for HttpEtl {
    fn job_type(&self) -> JobType {
        JobType::HttpEtl
    }

    async fn run(&self, run: &Run) -> Result<(), WorkError> {
        let Some(pipeline) = pipeline::pipeline(run).await? else {
            return pipeline::fail(run, DELETED.to_owned()).await;
        };
        let Etl::Http(etl) = &pipeline.etl else {
            let changed = "the pipeline calls no service any more: start its ETL anew";
            return pipeline::fail(run, changed.to_owned()).await;
        };
        let limit = Duration::from_secs(etl.timeout_seconds.into());
        match timeout(limit, self.take_part(run, &pipeline, etl)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(Halt::Work(error))) => Err(error),
            Ok(Err(Halt::Passing(cause))) if !run.is_last_attempt() => Err(WorkError::Later(cause)),
            Ok(Err(Halt::Passing(cause) | Halt::Job(cause))) => give_up(run, &cause).await,
            Err(_) => {
                let cause = format!(
                    "{} has not reported the end of the job within {} s: look there for what became of it, or raise \
                     etl.timeout_seconds",
                    told(&etl.url),
                    etl.timeout_seconds
                );
                give_up(run, &cause).await
            }
        }
    }

    async fn lock(&self, conn: &mut Connection, run: &Run) -> Result<(), StoreError> {
        pipeline::lock(conn, run).await
    }

    async fn aborted(&self, _: &mut Connection, _: &Run, _: Aborted<'_>) -> Result<(), StoreError> {
        // What the service does is its own affair: it learns that the job has ended when it next reports.
        Ok(())
    }
}

/// Why the job does not go on.
#[derive(Debug)]
enum Halt {
    /// The store.
    Work(WorkError),
    /// What may pass.
    Passing(String),
    /// What somebody must change.
    Job(String),
}

impl<E: Into<WorkError>> From<E> for Halt {
    fn from(error: E) -> Self {
        Self::Work(error.into())
    }
}

impl HttpEtl {
    /// Calls the service, and waits until the job has ended.
    async fn take_part(
        &self,
        run: &Run,
        pipeline: &Pipeline,
        etl: &Definition,
    ) -> Result<(), Halt> {
        let headers = self.headers(run, etl).await?;
        // Before the call: a service may report before it answers.
        let followed = self
            .service
            .events
            .follow(run.tenant, Subject::Job(run.job_id));
        let Some(mut states) = followed.await? else {
            return Ok(());
        };
        // And before what the service says of its progress, which this would take back.
        let message = format!("calling {}, which reports the end", told(&etl.url));
        say(run, &message).await?;
        self.call(etl, headers, &self.document(run, pipeline, etl))
            .await?;
        let has_ended = states.wait_for(|state| state.is_last).await.is_ok();
        if !has_ended {
            // The service stops: the job is handed back.
            std::future::pending::<()>().await;
        }
        Ok(())
    }

    /// The headers with the values that are kept elsewhere.
    async fn headers(
        &self,
        run: &Run,
        etl: &Definition,
    ) -> Result<Vec<(String, HeaderValue)>, Halt> {
        let mut headers = Vec::with_capacity(etl.headers.len());
        for (name, value) in &etl.headers {
            let is_kept = models::pipeline::HEADER_REFERENCES
                .iter()
                .any(|beginning| value.starts_with(beginning));
            let value = if is_kept {
                let read = self.service.references.read(run.tenant, value).await;
                read.map_err(|error| {
                    Halt::Job(format!("the header {name} cannot be sent: {error}"))
                })?
            } else {
                SecretString::from(value.as_str())
            };
            headers.push((name.clone(), sendable(name, &value)?));
        }
        Ok(headers)
    }

    /// What the service is told.
    fn document(&self, run: &Run, pipeline: &Pipeline, etl: &Definition) -> Value {
        json!({
            "job_id": run.job_id,
            "attempt": run.attempt,
            "pipeline": { "id": pipeline.id, "name": pipeline.name },
            "sync_table_id": pipeline.sync_table_id,
            "biz_table_id": pipeline.biz_table_id,
            "report_url": format!("{}/api/metadata/jobs/{}", self.own_url, run.job_id),
            "timeout_seconds": etl.timeout_seconds,
        })
    }

    async fn call(
        &self,
        etl: &Definition,
        headers: Vec<(String, HeaderValue)>,
        document: &Value,
    ) -> Result<(), Halt> {
        let mut request = self
            .outbound
            .post(&etl.url)
            .map_err(|error| refused(&error))?;
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let key = document["job_id"].as_str().unwrap_or_default();
        let request = request.header("idempotency-key", key).json(document);
        let status = self
            .outbound
            .send(request, ANSWER)
            .await
            .map_err(|error| refused(&error))?;
        judge(&etl.url, status)
    }
}

/// A value as it is sent, which no log shows.
fn sendable(name: &str, value: &SecretString) -> Result<HeaderValue, Halt> {
    let sent = HeaderValue::from_bytes(value.expose_secret().as_bytes());
    let mut sent = sent.map_err(|_| {
        Halt::Job(format!(
            "the header {name} cannot be sent: its value has a line break or another control character"
        ))
    })?;
    sent.set_sensitive(true);
    Ok(sent)
}

/// What the answer to a call means.
fn judge(url: &str, status: StatusCode) -> Result<(), Halt> {
    let url = told(url);
    if status.is_success() {
        return Ok(());
    }
    if status.is_redirection() {
        return Err(Halt::Job(format!(
            "{url} answers {status}, which leads elsewhere and is not followed: name the place itself in etl.url"
        )));
    }
    let passes = status.is_server_error()
        || matches!(
            status,
            StatusCode::TOO_MANY_REQUESTS | StatusCode::REQUEST_TIMEOUT
        );
    let cause = format!("{url} did not take the job: it answers {status}");
    Err(if passes {
        Halt::Passing(cause)
    } else {
        Halt::Job(cause)
    })
}

fn refused(error: &OutboundError) -> Halt {
    if error.is_transient() {
        Halt::Passing(error.to_string())
    } else {
        Halt::Job(error.to_string())
    }
}

/// A URL as messages have it: what stands behind `?` may be a secret.
fn told(url: &str) -> &str {
    url.split('?').next().unwrap_or(url)
}

/// Notes what is being done. What the service has reported in an earlier attempt stays.
async fn say(run: &Run, message: &str) -> Result<(), WorkError> {
    let report = Report {
        message: Some(message),
        ..Report::default()
    };
    note(run, &report).await
}

/// Ends a job that its service has not ended. What that has reported of its progress stays.
async fn give_up(run: &Run, cause: &str) -> Result<(), WorkError> {
    let report = Report {
        status: Some(JobStatus::Failed),
        error_details: Some(cause),
        ..Report::default()
    };
    note(run, &report).await
}

async fn note(run: &Run, report: &Report<'_>) -> Result<(), WorkError> {
    let mut tx = run.store.begin(run.tenant).await?;
    if report.status.is_some() {
        pipeline::lock(&mut tx, run).await?;
    }
    run.hold(&mut tx).await?;
    external::report(&mut tx, run.job_id, report).await?;
    Ok(tx.commit().await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_no_header_may_have_is_told_and_not_shown() {
        let of = |value: &str| sendable("x-key", &SecretString::from(value));
        let sent = of("Bearer s3cret").expect("it can be sent");
        assert!(sent.is_sensitive());
        let Err(Halt::Job(cause)) = of("s3cret\nx: y") else {
            panic!("nothing that another attempt could mend");
        };
        assert!(
            cause.contains("x-key") && !cause.contains("s3cret"),
            "{cause}"
        );
    }

    #[test]
    fn only_an_answer_that_may_change_is_asked_for_again() {
        let of = |code: u16| {
            let status = StatusCode::from_u16(code).expect("a code");
            match judge("https://etl.example/run?key=s3cret", status) {
                Ok(()) => "taken".to_owned(),
                Err(Halt::Passing(cause)) => format!("later: {cause}"),
                Err(Halt::Job(cause)) => format!("never: {cause}"),
                Err(Halt::Work(error)) => panic!("{error}"),
            }
        };
        assert_eq!(
            (of(200), of(202), of(204)),
            ("taken".into(), "taken".into(), "taken".into())
        );
        for (code, begins) in [
            (307, "never"),
            (400, "never"),
            (404, "never"),
            (429, "later"),
            (503, "later"),
        ] {
            let told = of(code);
            assert!(
                told.starts_with(begins) && !told.contains("s3cret"),
                "{told}"
            );
        }
        assert!(of(308).contains("is not followed"));
    }
}
