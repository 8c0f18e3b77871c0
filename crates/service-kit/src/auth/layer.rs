//! The layer that finds out who asks, or answers 401.

use std::sync::Arc;
use std::task::{Context, Poll};

use axum::response::{IntoResponse, Response};
use futures::future::{Either, Ready, ready};
use http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use http::{HeaderMap, Request};
use models::ProblemType;
use tower::{Layer, Service};
use tracing::Span;

use super::{AuthError, Caller, TokenKeys};
use crate::problem::Reply;

/// Guards the routes it goes around: a request without a token that `keys` believe gets 401, any
/// other one carries its [`Caller`], whose tenant and subject the request's span then names.
///
/// Use `Router::route_layer`, so that a path that does not exist stays a 404.
#[must_use]
pub fn layer(keys: Arc<TokenKeys>) -> AuthLayer {
    AuthLayer { keys }
}

/// See [`layer()`].
#[derive(Debug, Clone)]
pub struct AuthLayer {
    keys: Arc<TokenKeys>,
}

impl<S> Layer<S> for AuthLayer {
    type Service = Auth<S>;

    fn layer(&self, inner: S) -> Auth<S> {
        Auth {
            inner,
            keys: self.keys.clone(),
        }
    }
}

/// The service that [`AuthLayer`] makes.
#[derive(Debug, Clone)]
pub struct Auth<S> {
    inner: S,
    keys: Arc<TokenKeys>,
}

impl<S, B> Service<Request<B>> for Auth<S>
where
    S: Service<Request<B>, Response = Response>,
{
    type Response = Response;
    type Error = S::Error;
    type Future = Either<Ready<Result<Response, S::Error>>, S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: Request<B>) -> Self::Future {
        match caller(&self.keys, request.headers()) {
            Ok(caller) => {
                Span::current()
                    .record("tenant", caller.tenant.0)
                    .record("subject", caller.subject.as_str());
                request.extensions_mut().insert(caller);
                Either::Right(self.inner.call(request))
            }
            Err(error) => Either::Left(ready(Ok(refuse(error)))),
        }
    }
}

fn caller(keys: &TokenKeys, headers: &HeaderMap) -> Result<Caller, AuthError> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let (Some(value), None) = (values.next(), values.next()) else {
        return Err(AuthError::Missing);
    };
    let (scheme, token) = value
        .to_str()
        .ok()
        .and_then(|text| text.split_once(' '))
        .ok_or(AuthError::Missing)?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return Err(AuthError::Missing);
    }
    keys.verify(token.trim(), keys.now())
}

fn refuse(error: AuthError) -> Response {
    tracing::debug!(%error, "credential refused");
    // RFC 6750, section 3.1: no error code where no credential was sent.
    let challenge = match error {
        AuthError::Missing => "Bearer",
        _ => r#"Bearer error="invalid_token""#,
    };
    let reply = Reply::new(ProblemType::Unauthorized, error.to_string());
    ([(WWW_AUTHENTICATE, challenge)], reply).into_response()
}
