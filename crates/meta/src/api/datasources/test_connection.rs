//! `POST /api/metadata/datasources/test`

use axum::Json;
use axum::extract::State;
use models::datasource::{TestConnection, TestReport};
use service_kit::auth::Admin;
use service_kit::extract::Body;

use crate::error::Error;
use crate::service::Service;

/// Try a connection step by step without saving it. A failed test is an answer, not an error.
#[utoipa::path(
    post,
    path = "/datasources/test",
    tag = "data sources",
    request_body = TestConnection,
    responses((status = 200, description = "What each step found", body = TestReport))
)]
pub(crate) async fn test_connection(
    State(service): State<Service>,
    Admin(caller): Admin,
    Body(request): Body<TestConnection>,
) -> Result<Json<TestReport>, Error> {
    let report = service.test_connection(caller.tenant, request).await?;
    Ok(Json(report))
}
