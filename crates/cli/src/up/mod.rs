//! `plumb up`: everything on one machine, until it is told to stop.
//!
//! The order makes each failure cheap and clear: the data directory is taken, the ports are bound,
//! the store is started, and only then the services, in this process. A sample shop comes last. What was started is stopped
//! in the opposite order, whatever happened.

mod demo;
mod listeners;
mod services;
mod settings;
mod shell;
mod store;

use std::future::pending;
use std::path::PathBuf;

use models::{Clock, Role, TenantId};
use secrecy::ExposeSecret as _;
use service_kit::auth::TokenKeys;
use service_kit::config::ConfigError;
use tokio_util::sync::CancellationToken;

use self::services::{Services, wait_ready};
use self::store::Store;
use crate::args::{Format, UpArguments};
use crate::data_dir::{DataDir, DataDirError, EnvFile, Secrets, remove_if_there};
use crate::output;
use crate::postgres::ClusterError;
use crate::token::{LOCAL_TOKEN_DAYS, mint};

pub(crate) use listeners::Listeners;
pub(crate) use settings::meta_config;
pub(crate) use store::{Seen, StoreError};

/// The tenant of the token in `DIR/env`.
const LOCAL_TENANT: TenantId = TenantId(1);
/// The subject of the token in `DIR/env`.
const LOCAL_SUBJECT: &str = "plumb";

/// Why `plumb up` failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum UpError {
    /// The data directory cannot be used.
    #[error(transparent)]
    DataDir(#[from] DataDirError),
    /// A port cannot be listened on.
    #[error(transparent)]
    Listen(#[from] listeners::ListenError),
    /// The private `PostgreSQL` failed.
    #[error(transparent)]
    Cluster(#[from] ClusterError),
    /// The store cannot be used.
    #[error(transparent)]
    Store(#[from] store::StoreError),
    /// The private `PostgreSQL` ended.
    #[error("PostgreSQL has ended by itself: its last words are in {0}")]
    StoreEnded(PathBuf),
    /// The settings in the environment cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// A service failed.
    #[error(transparent)]
    Service(#[from] services::ServiceError),
    /// The sample shop cannot be made.
    #[error(transparent)]
    Demo(#[from] demo::DemoError),
    /// Signals cannot be received.
    #[error("SIGINT and SIGTERM cannot be received")]
    Signals(#[source] std::io::Error),
}

/// Runs the services and their store until SIGINT or SIGTERM.
///
/// # Errors
/// When something does not start, or ends by itself; all the rest has been stopped then.
pub(crate) async fn up(
    arguments: &UpArguments,
    data_dir: DataDir,
    format: Format,
) -> Result<(), UpError> {
    let shutdown = service_kit::shutdown::signal_token().map_err(UpError::Signals)?;
    let (data_dir, _lock) = data_dir.take()?;
    let listeners = Listeners::bind(arguments.meta_port, arguments.manager_port).await?;
    // Whoever waits for the file shall not find the last run's.
    let env_path = data_dir.env_path();
    remove_if_there(&env_path).map_err(|source| DataDirError::File {
        verb: "remove",
        path: env_path,
        source,
    })?;
    let secrets = data_dir.secrets()?;
    // Compose files and scripts write an empty variable for what is left out.
    let given = arguments
        .database_url
        .as_ref()
        .filter(|url| !url.expose_secret().is_empty());
    let store = Store::open(&data_dir, given, &secrets).await?;
    let instance = Instance {
        data_dir: &data_dir,
        secrets: &secrets,
        store: &store,
        demo: arguments.demo,
        format,
    };
    let outcome = instance.run(listeners, shutdown).await;
    let closed = store.close().await;
    if let (Err(_), Err(error)) = (&outcome, &closed) {
        tracing::error!(%error, "the store was not stopped");
    }
    outcome.and(closed.map_err(UpError::from))
}

/// What the services run on.
struct Instance<'a> {
    data_dir: &'a DataDir,
    secrets: &'a Secrets,
    store: &'a Store,
    /// Whether to make the sample shop.
    demo: bool,
    format: Format,
}

impl Instance<'_> {
    async fn run(&self, listeners: Listeners, shutdown: CancellationToken) -> Result<(), UpError> {
        let logins = tokio::select! {
            logins = self.store.prepare(self.secrets) => logins?,
            () = shutdown.cancelled() => return Ok(()),
        };
        let meta = settings::meta(self.secrets, &logins, listeners.meta_port)?;
        let manager = settings::manager(self.secrets, &logins, &listeners)?;
        let keys = TokenKeys::new(&meta.auth, "META", Clock::system())?;
        let env = EnvFile {
            meta_url: listeners.meta_url(),
            manager_url: listeners.manager_url(),
            token: mint(
                &keys,
                LOCAL_SUBJECT,
                LOCAL_TENANT,
                Role::Admin,
                LOCAL_TOKEN_DAYS,
            ),
        };
        let mut services = Services::start(meta, manager, listeners);
        let outcome = tokio::select! {
            // Whatever else a signal to all processes ends, it was asked for.
            biased;
            () = shutdown.cancelled() => Ok(()),
            error = services.failure() => Err(error.into()),
            log = self.store.ended() => Err(UpError::StoreEnded(log)),
            outcome = self.announce(&env) => outcome,
        };
        let stopped = services.stop().await;
        outcome.and(stopped.map_err(UpError::from))
    }

    /// Waits for both services, tells where they are, and then does not return.
    async fn announce(&self, env: &EnvFile) -> Result<(), UpError> {
        tokio::try_join!(
            wait_ready("meta", &env.meta_url),
            wait_ready("manager", &env.manager_url)
        )?;
        let path = self.data_dir.env_path();
        env.write(&path)?;
        let shop = if self.demo {
            let password = self.secrets.demo_reader(&self.data_dir.secrets_path())?;
            Some(demo::make(self.store, password, env).await?)
        } else {
            None
        };
        let printed = match self.format {
            Format::Table => output::print(&self.welcome(env, shop.as_ref())),
            Format::Json => {
                let mut document = serde_json::json!({
                    "meta_url": env.meta_url,
                    "manager_url": env.manager_url,
                    "env_file": path,
                });
                if let Some(shop) = &shop {
                    document["demo"] = demo::as_json(shop);
                }
                output::print_json(&document)
            }
        };
        if let Err(error) = printed {
            // The file says the same, and the services do not depend on it.
            tracing::warn!(%error, "cannot tell that the services are ready");
        }
        pending().await
    }

    fn welcome(&self, env: &EnvFile, shop: Option<&demo::Shop>) -> String {
        let Self {
            data_dir, store, ..
        } = self;
        let path = data_dir.env_path().display().to_string();
        let plumb = shell::program_on(data_dir);
        format!(
            "Plumbline is ready.\n  \
               console  {manager}/\n  \
               manager  {manager}\n  \
               meta     {meta}\n  \
               store    {store}\n\n\
             {shop}\
             Next, in another shell:\n  \
               set -a; source {env_path}; set +a   # the URLs, and a token for {LOCAL_TOKEN_DAYS} days\n  \
               {program} sign-in-link   # opens the console, once\n  \
               {program} source add --help   # and the API is explained at {meta}/docs\n\n\
             Ctrl-C stops it.\n",
            manager = env.manager_url,
            meta = env.meta_url,
            store = store.describe(),
            shop = shop.map_or_else(String::new, |shop| demo::as_text(shop, env, &path, &plumb)),
            env_path = shell::quoted(&path),
            program = shell::program(),
        )
    }
}
