//! The service refuses to start without what it needs, and says what to set.

use std::net::Ipv4Addr;

use secrecy::ExposeSecret;
use test_support::{Installation, StoreLogin, refused_port};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// What the service says when it is started with one setting changed, or taken away.
async fn refusal(installation: &Installation, name: &str, value: Option<&str>) -> String {
    let mut settings = installation.manager_settings("http://127.0.0.1:1");
    settings.retain(|(key, _)| key != name);
    settings.extend(value.map(|value| (name.to_owned(), value.to_owned())));
    let config = match manager::Config::load(None, settings) {
        Ok(config) => config,
        Err(error) => return error.to_string(),
    };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .await
        .expect("a port is free");
    let started = manager::serve(config, listener, CancellationToken::new()).await;
    let error = started.expect_err("it must not start");
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text
}

#[tokio::test]
async fn every_secret_is_wanted() {
    let installation = Installation::new().await;
    let short = "31-bytes-are-not-enough-to-sign";
    for name in ["MANAGER__AUTH__JWT_SECRET", "MANAGER__AUTH__SERVICE_SECRET"] {
        let said = refusal(&installation, name, None).await;
        assert!(said.contains("is not set") && said.contains(name), "{said}");
        let said = refusal(&installation, name, Some(short)).await;
        assert!(said.contains(name) && !said.contains(short), "{said}");
    }
    let said = refusal(&installation, "MANAGER__STORE__URL", None).await;
    assert!(
        said.contains("is not set") && said.contains("MANAGER__STORE__URL"),
        "{said}"
    );
}

#[tokio::test]
async fn one_login_for_everything_is_refused() {
    let installation = Installation::new().await;
    let owner = installation.store().url(StoreLogin::ManagerOwner);
    let said = refusal(
        &installation,
        "MANAGER__STORE__URL",
        Some(owner.expose_secret()),
    )
    .await;
    assert!(
        said.contains("the runtime login must not own the tables"),
        "{said}"
    );
}

#[tokio::test]
async fn a_store_that_is_away_is_told() {
    let installation = Installation::new().await;
    let (_socket, port) = refused_port();
    let url = format!("postgresql://owner:hidden-word@127.0.0.1:{port}/x");
    let said = refusal(&installation, "MANAGER__STORE__MIGRATE_URL", Some(&url)).await;
    assert!(
        said.contains("the store could not be migrated") && !said.contains("hidden-word"),
        "{said}"
    );
}
