//! Requests that may be repeated without being carried out twice.

use axum::extract::FromRequestParts;
use http::HeaderName;
use http::request::Parts;
use models::Problem;
use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterIn};

use crate::openapi::header_parameter;
use crate::problem::Reply;

/// The header (IETF draft "The Idempotency-Key HTTP Header Field").
pub const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// The longest key that is taken, in bytes.
const LONGEST: usize = 255;

/// The key under which a request is carried out once; None where the caller gave none.
///
/// Answers 422 for a key that is not 1 to 255 visible ASCII characters, and for several keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey(pub Option<String>);

impl IntoParams for IdempotencyKey {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let description = "A key of the caller's choosing, 1 to 255 visible ASCII characters: within a day a \
                           request that is sent again under it is not carried out again, and answered as before";
        vec![header_parameter("Idempotency-Key", description)]
    }
}

impl<S: Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = Reply;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Reply> {
        let refused =
            |detail: &str| Err(Problem::field("/Idempotency-Key", detail.to_owned()).into());
        let mut given = parts.headers.get_all(IDEMPOTENCY_KEY).iter();
        let Some(value) = given.next() else {
            return Ok(Self(None));
        };
        if given.next().is_some() {
            return refused("is given more than once");
        }
        let bytes = value.as_bytes();
        let sound = (1..=LONGEST).contains(&bytes.len()) && bytes.iter().all(u8::is_ascii_graphic);
        match value.to_str() {
            Ok(key) if sound => Ok(Self(Some(key.to_owned()))),
            _ => refused("must have 1 to 255 visible ASCII characters"),
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::routing::post;
    use http::HeaderValue;
    use serde_json::json;

    use super::*;
    use crate::http::router_stack;
    use crate::http::testing::{call, config, request};

    async fn sent(keys: &[&[u8]]) -> (u16, serde_json::Value) {
        let echo = |IdempotencyKey(key): IdempotencyKey| async move { format!("{key:?}") };
        let app = router_stack("test", Router::new().route("/", post(echo)), &config());
        let mut asked = request("POST", "/", "");
        for key in keys {
            let value = HeaderValue::from_bytes(key).unwrap();
            asked.headers_mut().append(IDEMPOTENCY_KEY, value);
        }
        let (head, body) = call(app, asked).await;
        (head.status.as_u16(), body)
    }

    #[tokio::test]
    async fn a_key_is_one_visible_word() {
        assert_eq!(sent(&[]).await, (200, json!("None")));
        assert_eq!(sent(&[b"a-1"]).await, (200, json!("Some(\"a-1\")")));
        let longest = vec![b'k'; 255];
        assert_eq!(sent(&[&longest]).await.0, 200);
        let too_long = vec![b'k'; 256];
        for wrong in [b"".as_slice(), b"a b", b"\xff", &too_long] {
            let (status, body) = sent(&[wrong]).await;
            assert_eq!(status, 422, "{wrong:?}");
            assert_eq!(body["errors"][0]["pointer"], "/Idempotency-Key");
        }
        assert_eq!(sent(&[b"a", b"a"]).await.0, 422);
    }
}
