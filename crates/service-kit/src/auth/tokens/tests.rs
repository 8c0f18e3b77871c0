//! Tokens signed with secrets, and those signed with keys of an issuer.

use serde_json::{Value, json};

use super::*;
use crate::auth::jwks::tests::{EC, RSA, ec, rsa};

const SECRET: &str = "users-sign-with-these-thirty-two-bytes";

pub(crate) fn auth_config() -> AuthConfig {
    AuthConfig {
        issuer: "issuer".into(),
        audience: "plumbline".into(),
        clock_skew_seconds: 60,
        jwt_secret: Some(SECRET.into()),
        jwt_secret_file: None,
        jwks_url: None,
        jwks_cache_seconds: 300,
        service_secret: Some("services-sign-with-these-other-bytes".into()),
        service_secret_file: None,
        session_seconds: 43_200,
    }
}

pub(crate) fn noon() -> DateTime<Utc> {
    "2026-01-02T12:00:00Z".parse().unwrap()
}

pub(crate) fn keys() -> TokenKeys {
    TokenKeys::new(&auth_config(), "META", Clock::fixed(noon())).unwrap()
}

fn after(seconds: i64) -> DateTime<Utc> {
    noon() + TimeDelta::seconds(seconds)
}

/// A token with sound claims, changed as given, signed with `secret`.
fn signed(change: &Value, secret: &str) -> String {
    let key = EncodingKey::from_secret(secret.as_bytes());
    jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims(change), &key).unwrap()
}

/// Sound claims, changed as given.
fn claims(change: &Value) -> Value {
    let mut claims = json!({
        "sub": "ada", "tenant_id": 7, "roles": ["viewer"], "iss": "issuer",
        "aud": "plumbline", "iat": noon().timestamp(), "exp": noon().timestamp() + 600,
    });
    for (name, value) in change.as_object().unwrap() {
        match value {
            Value::Null => drop(claims.as_object_mut().unwrap().remove(name)),
            value => claims[name] = value.clone(),
        }
    }
    claims
}

fn verify(change: &Value) -> Result<Caller, AuthError> {
    keys().verify(&signed(change, SECRET), noon())
}

#[test]
fn a_minted_user_token_is_believed_until_it_ends() {
    let roles = [Role::Operator];
    let token = keys().mint_user("ada", TenantId(7), &roles, Duration::from_mins(10));
    let caller = keys().verify(token.expose_secret(), noon()).unwrap();
    assert_eq!(
        (caller.tenant, caller.subject.as_str()),
        (TenantId(7), "ada")
    );
    assert!(caller.has(Role::Viewer) && caller.has(Role::Operator) && !caller.has(Role::Admin));
    assert!(!caller.service);
    assert!(
        keys().verify(token.expose_secret(), after(659)).is_ok(),
        "within the skew"
    );
    let late = keys().verify(token.expose_secret(), after(660));
    assert_eq!(late.unwrap_err(), AuthError::Expired);
}

#[test]
fn a_service_token_has_no_role_and_a_short_life() {
    let token = keys().mint_service(TenantId(7), "ada");
    let caller = keys().verify(token.expose_secret(), noon()).unwrap();
    assert!(caller.service && !caller.has(Role::Viewer));
    assert_eq!(
        (caller.tenant, caller.subject.as_str()),
        (TenantId(7), "ada")
    );
    let late = keys().verify(token.expose_secret(), after(120));
    assert_eq!(late.unwrap_err(), AuthError::Expired);
    let early = keys().verify(token.expose_secret(), after(-61));
    assert_eq!(
        early.unwrap_err(),
        AuthError::Claims,
        "longer than a service token may live"
    );
}

