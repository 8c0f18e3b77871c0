//! Which tokens are believed. Who may do what is in `isolation`.

use std::time::Duration;

use chrono::TimeDelta;
use models::{Clock, Role, TenantId};
use secrecy::ExposeSecret;
use test_support::{Answer, Installation, Manager, TENANT};

use super::desk::{IdleDesk, OBJECTS};

async fn with_token(manager: &Manager, token: &str) -> Answer {
    let api = manager
        .installation
        .api(&manager.url, Some(token.to_owned()));
    api.get(OBJECTS).await
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
