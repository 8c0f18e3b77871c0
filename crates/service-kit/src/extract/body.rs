//! JSON bodies.

use axum::body::to_bytes;
use axum::extract::{FromRequest, Request};
use http::HeaderMap;
use http::header::CONTENT_TYPE;
use models::{ProblemType, RequestBody};

use super::wipe::{self, Wiped};
use super::{json, repair};
use crate::http::body_refusal;
use crate::problem::{Reply, chain};

/// The body of a request, read strictly.
///
/// Answers 415 unless the media type is JSON, 413 above the service's limit, 400 for what is no
/// JSON, has a key twice or a field that the request does not know, and 422 with one entry for
/// each field that is missing or wrong, garde's violations included.
#[derive(Debug, Clone, Copy)]
pub struct Body<T>(pub T);

impl<T: RequestBody, S: Sync> FromRequest<S> for Body<T> {
    type Rejection = Reply;

    async fn from_request(request: Request, _: &S) -> Result<Self, Reply> {
        if !is_json(request.headers()) {
            let detail = "send the body with Content-Type: application/json";
            return Err(Reply::new(ProblemType::UnsupportedMediaType, detail));
        }
        // The limit is that of `router_stack`.
        let bytes = to_bytes(request.into_body(), usize::MAX)
            .await
            .map_err(|error| unreadable(&error))?;
        if bytes.is_empty() {
            return Err(Reply::new(
                ProblemType::MalformedRequest,
                "the body is empty",
            ));
        }
        let parsed = json::parse(&bytes).map(Wiped);
        wipe::bytes(bytes);
        let mut value = parsed.map_err(|error| {
            Reply::new(
                ProblemType::MalformedRequest,
                format!("the body is not JSON: {error}"),
            )
        })?;
        Ok(Self(repair::read(&mut value.0)?))
    }
}

/// Whether the media type is JSON or, by its suffix, based on it (RFC 6839).
fn is_json(headers: &HeaderMap) -> bool {
    let Some(value) = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
    else {
        return false;
    };
    let media_type = value
        .split(';')
        .next()
        .unwrap_or(value)
        .trim()
        .to_ascii_lowercase();
    media_type
        .strip_prefix("application/")
        .is_some_and(|subtype| subtype == "json" || subtype.ends_with("+json"))
}

fn unreadable(error: &axum::Error) -> Reply {
    body_refusal(error).unwrap_or_else(|| {
        tracing::debug!(cause = chain(error), "body ended early");
        Reply::new(ProblemType::MalformedRequest, "the body ended early")
    })
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::routing::post;
    use garde::Validate;
    use http::HeaderValue;
    use serde::Deserialize;
    use serde_json::{Value, json};

    use super::*;
    use crate::http::router_stack;
    use crate::http::testing::{call, config, request};

    #[derive(Deserialize, Validate)]
    #[serde(deny_unknown_fields)]
    struct Rename {
        #[garde(length(min = 1))]
        name: String,
    }

    impl RequestBody for Rename {
        fn example() -> Value {
            json!({ "name": "shop" })
        }
    }

    async fn sent(request: Request) -> (u16, Value) {
        let echo = |Body(body): Body<Rename>| async move { body.name };
        let app = router_stack("test", Router::new().route("/", post(echo)), &config());
        let (head, body) = call(app, request).await;
        (head.status.as_u16(), body)
    }

    async fn sent_as(media_type: &'static str) -> u16 {
        let mut asked = request("POST", "/", r#"{"name": "a"}"#);
        asked
            .headers_mut()
            .insert(CONTENT_TYPE, HeaderValue::from_static(media_type));
        sent(asked).await.0
    }

    #[tokio::test]
    async fn only_json_is_read() {
        let taken = [
            "application/json",
            "Application/JSON; charset=utf-8",
            "application/a+json",
        ];
        for media_type in taken {
            assert_eq!(sent_as(media_type).await, 200, "{media_type}");
        }
        for media_type in ["text/plain", "application/jsonp", "json", ""] {
            assert_eq!(sent_as(media_type).await, 415, "{media_type}");
        }
        let mut bare = request("POST", "/", "{}");
        bare.headers_mut().remove(CONTENT_TYPE);
        assert_eq!(sent(bare).await.0, 415);
    }

    #[tokio::test]
    async fn broken_json_is_400_with_its_place() {
        let (status, body) = sent(request("POST", "/", "{\"name\":\n \"a\",,}")).await;
        assert_eq!(
            (status, &body["type"]),
            (400, &json!("/problems/malformed-request"))
        );
        assert!(
            body["detail"].as_str().unwrap().contains("line 2 column 6"),
            "{body}"
        );
        for text in ["", r#"{"name": "a", "name": "b"}"#] {
            let (status, body) = sent(request("POST", "/", text)).await;
            assert_eq!(
                (status, &body["type"]),
                (400, &json!("/problems/malformed-request"))
            );
        }
    }

    #[tokio::test]
    async fn a_body_above_the_limit_is_413() {
        let long = json!({ "name": "x".repeat(2000) }).to_string();
        let (status, body) = sent(request("POST", "/", &long)).await;
        assert_eq!(
            (status, &body["type"]),
            (413, &json!("/problems/body-too-large"))
        );
    }

    #[tokio::test]
    async fn fields_are_checked() {
        let (status, body) = sent(request("POST", "/", r#"{"name": ""}"#)).await;
        assert_eq!(
            (status, &body["errors"][0]["pointer"]),
            (422, &json!("/name"))
        );
        let (status, body) = sent(request("POST", "/", r#"{"nmae": "a"}"#)).await;
        assert_eq!(
            (status, &body["type"]),
            (400, &json!("/problems/unknown-field"))
        );
        assert_eq!(body["errors"][0]["pointer"], "/nmae");
    }
}
