//! `GET /api/metadata/datasources/{id}`

use axum::extract::State;
use models::datasource::Datasource;
use service_kit::auth::ViewerOrService;
use service_kit::conditional::Tagged;
use service_kit::extract::Path;

use crate::error::Error;
use crate::service::Service;

/// One data source.
#[utoipa::path(
    get,
    path = "/datasources/{id}",
    tag = "data sources",
    params(("id" = i64, Path, description = "The data source")),
    responses(
        (status = 200, description = "The data source, without its secret", body = Datasource),
        (status = 404, description = "There is none in this tenant", body = models::Problem),
    )
)]
pub(crate) async fn get(
    State(service): State<Service>,
    ViewerOrService(caller): ViewerOrService,
    Path(id): Path<i64>,
) -> Result<Tagged<Datasource>, Error> {
    Ok(Tagged(service.get_datasource(caller.tenant, id).await?))
}
