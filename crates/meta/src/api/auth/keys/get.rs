//! `GET /api/metadata/auth/keys/{id}`

use axum::extract::State;
use models::auth::ApiKey;
use service_kit::auth::Admin;
use service_kit::conditional::Tagged;
use service_kit::extract::Path;

use crate::error::Error;
use crate::service::Service;

/// One API key, without its secret.
#[utoipa::path(
    get,
    path = "/auth/keys/{id}",
    tag = "auth",
    params(("id" = i64, Path, description = "The key")),
    responses(
        (status = 200, description = "The key", body = ApiKey),
        (status = 404, description = "There is none in this tenant", body = models::Problem),
    )
)]
pub(crate) async fn get(
    State(service): State<Service>,
    Admin(caller): Admin,
    Path(id): Path<i64>,
) -> Result<Tagged<ApiKey>, Error> {
    Ok(Tagged(service.get_api_key(caller.tenant, id).await?))
}