#[test]
fn a_users_key_makes_no_service() {
    let change = json!({ "role": "service", "on_behalf_of": "ada" });
    assert!(!verify(&change).unwrap().service);
    let mut without = change;
    without["roles"] = Value::Null;
    assert_eq!(verify(&without).unwrap_err(), AuthError::Claims);
    let other = "services-sign-with-these-other-bytes";
    let user = keys().verify(&signed(&json!({}), other), noon());
    assert_eq!(
        user.unwrap_err(),
        AuthError::Claims,
        "a service's key makes no user"
    );
}

#[test]
fn claims_must_be_usable() {
    for change in [
        json!({ "tenant_id": 0 }),
        json!({ "tenant_id": -1 }),
        json!({ "tenant_id": null }),
        json!({ "tenant_id": "7" }),
        json!({ "roles": [] }),
        json!({ "roles": null }),
        json!({ "roles": ["viewer", "owner"] }),
        json!({ "sub": null }),
        json!({ "sub": "" }),
        json!({ "sub": "a\nb" }),
        json!({ "exp": null }),
        json!({ "exp": -1 }),
        json!({ "exp": 1e300 }),
        json!({ "iss": null }),
        json!({ "aud": null }),
    ] {
        assert_eq!(verify(&change).unwrap_err(), AuthError::Claims, "{change}");
    }
}

#[test]
fn issuer_audience_and_times_are_checked() {
    assert_eq!(
        verify(&json!({ "iss": "other" })).unwrap_err(),
        AuthError::Origin
    );
    assert_eq!(
        verify(&json!({ "aud": ["other"] })).unwrap_err(),
        AuthError::Origin
    );
    assert!(verify(&json!({ "aud": ["other", "plumbline"] })).is_ok());
    let exp = |seconds: i64| json!({ "exp": after(seconds).timestamp() });
    assert_eq!(verify(&exp(-60)).unwrap_err(), AuthError::Expired);
    assert!(verify(&exp(-59)).is_ok());
    assert!(verify(&json!({ "exp": 1_800_000_000.5 })).is_ok());
    let nbf = json!({ "nbf": after(61).timestamp() });
    assert_eq!(verify(&nbf).unwrap_err(), AuthError::NotYet);
}

#[test]
fn other_signatures_and_algorithms_are_refused() {
    let forged = keys().verify(
        &signed(&json!({}), "another key of no less than 32 bytes"),
        noon(),
    );
    assert_eq!(forged.unwrap_err(), AuthError::Signature);
    let good = signed(&json!({}), SECRET);
    let (_, rest) = good.split_once('.').unwrap();
    // {"alg":"none"} and {"alg":"HS512"}
    for header in ["eyJhbGciOiJub25lIn0", "eyJhbGciOiJIUzUxMiJ9", "", "x"] {
        let token = format!("{header}.{rest}");
        assert_eq!(
            keys().verify(&token, noon()).unwrap_err(),
            AuthError::Malformed,
            "{header}"
        );
    }
    assert_eq!(keys().verify("", noon()).unwrap_err(), AuthError::Malformed);
}

#[test]
fn debug_shows_neither_keys_nor_tokens() {
    let token = keys().mint_service(TenantId(7), "ada");
    let caller = keys().verify(token.expose_secret(), noon()).unwrap();
    let shown = format!("{:?} {caller:?}", keys());
    assert!(
        !shown.contains(token.expose_secret()) && !shown.contains(SECRET),
        "{shown}"
    );
}

/// A token with sound claims, signed with an issuer's key that it calls `kid`.
fn issued(algorithm: Algorithm, key: &EncodingKey, kid: &str) -> String {
    let mut header = Header::new(algorithm);
    header.kid = Some(kid.to_owned());
    jsonwebtoken::encode(&header, &claims(&json!({})), key).unwrap()
}

/// Keys that believe an issuer with an RSA key `r` and an EC key `e`, and a secret where `has_secret`.
fn with_issuer(has_secret: bool) -> TokenKeys {
    let mut keys = keys();
    let shown = [rsa(), ec()];
    keys.issued = Some(Jwks::holding(&shown, Clock::fixed(noon())));
    keys.user = keys.user.filter(|_| has_secret);
    keys
}

