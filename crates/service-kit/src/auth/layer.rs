//! The layer that finds out who asks, or answers 401.

use std::mem::replace;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::response::{IntoResponse, Response};
use http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use http::{HeaderMap, Request};
use models::ProblemType;
use secrecy::{ExposeSecret, SecretString};
use tower::{Layer, Service};
use tracing::Span;

use super::{ApiKeys, AuthError, Caller, Code, CodeKind, KeyHolder, TokenKeys};
use crate::http::RequestId;
use crate::problem::Reply;

/// Guards the routes it goes around: a request without a token that `keys` believe gets 401, any
/// other one carries its [`Caller`], whose tenant and subject the request's span then names.
///
/// Use `Router::route_layer`, so that a path that does not exist stays a 404.
#[must_use]
pub fn layer(keys: Arc<TokenKeys>) -> AuthLayer {
    AuthLayer(Guard {
        keys,
        api_keys: None,
    })
}

/// See [`layer()`].
#[derive(Debug, Clone)]
pub struct AuthLayer(Guard);

impl AuthLayer {
    /// Also believes the API keys that `api_keys` knows. A request with one carries its [`KeyHolder`] too.
    #[must_use]
    pub fn with_api_keys(self, api_keys: Arc<dyn ApiKeys>) -> Self {
        Self(Guard {
            api_keys: Some(api_keys),
            ..self.0
        })
    }
}

impl<S> Layer<S> for AuthLayer {
    type Service = Auth<S>;

    fn layer(&self, inner: S) -> Auth<S> {
        Auth {
            inner,
            guard: self.0.clone(),
        }
    }
}

/// The service that [`AuthLayer`] makes.
#[derive(Debug, Clone)]
pub struct Auth<S> {
    inner: S,
    guard: Guard,
}

impl<S, B> Service<Request<B>> for Auth<S>
where
    S: Service<Request<B>, Response = Response> + Clone + Send + 'static,
    S::Future: Send,
    B: Send + 'static,
{
    type Response = Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: Request<B>) -> Self::Future {
        // The one that is ready goes with the request.
        let ready = self.inner.clone();
        let mut inner = replace(&mut self.inner, ready);
        let guard = self.guard.clone();
        Box::pin(async move {
            let credential = credential(request.headers());
            let request_id = request.extensions().get::<RequestId>().cloned();
            match guard.known(credential, request_id.as_ref()).await {
                Ok((caller, holder)) => {
                    Span::current()
                        .record("tenant", caller.tenant.0)
                        .record("subject", caller.subject.as_str());
                    request.extensions_mut().insert(caller);
                    if let Some(holder) = holder {
                        request.extensions_mut().insert(holder);
                    }
                    inner.call(request).await
                }
                Err(refusal) => Ok(refusal.into_response()),
            }
        })
    }
}

/// Why a request goes no further.
enum Refusal {
    /// Its credential is not believed.
    Credential(AuthError),
    /// Whether it is cannot be found out at present.
    Unknown(Reply),
}

impl From<AuthError> for Refusal {
    fn from(error: AuthError) -> Self {
        Self::Credential(error)
    }
}

/// What credentials are held against.
#[derive(Debug, Clone)]
struct Guard {
    keys: Arc<TokenKeys>,
    api_keys: Option<Arc<dyn ApiKeys>>,
}

impl Guard {
    async fn known(
        &self,
        credential: Result<SecretString, AuthError>,
        request_id: Option<&RequestId>,
    ) -> Result<(Caller, Option<KeyHolder>), Refusal> {
        let credential = credential?;
        let text = credential.expose_secret();
        if !text.starts_with(CodeKind::ApiKey.prefix()) {
            return Ok((self.keys.check(text).await?, None));
        }
        let api_keys = self.api_keys.as_ref().ok_or(AuthError::Malformed)?;
        let key = Code::read(CodeKind::ApiKey, text).ok_or(AuthError::Key)?;
        let found = api_keys.find(&key, request_id).await;
        let holder = found.map_err(Refusal::Unknown)?.ok_or(AuthError::Key)?;
        Ok((holder.caller(&key, self.keys.now()), Some(holder)))
    }
}

fn credential(headers: &HeaderMap) -> Result<SecretString, AuthError> {
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
    Ok(token.trim().into())
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let error = match self {
            Self::Credential(error) => error,
            Self::Unknown(reply) => return reply.into_response(),
        };
        tracing::debug!(%error, "credential refused");
        // RFC 6750, section 3.1: no error code where no credential was sent.
        let challenge = match error {
            AuthError::IssuerAway => {
                return Reply::new(ProblemType::IssuerUnavailable, error.to_string())
                    .into_response();
            }
            AuthError::Missing => "Bearer",
            _ => r#"Bearer error="invalid_token""#,
        };
        let reply = Reply::new(ProblemType::Unauthorized, error.to_string());
        ([(WWW_AUTHENTICATE, challenge)], reply).into_response()
    }
}
