//! `POST /api/metadata/auth/introspect`

use axum::extract::State;
use axum::{Extension, Json};
use models::auth::{CredentialKind, Introspection};
use service_kit::auth::{KeyHolder, Viewer};
use service_kit::http::{NOTHING_CHANGED, NothingChanged};

use crate::service::Service;

/// What the credential of this very request is: whose, for which tenant, what it allows and until when.
///
/// It tells of no other credential, so that nobody finds out here what they do not hold already.
#[utoipa::path(
    post,
    path = "/auth/introspect",
    tag = "auth",
    responses((status = 200, description = "The credential is good", body = Introspection))
)]
pub(crate) async fn introspect(
    State(_): State<Service>,
    Viewer(caller): Viewer,
    holder: Option<Extension<KeyHolder>>,
) -> (Extension<NothingChanged>, Json<Introspection>) {
    let (kind, expires_at) = match holder {
        Some(Extension(holder)) => (CredentialKind::ApiKey, holder.expires_at),
        None => (CredentialKind::Token, Some(caller.expires_at)),
    };
    let told = Introspection {
        kind,
        tenant_id: caller.tenant,
        subject: caller.subject,
        roles: caller.roles,
        expires_at,
    };
    (NOTHING_CHANGED, Json(told))
}
