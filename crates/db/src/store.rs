//! The pool of the runtime login.

use std::ops::{Deref, DerefMut};
use std::str::FromStr;
use std::time::Duration;

use models::TenantId;
use secrecy::{ExposeSecret, SecretString};
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::{PgConnection, Postgres, Transaction};

use crate::StoreError;

/// A transaction on the store. Rolled back when it is dropped.
#[derive(Debug)]
pub struct Tx(Transaction<'static, Postgres>);

impl Tx {
    /// Makes what was done permanent.
    ///
    /// # Errors
    /// When the store cannot be reached, or refuses.
    pub async fn commit(self) -> Result<(), StoreError> {
        Ok(self.0.commit().await?)
    }
}

impl Deref for Tx {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        &self.0
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut PgConnection {
        &mut self.0
    }
}

/// The store as a service uses it at run time.
#[derive(Debug, Clone)]
pub struct Store {
    pool: PgPool,
}

impl Store {
    /// Opens a pool. Connections are made when they are first needed.
    ///
    /// # Errors
    /// When the URL is not one of `PostgreSQL`.
    pub fn open(
        url: &SecretString,
        application: &str,
        max_connections: u32,
    ) -> Result<Self, StoreError> {
        let options =
            PgConnectOptions::from_str(url.expose_secret())?.application_name(application);
        let pool = PgPoolOptions::new()
            .max_connections(max_connections)
            .acquire_timeout(Duration::from_secs(5))
            .connect_lazy_with(options);
        Ok(Self { pool })
    }

    /// Begins a transaction that is bound to a tenant until it ends.
    ///
    /// # Errors
    /// When the store cannot be reached.
    pub async fn begin(&self, tenant: TenantId) -> Result<Tx, StoreError> {
        let mut tx = self.pool.begin().await?;
        sqlx::query!(
            "-- bind tenant\nselect set_config('app.tenant_id', $1, true)",
            tenant.to_string()
        )
        .fetch_one(&mut *tx)
        .await?;
        Ok(Tx(tx))
    }

    /// A connection that is bound to no tenant, for functions that work across tenants. Tenant tables
    /// are empty through it.
    ///
    /// # Errors
    /// When the store cannot be reached.
    pub async fn connection(&self) -> Result<PoolConnection<Postgres>, StoreError> {
        Ok(self.pool.acquire().await?)
    }

    /// The pool itself: for staging tables and for the queue. Tenant tables are empty through it.
    #[must_use]
    pub fn pool(&self) -> &PgPool {
        &self.pool
    }

    /// Whether the store answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        sqlx::query!("-- ping\nselect 1 as one")
            .fetch_one(&self.pool)
            .await?;
        Ok(())
    }

    /// Closes all connections.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}
