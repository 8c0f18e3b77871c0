//! An issuer of tokens. It is a double: no identity provider can be had for a test.

use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use http::StatusCode;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// Plays an issuer that shows its keys as RFC 7517 has it.
#[derive(Debug)]
pub struct IssuerDouble {
    /// Where it shows its keys.
    pub url: String,
    shown: Arc<Shown>,
    task: JoinHandle<std::io::Result<()>>,
}

#[derive(Debug, Default)]
struct Shown {
    /// Status and body of the answer.
    answer: Mutex<(StatusCode, String)>,
    asked: AtomicUsize,
}

impl IssuerDouble {
    /// One that shows these keys.
    ///
    /// # Panics
    /// When the machine has no port left.
    pub async fn showing(keys: &[&IssuerKey]) -> Self {
        let shown = Arc::new(Shown::default());
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
        let listener = listener.expect("a port is free");
        let port = listener.local_addr().expect("it is bound").port();
        let router = Router::new()
            .route("/keys", get(answer))
            .with_state(shown.clone());
        let issuer = Self {
            url: format!("http://127.0.0.1:{port}/keys"),
            shown,
            task: tokio::spawn(async { axum::serve(listener, router).await }),
        };
        issuer.show(keys);
        issuer
    }

    /// Shows these keys from now on, and no others.
    pub fn show(&self, keys: &[&IssuerKey]) {
        let keys: Vec<Value> = keys.iter().map(|key| key.public()).collect();
        self.say(StatusCode::OK, &json!({ "keys": keys }).to_string());
    }

    /// Answers so from now on.
    pub fn say(&self, status: StatusCode, body: &str) {
        let mut answer = self
            .shown
            .answer
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        *answer = (status, body.to_owned());
    }

    /// How often it was asked.
    #[must_use]
    pub fn asked(&self) -> usize {
        self.shown.asked.load(Ordering::SeqCst)
    }
}

impl Drop for IssuerDouble {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(State(shown): State<Arc<Shown>>) -> Response {
    shown.asked.fetch_add(1, Ordering::SeqCst);
    let answer = shown.answer.lock().unwrap_or_else(PoisonError::into_inner);
    let (status, body) = answer.clone();
    match serde_json::from_str::<Value>(&body) {
        Ok(set) => (status, Json(set)).into_response(),
        Err(_) => (status, body).into_response(),
    }
}

/// A key that such an issuer signs with. It guards nothing: its secret half is here for everyone to see.
pub struct IssuerKey {
    kid: String,
    algorithm: Algorithm,
    key: EncodingKey,
}

impl IssuerKey {
    /// For RS256.
    ///
    /// # Panics
    /// Never: the key is sound.
    #[must_use]
    pub fn rsa(kid: &str) -> Self {
        let key = EncodingKey::from_rsa_pem(include_bytes!("issuer/rsa.pem"));
        Self::new(kid, Algorithm::RS256, key.expect("an RSA key"))
    }

    /// For ES256.
    ///
    /// # Panics
    /// Never: the key is sound.
    #[must_use]
    pub fn ec(kid: &str) -> Self {
        let key = EncodingKey::from_ec_pem(include_bytes!("issuer/ec.pem"));
        Self::new(kid, Algorithm::ES256, key.expect("a P-256 key"))
    }

    /// Another one for ES256.
    ///
    /// # Panics
    /// Never: the key is sound.
    #[must_use]
    pub fn ec_next(kid: &str) -> Self {
        let key = EncodingKey::from_ec_pem(include_bytes!("issuer/ec_next.pem"));
        Self::new(kid, Algorithm::ES256, key.expect("a P-256 key"))
    }

    fn new(kid: &str, algorithm: Algorithm, key: EncodingKey) -> Self {
        Self {
            kid: kid.to_owned(),
            algorithm,
            key,
        }
    }

    /// A token of user `ada` of a tenant that ends in ten minutes after `now`, in seconds since 1970.
    ///
    /// # Panics
    /// Never: the claims are plain data.
    #[must_use]
    pub fn token(&self, tenant: i64, role: &str, now: i64) -> String {
        let claims = json!({
            "sub": "ada", "tenant_id": tenant, "roles": [role], "iss": "plumbline", "aud": "plumbline", "iat": now,
            "exp": now + 600,
        });
        let mut header = Header::new(self.algorithm);
        header.kid = Some(self.kid.clone());
        jsonwebtoken::encode(&header, &claims, &self.key).expect("plain data")
    }

    fn public(&self) -> Value {
        let jwk = Jwk::from_encoding_key(&self.key, self.algorithm).expect("a key with two halves");
        let mut jwk = serde_json::to_value(jwk).expect("plain data");
        jwk["kid"] = json!(self.kid);
        jwk["use"] = json!("sig");
        jwk
    }
}
