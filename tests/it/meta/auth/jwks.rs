//! Tokens of an issuer that shows its keys: taken by both services, and the keys fetched when they have to be.

use http::StatusCode;
use models::{Role, TenantId};
use secrecy::ExposeSecret;
use serde_json::json;
use service_kit::auth::{AuthError, TokenKeys};
use test_support::{Installation, IssuerDouble, IssuerKey, TENANT, TestClock, key, refused_port};

const NOON: &str = "2026-01-02T12:00:00Z";
/// NOON in seconds since 1970.
const NOON_SECONDS: i64 = 1_767_355_200;

/// Keys that believe this issuer alone, by a clock that shows noon.
fn believing(url: &str) -> (TokenKeys, TestClock) {
    let clock = TestClock::at(NOON);
    let settings = [
        ("META__AUTH__SERVICE_SECRET".to_owned(), key()),
        ("META__AUTH__JWKS_URL".to_owned(), url.to_owned()),
    ];
    let config = meta::Config::load(None, settings).expect("sound settings");
    let keys = TokenKeys::new(&config.auth, "META", clock.clock()).expect("sound settings");
    (keys, clock)
}

/// Why a token of this key is refused; None when it is not.
async fn refusal(keys: &TokenKeys, key: &IssuerKey) -> Option<AuthError> {
    let token = key.token(7, "viewer", NOON_SECONDS);
    keys.check(&token).await.err()
}

#[tokio::test]
async fn keys_are_fetched_once_and_kept() {
    let (rsa, ec) = (IssuerKey::rsa("r"), IssuerKey::ec("e"));
    let issuer = IssuerDouble::showing(&[&rsa, &ec]).await;
    let (keys, _clock) = believing(&issuer.url);
    assert_eq!(issuer.asked(), 0, "not before anybody comes");
    for key in [&rsa, &ec, &rsa] {
        assert_eq!(refusal(&keys, key).await, None);
    }
    assert_eq!(issuer.asked(), 1);
    let caller = keys.check(&rsa.token(7, "admin", NOON_SECONDS)).await;
    let caller = caller.expect("a good token");
    assert_eq!(
        (caller.tenant, caller.subject.as_str()),
        (TenantId(7), "ada")
    );
    assert!(caller.has(Role::Admin) && !caller.service);
}

#[tokio::test]
async fn a_new_key_is_found_and_the_old_one_is_gone() {
    let (old, new) = (IssuerKey::ec("old"), IssuerKey::ec_next("new"));
    let issuer = IssuerDouble::showing(&[&old]).await;
    let (keys, clock) = believing(&issuer.url);
    assert_eq!(refusal(&keys, &old).await, None);
    issuer.show(&[&new]);
    assert_eq!(refusal(&keys, &new).await, Some(AuthError::UnknownKey));
    assert_eq!(issuer.asked(), 1, "too soon to ask again");
    clock.set("2026-01-02T12:00:10Z");
    assert_eq!(refusal(&keys, &new).await, None);
    assert_eq!(refusal(&keys, &old).await, Some(AuthError::UnknownKey));
    assert_eq!(issuer.asked(), 2);
}

#[tokio::test]
async fn a_key_that_the_issuer_takes_back_ends_with_the_cache() {
    let (old, new) = (IssuerKey::ec("old"), IssuerKey::ec_next("new"));
    let issuer = IssuerDouble::showing(&[&old, &new]).await;
    let (keys, clock) = believing(&issuer.url);
    assert_eq!(refusal(&keys, &old).await, None);
    issuer.show(&[&new]);
    clock.set("2026-01-02T12:04:59Z");
    assert_eq!(refusal(&keys, &old).await, None);
    clock.set("2026-01-02T12:05:00Z");
    assert_eq!(refusal(&keys, &old).await, Some(AuthError::UnknownKey));
    assert_eq!(issuer.asked(), 2);
    // A key of the same name is another key.
    let posing = IssuerKey::ec("new");
    assert_eq!(refusal(&keys, &posing).await, Some(AuthError::Signature));
}

#[tokio::test]
async fn names_that_are_made_up_do_not_hammer_the_issuer() {
    let known = IssuerKey::ec("known");
    let issuer = IssuerDouble::showing(&[&known]).await;
    let (keys, clock) = believing(&issuer.url);
    assert_eq!(refusal(&keys, &known).await, None);
    for time in ["2026-01-02T12:01:00Z", "2026-01-02T12:01:09Z"] {
        clock.set(time);
        let forged: Vec<IssuerKey> = (0..100)
            .map(|number| IssuerKey::ec_next(&number.to_string()))
            .collect();
        let asked = forged.iter().map(|key| refusal(&keys, key));
        for refused in futures::future::join_all(asked).await {
            assert_eq!(refused, Some(AuthError::UnknownKey));
        }
        assert_eq!(issuer.asked(), 2, "at {time}");
    }
    assert_eq!(refusal(&keys, &known).await, None);
}

