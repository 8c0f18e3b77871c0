//! `GET /managed-objects/{id}`

use std::slice;

use axum::extract::State;
use models::Problem;
use models::managed_object::ManagedObject;
use service_kit::auth::Viewer;
use service_kit::conditional::Tagged;
use service_kit::extract::Path;
use service_kit::http::RequestId;

use super::name_sources;
use crate::error::Error;
use crate::state::AppState;
use crate::store::managed_objects;

/// One managed object.
#[utoipa::path(
    get,
    path = "/api/manager/managed-objects/{id}",
    tag = "managed-objects",
    params(("id" = i64, Path, description = "The managed object")),
    responses(
        (status = 200, description = "The managed object", body = ManagedObject),
        (status = 404, description = "There is no such managed object", body = Problem),
        (status = 503, description = "The store cannot be reached", body = Problem),
    )
)]
pub(crate) async fn get(
    State(state): State<AppState>,
    Viewer(caller): Viewer,
    request_id: RequestId,
    Path(id): Path<i64>,
) -> Result<Tagged<ManagedObject>, Error> {
    let mut tx = state.store.begin(caller.tenant).await?;
    let found = managed_objects::get(&mut tx, id).await?;
    // The connection is not kept while meta is asked.
    drop(tx);
    let mut object = found.ok_or_else(|| Error::managed_object_not_found(id))?;
    let meta = state.gateway.as_caller(&caller, &request_id);
    name_sources(&meta, slice::from_mut(&mut object)).await;
    Ok(Tagged(object))
}
