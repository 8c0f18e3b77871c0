//! A Plumbline of a test's own: a store, its secrets, and services on free ports of this machine.

use std::net::Ipv4Addr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use models::{Clock, Role, TenantId};
use reqwest::Client;
use secrecy::ExposeSecret;
use serde_json::Value;
use service_kit::auth::TokenKeys;
use service_kit::http::http_client;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::{Api, Source, StoreLogin, TestStore, eventually, key};

/// The tenant that tests work in when they have no need of another.
pub const TENANT: TenantId = TenantId(1);

/// How long a user's token lives: longer than any test.
const TOKEN_LIFETIME: Duration = Duration::from_mins(10);

/// A store and the secrets that services on it share. Clones are the same installation.
#[derive(Debug, Clone)]
pub struct Installation(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    store: TestStore,
    jwt_secret: String,
    service_secret: String,
    encryption_key: String,
    client: Client,
    /// What the services and the makers of tokens go by.
    clock: Clock,
    /// The keys of tokens.
    keys: OnceLock<TokenKeys>,
}

impl Installation {
    /// A fresh one. No service runs yet.
    ///
    /// # Panics
    /// When there is no server.
    pub async fn new() -> Self {
        Self::on(TestStore::create().await)
    }

    /// A fresh one whose services go by this clock. No service runs yet.
    ///
    /// # Panics
    /// When there is no server.
    pub async fn by(clock: Clock) -> Self {
        Self::made(TestStore::create().await, clock)
    }

    /// One on a store that is there.
    ///
    /// # Panics
    /// When this machine cannot do HTTP.
    #[must_use]
    pub fn on(store: TestStore) -> Self {
        Self::made(store, Clock::system())
    }

    fn made(store: TestStore, clock: Clock) -> Self {
        let client = http_client().expect("this machine can do HTTP");
        Self(Arc::new(Parts {
            store,
            jwt_secret: key(),
            service_secret: key(),
            encryption_key: key(),
            client,
            clock,
            keys: OnceLock::new(),
        }))
    }

    /// What the services go by.
    pub(crate) fn clock(&self) -> Clock {
        self.0.clock.clone()
    }

    /// The store.
    #[must_use]
    pub fn store(&self) -> &TestStore {
        &self.0.store
    }

    /// Makes each job that is started from now on begin with its last attempt: what may pass fails it at once.
    ///
    /// # Panics
    /// When the store refuses.
    pub async fn only_one_attempt(&self) {
        sqlx::raw_sql(
            "create function public.only_one_attempt() returns trigger language plpgsql as $$
             begin
                 insert into metadata.job_attempts (tenant_id, job_id, attempt, worker, ended_at, outcome)
                 select new.tenant_id, new.id, n, 'before', now(), 'LOST' from generate_series(-3, 0) n;
                 return null;
             end $$;
             create trigger only_one_attempt after insert on metadata.log_data_jobs
                 for each row execute function public.only_one_attempt()",
        )
        .execute(&mut self.0.store.admin().await)
        .await
        .expect("a trigger of the test's own");
    }

    /// The settings of `meta` as variables of its environment.
    #[must_use]
    pub fn meta_settings(&self) -> Vec<(String, String)> {
        let url = |login| self.0.store.url(login).expose_secret().to_owned();
        let settings = [
            ("META__STORE__URL", url(StoreLogin::Meta)),
            ("META__STORE__MIGRATE_URL", url(StoreLogin::MetaOwner)),
            ("META__STORE__MAX_CONNECTIONS", "8".to_owned()),
            ("META__AUTH__JWT_SECRET", self.0.jwt_secret.clone()),
            ("META__AUTH__SERVICE_SECRET", self.0.service_secret.clone()),
            ("META__SECRETS__KEY", self.0.encryption_key.clone()),
            // A schedule that ticks at its own time would make tests differ from each other.
            ("META__SYNC__AUTOMATIC", "false".to_owned()),
            // What may pass is tried again at once.
            ("META__WORKERS__RETRY_PAUSE_SECONDS", "0".to_owned()),
        ];
        settings
            .map(|(name, value)| (name.to_owned(), value))
            .into()
    }

    /// Starts `meta`.
    ///
    /// # Panics
    /// When it does not start.
    pub async fn meta(&self) -> Meta {
        self.meta_with(&[]).await
    }

    /// Starts `meta` with some variables of its environment set otherwise.
    ///
    /// # Panics
    /// When it does not start.
    pub async fn meta_with(&self, changes: &[(&str, &str)]) -> Meta {
        let mut settings = self.meta_settings();
        settings.extend(
            changes
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        );
        let config = meta::Config::load(None, settings).expect("sound settings");
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .await
            .expect("a port is free");
        let port = listener.local_addr().expect("it is bound").port();
        let stop = CancellationToken::new();
        let clock = self.0.clock.clone();
        let role = meta::Role::Everything;
        let serve = meta::serve_by(clock, config, role, listener, stop.clone());
        let task = tokio::spawn(serve);
        let meta = Meta {
            url: format!("http://127.0.0.1:{port}"),
            installation: self.clone(),
            stop,
            task: Some(task),
        };
        meta.wait_until_ready().await;
        meta
    }

