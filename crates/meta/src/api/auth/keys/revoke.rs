//! `DELETE /api/metadata/auth/keys/{id}`

use axum::extract::State;
use http::StatusCode;
use service_kit::auth::Admin;
use service_kit::conditional::IfMatch;
use service_kit::extract::Path;

use crate::error::Error;
use crate::service::Service;

/// Revoke an API key for good: meta refuses it from now on, manager within a minute.
///
/// It stays in the list with `include_revoked=true`. Revoking it again changes nothing.
#[utoipa::path(
    delete,
    path = "/auth/keys/{id}",
    tag = "auth",
    params(("id" = i64, Path, description = "The key"), IfMatch),
    responses(
        (status = 204, description = "Revoked"),
        (status = 404, description = "There is none in this tenant", body = models::Problem),
        (status = 412, description = "It has changed or been used since", body = models::Problem),
    )
)]
pub(crate) async fn revoke(
    State(service): State<Service>,
    Admin(caller): Admin,
    Path(id): Path<i64>,
    condition: IfMatch,
) -> Result<StatusCode, Error> {
    service
        .revoke_api_key(caller.tenant, id, &condition)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
