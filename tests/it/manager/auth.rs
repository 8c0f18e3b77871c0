//! Who may do what: tokens and roles.

use std::time::Duration;

use chrono::TimeDelta;
use models::{Clock, Role, TenantId};
use secrecy::ExposeSecret;
use test_support::{Answer, Installation, Manager, TENANT};

use super::desk::{IdleDesk, OBJECTS};
use super::documents::{Operation, operations};

/// The least role of each operation, as the documentation of the API says.
fn role(operation: &Operation) -> Role {
    if operation.method == "GET" {
        Role::Viewer
    } else {
        Role::Operator
    }
}

async fn with_token(manager: &Manager, token: &str) -> Answer {
    let api = manager
        .installation
        .api(&manager.url, Some(token.to_owned()));
    api.get(OBJECTS).await
}

#[tokio::test]
async fn no_operation_answers_without_a_token() {
    let desk = IdleDesk::new().await;
    for operation in operations(&desk.manager).await {
        let answer = operation.send(&desk.manager.anonymous()).await;
        assert_eq!(answer.header("www-authenticate"), "Bearer", "{operation:?}");
        let _ = answer.problem(401, "unauthorized");
    }
}

#[tokio::test]
async fn each_role_may_do_what_it_should() {
    let desk = IdleDesk::new().await;
    for operation in operations(&desk.manager).await {
        if operation.is_passed_on() {
            continue;
        }
        let needed = role(&operation);
        for has in [Role::Viewer, Role::Operator, Role::Admin] {
            let answer = operation.send(&desk.manager.user(TENANT, has)).await;
            if has < needed {
                let problem = answer.problem(403, "forbidden");
                assert_eq!(
                    problem["detail"],
                    format!("this needs the role {needed}"),
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
        let said = format!("the role {needed}");
        assert!(
            operation.says.contains(&said),
            "{operation:?} does not say: {said}"
        );
    }
}

/// It is how `manager` speaks to `meta`; nobody speaks so to `manager`.
#[tokio::test]
async fn a_service_token_opens_nothing() {
    let desk = IdleDesk::new().await;
    let token = desk.manager.installation.service_token(TENANT);
    let api = desk
        .manager
        .installation
        .api(&desk.manager.url, Some(token));
    for operation in operations(&desk.manager).await {
        if !operation.is_passed_on() {
            let _ = operation.send(&api).await.problem(403, "forbidden");
        }
    }
}

#[tokio::test]
async fn a_token_that_is_not_ours_is_refused() {
    let desk = IdleDesk::new().await;
    let good = desk.manager.installation.token(TENANT, Role::Viewer);
    assert_eq!(with_token(&desk.manager, &good).await.status, 200);
    let other = Installation::new().await;
    let unsigned = good.rsplit_once('.').expect("three parts").0;
    let keys = desk
        .manager
        .installation
        .keys(Clock::fixed(Clock::system().now() - TimeDelta::hours(1)));
    let ended = keys.mint_user("ada", TENANT, &[Role::Admin], Duration::from_mins(10));
    for token in [
        other.token(TENANT, Role::Viewer),
        other.service_token(TENANT),
        ended.expose_secret().to_owned(),
        desk.manager.installation.token(TenantId(0), Role::Viewer),
        format!("{unsigned}."),
        "x".to_owned(),
    ] {
        let problem = with_token(&desk.manager, &token)
            .await
            .problem(401, "unauthorized");
        assert!(!problem.to_string().contains(&token), "{problem}");
    }
}
