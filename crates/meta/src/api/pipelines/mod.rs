//! `/api/metadata/pipelines`

pub(super) mod create;
pub(super) mod delete;
pub(super) mod get;
pub(super) mod list;
pub(super) mod measure;
pub(super) mod run_etl;
pub(super) mod sync;
pub(super) mod update;

use axum::Json;
use http::header::LOCATION;
use http::{HeaderName, HeaderValue, StatusCode};
use models::pipeline::PipelineJobStarted;

use crate::api::datasources::create::location;

/// The answer of what starts a job of a pipeline.
pub(super) type Started = (
    StatusCode,
    [(HeaderName, HeaderValue); 1],
    Json<PipelineJobStarted>,
);

/// Says where the job is.
fn accepted(started: PipelineJobStarted) -> Started {
    let location = location(&format!("/api/metadata/jobs/{}", started.job_id));
    (StatusCode::ACCEPTED, [(LOCATION, location)], Json(started))
}
