//! Bodies of requests: how large they may be and how long they may take.

use std::error::Error;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{CONNECTION, CONTENT_LENGTH};
use http::{HeaderValue, StatusCode};
use http_body_util::{LengthLimitError, Limited};
use hyper::body::{Frame, SizeHint};
use models::ProblemType;
use tokio::time::{Sleep, sleep};

use crate::problem::Reply;

/// What is taken of a body.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// Bytes.
    pub(super) size: usize,
    /// From the end of the head to the end of the body.
    pub(super) time: Duration,
}

/// The body did not come in time.
#[derive(Debug, thiserror::Error)]
#[error("the body did not come in time")]
struct TooSlow;

/// Middleware: refuses a body that says it is larger than the limit, and ends one that turns out to
/// be, or that takes too long.
pub(super) async fn limit(State(limits): State<Limits>, request: Request, next: Next) -> Response {
    let declared = request
        .headers()
        .get(CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    let is_larger = |length| usize::try_from(length).map_or(true, |length| length > limits.size);
    if declared.is_some_and(is_larger) {
        let detail = format!("the body may have at most {} bytes", limits.size);
        return Reply::new(ProblemType::BodyTooLarge, detail).into_response();
    }
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    let within = |body| {
        Body::new(Timely {
            body: Body::new(Limited::new(body, limits.size)),
            end: Box::pin(sleep(limits.time)),
        })
    };
    let mut response = next.run(request.map(within)).await;
    if response.status() == StatusCode::REQUEST_TIMEOUT {
        // What would still come of the body is no request (RFC 9110, section 15.5.9).
        let close = HeaderValue::from_static("close");
        response.headers_mut().insert(CONNECTION, close);
    }
    response
}

/// The problem of a request whose body could not be read because of these limits; None when that
/// was for another reason.
#[must_use]
pub fn body_refusal(error: &(dyn Error + 'static)) -> Option<Reply> {
    let mut cause = Some(error);
    while let Some(inner) = cause {
        if inner.is::<LengthLimitError>() {
            let detail = "the body is larger than the service takes";
            return Some(Reply::new(ProblemType::BodyTooLarge, detail));
        }
        if inner.is::<TooSlow>() {
            let detail = "the body took longer to come than the service waits";
            return Some(Reply::new(ProblemType::BodyTooSlow, detail));
        }
        cause = inner.source();
    }
    None
}

/// A body that ends in an error when it has not come by a time.
struct Timely {
    body: Body,
    end: Pin<Box<Sleep>>,
}

impl HttpBody for Timely {
    type Data = Bytes;
    type Error = axum::BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) {
            return Poll::Ready(frame.map(|frame| frame.map_err(Into::into)));
        }
        ready!(self.end.as_mut().poll(context));
        Poll::Ready(Some(Err(TooSlow.into())))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::routing::post;
    use futures::{StreamExt, stream};
    use models::RequestBody;
    use serde_json::{Value, json};

    use super::*;
    use crate::extract;
    use crate::http::router_stack;
    use crate::http::testing::{call, config, request};

    #[derive(serde::Deserialize, garde::Validate)]
    struct Note {
        #[garde(skip)]
        text: String,
    }

    impl RequestBody for Note {
        fn example() -> Value {
            json!({ "text": "x" })
        }
    }

    async fn sent(body: Body) -> (http::response::Parts, Value) {
        let echo = |extract::Body(note): extract::Body<Note>| async move { note.text };
        let app = router_stack("test", Router::new().route("/", post(echo)), &config());
        call(app, request("POST", "/", "").map(|_| body)).await
    }

    /// Bytes that come one by one, so many seconds apart.
    fn trickle(text: &str, seconds: u64) -> Body {
        let bytes = text.bytes().collect::<Vec<_>>();
        Body::from_stream(stream::iter(bytes).then(move |byte| async move {
            sleep(Duration::from_secs(seconds)).await;
            Ok::<_, axum::Error>(vec![byte])
        }))
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_trickles_is_ended() {
        let text = json!({ "text": "0123456789" }).to_string();
        // 21 bytes in 21 seconds, though none keeps anybody waiting for long.
        let (head, body) = sent(trickle(&text, 1)).await;
        assert_eq!(
            (head.status.as_u16(), &body["type"]),
            (408, &json!("/problems/body-too-slow"))
        );
        assert_eq!(head.headers[CONNECTION], "close");
        let (head, body) = sent(trickle(&text, 0)).await;
        assert_eq!((head.status.as_u16(), body), (200, json!("0123456789")));
    }
}
