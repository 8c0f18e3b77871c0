//! `manager` in this process, and the door through which it finds `meta`.

use std::net::Ipv4Addr;

use models::{Role, TenantId};
use secrecy::ExposeSecret;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use url::Url;

use crate::{Api, Installation, Meta, StoreLogin, TENANT, eventually};

impl Installation {
    /// The settings of a `manager` whose `meta` is at `meta_url`, as variables of its environment.
    #[must_use]
    pub fn manager_settings(&self, meta_url: &str) -> Vec<(String, String)> {
        let url = |login| self.store().url(login).expose_secret().to_owned();
        let own = [
            ("MANAGER__STORE__URL", url(StoreLogin::Manager)),
            ("MANAGER__STORE__MIGRATE_URL", url(StoreLogin::ManagerOwner)),
            ("MANAGER__STORE__MAX_CONNECTIONS", "5".to_owned()),
            ("MANAGER__META__URL", meta_url.to_owned()),
            ("MANAGER__RECONCILE__INTERVAL_SECONDS", "1".to_owned()),
            ("MANAGER__RECONCILE__SOURCE_CHECK_SECONDS", "1".to_owned()),
        ];
        let own = own.map(|(name, value)| (name.to_owned(), value));
        // Both services believe the same tokens.
        let shared = self
            .meta_settings()
            .into_iter()
            .filter_map(|(name, value)| {
                let name = name.strip_prefix("META__AUTH__")?;
                Some((format!("MANAGER__AUTH__{name}"), value))
            });
        own.into_iter().chain(shared).collect()
    }

    /// Starts `manager`, whose `meta` is at `meta_url` or will be.
    ///
    /// # Panics
    /// When it does not start.
    pub async fn manager(&self, meta_url: &str) -> Manager {
        self.manager_with(meta_url, &[]).await
    }

    /// Starts `manager` with some variables of its environment set otherwise.
    ///
    /// # Panics
    /// When it does not start.
    pub async fn manager_with(&self, meta_url: &str, changes: &[(&str, &str)]) -> Manager {
        let mut settings = self.manager_settings(meta_url);
        let changes = changes.iter();
        settings.extend(changes.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let config = manager::Config::load(None, settings).expect("sound settings");
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
        let listener = listener.expect("a port is free");
        let port = listener.local_addr().expect("it is bound").port();
        let stop = CancellationToken::new();
        let task = tokio::spawn(manager::serve_by(
            self.clock(),
            config,
            listener,
            stop.clone(),
        ));
        let manager = Manager {
            url: format!("http://127.0.0.1:{port}"),
            installation: self.clone(),
            stop,
            task: Some(task),
        };
        manager.wait_until_live().await;
        manager
    }
}

/// A `manager` that runs in this process. To restart it, stop it and start another one on the same
/// installation.
#[derive(Debug)]
pub struct Manager {
    /// Where it serves.
    pub url: String,
    /// What it belongs to.
    pub installation: Installation,
    stop: CancellationToken,
    task: Option<JoinHandle<Result<(), manager::StartError>>>,
}

impl Manager {
    /// It is ready only when `meta` is there, which tests may not want yet.
    async fn wait_until_live(&self) {
        let api = self.anonymous();
        eventually("manager to be there", async || {
            let runs = self.task.as_ref().is_some_and(|task| !task.is_finished());
            assert!(runs, "manager has stopped while starting");
            (api.get("/health/live").await.status == 200).then_some(())
        })
        .await;
    }

    /// A client without a token.
    #[must_use]
    pub fn anonymous(&self) -> Api {
        self.installation.api(&self.url, None)
    }

    /// A client with a token of a user of a tenant.
    #[must_use]
    pub fn user(&self, tenant: TenantId, role: Role) -> Api {
        let token = self.installation.token(tenant, role);
        self.installation.api(&self.url, Some(token))
    }

    /// A client with the token of an administrator of [`TENANT`].
    #[must_use]
    pub fn admin(&self) -> Api {
        self.user(TENANT, Role::Admin)
    }

    /// Stops it as SIGTERM would, and waits for that.
    ///
    /// # Panics
    /// When it ends with an error.
    pub async fn stop(mut self) {
        self.stop.cancel();
        if let Some(task) = self.task.take() {
            let ended = task.await.expect("manager does not panic");
            ended.expect("manager ends well");
        }
    }
}

impl Drop for Manager {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

/// An address that stays while the `meta` behind it comes and goes. Shut, it hangs up on everyone.
#[derive(Debug)]
pub struct Door {
    /// Where it is.
    pub url: String,
    /// The port behind it.
    behind: watch::Sender<Option<u16>>,
    task: JoinHandle<()>,
}

impl Door {
    /// A door that is shut.
    ///
    /// # Panics
    /// When the machine has no port left.
    pub async fn shut() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
        let listener = listener.expect("a port is free");
        let port = listener.local_addr().expect("it is bound").port();
        let (behind, watched) = watch::channel(None);
        let task = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(pass(client, watched.clone()));
            }
        });
        Self {
            url: format!("http://127.0.0.1:{port}"),
            behind,
            task,
        }
    }

    /// Leads to a `meta` from now on.
    ///
    /// # Panics
    /// Never: the URL of a `meta` names its port.
    pub fn open_to(&self, meta: &Meta) {
        let url = Url::parse(&meta.url).expect("a URL of ours");
        self.behind.send_replace(url.port());
    }

    /// Leads nowhere from now on, also for who is inside.
    pub fn close(&self) {
        self.behind.send_replace(None);
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        self.close();
        self.task.abort();
    }
}

async fn pass(mut client: TcpStream, mut behind: watch::Receiver<Option<u16>>) {
    let Some(port) = *behind.borrow_and_update() else {
        return;
    };
    let Ok(mut meta) = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await else {
        return;
    };
    // Either side hanging up ends both; so does the door.
    tokio::select! {
        _ = tokio::io::copy_bidirectional(&mut client, &mut meta) => {}
        _ = behind.changed() => {}
    }
}
