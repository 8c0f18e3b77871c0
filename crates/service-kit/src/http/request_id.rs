//! The id of a request: the caller's where it has one, else ours; in the log, the answer and what
//! we ask of others.

use axum::extract::{FromRequestParts, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::request::Parts;
use http::{HeaderName, HeaderValue};
use models::{Ids, ProblemType};

use crate::problem::Reply;

/// The header that carries the id, both ways.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The longest id that is taken from a caller, in bytes.
const LONGEST: usize = 64;

/// The id of a request. As an extractor it answers 500 outside [`super::router_stack`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(String);

impl RequestId {
    /// A caller's id, if it has 1 to 64 letters, digits and hyphens: it goes into log lines and
    /// headers as it is.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let sane = (1..=LONGEST).contains(&text.len())
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        sane.then(|| Self(text.to_owned()))
    }

    /// A new id.
    #[must_use]
    pub fn next(ids: &Ids) -> Self {
        Self(ids.next().to_string())
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id as the value of [`REQUEST_ID`].
    ///
    /// # Panics
    ///
    /// Never: an id has only letters, digits and hyphens.
    #[must_use]
    pub fn header(&self) -> HeaderValue {
        HeaderValue::from_str(&self.0).expect("an id has only letters, digits and hyphens")
    }
}

impl<S: Sync> FromRequestParts<S> for RequestId {
    type Rejection = Reply;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Reply> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| {
            tracing::error!("a handler asks for the request id outside router_stack");
            Reply::new(ProblemType::Internal, "the request has no id")
        })
    }
}

/// Middleware: gives the request its id and sends it back with the answer.
pub(super) async fn assign(State(ids): State<Ids>, mut request: Request, next: Next) -> Response {
    let given = request
        .headers()
        .get(REQUEST_ID)
        .and_then(|value| RequestId::parse(value.to_str().ok()?));
    let id = given.unwrap_or_else(|| RequestId::next(&ids));
    request.extensions_mut().insert(id.clone());
    let mut response = next.run(request).await;
    // Instead of one that a service behind us may have sent along.
    response.headers_mut().insert(REQUEST_ID, id.header());
    response
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::routing::get;

    use super::*;
    use crate::http::router_stack;
    use crate::http::testing::{call, config, request};

    async fn answered(sent: Option<&'static str>) -> (String, String) {
        async fn show(id: RequestId) -> String {
            id.as_str().to_owned()
        }
        let mut asked = request("GET", "/", "");
        if let Some(sent) = sent {
            asked
                .headers_mut()
                .insert(REQUEST_ID, HeaderValue::from_static(sent));
        }
        let router = Router::new().route("/", get(show));
        let (head, body) = call(router_stack("test", router, &config()), asked).await;
        let echoed = head.headers[REQUEST_ID].to_str().unwrap().to_owned();
        (echoed, body.as_str().unwrap_or_default().to_owned())
    }

    #[tokio::test]
    async fn a_sane_id_is_kept() {
        let (echoed, seen) = answered(Some("Order-66")).await;
        assert_eq!((echoed.as_str(), seen.as_str()), ("Order-66", "Order-66"));
    }

    #[tokio::test]
    async fn any_other_is_replaced() {
        let long = "x".repeat(65).leak();
        for sent in [None, Some("a b"), Some("a\"b"), Some(""), Some(&*long)] {
            let (echoed, seen) = answered(sent).await;
            assert_eq!(echoed, seen);
            assert_eq!(echoed.len(), 36, "{sent:?} became {echoed}");
        }
    }
}
