//! The service put together: store, API, reconciler.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::middleware::from_fn;
use db::{MigrateError, Schema, Store, StoreError};
use meta_client::MetaClient;
use models::Clock;
use service_kit::auth::{self, AuthLayer, TokenKeys};
use service_kit::config::ConfigError;
use service_kit::health::{self, Check};
use service_kit::problem::chain;
use service_kit::{http, metrics, openapi};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::api;
use crate::api::passthrough::Upstream;
use crate::config::{Config, ENV_PREFIX};
use crate::gateway::Gateway;
use crate::keys::AskedKeys;
use crate::reconciler::Reconciler;
use crate::state::AppState;

/// How the store knows our connections.
const APPLICATION: &str = "plumbline manager";
/// How long background work may go on after the stop. It ends at its next step by itself.
const GRACE: Duration = Duration::from_secs(5);

/// Why the service could not start, or had to stop.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A setting is missing or wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The store cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The store could not be brought up to date.
    #[error(transparent)]
    Migrate(#[from] MigrateError),
    /// There can be no client of `meta`.
    #[error("the client of meta could not be made")]
    Client(#[from] reqwest::Error),
    /// The API could not be served.
    #[error("the API could not be served")]
    Serve(#[from] std::io::Error),
}

/// Brings the store up to date and returns.
///
/// # Errors
/// When a setting is missing, or the store refuses.
pub async fn migrate(config: &Config) -> Result<(), StartError> {
    let url = config.store.resolve_url(ENV_PREFIX)?;
    let migrate_url = config.store.resolve_migrate_url(ENV_PREFIX)?;
    Ok(db::migrate(Schema::Manager, &migrate_url, &url).await?)
}

/// Brings the store up to date, then serves the API on `listener` and sees to managed objects
/// until `shutdown`.
///
/// # Errors
/// When a setting is missing or wrong, the store cannot be brought up to date, or the API cannot
/// be served.
pub async fn serve(
    config: Config,
    listener: TcpListener,
    shutdown: CancellationToken,
) -> Result<(), StartError> {
    serve_by(Clock::system(), config, listener, shutdown).await
}

/// As [`serve`], by a clock that tests set: tokens and what is known of API keys end by it.
///
/// # Errors
/// Those of [`serve`].
pub async fn serve_by(
    clock: Clock,
    config: Config,
    listener: TcpListener,
    shutdown: CancellationToken,
) -> Result<(), StartError> {
    // Settings are checked before anything is touched.
    let keys = TokenKeys::new(&config.auth, ENV_PREFIX, clock.clone())?;
    let keys = Arc::new(keys);
    let url = config.store.resolve_url(ENV_PREFIX)?;
    let client = http::http_client()?;
    migrate(&config).await?;
    let store = Store::open(&url, APPLICATION, config.store.max_connections)?;
    let timeout = Duration::from_secs(config.meta.timeout_seconds);
    let meta = MetaClient::new(client.clone(), config.meta.url.clone(), timeout);
    let asked = AskedKeys::new(
        meta.clone(),
        keys.clone(),
        clock,
        config.meta.key_cache_seconds,
    );
    let guard = auth::layer(keys.clone()).with_api_keys(Arc::new(asked));
    let state = AppState {
        store: store.clone(),
        gateway: Gateway::new(meta, keys),
        upstream: Upstream::new(client, config.meta.url.clone()),
        manage: config.manage,
        preview: config.preview,
    };

    // The background work also ends when the API cannot be served.
    let stop = shutdown.child_token();
    let tasks = TaskTracker::new();
    let reconciler = Reconciler::new(
        store.clone(),
        state.gateway.clone(),
        config.reconcile,
        config.schedule.clone(),
    );
    tasks.spawn(reconciler.run(stop.clone()));
    tasks.close();
    let outcome = http::serve(
        listener,
        router(&config, state, guard),
        &config.server,
        shutdown,
    )
    .await;
    stop.cancel();
    if tokio::time::timeout(GRACE, tasks.wait()).await.is_err() {
        tracing::warn!("background work cut at the end of the grace period");
    }
    store.close().await;
    Ok(outcome?)
}

fn router(config: &Config, state: AppState, guard: AuthLayer) -> Router {
    let checks = vec![store_check(&state.store), meta_check(&state.gateway)];
    let router = api::router()
        .route_layer(from_fn(http::known_caller))
        .route_layer(guard)
        .merge(api::open_router())
        .with_state(state)
        .merge(health::router(checks))
        .merge(metrics::router())
        .fallback(console::serve);
    http::router_stack(
        "manager",
        openapi::mount(router, api::openapi()),
        &config.server,
    )
}

fn store_check(store: &Store) -> Check {
    let store = store.clone();
    Check::new("store", move || {
        let store = store.clone();
        async move { store.ping().await.map_err(|error| error.to_string()) }
    })
}

fn meta_check(gateway: &Gateway) -> Check {
    let gateway = gateway.clone();
    Check::new("meta", move || {
        let gateway = gateway.clone();
        async move {
            gateway.ping().await.map_err(|error| {
                tracing::debug!(cause = chain(&error), "meta does not answer");
                error.to_string()
            })
        }
    })
}
