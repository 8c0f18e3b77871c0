//! The logins that the services need, for whoever sets up a store as its superuser.

use secrecy::{ExposeSecret, SecretString};
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection};

/// One login to create.
#[derive(Debug, Clone)]
pub struct Login {
    /// Its name.
    pub name: String,
    /// Its password.
    pub password: SecretString,
}

/// The four logins: for each service one that owns its schema and one that runs it.
#[derive(Debug, Clone)]
pub struct Logins {
    /// Owns the schema `metadata`.
    pub meta_owner: Login,
    /// Runs `meta`; owns the queue's schema and no tenant table.
    pub meta: Login,
    /// Owns the schema `manager`.
    pub manager_owner: Login,
    /// Runs `manager`; owns nothing.
    pub manager: Login,
}

/// Why the logins could not be created.
#[derive(Debug, thiserror::Error)]
#[error("the store's logins could not be created")]
pub struct RolesError(#[from] sqlx::Error);

/// Creates the logins that are missing, sets the passwords of all, and lets them work in the
/// database of the connection, which must be a superuser's. May be repeated.
///
/// # Errors
/// When a statement fails.
pub async fn create_logins(
    connection: &mut PgConnection,
    logins: &Logins,
) -> Result<(), RolesError> {
    let mut tx = connection.begin().await?;
    lock_roles(&mut tx).await?;
    for login in [
        &logins.meta_owner,
        &logins.meta,
        &logins.manager_owner,
        &logins.manager,
    ] {
        set_login(&mut tx, login).await?;
        let grant: String = sqlx::query_scalar(
            "-- grant connect
            select format('grant connect, temporary on database %I to %I', current_database(), $1)",
        )
        .bind(&login.name)
        .fetch_one(&mut *tx)
        .await?;
        sqlx::query(AssertSqlSafe(grant)).execute(&mut *tx).await?;
    }
    for login in [&logins.meta_owner, &logins.manager_owner, &logins.meta] {
        // The owners create their schemas, the runtime login of meta the one of the queue.
        let grant: String =
            sqlx::query_scalar("-- grant create\nselect format('grant create on database %I to %I', current_database(), $1)")
                .bind(&login.name)
                .fetch_one(&mut *tx)
                .await?;
        sqlx::query(AssertSqlSafe(grant)).execute(&mut *tx).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Lets nobody else make or change logins until the transaction ends, even from other processes:
/// roles belong to the whole cluster, and so does this lock, whereas an advisory one would hold in
/// the connection's database only.
pub(crate) async fn lock_roles(tx: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::query("-- lock\nlock table pg_catalog.pg_authid in share row exclusive mode")
        .execute(tx)
        .await?;
    Ok(())
}

/// Creates a login if it is missing, and sets its password.
pub(crate) async fn set_login(tx: &mut PgConnection, login: &Login) -> Result<(), sqlx::Error> {
    let statement: String = sqlx::query_scalar(
        "-- login
        select format(case when exists (select from pg_roles where rolname = $1)
            then 'alter role %I login nosuperuser nobypassrls password %L'
            else 'create role %I login nosuperuser nobypassrls password %L' end, $1, $2)",
    )
    .bind(&login.name)
    .bind(login.password.expose_secret())
    .fetch_one(&mut *tx)
    .await?;
    sqlx::query(AssertSqlSafe(statement)).execute(tx).await?;
    Ok(())
}
