//! What can go wrong in a call, and the one place where it becomes a problem document.

use axum::response::{IntoResponse, Response};
use db::StoreError;
use jobs::{JobError, QueueError};
use models::{FieldError, Problem, ProblemType};
use scan::{PreviewError, ScanError};
use service_kit::problem::Reply;
use uuid::Uuid;

use crate::secrets::{ReferenceError, SecretError};

/// Why a call failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// There is no such thing in the caller's tenant.
    #[error("{1}")]
    NotFound(ProblemType, String),
    /// Another data source of the tenant has the name.
    #[error("another data source is named {0}")]
    NameTaken(String),
    /// A scan of the data source and level is active.
    #[error("job {0} is active")]
    ScanActive(Uuid),
    /// A job of the pipeline and kind is active.
    #[error("job {0} is active")]
    PipelineActive(Uuid),
    /// The data source is paused.
    #[error("the data source {0} is paused")]
    DatasourcePaused(String),
    /// The table is no longer as the catalog has it.
    #[error("{0}")]
    TableChanged(String),
    /// The catalog has no fields of the table.
    #[error("the fields of {0} have not been read")]
    TableNotScanned(String),
    /// As many previews of the data source as may be are under way.
    #[error("previews of the data source {0} are under way")]
    PreviewsBusy(String),
    /// Rows cannot be shown.
    #[error(transparent)]
    Preview(#[from] PreviewError),
    /// Values are missing or wrong.
    #[error("invalid values")]
    Invalid(Vec<FieldError>),
    /// The data source cannot be read.
    #[error(transparent)]
    Scan(#[from] ScanError),
    /// The stored password cannot be read.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// The password cannot be had from where it is kept.
    #[error(transparent)]
    Reference(#[from] ReferenceError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The queue failed.
    #[error(transparent)]
    Queue(#[from] QueueError),
    /// The request itself is wrong in a way that the extractors have described.
    #[error("{}", .0.0.detail)]
    Reply(Reply),
}

impl Error {
    pub(crate) fn datasource_not_found(id: i64) -> Self {
        Self::NotFound(
            ProblemType::DatasourceNotFound,
            format!("there is no data source {id}"),
        )
    }

    pub(crate) fn database_not_found(id: i64) -> Self {
        Self::NotFound(
            ProblemType::DatabaseNotFound,
            format!("there is no database {id}"),
        )
    }

    pub(crate) fn table_not_found(id: i64) -> Self {
        Self::NotFound(
            ProblemType::TableNotFound,
            format!("there is no table {id}"),
        )
    }

    pub(crate) fn scan_not_found(id: i64) -> Self {
        Self::NotFound(ProblemType::ScanNotFound, format!("there is no scan {id}"))
    }

    pub(crate) fn job_not_found(id: Uuid) -> Self {
        Self::NotFound(ProblemType::JobNotFound, format!("there is no job {id}"))
    }

    pub(crate) fn schedule_not_found(id: i64) -> Self {
        Self::NotFound(
            ProblemType::ScheduleNotFound,
            format!("there is no schedule {id}"),
        )
    }

    pub(crate) fn pipeline_not_found(id: i64) -> Self {
        Self::NotFound(
            ProblemType::PipelineNotFound,
            format!("there is no pipeline {id}"),
        )
    }

    pub(crate) fn api_key_not_found(id: i64) -> Self {
        Self::NotFound(
            ProblemType::ApiKeyNotFound,
            format!("there is no API key {id}"),
        )
    }

    /// For jobs that outlive their data source.
    pub(crate) fn datasource_deleted() -> Self {
        Self::NotFound(
            ProblemType::DatasourceNotFound,
            "the data source was deleted before its turn came".to_owned(),
        )
    }

    pub(crate) fn invalid(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldError::new(pointer, detail)])
    }
}

impl From<Reply> for Error {
    fn from(reply: Reply) -> Self {
        Self::Reply(reply)
    }
}

impl From<JobError> for Error {
    fn from(error: JobError) -> Self {
        match error {
            JobError::Active(job) => Self::ScanActive(job),
            JobError::Store(error) => Self::Store(error),
            JobError::Queue(error) => Self::Queue(error),
        }
    }
}

impl From<Error> for Reply {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound(kind, detail) => Self::new(kind, detail),
            Error::NameTaken(name) => Self(Problem {
                errors: vec![FieldError::new(
                    "/name",
                    "choose a name that no other data source has",
                )],
                ..Problem::new(
                    ProblemType::DatasourceNameTaken,
                    format!("another data source is named {name}"),
                )
            }),
            Error::ScanActive(job) => {
                let detail =
                    format!("job {job} of this data source is active; wait until it has ended");
                Self(Problem::new(ProblemType::ScanActive, detail).with_job(job))
            }
            Error::PipelineActive(job) => {
                let detail =
                    format!("job {job} of this pipeline is active; wait until it has ended");
                Self(Problem::new(ProblemType::PipelineActive, detail).with_job(job))
            }
            Error::DatasourcePaused(name) => Self::new(
                ProblemType::DatasourcePaused,
                format!("the data source {name} is paused; resume it first"),
            ),
            Error::TableChanged(detail) => Self::new(ProblemType::TableChanged, detail),
            Error::TableNotScanned(table) => Self::new(
                ProblemType::TableNotScanned,
                format!("the fields of the table {table} have not been read; scan it first"),
            ),
            Error::PreviewsBusy(name) => Self::new(
                ProblemType::TooManyRequests,
                format!(
                    "as many previews of the data source {name} as its connections allow are under way; try again in a moment"
                ),
            ),
            Error::Preview(error) => of_preview(error),
            Error::Invalid(errors) => Self(Problem::fields(errors)),
            Error::Scan(error) => Self::new(ProblemType::DatasourceUnreachable, error.to_string()),
            Error::Secret(error) => {
                Self::new(ProblemType::DatasourceUnreachable, error.to_string())
            }
            Error::Reference(error) => {
                Self::new(ProblemType::DatasourceUnreachable, error.to_string())
            }
            Error::Store(error @ StoreError::Unavailable(_)) => {
                tracing::error!(
                    error = service_kit::problem::chain(&error),
                    "store unavailable"
                );
                Self::new(
                    ProblemType::StoreUnavailable,
                    "the service's store cannot be reached; try again later",
                )
            }
            Error::Store(error) => Self::internal(&error),
            Error::Queue(error) => Self::internal(&error),
            Error::Reply(reply) => reply,
        }
    }
}

fn of_preview(error: PreviewError) -> Reply {
    match error {
        PreviewError::Gone(detail) => Error::TableChanged(detail).into(),
        PreviewError::Scan(error @ ScanError::UnknownDatabase { .. }) => {
            Error::TableChanged(error.to_string()).into()
        }
        PreviewError::Refused(detail) => Reply(Problem::field("/where", detail)),
        PreviewError::Scan(ScanError::Timeout { what, limit }) => {
            let limit = limit.as_secs_f64();
            let detail = format!(
                "{what} took longer than {limit} s; name fewer columns, or a condition that an index helps"
            );
            Reply::new(ProblemType::TimedOut, detail)
        }
        PreviewError::Scan(error) => Error::Scan(error).into(),
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        Reply::from(self).into_response()
    }
}
