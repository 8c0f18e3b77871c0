//! `DELETE /managed-objects/{id}`

use axum::extract::State;
use http::StatusCode;
use models::managed_object::{ManagedObject, Permission};
use models::{Problem, Role};
use service_kit::auth::{Caller, Operator};
use service_kit::conditional::IfMatch;
use service_kit::extract::Path;
use service_kit::http::RequestId;

use super::{lock_as_seen, seen};
use crate::error::Error;
use crate::state::AppState;
use crate::store::{managed_objects, scan_schedules};

/// Release a managed object. The catalog keeps what was read of it.
///
/// One that somebody else adopted must have the permission admin, or the caller the role admin.
#[utoipa::path(
    delete,
    path = "/api/manager/managed-objects/{id}",
    tag = "managed-objects",
    params(("id" = i64, Path, description = "The managed object"), IfMatch),
    responses(
        (status = 204, description = "Released"),
        (status = 404, description = "There is no such managed object", body = Problem),
        (status = 412, description = "It has changed since", body = Problem),
        (status = 503, description = "The store cannot be reached", body = Problem),
    )
)]
pub(crate) async fn delete(
    State(state): State<AppState>,
    Operator(caller): Operator,
    request_id: RequestId,
    Path(id): Path<i64>,
    condition: IfMatch,
) -> Result<StatusCode, Error> {
    let meta = state.gateway.as_caller(&caller, &request_id);
    let seen = seen(&state.store, &meta, &caller, id, &condition).await?;
    let mut tx = state.store.begin(caller.tenant).await?;
    lock_as_seen(&mut tx, id, seen).await?;
    let found = managed_objects::get(&mut tx, id).await?;
    let object = found.ok_or_else(|| Error::managed_object_not_found(id))?;
    if !may_release(&caller, &object) {
        let detail = "somebody else manages this object, and its permission is not admin";
        return Err(Error::Forbidden(detail.to_owned()));
    }
    if !managed_objects::delete(&mut tx, id).await? {
        return Err(Error::managed_object_not_found(id));
    }
    scan_schedules::note_change(&mut tx, object.resource_id, &caller.subject).await?;
    tx.commit().await?;
    tracing::info!(managed_object = id, "managed object released");
    Ok(StatusCode::NO_CONTENT)
}

fn may_release(caller: &Caller, object: &ManagedObject) -> bool {
    object.managed_by == caller.subject
        || object.permission == Permission::Admin
        || caller.has(Role::Admin)
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use models::TenantId;
    use models::managed_object::ManagedStatus;

    use super::*;

    fn released(subject: &str, role: Role, permission: Permission) -> bool {
        let caller = Caller {
            tenant: TenantId(1),
            subject: subject.to_owned(),
            roles: vec![role],
            service: false,
            expires_at: DateTime::UNIX_EPOCH,
            token: "token".into(),
        };
        let object = ManagedObject {
            id: 1,
            resource_id: 7,
            resource_name: None,
            database: "shop".to_owned(),
            table: None,
            status: ManagedStatus::Ready,
            permission,
            row_count: None,
            scan_id: None,
            managed_by: "ada".to_owned(),
            managed_at: DateTime::UNIX_EPOCH,
            last_error: None,
            removed_at: None,
        };
        may_release(&caller, &object)
    }

    #[test]
    fn the_permission_decides_whether_others_may_release() {
        assert!(released("ada", Role::Operator, Permission::Read));
        assert!(!released("bob", Role::Operator, Permission::Write));
        assert!(released("bob", Role::Operator, Permission::Admin));
        assert!(released("bob", Role::Admin, Permission::Read));
    }
}
