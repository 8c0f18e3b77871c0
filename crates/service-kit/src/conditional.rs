//! Conditional requests (RFC 9110, section 13): `ETag` on single objects, `If-None-Match` on reads,
//! `If-Match` on changes.
//!
//! A tag is a digest of the object as JSON, so it needs no column and cannot be forgotten where an
//! object changes. It is a strong one: answers that carry a tag are not compressed.

use axum::Json;
use axum::extract::{FromRequestParts, Request};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_MATCH, IF_NONE_MATCH};
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use models::{Problem, ProblemType};
use serde::Serialize;
use sha2::{Digest, Sha256};
use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterIn};

use crate::openapi::header_parameter;
use crate::problem::Reply;

/// One object as an answer, with its `ETag`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tagged<T>(pub T);

impl<T: Serialize> IntoResponse for Tagged<T> {
    fn into_response(self) -> Response {
        ([(ETAG, tag(&self.0))], Json(self.0)).into_response()
    }
}

/// The entity tag of an object.
///
/// # Panics
/// If the object is no plain data, such as a map whose keys are not text.
#[must_use]
pub fn tag<T: Serialize>(object: &T) -> HeaderValue {
    let json = serde_json::to_vec(object).expect("objects of the API are plain data");
    // 132 bits tell the states of an object apart.
    let digest = URL_SAFE_NO_PAD.encode(&Sha256::digest(&json)[..18]);
    HeaderValue::from_str(&format!("\"{digest}\"")).expect("base64 is ASCII")
}

/// The states of an object under which a change may be made, by the header `If-Match`.
///
/// Answers 422 for a header that is neither `*` nor a list of tags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IfMatch(Tags);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Tags {
    Any,
    Of(Vec<String>),
}

impl IfMatch {
    /// Refuses a change of an object that is in another state than the caller has seen.
    ///
    /// # Errors
    /// 412 `precondition-failed`.
    pub fn check<T: Serialize>(&self, object: &T) -> Result<(), Problem> {
        let Tags::Of(wanted) = &self.0 else {
            return Ok(());
        };
        let current = tag(object);
        if wanted
            .iter()
            .any(|tag| tag.as_bytes() == current.as_bytes())
        {
            return Ok(());
        }
        let detail = "it has changed since you read it: read it again, and send the change with the new ETag";
        Err(Problem::new(ProblemType::PreconditionFailed, detail))
    }

    /// Whether a state is asked for at all.
    #[must_use]
    pub fn is_given(&self) -> bool {
        self.0 != Tags::Any
    }
}

impl IntoParams for IfMatch {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let description =
            "The ETag of the state that the caller has seen: 412 when it has changed since";
        vec![header_parameter("If-Match", description)]
    }
}

impl<S: Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Reply;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Reply> {
        match tags(&parts.headers, &IF_MATCH) {
            // Without the header any state will do; `*` asks that there be one, as every change does.
            Ok(None) => Ok(Self(Tags::Any)),
            Ok(Some(tags)) => Ok(Self(tags)),
            Err(Malformed) => {
                let detail = "must be * or entity tags in double quotes, as an ETag gives them";
                Err(Problem::field("/If-Match", detail).into())
            }
        }
    }
}

/// A header that is no list of tags.
#[derive(Debug)]
struct Malformed;

/// Reads a list of entity tags.
fn tags(headers: &HeaderMap, name: &HeaderName) -> Result<Option<Tags>, Malformed> {
    let mut found = Vec::new();
    let mut given = false;
    for value in headers.get_all(name) {
        given = true;
        let text = value.to_str().map_err(|_| Malformed)?.trim();
        if text == "*" {
            return Ok(Some(Tags::Any));
        }
        // Ours have no comma in them, so that one of somebody else's matches nothing either way.
        for tag in text.split(',') {
            let tag = tag.trim();
            let opaque = tag.strip_prefix("W/").unwrap_or(tag);
            if opaque.len() < 2 || !opaque.starts_with('"') || !opaque.ends_with('"') {
                return Err(Malformed);
            }
            found.push(tag.to_owned());
        }
    }
    Ok(given.then_some(Tags::Of(found)))
}

/// Middleware: 304 without a body for who has the object already, by `If-None-Match`.
pub(crate) async fn not_modified(request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    // One that cannot be read asks for nothing.
    let wanted = if reads {
        tags(request.headers(), &IF_NONE_MATCH).ok().flatten()
    } else {
        None
    };
    let mut response = next.run(request).await;
    let (Some(wanted), Some(current)) = (wanted, response.headers().get(ETAG)) else {
        return response;
    };
    // The weak comparison: a proxy may have weakened the tag on its way.
    let current = current.to_str().unwrap_or_default();
    let is_known = match wanted {
        Tags::Any => true,
        Tags::Of(tags) => tags
            .iter()
            .any(|tag| tag.strip_prefix("W/").unwrap_or(tag) == current),
    };
    if response.status() == StatusCode::OK && is_known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        *response.body_mut() = axum::body::Body::empty();
        response.headers_mut().remove(CONTENT_LENGTH);
        response.headers_mut().remove(CONTENT_TYPE);
    }
    response
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::routing::get;
    use serde_json::{Value, json};

    use super::*;
    use crate::http::router_stack;
    use crate::http::testing::{call, config, request};

    fn app() -> Router {
        let read = || async { Tagged(json!({ "name": "x".repeat(1000) })) };
        let change = |condition: IfMatch| async move {
            condition
                .check(&json!({ "name": "x".repeat(1000) }))
                .map_err(Reply::from)
        };
        router_stack(
            "test",
            Router::new().route("/", get(read).patch(change)),
            &config(),
        )
    }

    async fn sent(method: &str, name: &'static str, value: &str) -> (u16, HeaderMap, Value) {
        let mut asked = request(method, "/", "");
        asked
            .headers_mut()
            .insert(name, HeaderValue::from_str(value).unwrap());
        let (head, body) = call(app(), asked).await;
        (head.status.as_u16(), head.headers, body)
    }

    async fn current() -> String {
        let (status, headers, _) = sent("GET", "accept-encoding", "gzip").await;
        assert_eq!(status, 200);
        assert!(
            headers.get("content-encoding").is_none(),
            "a strong tag is that of these bytes"
        );
        headers[ETAG].to_str().unwrap().to_owned()
    }

    #[tokio::test]
    async fn who_has_it_gets_no_body() {
        let tag = current().await;
        for known in [&tag, &format!("W/{tag}"), &format!("\"a\", {tag}"), "*"] {
            let (status, headers, body) = sent("GET", "if-none-match", known).await;
            assert_eq!((status, body), (304, json!("")), "{known}");
            assert_eq!(headers[ETAG], tag.as_str());
        }
        for other in ["\"a\"", "junk"] {
            assert_eq!(sent("GET", "if-none-match", other).await.0, 200, "{other}");
        }
    }

    #[tokio::test]
    async fn a_change_needs_the_state_that_was_seen() {
        let tag = current().await;
        for seen in [&tag, &format!("\"a\",{tag}"), "*"] {
            assert_eq!(sent("PATCH", "if-match", seen).await.0, 200, "{seen}");
        }
        // If-Match asks for the strong comparison.
        for other in ["\"a\"", &format!("W/{tag}")] {
            let (status, _, body) = sent("PATCH", "if-match", other).await;
            assert_eq!(
                (status, &body["type"]),
                (412, &json!("/problems/precondition-failed"))
            );
        }
        let (status, _, body) = sent("PATCH", "if-match", "junk").await;
        assert_eq!(
            (status, &body["errors"][0]["pointer"]),
            (422, &json!("/If-Match"))
        );
    }
}
