//! The service put together: store, queue, API, workers, schedule.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::middleware::from_fn;
use db::{MigrateError, Schema, Store, StoreError};
use jobs::{Feed, Jobs, Queue, QueueError, Work, Worker, WorkerSettings};
use models::{Clock, Ids};
use service_kit::auth::{self, TokenKeys};
use service_kit::config::ConfigError;
use service_kit::health::{self, Check};
use service_kit::problem::chain;
use service_kit::{http, metrics, openapi};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use crate::config::{Config, ENV_PREFIX};
use crate::outbound::Outbound;
use crate::secrets::{References, SecretError, Secrets};
use crate::service::Service;
use crate::service::api_keys::StoredKeys;
use crate::service::events::Events;
use crate::work::{DeepScan, HttpEtl, Measure, SqlEtl, SqlSync, Sync};
use crate::{api, retention, schedule, silence};

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
    /// There is no way to call other services.
    #[error("the client for the services of tenants could not be made")]
    Outbound(#[from] reqwest::Error),
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

/// What a process does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Serves the API and runs jobs.
    Everything,
    /// Runs jobs; of HTTP it has health and metrics only.
    WorkerOnly,
}

/// Brings the store up to date, then serves on `listener` and runs jobs until `shutdown`. Jobs that run
/// then are handed back.
///
/// # Errors
/// When a setting is missing or wrong, the store cannot be used, or a part of the service fails.
pub async fn serve(
    config: Config,
    role: Role,
    listener: TcpListener,
    shutdown: CancellationToken,
) -> Result<(), StartError> {
    // On the heap: all that a service does at once is large.
    Box::pin(serve_by(Clock::system(), config, role, listener, shutdown)).await
}

/// As [`serve`], by a clock that tests set: schedules tick and tokens end by it.
///
/// # Errors
/// Those of [`serve`].
pub async fn serve_by(
    clock: Clock,
    config: Config,
    role: Role,
    listener: TcpListener,
    shutdown: CancellationToken,
) -> Result<(), StartError> {
    // Settings are checked before anything is touched.
    let keys = Arc::new(TokenKeys::new(&config.auth, ENV_PREFIX, clock.clone())?);
    let secrets = Secrets::new(&config.secrets.resolve()?)?;
    let called = Called {
        outbound: Outbound::new(config.route())?,
        own_url: own_url(&config, &listener)?,
    };
    migrate(&config).await?;
    let store = Store::open(
        &config.store.resolve_url(ENV_PREFIX)?,
        "plumbline meta",
        config.store.max_connections,
    )?;
    // When the API ends, for whatever reason, the rest ends too.
    let stop = shutdown.child_token();
    let feed = Feed::default();
    let service = Service {
        store: store.clone(),
        jobs: Jobs::new(Queue::new(store.pool()), Ids::random()),
        secrets,
        references: References::new(&config),
        clock,
        limits: config.limits(),
        preview: config.preview_caps(),
        route: config.route(),
        events: Events::new(store.clone(), feed.clone(), stop.clone()),
        sync: Arc::new(config.sync.clone()),
        keys,
        session_seconds: config.auth.session_seconds,
    };
    let router = match role {
        Role::Everything => router(&config, service.clone()),
        Role::WorkerOnly => {
            let router = health::router(vec![store_check(&service)]).merge(metrics::router());
            http::router_stack("meta", router, &config.server)
        }
    };
    let api = async {
        let outcome = http::serve(listener, router, &config.server, stop.clone()).await;
        stop.cancel();
        outcome
    };
    let (api, (), (), (), (), ()) = tokio::join!(
        api,
        feed.run(&service.store, &stop),
        work(&config, &service, &called, &feed, &stop),
        ticks(&config, &service, &stop),
        retention::run(&service, &config.jobs, &stop),
        silence::run(&service, &config.jobs, &stop),
    );
    // What nobody waits for any more is stopped on the data sources before the process ends.
    scan::settle().await;
    store.close().await;
    Ok(api?)
}

/// What calls of tenants' services need.
struct Called {
    outbound: Outbound,
    own_url: String,
}

/// Where services that are called reach the API: where that is said, and else where it listens.
fn own_url(config: &Config, listener: &TcpListener) -> std::io::Result<String> {
    Ok(match &config.http_etl.report_base_url {
        Some(url) => url.trim_end_matches('/').to_owned(),
        None => format!("http://{}", listener.local_addr()?),
    })
}

async fn work(
    config: &Config,
    service: &Service,
    called: &Called,
    feed: &Feed,
    stop: &CancellationToken,
) {
    if config.workers.concurrency == 0 {
        return;
    }
    let connections = usize::try_from(config.store.max_connections).unwrap_or(usize::MAX);
    let works: Vec<Arc<dyn Work>> = vec![
        Arc::new(Sync {
            service: service.clone(),
        }),
        Arc::new(DeepScan {
            service: service.clone(),
            config: config.deep_scan,
            // The API, heartbeats and the queue keep the other half.
            loads: Arc::new(Semaphore::new((connections / 2).max(1))),
        }),
        Arc::new(SqlSync {
            service: service.clone(),
            config: config.transfer,
        }),
        Arc::new(SqlEtl {
            service: service.clone(),
            config: config.transfer,
        }),
        Arc::new(Measure {
            service: service.clone(),
            config: config.measure,
        }),
        Arc::new(HttpEtl {
            service: service.clone(),
            outbound: called.outbound.clone(),
            own_url: called.own_url.clone(),
        }),
    ];
    let settings = WorkerSettings {
        concurrency: config.workers.concurrency,
        poll_interval: Duration::from_millis(config.workers.poll_interval_milliseconds),
        heartbeat: Duration::from_secs(config.workers.heartbeat_seconds),
        silence: Duration::from_secs(config.workers.silence_seconds),
        retry_pause: Duration::from_secs(config.workers.retry_pause_seconds),
    };
    let worker = Worker {
        store: service.store.clone(),
        queue: Queue::new(service.store.pool()),
        feed: feed.clone(),
        clock: service.clock.clone(),
        settings,
    };
    worker.run(works, stop.clone()).await;
}

async fn ticks(config: &Config, service: &Service, stop: &CancellationToken) {
    if config.sync.automatic {
        schedule::run(service, stop).await;
    } else {
        tracing::info!("scheduled scans are left to other processes");
    }
}

fn router(config: &Config, service: Service) -> Router {
    let check = store_check(&service);
    let stored = StoredKeys {
        store: service.store.clone(),
        clock: service.clock.clone(),
    };
    let guard = auth::layer(service.keys.clone()).with_api_keys(Arc::new(stored));
    let router = api::router()
        .route_layer(from_fn(http::known_caller))
        .route_layer(guard)
        .merge(api::open_router())
        .with_state(service)
        .merge(health::router(vec![check]))
        .merge(metrics::router());
    http::router_stack(
        "meta",
        openapi::mount(router, api::openapi()),
        &config.server,
    )
}

fn store_check(service: &Service) -> Check {
    let store = service.store.clone();
    Check::new("store", move || {
        let store = store.clone();
        async move {
            store.ping().await.map_err(|error: StoreError| {
                tracing::warn!(error = chain(&error), "store check failed");
                "the store cannot be reached".to_owned()
            })
        }
    })
}
