//! `POST /api/metadata/datasources`

use axum::Json;
use axum::extract::State;
use http::header::LOCATION;
use http::{HeaderValue, StatusCode};
use models::datasource::{CreateDatasource, CreatedDatasource};
use service_kit::auth::Admin;
use service_kit::extract::{Body, IdempotencyKey};

use crate::error::Error;
use crate::service::{Actor, Service};

/// Register a data source; its first level-1 sync starts by itself.
#[utoipa::path(
    post,
    path = "/datasources",
    tag = "data sources",
    params(IdempotencyKey),
    request_body = CreateDatasource,
    responses(
        (status = 201, description = "Registered, and level 1 has been queued", body = CreatedDatasource),
        (status = 409, description = "The name is taken", body = models::Problem),
    )
)]
pub(crate) async fn create(
    State(service): State<Service>,
    Admin(caller): Admin,
    IdempotencyKey(key): IdempotencyKey,
    Body(request): Body<CreateDatasource>,
) -> Result<
    (
        StatusCode,
        [(http::HeaderName, HeaderValue); 1],
        Json<CreatedDatasource>,
    ),
    Error,
> {
    let actor = Actor::from(&caller);
    let created = service
        .create_datasource(actor, key.as_deref(), request)
        .await?;
    let location = location(&format!(
        "/api/metadata/datasources/{}",
        created.datasource.id
    ));
    Ok((StatusCode::CREATED, [(LOCATION, location)], Json(created)))
}

/// A path of ours as a header.
pub(in crate::api) fn location(path: &str) -> HeaderValue {
    HeaderValue::from_str(path).expect("our paths are ASCII: words, numbers and UUIDs")
}
