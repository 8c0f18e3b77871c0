//! `POST /api/metadata/auth/sign-in`

use axum::Json;
use axum::extract::State;
use http::{HeaderName, HeaderValue};
use models::auth::{SignIn, SignedIn};
use service_kit::extract::Body;

use super::NOT_STORED;
use crate::error::Error;
use crate::service::Service;

/// Open a session by the code of a sign-in link, which works once. Needs no credential: the code is one.
#[utoipa::path(
    post,
    path = "/auth/sign-in",
    tag = "auth",
    security(()),
    request_body = SignIn,
    responses(
        (status = 200, description = "Signed in", body = SignedIn),
        (status = 409, description = "The service signs no tokens itself", body = models::Problem),
        (status = 422, description = "The code was never made, has been used or is too old", body = models::Problem),
    )
)]
pub(crate) async fn sign_in(
    State(service): State<Service>,
    Body(request): Body<SignIn>,
) -> Result<([(HeaderName, HeaderValue); 1], Json<SignedIn>), Error> {
    let signed_in = service.sign_in(&request).await?;
    Ok(([NOT_STORED], Json(signed_in)))
}
