//! `/api/metadata/*`: passed on to `meta`, so that a browser needs one origin.
//!
//! Method, path, query, headers and body go on as they came, and so does the answer, both as
//! streams. Only what belongs to one connection stays behind.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use http::header::{
    CONNECTION, EXPECT, FORWARDED, HOST, HeaderMap, HeaderName, PROXY_AUTHENTICATE,
    PROXY_AUTHORIZATION, TE, TRAILER, TRANSFER_ENCODING, UPGRADE,
};
use http::request::Parts;
use http::{Method, Uri};
use models::{Problem, ProblemType};
use service_kit::auth::{Caller, Viewer};
use service_kit::http::{ClientAddress, FORWARDED_FOR, REQUEST_ID, RequestId, body_refusal};
use service_kit::problem::{Reply, chain};
use url::Url;

use crate::error::{Error, meta_unavailable};
use crate::state::AppState;
use crate::store::progress;

/// Everything that is passed on lies below this path.
const PREFIX: &str = "/api/metadata/";

/// Headers of one connection (RFC 9110, section 7.6.1), and those that the client makes anew.
const OF_THE_CONNECTION: [HeaderName; 11] = [
    CONNECTION,
    EXPECT,
    HOST,
    HeaderName::from_static("keep-alive"),
    PROXY_AUTHENTICATE,
    PROXY_AUTHORIZATION,
    HeaderName::from_static("proxy-connection"),
    TE,
    TRAILER,
    TRANSFER_ENCODING,
    UPGRADE,
];

/// Where requests are passed on to.
#[derive(Debug, Clone)]
pub(crate) struct Upstream {
    http: reqwest::Client,
    base: Url,
}

impl Upstream {
    /// Passes on to the `meta` whose API is at `base` + `/api/metadata`.
    pub(crate) fn new(http: reqwest::Client, base: Url) -> Self {
        Self { http, base }
    }

    /// Where a path of ours is at `meta`. None for one that leads elsewhere, by `..` or its like.
    fn locate(&self, uri: &Uri) -> Option<Url> {
        let mut url = self.base.clone();
        let base = url.path().trim_end_matches('/').to_owned();
        url.set_path(&format!("{base}{}", uri.path()));
        url.set_query(uri.query());
        url.path()
            .starts_with(&format!("{base}{PREFIX}"))
            .then_some(url)
    }

    async fn send(&self, url: Url, request: Request) -> Result<Response, reqwest::Error> {
        let (mut head, body) = request.into_parts();
        remove_of_the_connection(&mut head.headers);
        tell_where_from(&mut head);
        let mut passed = self.http.request(head.method, url).headers(head.headers);
        if !axum::body::HttpBody::is_end_stream(&body) {
            passed = passed.body(reqwest::Body::wrap_stream(body.into_data_stream()));
        }
        let answered = passed.send().await?;
        let (status, mut headers) = (answered.status(), answered.headers().clone());
        remove_of_the_connection(&mut headers);
        Ok((status, headers, Body::from_stream(answered.bytes_stream())).into_response())
    }
}

/// Passed on to meta with the caller's credentials; meta's own document describes what is there.
///
/// Meta may ask for more than this role.
#[utoipa::path(
    method(get, post, put, patch, delete),
    path = "/api/metadata/{path}",
    operation_id = "pass",
    tag = "meta",
    params(("path" = String, Path, description = "The rest of the path")),
    responses(
        (status = "default", description = "What meta answers"),
        (status = 503, description = "Meta cannot be reached", body = Problem),
    )
)]
pub(crate) async fn pass(
    State(state): State<AppState>,
    Viewer(caller): Viewer,
    request: Request,
) -> Response {
    let Some(url) = state.upstream.locate(request.uri()) else {
        return nothing_at(request.uri());
    };
    let deleted = deleted_datasource(request.method(), url.path());
    let response = match state.upstream.send(url, request).await {
        Ok(response) => response,
        Err(error) => return unsent(&error),
    };
    if let Some(resource_id) = deleted
        && response.status().is_success()
        && let Err(error) = fail_source(&state, &caller, resource_id).await
    {
        // The answer is meta's all the same: the reconciler notices later that the source is gone.
        tracing::warn!(
            resource_id,
            cause = chain(&error),
            "managed objects not told"
        );
    }
    response
}

/// As [`pass`], for what meta answers without a credential.
pub(crate) async fn pass_openly(State(state): State<AppState>, request: Request) -> Response {
    let Some(url) = state.upstream.locate(request.uri()) else {
        return nothing_at(request.uri());
    };
    let answered = state.upstream.send(url, request).await;
    answered.unwrap_or_else(|error| unsent(&error))
}

