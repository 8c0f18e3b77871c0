//! What happens as soon as it is known who asks.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;

use super::{audit, quota};
use crate::auth::Caller;

/// Middleware: notes the [`Caller`] for the audit line, and refuses the request if he asks too
/// often. It belongs inside [`crate::auth::layer()`], around the same routes.
pub async fn known_caller(request: Request, next: Next) -> Response {
    if let Some(caller) = request.extensions().get::<Caller>() {
        audit::note(&request, caller);
        if let Some(refusal) = quota::limit_caller(&request, caller) {
            return refusal;
        }
    }
    next.run(request).await
}