#[tokio::test]
async fn tokens_of_an_issuer_are_believed() {
    let r = EncodingKey::from_rsa_pem(RSA).unwrap();
    let e = EncodingKey::from_ec_pem(EC).unwrap();
    for has_secret in [false, true] {
        let keys = with_issuer(has_secret);
        for token in [
            issued(Algorithm::RS256, &r, "r"),
            issued(Algorithm::ES256, &e, "e"),
        ] {
            let caller = keys.check(&token).await.unwrap();
            assert_eq!(
                (caller.tenant, caller.subject.as_str()),
                (TenantId(7), "ada")
            );
            let (head, _) = token.rsplit_once('.').unwrap();
            let forged = keys.check(&format!("{head}.{}", "A".repeat(86))).await;
            assert_eq!(forged.unwrap_err(), AuthError::Signature);
        }
        let of_secret = keys.check(&signed(&json!({}), SECRET)).await;
        assert_eq!(of_secret.is_ok(), has_secret);
        let service = keys.mint_service(TenantId(7), "ada");
        let service = keys.check(service.expose_secret()).await.unwrap();
        assert!(service.service);
        // A claim is checked whoever signed.
        let mut header = Header::new(Algorithm::ES256);
        header.kid = Some("e".to_owned());
        let elsewhere = claims(&json!({ "iss": "other" }));
        let elsewhere = jsonwebtoken::encode(&header, &elsewhere, &e).unwrap();
        let elsewhere = keys.check(&elsewhere).await;
        assert_eq!(elsewhere.unwrap_err(), AuthError::Origin);
    }
}

/// What everybody knows of an issuer's key is no secret that signs (RFC 8725, section 2.1).
#[tokio::test]
async fn a_public_key_is_never_taken_for_a_secret() {
    let known = [
        rsa()["n"].as_str().unwrap().to_owned(),
        rsa().to_string(),
        ec()["x"].as_str().unwrap().to_owned(),
        String::new(),
    ];
    for has_secret in [false, true] {
        let keys = with_issuer(has_secret);
        for secret in &known {
            for kid in ["r", "e"] {
                let key = EncodingKey::from_secret(secret.as_bytes());
                let forged = keys.check(&issued(Algorithm::HS256, &key, kid)).await;
                assert_eq!(forged.unwrap_err(), AuthError::Signature);
            }
        }
    }
}

#[tokio::test]
async fn a_key_is_for_its_own_algorithm() {
    let keys = with_issuer(true);
    let r = EncodingKey::from_rsa_pem(RSA).unwrap();
    let e = EncodingKey::from_ec_pem(EC).unwrap();
    for (token, error) in [
        (issued(Algorithm::RS256, &r, "e"), AuthError::UnknownKey),
        (issued(Algorithm::ES256, &e, "r"), AuthError::UnknownKey),
        (issued(Algorithm::RS512, &r, "r"), AuthError::Malformed),
        (issued(Algorithm::PS256, &r, "r"), AuthError::Malformed),
    ] {
        assert_eq!(keys.check(&token).await.unwrap_err(), error);
    }
    // Without an issuer none of them is taken.
    let without = crate::auth::tests::keys();
    let token = issued(Algorithm::RS256, &r, "r");
    assert_eq!(
        without.check(&token).await.unwrap_err(),
        AuthError::Malformed
    );
}

#[test]
fn without_a_secret_no_user_is_signed() {
    let roles = [Role::Viewer];
    let mint = |keys: &TokenKeys| keys.try_mint_user("ada", TenantId(7), &roles, Duration::ZERO);
    assert!(mint(&with_issuer(true)).is_some() && with_issuer(true).signs_users());
    assert!(mint(&with_issuer(false)).is_none() && !with_issuer(false).signs_users());
}
