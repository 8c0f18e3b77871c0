//! What the log says of a request. A binary of its own: tests beside it in the same process would
//! share the caches that `tracing` keeps of who listens to what.

use std::io;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::routing::get;
use http::Request;
use models::{Clock, Role, TenantId};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use service_kit::auth::{self, TokenKeys};
use service_kit::config::{AuthConfig, ServerConfig};
use service_kit::http::router_stack;
use tower::ServiceExt;
use tracing_subscriber::layer::SubscriberExt;

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .lock()
            .expect("nobody panics with it")
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn keys() -> TokenKeys {
    let secret = |text: &str| Some(SecretString::from(text.repeat(8)));
    let config = AuthConfig {
        issuer: "issuer".to_owned(),
        audience: "audience".to_owned(),
        clock_skew_seconds: 60,
        jwt_secret: secret("users"),
        jwt_secret_file: None,
        jwks_url: None,
        jwks_cache_seconds: 300,
        service_secret: secret("services"),
        service_secret_file: None,
        session_seconds: 43_200,
    };
    TokenKeys::new(&config, "META", Clock::system()).expect("sound keys")
}

#[tokio::test]
async fn the_log_names_the_request_even_of_errors_alone() {
    async fn panics() {
        panic!("the cause");
    }
    let lines = Lines::default();
    let (writer, filter) = (lines.clone(), tracing_subscriber::EnvFilter::new("error"));
    let json = tracing_subscriber::fmt::layer().json().flatten_event(true);
    let subscriber = tracing_subscriber::registry()
        .with(filter)
        .with(json.with_writer(move || writer.clone()));
    let guard = tracing::subscriber::set_default(subscriber);

    let routes = Router::new()
        .route("/items/{id}", get(panics))
        .route_layer(auth::layer(Arc::new(keys())));
    let token = keys().mint_user("ada", TenantId(7), &[Role::Viewer], Duration::from_mins(1));
    let asked = Request::get("/items/5?q=secret")
        .header("authorization", format!("Bearer {}", token.expose_secret()))
        .body(Body::empty())
        .expect("a request");
    let config = ServerConfig {
        address: Ipv4Addr::LOCALHOST.into(),
        port: 0,
        request_timeout_seconds: 30,
        body_limit_bytes: 1024,
        max_concurrent_requests: 100.try_into().unwrap(),
        header_timeout_seconds: 30.try_into().unwrap(),
        body_timeout_seconds: 20.try_into().unwrap(),
        max_connections: 100.try_into().unwrap(),
        requests_per_second: 0,
        request_burst: 1.try_into().unwrap(),
        trusted_proxies: Vec::new(),
        cors_allowed_origins: Vec::new(),
    };
    let answer = router_stack("test", routes, &config)
        .oneshot(asked)
        .await
        .expect("an answer");
    drop(guard);

    let text = lines.0.lock().expect("nobody panics with it").clone();
    let text = String::from_utf8(text).expect("a text");
    let line: Value =
        serde_json::from_str(text.lines().next().expect("a line")).expect("a JSON line");
    assert_eq!(line["panic"], "the cause");
    let request_id = answer.headers()["x-request-id"].to_str().expect("an id");
    let expected = json!({
        "name": "request", "service": "test", "method": "GET", "route": "/items/{id}",
        "path": "/items/5", "tenant": 7, "subject": "ada", "request_id": request_id,
    });
    assert_eq!(line["span"], expected);
    assert!(
        !text.contains("q=secret") && !text.contains(token.expose_secret()),
        "{text}"
    );
}
