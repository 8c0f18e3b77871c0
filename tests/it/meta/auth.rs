//! Which tokens are believed. Who may do what is in `isolation`.

mod jwks;
mod keys;
mod sign_in;

use std::time::Duration;

use chrono::TimeDelta;
use models::{Clock, Role, TenantId};
use secrecy::ExposeSecret;
use test_support::{Answer, Installation, Meta, TENANT};

/// How long a token lives whose end a test does not wait for.
const LIFE: Duration = Duration::from_mins(10);

async fn idle() -> Meta {
    Installation::new()
        .await
        .meta_with(&[("META__WORKERS__CONCURRENCY", "0")])
        .await
}

async fn with_token(meta: &Meta, token: &str) -> Answer {
    meta.installation
        .api(&meta.url, Some(token.to_owned()))
        .get("/api/metadata/datasources")
        .await
}

#[tokio::test]
async fn a_token_that_is_not_ours_is_refused() {
    let meta = idle().await;
    let good = meta.installation.token(TENANT, Role::Viewer);
    let _ = with_token(&meta, &good).await.expect(200);
    let other = Installation::new().await;
    let (head, tail) = good.rsplit_once('.').expect("three parts");
    let (header, claims) = head.split_once('.').expect("three parts");
    // One character in the middle of each part, so that all its bits count.
    let tampered = |part: &str| {
        let at = part.len() / 2;
        let other = if part.as_bytes()[at] == b'A' {
            'B'
        } else {
            'A'
        };
        format!("{}{other}{}", &part[..at], &part[at + 1..])
    };
    for token in [
        other.token(TENANT, Role::Viewer),
        other.service_token(TENANT),
        format!("{head}.{}", tampered(tail)),
        format!("{header}.{}.{tail}", tampered(claims)),
        format!("{}.{claims}.{tail}", tampered(header)),
        // {"alg":"none"}
        format!("eyJhbGciOiJub25lIn0.{claims}."),
        format!("{head}."),
        "x".to_owned(),
    ] {
        let answer = with_token(&meta, &token).await;
        assert_eq!(
            answer.header("www-authenticate"),
            r#"Bearer error="invalid_token""#,
            "{token}"
        );
        let problem = answer.problem(401, "unauthorized");
        assert!(!problem.to_string().contains(&token), "{problem}");
    }
}

#[tokio::test]
async fn a_token_ends() {
    let meta = idle().await;
    let now = Clock::system().now();
    let user = |made: TimeDelta, ttl: u64| {
        let keys = meta.installation.keys(Clock::fixed(now + made));
        keys.mint_user("ada", TENANT, &[Role::Viewer], Duration::from_secs(ttl))
            .expose_secret()
            .to_owned()
    };
    let _ = with_token(&meta, &user(-TimeDelta::hours(1), 3700))
        .await
        .expect(200);
    let ended = with_token(&meta, &user(-TimeDelta::hours(1), 3400))
        .await
        .problem(401, "unauthorized");
    assert!(
        ended["detail"]
            .as_str()
            .is_some_and(|detail| detail.contains("expired") || detail.contains("ended")),
        "{ended}"
    );
    let keys = meta
        .installation
        .keys(Clock::fixed(now - TimeDelta::minutes(5)));
    let service = keys.mint_service(TENANT, "ada").expose_secret().to_owned();
    let _ = with_token(&meta, &service)
        .await
        .problem(401, "unauthorized");
    // A service token that would live for hours was not made by a service of ours.
    let keys = meta
        .installation
        .keys(Clock::fixed(now + TimeDelta::hours(2)));
    let service = keys.mint_service(TENANT, "ada").expose_secret().to_owned();
    let _ = with_token(&meta, &service)
        .await
        .problem(401, "unauthorized");
}

#[tokio::test]
async fn a_tenant_must_be_one() {
    let meta = idle().await;
    for tenant in [0, -1] {
        let token = meta.installation.token(TenantId(tenant), Role::Viewer);
        let _ = with_token(&meta, &token).await.problem(401, "unauthorized");
    }
}
