//! `POST /api/metadata/auth/sign-in-links`

use axum::Json;
use axum::extract::State;
use http::{HeaderName, HeaderValue, StatusCode};
use models::auth::{CreateSignInLink, CreatedSignInLink};
use service_kit::auth::Admin;
use service_kit::extract::{Body, IdempotencyKey};

use crate::api::auth::NOT_STORED;
use crate::error::Error;
use crate::service::Service;

/// Let somebody, or yourself, sign in once within ten minutes.
///
/// The answer shows the code this once. Put it into the fragment of a link to the console, `/#sign-in=CODE`, which no
/// browser sends to a server.
#[utoipa::path(
    post,
    path = "/auth/sign-in-links",
    tag = "auth",
    params(IdempotencyKey),
    request_body = CreateSignInLink,
    responses(
        (status = 201, description = "Made", body = CreatedSignInLink),
        (status = 409, description = "The service signs no tokens itself; or the request was carried out before, and the code shown then", body = models::Problem),
    )
)]
pub(crate) async fn create(
    State(service): State<Service>,
    Admin(caller): Admin,
    IdempotencyKey(key): IdempotencyKey,
    Body(request): Body<CreateSignInLink>,
) -> Result<
    (
        StatusCode,
        [(HeaderName, HeaderValue); 1],
        Json<CreatedSignInLink>,
    ),
    Error,
> {
    let created = service
        .create_sign_in_link(&caller, key.as_deref(), request)
        .await?;
    Ok((StatusCode::CREATED, [NOT_STORED], Json(created)))
}
