//! Which keys of a set count, and when it is fetched again. Fetching itself is tested with an issuer that can be asked,
//! in `tests/it/meta/auth/jwks.rs`.

use jsonwebtoken::EncodingKey;
use jsonwebtoken::jwk;
use serde_json::json;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpListener;

use super::*;

/// Keys that guard nothing.
pub(in crate::auth) const RSA: &[u8] =
    include_bytes!("../../../../test-support/src/issuer/rsa.pem");
pub(in crate::auth) const EC: &[u8] = include_bytes!("../../../../test-support/src/issuer/ec.pem");

/// The public half of a key, as an issuer shows it.
pub(in crate::auth) fn public(key: &EncodingKey, algorithm: Algorithm, kid: &str) -> Value {
    let jwk = jwk::Jwk::from_encoding_key(key, algorithm).unwrap();
    let mut jwk = serde_json::to_value(jwk).unwrap();
    jwk["kid"] = json!(kid);
    jwk
}

pub(in crate::auth) fn rsa() -> Value {
    public(
        &EncodingKey::from_rsa_pem(RSA).unwrap(),
        Algorithm::RS256,
        "r",
    )
}

pub(in crate::auth) fn ec() -> Value {
    public(
        &EncodingKey::from_ec_pem(EC).unwrap(),
        Algorithm::ES256,
        "e",
    )
}

impl Jwks {
    /// One that has fetched these keys at the clock's time.
    pub(in crate::auth) fn holding(keys: &[Value], clock: Clock) -> Arc<Self> {
        let url = "http://127.0.0.1:9/".parse().unwrap();
        let http = crate::http_client().unwrap();
        let jwks = Self::new(url, http, clock, TimeDelta::seconds(300));
        let set = json!({ "keys": keys }).to_string();
        let now = jwks.clock.now();
        *jwks.state.write().unwrap() = State {
            keys: read(set.as_bytes()).unwrap(),
            fetched_at: Some(now),
            asked_at: Some(now),
            failed: false,
        };
        Arc::new(jwks)
    }
}

fn count(key: &Value) -> usize {
    read(json!({ "keys": [key] }).to_string().as_bytes())
        .unwrap()
        .len()
}

fn with(mut key: Value, name: &str, value: Value) -> Value {
    key[name] = value;
    key
}

#[test]
fn keys_for_checking_signatures_count() {
    for key in [rsa(), ec()] {
        for (name, value) in [
            ("alg", Value::Null),
            ("use", json!("sig")),
            ("key_ops", json!(["verify"])),
            ("x5c", json!(["MIIB"])),
        ] {
            assert_eq!(count(&with(key.clone(), name, value)), 1, "{name}");
        }
        for (name, value) in [
            ("use", json!("enc")),
            ("key_ops", json!(["encrypt"])),
            ("alg", json!("PS256")),
            ("alg", json!("HS256")),
            ("kty", json!("oct")),
            ("kty", json!("OKP")),
            ("crv", json!("P-384")),
            ("n", json!("AQAB")),
            ("x", json!("???")),
            ("kid", json!(7)),
        ] {
            let wrong = with(key.clone(), name, value.clone());
            // What speaks of the other kind changes nothing.
            let is_other = match name {
                "n" => key["kty"] == "EC",
                "crv" | "x" => key["kty"] == "RSA",
                _ => false,
            };
            assert_eq!(count(&wrong), usize::from(is_other), "{name} {value}");
        }
    }
    let secret = json!({ "kty": "oct", "kid": "s", "alg": "HS256", "k": "AAAA" });
    assert_eq!(count(&secret), 0);
    assert_eq!(count(&json!("no key")), 0);
    assert!(read(b"<html>").is_err() && read(b"{}").is_err());
}

#[tokio::test]
async fn a_key_is_found_by_its_name_and_its_algorithm() {
    let now: DateTime<Utc> = "2026-01-02T12:00:00Z".parse().unwrap();
    let one = Jwks::holding(&[rsa(), ec()], Clock::fixed(now));
    let found = async |jwks: &Arc<Jwks>, kid, algorithm| jwks.find(kid, algorithm).await.err();
    for (kid, algorithm) in [("r", Algorithm::RS256), ("e", Algorithm::ES256)] {
        assert_eq!(found(&one, Some(kid), algorithm).await, None);
        assert_eq!(
            found(&one, None, algorithm).await,
            None,
            "the only one for it"
        );
    }
    let lack = Some(AuthError::UnknownKey);
    assert_eq!(found(&one, Some("r"), Algorithm::ES256).await, lack);
    assert_eq!(found(&one, Some("x"), Algorithm::RS256).await, lack);
    let two = [ec(), with(ec(), "kid", json!("f"))];
    let two = Jwks::holding(&two, Clock::fixed(now));
    assert_eq!(found(&two, None, Algorithm::ES256).await, lack, "which?");
    assert_eq!(found(&two, Some("f"), Algorithm::ES256).await, None);
}

#[tokio::test]
async fn a_fetch_goes_on_without_the_one_who_began_it() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let http = crate::http_client().unwrap();
    let clock = Clock::fixed("2026-01-02T12:00:00Z".parse().unwrap());
    let jwks = Jwks::new(url.parse().unwrap(), http, clock, TimeDelta::seconds(300));
    let jwks = Arc::new(jwks);
    let ask = || jwks.find(Some("e"), Algorithm::ES256);
    let (mut connection, _) = tokio::select! {
        accepted = listener.accept() => accepted.unwrap(),
        found = ask() => panic!("nothing has been answered: {:?}", found.err()),
    };
    // The one who asked is gone. The next finds what comes now, and has nothing fetched.
    let set = json!({ "keys": [ec()] }).to_string();
    let answer = format!(
        "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{set}",
        set.len()
    );
    connection.write_all(answer.as_bytes()).await.unwrap();
    assert_eq!(ask().await.err(), None);
}
