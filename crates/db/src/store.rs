//! The pool of the runtime login.

use std::ops::{Deref, DerefMut};
use std::str::FromStr;
use std::time::Duration;

use models::TenantId;
use secrecy::{ExposeSecret, SecretString};
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::{PgConnection, Postgres, Row, Transaction};

use crate::StoreError;

/// How long a transaction of any connection may wait for its next statement: 20 s. A process that stands still in the
/// middle of one, or whose machine is gone, would hold its locks for as long as its connection seems to live: a job
/// could not go on elsewhere, nor could any, where it is the queue's own transaction that looks for dead workers.
/// Source: `PostgreSQL` manual, "`idle_in_transaction_session_timeout`".
const LONGEST_PAUSE: &str = "-- longest pause\nset idle_in_transaction_session_timeout = '20s'";

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

/// Whether a connection that comes back may be used again; ends a transaction that it is in.
///
/// Whoever is dropped in the middle of a statement leaves its outcome on the connection. When that is an
/// error, as after COPY, the pool by itself would close the connection without a good-bye, and over TLS
/// wait for ever for the server's. When it is the answer to BEGIN, the driver does not know of the
/// transaction, and whoever gets the connection next would work in it and make nothing permanent: an entry
/// of the queue could stay locked for ever.
async fn is_sound(connection: &mut PgConnection) -> bool {
    // One message of the simple protocol: only within a transaction did that begin earlier (PostgreSQL
    // manual, "Date/Time Functions and Operators").
    let sql = "-- is in no transaction\nselect now() = statement_timestamp()";
    let row = sqlx::raw_sql(sql).fetch_one(&mut *connection).await;
    match row.and_then(|row| row.try_get::<bool, _>(0)) {
        Ok(true) => true,
        Ok(false) => sqlx::raw_sql("rollback").execute(connection).await.is_ok(),
        Err(_) => false,
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
            .after_connect(|connection, _| {
                Box::pin(async {
                    sqlx::raw_sql(LONGEST_PAUSE)
                        .execute(connection)
                        .await
                        .map(drop)
                })
            })
            .after_release(|connection, _| Box::pin(async { Ok(is_sound(connection).await) }))
            .connect_lazy_with(options);
        Ok(Self { pool })
    }

    /// Begins a transaction that is bound to a tenant until it ends. It ends by itself when nothing is done
    /// in it for 20 s; COPY does something for as long as it runs.
    ///
    /// Its statements are not compiled: those of a scan are long, work on few rows where the planner knows
    /// little and expects many, and would be compiled for seconds to run for milliseconds. Source:
    /// `PostgreSQL` manual, "When to JIT?".
    ///
    /// # Errors
    /// When the store cannot be reached.
    pub async fn begin(&self, tenant: TenantId) -> Result<Tx, StoreError> {
        let mut tx = self.pool.begin().await?;
        sqlx::query!(
            "-- bind tenant\nselect set_config('app.tenant_id', $1, true) as tenant, set_config('jit', 'off', true) as jit",
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
