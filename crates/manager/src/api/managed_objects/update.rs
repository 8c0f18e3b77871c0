//! `PATCH /managed-objects/{id}`

use std::slice;

use axum::extract::State;
use models::Problem;
use models::managed_object::{ManagedObject, UpdateManagedObject};
use service_kit::auth::Operator;
use service_kit::conditional::{IfMatch, Tagged};
use service_kit::extract::{Body, Path};
use service_kit::http::RequestId;

use super::{lock_as_seen, name_sources, seen};
use crate::error::Error;
use crate::state::AppState;
use crate::store::managed_objects;

/// Change what others of the tenant may do with a managed object.
#[utoipa::path(
    patch,
    path = "/api/manager/managed-objects/{id}",
    tag = "managed-objects",
    params(("id" = i64, Path, description = "The managed object"), IfMatch),
    request_body = UpdateManagedObject,
    responses(
        (status = 200, description = "The managed object as it is now", body = ManagedObject),
        (status = 404, description = "There is no such managed object", body = Problem),
        (status = 412, description = "It has changed since", body = Problem),
        (status = 503, description = "The store cannot be reached", body = Problem),
    )
)]
pub(crate) async fn update(
    State(state): State<AppState>,
    Operator(caller): Operator,
    request_id: RequestId,
    Path(id): Path<i64>,
    condition: IfMatch,
    Body(change): Body<UpdateManagedObject>,
) -> Result<Tagged<ManagedObject>, Error> {
    let meta = state.gateway.as_caller(&caller, &request_id);
    let seen = seen(&state.store, &meta, &caller, id, &condition).await?;
    let mut tx = state.store.begin(caller.tenant).await?;
    lock_as_seen(&mut tx, id, seen).await?;
    let updated = managed_objects::update(&mut tx, id, change.permission).await?;
    tx.commit().await?;
    let mut object = updated.ok_or_else(|| Error::managed_object_not_found(id))?;
    let permission = change.permission.as_str();
    tracing::info!(managed_object = id, permission, "managed object updated");
    name_sources(&meta, slice::from_mut(&mut object)).await;
    Ok(Tagged(object))
}
