//! How often somebody may ask.

use models::{Role, TenantId};
use test_support::{Answer, Api, TENANT};

use super::Both;

/// What is open to everybody, and quickly made: one is refilled each second while a test reads it.
const DOCUMENT: &str = "/docs/";

/// Asks until it is too often.
async fn until_refused(api: &Api, path: &str) -> (usize, Answer) {
    for count in 0..100 {
        let answer = api.get(path).await;
        if answer.status == 429 {
            return (count, answer);
        }
    }
    panic!("a hundred requests of {path} are not too many");
}

#[tokio::test]
async fn who_asks_too_often_is_told_when_to_go_on() {
    let both = Both::with(&[("REQUESTS_PER_SECOND", "1"), ("REQUEST_BURST", "20")]).await;
    let installation = &both.meta.installation;
    for (url, path) in both.doors() {
        let user = |tenant, role| installation.api(url, Some(installation.token(tenant, role)));
        let (count, refused) = until_refused(&user(TENANT, Role::Viewer), path).await;
        assert!(count >= 20, "{url}: {count}");
        let wait: u64 = refused.header("retry-after").parse().expect("seconds");
        assert!((1..=2).contains(&wait), "{url}: {wait}");
        let _ = refused.problem(429, "rate-limited");
        // Who asks counts, by whatever token.
        let (count, _) = until_refused(&user(TENANT, Role::Admin), path).await;
        assert!(count < 10, "{url}: {count}");
        // Others, health and metrics do not.
        let _ = user(TenantId(2), Role::Viewer).get(path).await.expect(200);
        let anonymous = installation.api(url, None);
        let _ = anonymous.get(path).await.problem(401, "unauthorized");
        for _ in 0..30 {
            let _ = anonymous.get("/health/live").await.expect(200);
            assert_eq!(anonymous.get("/metrics").await.status, 200);
        }
        // A service paces itself.
        let service = installation.api(url, Some(installation.service_token(TENANT)));
        for _ in 0..30 {
            let answer = service.get(path).await;
            assert!(matches!(answer.status, 200 | 403), "{}", answer.text);
        }
    }
}

#[tokio::test]
async fn guessing_is_slow() {
    let both = Both::with(&[("REQUESTS_PER_SECOND", "1"), ("REQUEST_BURST", "50")]).await;
    let installation = &both.meta.installation;
    for (url, path) in both.doors() {
        let guess = installation.api(url, Some("x.y.z".to_owned()));
        let (count, refused) = until_refused(&guess, path).await;
        assert!(
            (5..10).contains(&count),
            "{url}: one costs as much as ten: {count}"
        );
        let _ = refused.problem(429, "rate-limited");
        // That it is right is not told either.
        let (count, _) = until_refused(&both.admin(url), path).await;
        assert!(count < 5, "{url}: {count}");
        // Reading documents is another matter, and has an end as well.
        let anonymous = installation.api(url, None);
        let (count, _) = until_refused(&anonymous, DOCUMENT).await;
        assert!(count >= 50, "{url}: {count}");
    }
}

#[tokio::test]
async fn a_credential_that_nobody_looks_at_opens_nothing() {
    let both = Both::with(&[("REQUESTS_PER_SECOND", "1"), ("REQUEST_BURST", "50")]).await;
    let installation = &both.meta.installation;
    for (url, path) in both.doors() {
        let anybody = installation.api(url, Some("x.y.z".to_owned()));
        let (count, _) = until_refused(&anybody, DOCUMENT).await;
        assert!((35..60).contains(&count), "{url}: {count}");
        let guess = anybody.get(path).await;
        let _ = guess.problem(429, "rate-limited");
    }
}
