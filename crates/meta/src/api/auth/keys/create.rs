//! `POST /api/metadata/auth/keys`

use axum::Json;
use axum::extract::State;
use http::header::LOCATION;
use http::{HeaderName, HeaderValue, StatusCode};
use models::auth::{CreateApiKey, CreatedApiKey};
use service_kit::auth::Admin;
use service_kit::extract::{Body, IdempotencyKey};

use crate::api::auth::NOT_STORED;
use crate::api::datasources::create::location;
use crate::error::Error;
use crate::service::Service;

/// Make an API key, whose secret this answer shows and no other.
#[utoipa::path(
    post,
    path = "/auth/keys",
    tag = "auth",
    params(IdempotencyKey),
    request_body = CreateApiKey,
    responses(
        (status = 201, description = "Made", body = CreatedApiKey),
        (status = 409, description = "The request was carried out before, and the secret shown then", body = models::Problem),
    )
)]
pub(crate) async fn create(
    State(service): State<Service>,
    Admin(caller): Admin,
    IdempotencyKey(key): IdempotencyKey,
    Body(request): Body<CreateApiKey>,
) -> Result<
    (
        StatusCode,
        [(HeaderName, HeaderValue); 2],
        Json<CreatedApiKey>,
    ),
    Error,
> {
    let created = service
        .create_api_key(&caller, key.as_deref(), request)
        .await?;
    let location = location(&format!("/api/metadata/auth/keys/{}", created.api_key.id));
    let headers = [(LOCATION, location), NOT_STORED];
    Ok((StatusCode::CREATED, headers, Json(created)))
}
