//! The service put together: store, queue, API, workers, schedule.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use db::{MigrateError, Schema, Store, StoreError};
use jobs::{Jobs, Queue, QueueError, Work, Worker, WorkerSettings};
use models::{Clock, Ids};
use service_kit::auth::{self, TokenKeys};
use service_kit::config::ConfigError;
use service_kit::health::{self, Check};
use service_kit::problem::chain;
use service_kit::{http, metrics, openapi};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::config::{Config, ENV_PREFIX};
use crate::secrets::{SecretError, Secrets};
use crate::service::Service;
use crate::work::{DeepScan, Sync};
use crate::{api, schedule};

/// Why the service could not start, or had to stop.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A setting is missing or wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The encryption key is no key.
    #[error(transparent)]
    Secrets(#[from] SecretError),
    /// The store cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The store could not be brought up to date.
    #[error(transparent)]
    Migrate(#[from] MigrateError),
    /// The queue could not be brought up to date.
    #[error(transparent)]
    Queue(#[from] QueueError),
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
    db::migrate(Schema::Metadata, &migrate_url, &url).await?;
    let store = Store::open(&url, "plumbline meta", 2)?;
    let outcome = Queue::new(store.pool()).migrate().await;
    store.close().await;
    Ok(outcome?)
}

/// Brings the store up to date, then serves the API on `listener` and runs jobs until `shutdown`.
/// Jobs that run then are handed back.
///
/// # Errors
/// When a setting is missing or wrong, the store cannot be used, or a part of the service fails.
pub async fn serve(
    config: Config,
    listener: TcpListener,
    shutdown: CancellationToken,
) -> Result<(), StartError> {
    let clock = Clock::system();
    // Settings are checked before anything is touched.
    let keys = TokenKeys::new(&config.auth, ENV_PREFIX, clock.clone())?;
    let secrets = Secrets::new(&config.secrets.resolve()?, &config.secrets.key_id)?;
    migrate(&config).await?;
    let store = Store::open(
        &config.store.resolve_url(ENV_PREFIX)?,
        "plumbline meta",
        config.store.max_connections,
    )?;
    let service = Service {
        store: store.clone(),
        jobs: Jobs::new(Queue::new(store.pool()), Ids::random()),
        secrets,
        clock,
        limits: config.limits(),
    };
    let router = router(&config, service.clone(), keys);
    // When the API ends, for whatever reason, the rest ends too.
    let stop = shutdown.child_token();
    let api = async {
        let outcome = http::serve(listener, router, stop.clone()).await;
        stop.cancel();
        outcome
    };
    let (api, (), ()) = tokio::join!(
        api,
        work(&config, &service, &stop),
        ticks(&config, &service, &stop)
    );
    store.close().await;
    Ok(api?)
}

async fn work(config: &Config, service: &Service, stop: &CancellationToken) {
    if config.workers.concurrency == 0 {
        return;
    }
    let works: Vec<Arc<dyn Work>> = vec![
        Arc::new(Sync {
            service: service.clone(),
        }),
        Arc::new(DeepScan {
            service: service.clone(),
            batch_size: config.deep_scan.batch_size,
        }),
    ];
    let settings = WorkerSettings {
        concurrency: config.workers.concurrency,
        poll_interval: Duration::from_millis(config.workers.poll_interval_milliseconds),
    };
    Worker::run(service.store.clone(), works, settings, stop.clone()).await;
}

async fn ticks(config: &Config, service: &Service, stop: &CancellationToken) {
    if config.sync.automatic {
        schedule::run(service, &config.sync, stop).await;
    }
}

fn router(config: &Config, service: Service, keys: TokenKeys) -> Router {
    let store = service.store.clone();
    let check = Check::new("store", move || {
        let store = store.clone();
        async move {
            store.ping().await.map_err(|error: StoreError| {
                tracing::warn!(error = chain(&error), "store check failed");
                "the store cannot be reached".to_owned()
            })
        }
    });
    let router = api::router()
        .with_state(service)
        .route_layer(auth::layer(Arc::new(keys)))
        .merge(health::router(vec![check]))
        .merge(metrics::router());
    http::router_stack(
        "meta",
        openapi::mount(router, api::openapi()),
        &config.server,
    )
}