fn nothing_at(uri: &Uri) -> Response {
    let detail = format!("there is nothing at {}", uri.path());
    Reply::new(ProblemType::RouteNotFound, detail).into_response()
}

fn remove_of_the_connection(headers: &mut HeaderMap) {
    let named: Vec<HeaderName> = headers
        .get_all(CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|name| name.trim().parse().ok())
        .collect();
    for name in named.iter().chain(&OF_THE_CONNECTION) {
        headers.remove(name);
    }
}

/// Who asks for whom, which the caller cannot say otherwise.
fn tell_where_from(head: &mut Parts) {
    if let Some(id) = head.extensions.get::<RequestId>() {
        head.headers.insert(REQUEST_ID, id.header());
    }
    for name in [FORWARDED, FORWARDED_FOR] {
        head.headers.remove(name);
    }
    if let Some(address) = head.extensions.get::<ClientAddress>() {
        head.headers.insert(FORWARDED_FOR, address.header());
    }
}

/// The data source that a request deletes.
fn deleted_datasource(method: &Method, path: &str) -> Option<i64> {
    if method != Method::DELETE {
        return None;
    }
    let (_, rest) = path.split_once(&format!("{PREFIX}datasources/"))?;
    rest.parse().ok()
}

async fn fail_source(state: &AppState, caller: &Caller, resource_id: i64) -> Result<(), Error> {
    let mut tx = state.store.begin(caller.tenant).await?;
    progress::fail_source(&mut tx, resource_id).await?;
    Ok(tx.commit().await?)
}

/// Why a request could not be passed on: its own body, or `meta`.
fn unsent(error: &reqwest::Error) -> Response {
    if let Some(refusal) = body_refusal(error) {
        return refusal.into_response();
    }
    tracing::warn!(cause = chain(error), "meta unavailable");
    meta_unavailable().into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn located(base: &str, uri: &str) -> Option<String> {
        let http = service_kit::http_client().expect("the machine has certificates");
        let upstream = Upstream::new(http, base.parse().expect("a URL"));
        let uri = uri.parse().expect("a URI");
        upstream.locate(&uri).map(String::from)
    }

    #[test]
    fn path_and_query_stay_as_they_are() {
        let path = "/api/metadata/tables?q=a%20b%2F&x";
        assert_eq!(
            located("http://meta:8082", path),
            Some(format!("http://meta:8082{path}"))
        );
        assert_eq!(
            located("https://gate/m/", path),
            Some(format!("https://gate/m{path}"))
        );
        let named = "/api/metadata/a%2Fb/%E7%BA%B3";
        assert_eq!(
            located("http://meta", named),
            Some(format!("http://meta{named}"))
        );
    }

    #[test]
    fn no_path_leads_out_of_the_api() {
        for path in [
            "../../metrics",
            "..",
            "%2e%2e/%2E%2e/metrics",
            ".%2e/manager",
            "a/../../x",
        ] {
            assert_eq!(
                located("http://meta", &format!("/api/metadata/{path}")),
                None,
                "{path}"
            );
        }
    }

    #[test]
    fn headers_of_the_connection_stay_behind() {
        let mut headers = HeaderMap::new();
        for (name, value) in [
            ("connection", "close, X-Mine"),
            ("x-mine", "1"),
            ("te", "trailers"),
            ("transfer-encoding", "chunked"),
            ("authorization", "Bearer x"),
            ("content-length", "3"),
        ] {
            headers.insert(name, value.parse().expect("a value"));
        }
        remove_of_the_connection(&mut headers);
        let mut left: Vec<_> = headers.keys().map(HeaderName::as_str).collect();
        left.sort_unstable();
        assert_eq!(left, ["authorization", "content-length"]);
    }

    #[test]
    fn only_a_deletion_tells_that_a_source_is_gone() {
        let deleted = |method, path| deleted_datasource(&method, path);
        assert_eq!(
            deleted(Method::DELETE, "/api/metadata/datasources/7"),
            Some(7)
        );
        assert_eq!(
            deleted(Method::DELETE, "/base/api/metadata/datasources/7"),
            Some(7)
        );
        assert_eq!(deleted(Method::GET, "/api/metadata/datasources/7"), None);
        assert_eq!(
            deleted(Method::DELETE, "/api/metadata/datasources/7/x"),
            None
        );
        assert_eq!(deleted(Method::DELETE, "/api/metadata/schedules/7"), None);
    }
}
