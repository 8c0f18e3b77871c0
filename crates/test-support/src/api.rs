//! Asking a service over HTTP.

use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use reqwest::Client;
use serde_json::Value;

/// A client of a service with one credential.
#[derive(Debug, Clone)]
pub struct Api {
    client: Client,
    base: String,
    token: Option<String>,
    headers: HeaderMap,
}

/// What a service answered.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body; null when it is no JSON.
    pub json: Value,
    /// The body as text; of a stream of events the first one.
    pub text: String,
    /// What was asked, for messages.
    pub request: String,
}

impl Api {
    /// Asks the service at `base`, such as `http://127.0.0.1:8082`.
    #[must_use]
    pub fn new(client: Client, base: &str, token: Option<String>) -> Self {
        Self {
            client,
            base: base.to_owned(),
            token,
            headers: HeaderMap::new(),
        }
    }

    /// The same client, whose requests have this header too.
    ///
    /// # Panics
    /// When no header can be so.
    #[must_use]
    pub fn with_header(mut self, name: &'static str, value: &str) -> Self {
        let value = HeaderValue::from_bytes(value.as_bytes()).expect("a header's value");
        self.headers.insert(HeaderName::from_static(name), value);
        self
    }

    /// GET.
    ///
    /// # Panics
    /// When the service does not answer.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, None).await
    }

    /// POST with a JSON body.
    ///
    /// # Panics
    /// When the service does not answer.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(Method::POST, path, Some(body)).await
    }

    /// PATCH with a JSON body.
    ///
    /// # Panics
    /// When the service does not answer.
    pub async fn patch(&self, path: &str, body: &Value) -> Answer {
        self.send(Method::PATCH, path, Some(body)).await
    }

    /// DELETE.
    ///
    /// # Panics
    /// When the service does not answer.
    pub async fn delete(&self, path: &str) -> Answer {
        self.send(Method::DELETE, path, None).await
    }

    /// Any method, with or without a JSON body.
    ///
    /// # Panics
    /// When the service does not answer.
    pub async fn send(&self, method: Method, path: &str, body: Option<&Value>) -> Answer {
        match body {
            Some(body) => {
                self.send_text(method, path, "application/json", body.to_string())
                    .await
            }
            None => self.ask(method, path, |request| request).await,
        }
    }

    /// A body of any kind, sound or not.
    ///
    /// # Panics
    /// When the service does not answer.
    pub async fn send_text(
        &self,
        method: Method,
        path: &str,
        content_type: &str,
        body: impl Into<reqwest::Body>,
    ) -> Answer {
        self.ask(method, path, |request| {
            request.header("content-type", content_type).body(body)
        })
        .await
    }

    /// An answer whose body is still to be read.
    pub(crate) async fn response(
        &self,
        method: Method,
        path: &str,
        complete: impl FnOnce(reqwest::RequestBuilder) -> reqwest::RequestBuilder,
    ) -> reqwest::Response {
        let asked = format!("{method} {path}");
        let mut request = self.client.request(method, format!("{}{path}", self.base));
        request = request.headers(self.headers.clone());
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        let response = complete(request).send().await;
        response.unwrap_or_else(|error| panic!("{asked}: no answer: {error:?}"))
    }

    async fn ask(
        &self,
        method: Method,
        path: &str,
        complete: impl FnOnce(reqwest::RequestBuilder) -> reqwest::RequestBuilder,
    ) -> Answer {
        let asked = format!("{method} {path}");
        let response = self.response(method, path, complete).await;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let is_stream = headers
            .get(CONTENT_TYPE)
            .is_some_and(|it| it == "text/event-stream");
        let text = if is_stream {
            first_event(response).await
        } else {
            response.text().await
        };
        let text = text.unwrap_or_else(|error| panic!("{asked}: no body: {error:?}"));
        let json = serde_json::from_str(&text).unwrap_or_default();
        Answer {
            status,
            headers,
            json,
            text,
            request: asked,
        }
    }
}

/// What comes up to the end of the first event: a stream need not end.
async fn first_event(mut response: reqwest::Response) -> reqwest::Result<String> {
    let mut text = Vec::new();
    while !text.windows(2).any(|pair| pair == b"\n\n")
        && let Some(piece) = response.chunk().await?
    {
        text.extend_from_slice(&piece);
    }
    Ok(String::from_utf8_lossy(&text).into_owned())
}

impl Answer {
    /// The JSON body of an answer that must have this status.
    ///
    /// # Panics
    /// When it has another.
    #[must_use]
    #[track_caller]
    pub fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}: {}", self.request, self.text);
        self.json
    }

    /// The problem document of an answer that must be this problem.
    ///
    /// # Panics
    /// When it is none, or another, or the document is not as the conventions of the API have it.
    #[must_use]
    #[track_caller]
    pub fn problem(self, status: u16, slug: &str) -> Value {
        let shown = format!("{}: {}", self.request, self.text);
        assert_eq!(self.status, status, "{shown}");
        assert_eq!(
            self.header("content-type"),
            "application/problem+json",
            "{shown}"
        );
        assert_eq!(self.json["type"], format!("/problems/{slug}"), "{shown}");
        assert_eq!(self.json["status"], status, "{shown}");
        assert_eq!(
            self.json["request_id"],
            self.header("x-request-id"),
            "{shown}"
        );
        let asked = self.request.split_once(' ').map_or("", |(_, path)| path);
        let path = asked.split_once('?').map_or(asked, |(path, _)| path);
        assert_eq!(self.json["instance"], path, "{shown}");
        for key in ["title", "detail"] {
            assert!(
                self.json[key].as_str().is_some_and(|text| !text.is_empty()),
                "{shown}"
            );
        }
        self.json
    }

    /// A header's text; '' when it is absent.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }
}

/// Checks that an object has the members of another, whatever it has besides.
///
/// # Panics
/// When one is absent or different.
#[track_caller]
pub fn assert_has(object: &Value, members: &Value) {
    for (name, member) in members.as_object().expect("the members of an object") {
        assert_eq!(&object[name], member, "{name} of {object}");
    }
}