    /// The keys that tokens are made with, by a clock.
    ///
    /// # Panics
    /// Never: the secrets are sound.
    #[must_use]
    pub fn keys(&self, clock: Clock) -> TokenKeys {
        let config = meta::Config::load(None, self.meta_settings()).expect("sound settings");
        TokenKeys::new(&config.auth, "META", clock).expect("sound secrets")
    }

    fn own_keys(&self) -> &TokenKeys {
        self.0.keys.get_or_init(|| self.keys(self.0.clock.clone()))
    }

    /// A user's token.
    #[must_use]
    pub fn token(&self, tenant: TenantId, role: Role) -> String {
        self.own_keys()
            .mint_user("ada", tenant, &[role], TOKEN_LIFETIME)
            .expose_secret()
            .to_owned()
    }

    /// A service's token.
    #[must_use]
    pub fn service_token(&self, tenant: TenantId) -> String {
        self.own_keys()
            .mint_service(tenant, "ada")
            .expose_secret()
            .to_owned()
    }

    /// A client of the service at `url`, with this token or none.
    #[must_use]
    pub fn api(&self, url: &str, token: Option<String>) -> Api {
        Api::new(self.0.client.clone(), url, token)
    }
}

/// A `meta` that runs in this process.
#[derive(Debug)]
pub struct Meta {
    /// Where it serves.
    pub url: String,
    /// What it belongs to.
    pub installation: Installation,
    stop: CancellationToken,
    task: Option<JoinHandle<Result<(), meta::StartError>>>,
}

impl Meta {
    async fn wait_until_ready(&self) {
        let api = self.anonymous();
        eventually("meta to be ready", async || {
            assert!(
                self.task.as_ref().is_some_and(|task| !task.is_finished()),
                "meta has stopped while starting"
            );
            (api.get("/health/ready").await.status == 200).then_some(())
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
        self.installation
            .api(&self.url, Some(self.installation.token(tenant, role)))
    }

    /// A client with the token of an administrator of [`TENANT`].
    #[must_use]
    pub fn admin(&self) -> Api {
        self.user(TENANT, Role::Admin)
    }

    /// A client with a service token for [`TENANT`].
    #[must_use]
    pub fn service(&self) -> Api {
        self.installation
            .api(&self.url, Some(self.installation.service_token(TENANT)))
    }

    /// Registers a source under the name of its database and waits for its first sync, which must
    /// succeed. Answers with its `resource_id`.
    ///
    /// # Panics
    /// When it fails.
    pub async fn register(&self, source: &Source) -> i64 {
        let created = self
            .admin()
            .post(
                "/api/metadata/datasources",
                &source.registration(&source.database),
            )
            .await;
        self.registered(created.expect(201)).await
    }

    /// As [`Meta::register`], for an answer that is there.
    ///
    /// # Panics
    /// When the first sync does not succeed.
    pub async fn registered(&self, created: Value) -> i64 {
        let status = self
            .ended(created["sync_id"].as_i64().expect("a sync_id"))
            .await;
        assert_eq!(status["status"], "SUCCESS", "{status}");
        created["datasource"]["id"].as_i64().expect("an id")
    }

    /// Waits until a sync or a scan of [`TENANT`] has ended and answers with its status document.
    ///
    /// # Panics
    /// When it does not end.
    pub async fn ended(&self, scan_id: i64) -> Value {
        let (api, path) = (self.admin(), format!("/api/metadata/scan/status/{scan_id}"));
        eventually("the end of a scan", async || {
            let status = api.get(&path).await.expect(200);
            let active = matches!(status["status"].as_str(), Some("QUEUED" | "RUNNING"));
            (!active).then_some(status)
        })
        .await
    }

    /// Waits until a scan of [`TENANT`] is in this state.
    ///
    /// # Panics
    /// When it never is.
    pub async fn in_state(&self, scan_id: i64, state: &str) -> Value {
        let (api, path) = (self.admin(), format!("/api/metadata/scan/status/{scan_id}"));
        eventually(&format!("a scan to be {state}"), async || {
            let status = api.get(&path).await.expect(200);
            (status["status"] == state).then_some(status)
        })
        .await
    }

    /// Starts a deep scan by this request and waits for its end.
    ///
    /// # Panics
    /// When it is not accepted, or does not end.
    pub async fn scan(&self, request: &Value) -> Value {
        let started = self
            .admin()
            .post("/api/metadata/scan/deep", request)
            .await
            .expect(202);
        self.ended(started["scan_id"].as_i64().expect("a scan_id"))
            .await
    }

    /// Stops it as SIGTERM would, and waits for that.
    ///
    /// # Panics
    /// When it ends with an error.
    pub async fn stop(mut self) {
        self.stop.cancel();
        if let Some(task) = self.task.take() {
            task.await
                .expect("meta does not panic")
                .expect("meta ends well");
        }
    }
}

impl Drop for Meta {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}
