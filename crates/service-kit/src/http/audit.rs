//! A line for each change that somebody with a valid credential asks for: who, what, from where, and
//! what became of it. Nothing of its body, its query string or its credential is in the line.
//!
//! [`crate::telemetry::init`] writes lines of this target whatever the filter of the log says.

use std::net::IpAddr;
use std::sync::{Arc, OnceLock};

use axum::Extension;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{Method, StatusCode};

use super::{ClientAddress, RequestId};
use crate::auth::{Caller, KeyHolder};
use crate::metrics;

/// The target of these lines.
pub const TARGET: &str = "audit";

/// What an endpoint puts into its answer that changes nothing, though its method could: it has no
/// line.
pub const NOTHING_CHANGED: Extension<NothingChanged> = Extension(NothingChanged);

/// See [`NOTHING_CHANGED`].
#[derive(Debug, Clone, Copy)]
pub struct NothingChanged;

/// Who turned out to ask, if anybody, and with what kind of credential.
#[derive(Debug, Clone, Default)]
pub(super) struct Trail(Arc<OnceLock<(Caller, &'static str)>>);

/// Notes who asks, for the line.
pub(super) fn note(request: &Request, caller: &Caller) {
    if let Some(Trail(known)) = request.extensions().get() {
        // Nobody else has set it: a request has one credential.
        let _ = known.set((caller.clone(), credential(request, caller)));
    }
}

/// Middleware: writes the line when it is known how the request ended, also when its caller hung up.
pub(super) async fn audit(
    State(service): State<&'static str>,
    mut request: Request,
    next: Next,
) -> Response {
    let reads = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    if reads {
        return next.run(request).await;
    }
    let mut line = Line::new(service, &request);
    request.extensions_mut().insert(line.trail.clone());
    let response = next.run(request).await;
    line.status = Some(response.status());
    line.is_due = response.extensions().get::<NothingChanged>().is_none();
    response
}

/// The line, which is written when it is dropped: with the answer, or without one when the
/// connection is gone.
struct Line {
    service: &'static str,
    method: &'static str,
    route: Option<MatchedPath>,
    path: String,
    request_id: Option<RequestId>,
    address: Option<IpAddr>,
    trail: Trail,
    status: Option<StatusCode>,
    is_due: bool,
}

impl Line {
    fn new(service: &'static str, request: &Request) -> Self {
        let extensions = request.extensions();
        Self {
            service,
            method: metrics::method_label(request.method()),
            route: extensions.get().cloned(),
            path: request.uri().path().to_owned(),
            request_id: extensions.get().cloned(),
            address: extensions.get().map(|ClientAddress(address)| *address),
            trail: Trail::default(),
            status: None,
            is_due: true,
        }
    }

    fn outcome(&self) -> &'static str {
        match self.status {
            None => "abandoned",
            Some(status) if status.is_client_error() => "refused",
            Some(status) if status.is_server_error() => "failed",
            Some(_) => "done",
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        let Some((caller, credential)) = self.trail.0.get().filter(|_| self.is_due) else {
            return;
        };
        let (subject, on_behalf_of) = if caller.service {
            (None, Some(caller.subject.as_str()))
        } else {
            (Some(caller.subject.as_str()), None)
        };
        tracing::info!(
            target: TARGET,
            service = self.service,
            tenant = caller.tenant.0,
            subject,
            on_behalf_of,
            credential,
            method = self.method,
            route = self.route.as_ref().map(MatchedPath::as_str),
            path = self.path,
            status = self.status.map(|status| status.as_u16()),
            request_id = self.request_id.as_ref().map(RequestId::as_str),
            address = self.address.map(tracing::field::display),
            "change {}",
            self.outcome()
        );
    }
}

/// What kind of credential the caller brought.
fn credential(request: &Request, caller: &Caller) -> &'static str {
    if caller.service {
        "service"
    } else if request.extensions().get::<KeyHolder>().is_some() {
        "api_key"
    } else {
        "token"
    }
}
