//! Who may do what: tokens and roles.

use std::time::Duration;

use chrono::TimeDelta;
use models::{Clock, Role, TenantId};
use secrecy::ExposeSecret;
use test_support::{Answer, Installation, Meta, TENANT};

use super::documents::{Operation, operations};

async fn idle() -> Meta {
    Installation::new()
        .await
        .meta_with(&[("META__WORKERS__CONCURRENCY", "0")])
        .await
}

/// The least role of each operation, as the documentation of the API says.
fn role(operation: &Operation) -> Role {
    match (operation.method.as_str(), operation.path.as_str()) {
        ("GET", _) | ("POST", "/api/metadata/lookup") => Role::Viewer,
        ("POST", "/api/metadata/sync/auto" | "/api/metadata/scan/deep") => Role::Operator,
        ("POST", path)
            if ["/cancel", "/retry", "/confirm-removals"]
                .iter()
                .any(|end| path.ends_with(end)) =>
        {
            Role::Operator
        }
        _ => Role::Admin,
    }
}

/// What `manager` needs when no caller is there: nothing else is open to a service token.
const FOR_SERVICES: [&str; 11] = [
    "DELETE /api/metadata/schedules/{id}",
    "GET /api/metadata/databases",
    "GET /api/metadata/datasources",
    "GET /api/metadata/datasources/{id}",
    "GET /api/metadata/scan/status/{scan_id}",
    "GET /api/metadata/schedules",
    "GET /api/metadata/tables",
    "PATCH /api/metadata/schedules/{id}",
    "POST /api/metadata/lookup",
    "POST /api/metadata/scan/deep",
    "POST /api/metadata/schedules",
];

async fn with_token(meta: &Meta, token: &str) -> Answer {
    meta.installation
        .api(&meta.url, Some(token.to_owned()))
        .get("/api/metadata/datasources")
        .await
}

#[tokio::test]
async fn no_operation_answers_without_a_token() {
    let meta = idle().await;
    for operation in operations(&meta).await {
        let answer = operation.send(&meta.anonymous()).await;
        assert_eq!(answer.header("www-authenticate"), "Bearer", "{operation:?}");
        let _ = answer.problem(401, "unauthorized");
    }
}

#[tokio::test]
async fn each_role_may_do_what_it_should() {
    let meta = idle().await;
    for operation in operations(&meta).await {
        for has in [Role::Viewer, Role::Operator, Role::Admin] {
            let answer = operation.send(&meta.user(TENANT, has)).await;
            if has < role(&operation) {
                let problem = answer.problem(403, "forbidden");
                assert_eq!(
                    problem["detail"],
                    format!("this needs the role {}", role(&operation)),
                    "{operation:?}"
                );
            } else {
                assert!(
                    !matches!(answer.status, 401 | 403),
                    "{has} on {operation:?}: {}",
                    answer.text
                );
            }
        }
    }
}

#[tokio::test]
async fn a_service_token_opens_scans_schedules_and_lists_alone() {
    let meta = idle().await;
    let mut open = Vec::new();
    for operation in operations(&meta).await {
        let answer = operation.send(&meta.service()).await;
        if answer.status == 403 {
            let _ = answer.problem(403, "forbidden");
        } else {
            assert_ne!(answer.status, 401, "{operation:?}: {}", answer.text);
            open.push(format!("{} {}", operation.method, operation.path));
        }
    }
    open.sort();
    assert_eq!(open, FOR_SERVICES);
}

#[tokio::test]
async fn the_document_names_the_role_of_each_operation() {
    let meta = idle().await;
    for operation in operations(&meta).await {
        let said = format!("Role: {}.", role(&operation));
        assert!(
            operation.says.contains(&said),
            "{operation:?} does not say: {said}"
        );
    }
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
