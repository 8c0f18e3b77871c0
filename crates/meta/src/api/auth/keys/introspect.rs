//! `POST /api/metadata/auth/keys/introspect`

use axum::extract::State;
use axum::{Extension, Json};
use models::auth::{IntrospectApiKey, Introspection};
use service_kit::auth::ViewerOrService;
use service_kit::extract::Body;
use service_kit::http::{NOTHING_CHANGED, NothingChanged};

use crate::error::Error;
use crate::service::Service;

/// What an API key of the tenant is: whose, what it allows and until when.
///
/// `manager` asks for each API key that it meets, with a credential of its own, so that guesses are not held against
/// it. Whoever does not have the key learns nothing: one that nobody made, that has ended or been revoked, and that of
/// another tenant are not found alike.
#[utoipa::path(
    post,
    path = "/auth/keys/introspect",
    tag = "auth",
    request_body = IntrospectApiKey,
    responses(
        (status = 200, description = "The key is good", body = Introspection),
        (status = 404, description = "The key is not", body = models::Problem),
    )
)]
pub(crate) async fn introspect(
    State(service): State<Service>,
    ViewerOrService(caller): ViewerOrService,
    Body(request): Body<IntrospectApiKey>,
) -> Result<(Extension<NothingChanged>, Json<Introspection>), Error> {
    let told = service.introspect(caller.tenant, &request.key).await?;
    Ok((NOTHING_CHANGED, Json(told)))
}