#[tokio::test]
async fn a_fetch_that_fails_keeps_the_keys() {
    let (known, new) = (IssuerKey::ec("known"), IssuerKey::ec_next("new"));
    let issuer = IssuerDouble::showing(&[&known]).await;
    let (keys, clock) = believing(&issuer.url);
    assert_eq!(refusal(&keys, &known).await, None);
    let large = format!("{{\"keys\":[],\"x\":\"{}\"}}", "x".repeat(300 * 1024));
    for (minute, (status, body)) in [
        (StatusCode::INTERNAL_SERVER_ERROR, "{}"),
        (StatusCode::OK, "<html>"),
        (StatusCode::OK, &large),
        (StatusCode::FOUND, "{\"keys\":[]}"),
    ]
    .into_iter()
    .enumerate()
    {
        issuer.say(status, body);
        clock.set(&format!("2026-01-02T12:05:{minute}0Z"));
        assert_eq!(refusal(&keys, &known).await, None, "{status}");
        // Whether this is one of the issuer's nobody can say now.
        assert_eq!(refusal(&keys, &new).await, Some(AuthError::IssuerAway));
        assert_eq!(issuer.asked(), 2 + minute, "{status}");
    }
    issuer.show(&[&new]);
    clock.set("2026-01-02T12:06:00Z");
    assert_eq!(refusal(&keys, &new).await, None);
    assert_eq!(refusal(&keys, &known).await, Some(AuthError::UnknownKey));
}

#[tokio::test]
async fn both_services_take_tokens_of_an_issuer_alone() {
    let signs = IssuerKey::rsa("r");
    let issuer = IssuerDouble::showing(&[&signs]).await;
    let clock = TestClock::at(NOON);
    let installation = Installation::by(clock.clock()).await;
    let of_meta = [
        ("META__AUTH__JWT_SECRET", ""),
        ("META__AUTH__JWKS_URL", issuer.url.as_str()),
        ("META__WORKERS__CONCURRENCY", "0"),
    ];
    let meta = installation.meta_with(&of_meta).await;
    let of_manager = [
        ("MANAGER__AUTH__JWT_SECRET", ""),
        ("MANAGER__AUTH__JWKS_URL", issuer.url.as_str()),
    ];
    let manager = installation.manager_with(&meta.url, &of_manager).await;
    let api = |url: &str, token: String| installation.api(url, Some(token));
    for (url, path) in [
        (&meta.url, "/api/metadata/datasources"),
        (&manager.url, "/api/metadata/datasources"),
        (&manager.url, "/api/manager/managed-objects"),
    ] {
        let good = signs.token(TENANT.0, "viewer", NOON_SECONDS);
        let _ = api(url, good).get(path).await.expect(200);
        let forged = IssuerKey::ec("r").token(TENANT.0, "admin", NOON_SECONDS);
        let forged = api(url, forged).get(path).await;
        let _ = forged.problem(401, "unauthorized");
        // The secret of the others counts for nothing here.
        let of_secret = installation.keys(clock.clock());
        let of_secret = of_secret.mint_user("ada", TENANT, &[Role::Admin], super::LIFE);
        let of_secret = api(url, of_secret.expose_secret().to_owned());
        let _ = of_secret.get(path).await.problem(401, "unauthorized");
    }
    // Nobody is signed in where no token can be signed; keys are made all the same.
    let admin = api(&meta.url, signs.token(TENANT.0, "admin", NOON_SECONDS));
    for (path, body) in [
        ("sign-in-links", json!({})),
        ("sign-in", json!({ "code": "x" })),
    ] {
        let path = format!("/api/metadata/auth/{path}");
        let refused = admin.post(&path, &body).await;
        let _ = refused.problem(409, "sign-in-unavailable");
    }
    let made = json!({ "name": "ci", "role": "viewer" });
    let made = admin.post("/api/metadata/auth/keys", &made).await;
    let _ = made.expect(201);
}

#[tokio::test]
async fn an_issuer_that_cannot_be_asked_is_no_401() {
    let (_socket, port) = refused_port();
    let url = format!("http://127.0.0.1:{port}/keys");
    let installation = Installation::new().await;
    let settings = [
        ("META__AUTH__JWKS_URL", url.as_str()),
        ("META__WORKERS__CONCURRENCY", "0"),
    ];
    let meta = installation.meta_with(&settings).await;
    let token = IssuerKey::rsa("r").token(TENANT.0, "viewer", NOON_SECONDS);
    let api = installation.api(&meta.url, Some(token));
    let answer = api.get("/api/metadata/datasources").await;
    assert!(!answer.header("retry-after").is_empty());
    let _ = answer.problem(503, "issuer-unavailable");
    // Tokens of the secret need no issuer.
    let _ = meta
        .admin()
        .get("/api/metadata/datasources")
        .await
        .expect(200);
}
