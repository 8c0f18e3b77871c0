//! The service refuses to start without what it needs, and says what to set.

use std::net::Ipv4Addr;

use test_support::{Installation, StoreLogin};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// What the service says when it is started with one setting changed, or taken away.
async fn refusal(installation: &Installation, name: &str, value: Option<&str>) -> String {
    let mut settings = installation.meta_settings();
    settings.retain(|(key, _)| key != name);
    settings.extend(value.map(|value| (name.to_owned(), value.to_owned())));
    let config = match meta::Config::load(None, settings) {
        Ok(config) => config,
        Err(error) => return error.to_string(),
    };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .await
        .expect("a port is free");
    let started = meta::serve(
        config,
        meta::Role::Everything,
        listener,
        CancellationToken::new(),
    )
    .await;
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
    for name in [
        "META__AUTH__JWT_SECRET",
        "META__AUTH__SERVICE_SECRET",
        "META__SECRETS__KEY",
        "META__STORE__URL",
    ] {
        let said = refusal(&installation, name, None).await;
        assert!(said.contains("is not set") && said.contains(name), "{said}");
    }
}

#[tokio::test]
async fn a_weak_secret_is_refused() {
    let installation = Installation::new().await;
    let short = "31-bytes-are-not-enough-to-sign";
    assert_eq!(short.len(), 31);
    for name in ["META__AUTH__JWT_SECRET", "META__AUTH__SERVICE_SECRET"] {
        let said = refusal(&installation, name, Some(short)).await;
        assert!(said.contains(name) && !said.contains(short), "{said}");
    }
    for key in ["c2hvcnQ=", "not base64!"] {
        let said = refusal(&installation, "META__SECRETS__KEY", Some(key)).await;
        assert!(
            said.contains("secrets.key") && said.contains("openssl rand -base64 32"),
            "{said}"
        );
        assert!(!said.contains(key), "{said}");
    }
}

#[tokio::test]
async fn one_login_for_everything_is_refused() {
    let installation = Installation::new().await;
    let url =
        secrecy::ExposeSecret::expose_secret(&installation.store().url(StoreLogin::MetaOwner))
            .to_owned();
    let said = refusal(&installation, "META__STORE__URL", Some(&url)).await;
    assert!(
        said.contains("the runtime login must not own the tables"),
        "{said}"
    );
    let said = refusal(&installation, "META__STORE__MIGRATE_URL", None).await;
    assert!(said.contains("name the same login"), "{said}");
}

#[tokio::test]
async fn a_store_that_is_away_is_told() {
    let installation = Installation::new().await;
    let (_socket, port) = test_support::refused_port();
    let url = format!("postgresql://owner:hidden-word@127.0.0.1:{port}/x");
    let said = refusal(&installation, "META__STORE__MIGRATE_URL", Some(&url)).await;
    assert!(
        said.contains("the store could not be migrated") && !said.contains("hidden-word"),
        "{said}"
    );
}

#[tokio::test]
async fn an_unknown_setting_is_refused() {
    let installation = Installation::new().await;
    let said = refusal(&installation, "META__SERVER__PROT", Some("1")).await;
    assert!(said.contains("prot"), "{said}");
}
