//! `POST /api/metadata/lookup`

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse;
use catalog::known;
use models::lookup::{KnownEntries, LookupIds};
use service_kit::auth::ViewerOrService;
use service_kit::extract::Body;
use service_kit::http::NOTHING_CHANGED;

use crate::error::Error;
use crate::service::Service;

/// What has become of databases and tables that were seen before: what they are called now, and which are
/// gone. Ids that the catalog does not know are left out. Changes nothing.
#[utoipa::path(
    post,
    path = "/lookup",
    tag = "catalog",
    request_body = LookupIds,
    responses((status = 200, description = "What was found", body = KnownEntries))
)]
pub(crate) async fn lookup_ids(
    State(service): State<Service>,
    ViewerOrService(caller): ViewerOrService,
    Body(ids): Body<LookupIds>,
) -> Result<impl IntoResponse, Error> {
    let mut tx = service.store.begin(caller.tenant).await?;
    let known = KnownEntries {
        databases: known::databases(&mut tx, &ids.database_ids).await?,
        tables: known::tables(&mut tx, &ids.table_ids).await?,
    };
    Ok((NOTHING_CHANGED, Json(known)))
}
