//! Both services in this process.

use std::time::Duration;

use tokio::task::{JoinError, JoinSet};
use tokio::time::{Instant, sleep, timeout};
use tokio_util::sync::CancellationToken;

use super::listeners::Listeners;

/// How long the services may take to end; each lets requests under way end for 10 seconds.
const STOP_LIMIT: Duration = Duration::from_secs(30);
/// How often to ask whether a service is ready.
const READY_INTERVAL: Duration = Duration::from_millis(50);
/// How long an answer to that may take.
const READY_TIMEOUT: Duration = Duration::from_secs(5);
/// How often to tell that a service is not ready yet.
const READY_REMINDER: Duration = Duration::from_secs(10);

/// Why the services do not run.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ServiceError {
    /// `meta` failed.
    #[error("meta has failed")]
    Meta(#[source] meta::StartError),
    /// `manager` failed.
    #[error("manager has failed")]
    Manager(#[source] manager::StartError),
    /// A service ended though nobody asked it to.
    #[error("{0} has ended by itself")]
    Ended(&'static str),
    /// A service panicked.
    #[error("a service has panicked")]
    Panicked(#[source] JoinError),
    /// A service did not end.
    #[error("the services did not end within {} seconds", STOP_LIMIT.as_secs())]
    Stuck,
    /// There can be no HTTP client.
    #[error("there can be no HTTP client")]
    Client(#[source] reqwest::Error),
}

type Ended = Result<(&'static str, Result<(), ServiceError>), JoinError>;

/// The running services.
#[derive(Debug)]
pub(super) struct Services {
    tasks: JoinSet<(&'static str, Result<(), ServiceError>)>,
    stop: CancellationToken,
}

impl Services {
    /// Starts both.
    pub(super) fn start(
        meta: meta::Config,
        manager: manager::Config,
        listeners: Listeners,
    ) -> Self {
        let stop = CancellationToken::new();
        let mut tasks = JoinSet::new();
        let serve = meta::serve(meta, meta::Role::Everything, listeners.meta, stop.clone());
        tasks.spawn(async { ("meta", serve.await.map_err(ServiceError::Meta)) });
        let serve = manager::serve(manager, listeners.manager, stop.clone());
        tasks.spawn(async { ("manager", serve.await.map_err(ServiceError::Manager)) });
        Self { tasks, stop }
    }

    /// Why a service ended; does not return as long as both run.
    pub(super) async fn failure(&mut self) -> ServiceError {
        match self.tasks.join_next().await {
            Some(ended) => failure_of(ended).unwrap_or_else(ServiceError::Ended),
            None => std::future::pending().await,
        }
    }

    /// Stops both and waits for them.
    pub(super) async fn stop(mut self) -> Result<(), ServiceError> {
        self.stop.cancel();
        let all = async {
            let mut first = Ok(());
            while let Some(ended) = self.tasks.join_next().await {
                if let Ok(error) = failure_of(ended) {
                    first = first.and(Err(error));
                }
            }
            first
        };
        timeout(STOP_LIMIT, all)
            .await
            .unwrap_or(Err(ServiceError::Stuck))
    }
}

/// Why a service failed, or the name of one that did not.
fn failure_of(ended: Ended) -> Result<ServiceError, &'static str> {
    match ended {
        Ok((name, Ok(()))) => Err(name),
        Ok((_, Err(error))) => Ok(error),
        Err(error) => Ok(ServiceError::Panicked(error)),
    }
}

/// Returns when the service says that it is ready.
pub(super) async fn wait_ready(name: &'static str, url: &str) -> Result<(), ServiceError> {
    let client = service_kit::http_client().map_err(ServiceError::Client)?;
    let url = format!("{url}/health/ready");
    let mut reminder = Instant::now() + READY_REMINDER;
    loop {
        let answer = client.get(&url).timeout(READY_TIMEOUT).send().await;
        if answer
            .as_ref()
            .is_ok_and(|answer| answer.status().is_success())
        {
            return Ok(());
        }
        if Instant::now() > reminder {
            // It may migrate a large store: that is no failure, however long it takes.
            tracing::info!(service = name, "not ready yet");
            reminder = Instant::now() + READY_REMINDER;
        }
        sleep(READY_INTERVAL).await;
    }
}
