//! `POST /api/metadata/pipelines`

use axum::Json;
use axum::extract::State;
use http::header::LOCATION;
use http::{HeaderName, HeaderValue, StatusCode};
use models::pipeline::{CreatePipeline, PipelineView};
use service_kit::auth::Admin;
use service_kit::extract::{Body, IdempotencyKey};

use crate::api::datasources::create::location;
use crate::error::Error;
use crate::service::{Actor, Service};

/// Say how a sync table is filled, how a business table is made from it, and how the difference is measured.
///
/// Tables and columns must be in the catalog. Nothing runs before it is asked for, or its schedule's time has come: that
/// fills the sync table, or only measures where a program outside fills it. What was filled is measured, and at the
/// threshold the ETL starts by itself.
#[utoipa::path(
    post,
    path = "/pipelines",
    tag = "pipelines",
    params(IdempotencyKey),
    request_body = CreatePipeline,
    responses(
        (status = 201, description = "Made and planned", body = PipelineView),
        (status = 409, description = "The name is taken", body = models::Problem),
        (status = 422, description = "It does not fit the catalog, closes a circle, or values have to be changed", body = models::Problem),
    )
)]
pub(crate) async fn create(
    State(service): State<Service>,
    Admin(caller): Admin,
    IdempotencyKey(key): IdempotencyKey,
    Body(request): Body<CreatePipeline>,
) -> Result<
    (
        StatusCode,
        [(HeaderName, HeaderValue); 1],
        Json<PipelineView>,
    ),
    Error,
> {
    let created = service
        .create_pipeline(Actor::from(&caller), key.as_deref(), request)
        .await?;
    let location = location(&format!("/api/metadata/pipelines/{}", created.pipeline.id));
    Ok((StatusCode::CREATED, [(LOCATION, location)], Json(created)))
}
