//! Where a service is, and one call.

use std::marker::PhantomData;
use std::time::Duration;

use http::header::ACCEPT;
use http::{HeaderValue, Method};
use models::Problem;
use reqwest::{RequestBuilder, Response};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use serde::de::DeserializeOwned;
use url::Url;

use crate::Error;

/// The header that carries the id of the request that a call is part of.
const REQUEST_ID: &str = "x-request-id";
/// The header that says which event of a stream was seen last (WHATWG HTML, "Server-sent events").
const LAST_EVENT_ID: &str = "last-event-id";

/// A service of Plumbline that can be asked.
pub trait Service: Clone + Send + Sync + 'static {
    /// What it is called in messages.
    const NAME: &'static str;
    /// The path of its API.
    const API: &'static [&'static str];
}

/// The service that scans and keeps the catalog.
#[derive(Debug, Clone, Copy)]
pub struct Meta;

impl Service for Meta {
    const NAME: &'static str = "meta";
    const API: &'static [&'static str] = &["api", "metadata"];
}

/// The service that adopts and follows.
#[derive(Debug, Clone, Copy)]
pub struct Manager;

impl Service for Manager {
    const NAME: &'static str = "manager";
    const API: &'static [&'static str] = &["api", "manager"];
}

/// Where `meta` is, and how to get there. The address of `manager` does as well, which passes on
/// what is meant for `meta`.
pub type MetaClient = Client<Meta>;

/// Where `manager` is, and how to get there.
pub type ManagerClient = Client<Manager>;

/// Where a service is, and how to get there.
#[derive(Debug, Clone)]
pub struct Client<S> {
    http: reqwest::Client,
    base: Url,
    timeout: Duration,
    service: PhantomData<S>,
}

impl<S: Service> Client<S> {
    /// A client of the service whose API is below `base`. Each call ends after `timeout`, its
    /// answer included.
    #[must_use]
    pub fn new(http: reqwest::Client, base: Url, timeout: Duration) -> Self {
        Self {
            http,
            base,
            timeout,
            service: PhantomData,
        }
    }

    /// Asks as the bearer of `token`. `request_id` names the request that the calls are part of,
    /// in the service's log too.
    #[must_use]
    pub fn session(&self, token: SecretString, request_id: Option<HeaderValue>) -> Session<S> {
        Session {
            client: self.clone(),
            token,
            request_id,
        }
    }

    /// Whether the service answers at all.
    ///
    /// # Errors
    /// [`Error::Unreachable`] when it does not, [`Error::Unexpected`] when something else answers.
    pub async fn ping(&self) -> Result<(), Error> {
        let url = self.url(&["health", "live"]);
        let request = self.http.get(url).timeout(self.timeout);
        answer::<S, serde_json::Value>(request).await.map(drop)
    }

    fn url(&self, path: &[&str]) -> Url {
        let mut url = self.base.clone();
        // A URL without a path, such as `mailto:`, names no service; reqwest refuses it.
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(path);
        }
        url
    }
}

/// Calls of a service, `meta` unless said otherwise, as the bearer of a token.
#[derive(Debug, Clone)]
pub struct Session<S = Meta> {
    client: Client<S>,
    token: SecretString,
    request_id: Option<HeaderValue>,
}

impl<S: Service> Session<S> {
    pub(crate) async fn get<A, Q>(&self, path: &[&str], query: &Q) -> Result<A, Error>
    where
        A: DeserializeOwned,
        Q: Serialize + ?Sized,
    {
        answer::<S, _>(self.request(Method::GET, path).query(query)).await
    }

    pub(crate) async fn send<A, B>(
        &self,
        method: Method,
        path: &[&str],
        body: &B,
    ) -> Result<A, Error>
    where
        A: DeserializeOwned,
        B: Serialize + ?Sized,
    {
        answer::<S, _>(self.request(method, path).json(body)).await
    }

    /// A POST without a body.
    pub(crate) async fn post<A: DeserializeOwned>(&self, path: &[&str]) -> Result<A, Error> {
        answer::<S, _>(self.request(Method::POST, path)).await
    }

    /// Asks for a stream of events, from after the event of this id unless it is empty. Nothing limits
    /// how long it lasts. What comes may be a [`refused`] answer.
    pub(crate) async fn open_events(
        &self,
        path: &[String],
        last_id: &str,
    ) -> Result<Response, Error> {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let request = self.unlimited(Method::GET, &path);
        let mut request = request.header(ACCEPT, "text/event-stream");
        if !last_id.is_empty() {
            request = request.header(LAST_EVENT_ID, last_id);
        }
        reach::<S>(request).await
    }

    /// A DELETE, whose answer has nothing to read.
    pub(crate) async fn delete<Q>(&self, path: &[&str], query: &Q) -> Result<(), Error>
    where
        Q: Serialize + ?Sized,
    {
        let response = reach::<S>(self.request(Method::DELETE, path).query(query)).await?;
        if response.status().is_success() {
            response.bytes().await.map_err(unreachable::<S>)?;
            Ok(())
        } else {
            Err(refused::<S>(response).await)
        }
    }

    /// A request below the path of the API, whose answer comes in time or not at all.
    fn request(&self, method: Method, path: &[&str]) -> RequestBuilder {
        self.unlimited(method, path).timeout(self.client.timeout)
    }

