//! `POST /api/metadata/datasources/{id}/test`

use axum::Json;
use axum::extract::State;
use models::datasource::TestReport;
use service_kit::auth::Admin;
use service_kit::extract::Path;

use crate::error::Error;
use crate::service::Service;

/// Try the connection of a registered data source step by step.
#[utoipa::path(
    post,
    path = "/datasources/{id}/test",
    tag = "data sources",
    params(("id" = i64, Path, description = "The data source")),
    responses(
        (status = 200, description = "What each step found", body = TestReport),
        (status = 404, description = "There is none in this tenant", body = models::Problem),
    )
)]
pub(crate) async fn test(
    State(service): State<Service>,
    Admin(caller): Admin,
    Path(id): Path<i64>,
) -> Result<Json<TestReport>, Error> {
    Ok(Json(service.test_datasource(caller.tenant, id).await?))
}