    /// A request below the path of the API that may take as long as it likes.
    fn unlimited(&self, method: Method, path: &[&str]) -> RequestBuilder {
        let whole = [S::API, path].concat();
        let request = self
            .client
            .http
            .request(method, self.client.url(&whole))
            .bearer_auth(self.token.expose_secret());
        match &self.request_id {
            Some(id) => request.header(REQUEST_ID, id),
            None => request,
        }
    }
}

async fn answer<S: Service, A: DeserializeOwned>(request: RequestBuilder) -> Result<A, Error> {
    let response = reach::<S>(request).await?;
    let status = response.status();
    if !status.is_success() {
        return Err(refused::<S>(response).await);
    }
    let body = response.bytes().await.map_err(unreachable::<S>)?;
    serde_json::from_slice(&body).map_err(|source| Error::Unexpected {
        service: S::NAME,
        status: status.as_u16(),
        source,
    })
}

async fn reach<S: Service>(request: RequestBuilder) -> Result<Response, Error> {
    request.send().await.map_err(unreachable::<S>)
}

/// The URL stays out of the message: its query may hold what somebody searches for.
pub(crate) fn unreachable<S: Service>(error: reqwest::Error) -> Error {
    Error::Unreachable {
        service: S::NAME,
        source: error.without_url(),
    }
}

/// The error that an answer without success is.
pub(crate) async fn refused<S: Service>(response: Response) -> Error {
    let status = response.status();
    let body = match response.bytes().await {
        Ok(body) => body,
        Err(error) => return unreachable::<S>(error),
    };
    match serde_json::from_slice::<Problem>(&body) {
        // What the line says counts, whatever stands in the document.
        Ok(problem) => Error::Problem(Problem {
            status: status.as_u16(),
            ..problem
        }),
        Err(source) => Error::Unexpected {
            service: S::NAME,
            status: status.as_u16(),
            source,
        },
    }
}

#[cfg(test)]
mod tests {
    use axum::extract::Request;
    use axum::http::header::AUTHORIZATION;
    use axum::response::{IntoResponse, Response};
    use axum::{Json, Router};
    use http::StatusCode;
    use models::ProblemType;
    use models::scan::StartSync;

    use super::*;
    use crate::DatabasesQuery;

    /// Answers what the path asks for, and repeats the request in the place of a job's id.
    async fn play(request: Request) -> Response {
        let path = request.uri().path().to_owned();
        match path.as_str() {
            "/base/api/metadata/sync/auto" => {
                let problem = Problem::new(ProblemType::ScanActive, "one is active");
                (StatusCode::CONFLICT, Json(problem)).into_response()
            }
            "/base/api/metadata/datasources/7" => {
                (StatusCode::BAD_GATEWAY, "<html>").into_response()
            }
            "/base/api/metadata/databases" => {
                let header = |name| {
                    request
                        .headers()
                        .get(name)
                        .and_then(|value| value.to_str().ok())
                };
                let said = [
                    request.uri().query(),
                    header(AUTHORIZATION.as_str()),
                    header(REQUEST_ID),
                ];
                let problem = Problem::new(ProblemType::DatasourceNotFound, format!("{said:?}"));
                (StatusCode::NOT_FOUND, Json(problem)).into_response()
            }
            _ => Json(serde_json::json!({ "status": "ok" })).into_response(),
        }
    }

    fn client(url: &str) -> MetaClient {
        let http = service_kit::http_client().expect("the machine has certificates");
        MetaClient::new(http, url.parse().expect("a URL"), Duration::from_secs(5))
    }

    /// A session with a server that plays `meta` under a path of its own.
    async fn session() -> Session {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port");
        let url = format!(
            "http://{}/base/",
            listener.local_addr().expect("an address")
        );
        tokio::spawn(async { axum::serve(listener, Router::new().fallback(play)).await });
        client(&url).session("key".into(), Some(HeaderValue::from_static("r-1")))
    }

    #[tokio::test]
    async fn a_call_carries_token_id_and_query() {
        let query = DatabasesQuery {
            resource_id: 7,
            name: Some("a&b".into()),
            ..DatabasesQuery::default()
        };
        let error = session().await.list_databases(&query).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            r#"[Some("resource_id=7&name=a%26b"), Some("Bearer key"), Some("r-1")]"#
        );
    }

    #[tokio::test]
    async fn a_problem_is_told_by_its_kind() {
        let request = StartSync {
            resource_id: 7,
            force: false,
        };
        let error = session().await.start_sync(&request).await.unwrap_err();
        assert!(
            error.is(ProblemType::ScanActive) && !error.is_unavailable(),
            "{error:?}"
        );
        assert_eq!(error.problem().map(|problem| problem.status), Some(409));
    }

    #[tokio::test]
    async fn a_proxys_page_is_unexpected_and_may_pass() {
        let error = session().await.get_datasource(7).await.unwrap_err();
        assert!(
            matches!(error, Error::Unexpected { status: 502, .. }),
            "{error:?}"
        );
        assert!(error.is_unavailable() && error.problem().is_none());
    }

    #[tokio::test]
    async fn no_server_is_unreachable_and_its_url_is_not_told() {
        let error = client("http://127.0.0.1:1/").ping().await.unwrap_err();
        assert!(
            matches!(error, Error::Unreachable { .. }) && error.is_unavailable(),
            "{error:?}"
        );
        assert!(!format!("{error:?}").contains("health"), "{error:?}");
        assert!(session().await.client.ping().await.is_ok());
    }
}
