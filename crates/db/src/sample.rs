//! A database of sample rows beside the store, for whoever sets one up as its superuser.

use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection};

use crate::roles::{Login, lock_roles, set_login};

/// The sample and who may look at it.
#[derive(Debug)]
pub struct Sample<'a> {
    /// The database.
    pub database: &'a str,
    /// The store's, which the reader is kept out of.
    pub store: &'a str,
    /// The database's comment once it has been filled; by it a later run knows its own work.
    pub mark: &'a str,
    /// The statements that fill it; they run in one transaction.
    pub script: &'static str,
    /// A login that may connect to it and read what is in it.
    pub reader: &'a Login,
}

/// Why there is no sample.
#[derive(Debug, thiserror::Error)]
pub enum SampleError {
    /// The database is there and holds something else.
    #[error("the database {0} is there and is not the sample: rename or drop it")]
    Foreign(String),
    /// A statement failed.
    #[error("the sample database cannot be made")]
    Statement(#[from] sqlx::Error),
}

/// Makes the sample's database, empty, unless it is there.
///
/// # Errors
/// [`SampleError::Statement`].
pub async fn create_sample(
    connection: &mut PgConnection,
    sample: &Sample<'_>,
) -> Result<(), SampleError> {
    let create: Option<String> = sqlx::query_scalar(
        "-- create sample
        select format('create database %I template template0 encoding ''UTF8''', $1)
        where not exists (select from pg_database where datname = $1)",
    )
    .bind(sample.database)
    .fetch_optional(&mut *connection)
    .await?;
    if let Some(create) = create {
        // By itself: a transaction cannot hold it.
        sqlx::query(AssertSqlSafe(create))
            .execute(connection)
            .await?;
    }
    Ok(())
}

/// Fills the sample's database, which `connection` is to, wholly or not at all. One that has been
/// filled stays as it is. Either way the reader gets its password and its rights. Answers whether
/// this call filled it.
///
/// # Errors
/// [`SampleError::Foreign`] for a database with anything else in it, which is not touched.
pub async fn fill_sample(
    connection: &mut PgConnection,
    sample: &Sample<'_>,
) -> Result<bool, SampleError> {
    let mut tx = connection.begin().await?;
    let (mark, is_empty): (Option<String>, bool) = sqlx::query_as(
        "-- what the database holds
        select (select shobj_description(oid, 'pg_database') from pg_database
                where datname = current_database()),
            not exists (select from pg_class where oid >= 16384)",
    )
    .fetch_one(&mut *tx)
    .await?;
    let is_filled = mark.as_deref() == Some(sample.mark);
    if !is_filled {
        // Objects of users have numbers from 16384 on (`FirstNormalObjectId` of PostgreSQL).
        if !is_empty {
            return Err(SampleError::Foreign(sample.database.to_owned()));
        }
        sqlx::raw_sql(sample.script).execute(&mut *tx).await?;
    }
    lock_roles(&mut tx).await?;
    set_login(&mut tx, sample.reader).await?;
    // Whoever may log in may connect to a new database (PostgreSQL manual, "Privileges"). The
    // services' logins have a grant of their own.
    let statements: Vec<String> = sqlx::query_scalar(
        "-- mark, and rights of the reader
        select format(statement, current_database(), $1, $2, $3)
        from unnest(array['comment on database %1$I is %3$L',
            'revoke all on database %1$I, %4$I from public',
            'grant connect on database %1$I to %2$I',
            'alter role %2$I set default_transaction_read_only to on']) as statement
        union all
        select format(statement, nspname, $1)
        from pg_namespace, unnest(array['grant usage on schema %I to %I',
            'grant select on all tables in schema %I to %I']) as statement
        where nspname !~ '^pg_' and nspname <> 'information_schema'",
    )
    .bind(&sample.reader.name)
    .bind(sample.mark)
    .bind(sample.store)
    .fetch_all(&mut *tx)
    .await?;
    for statement in statements {
        sqlx::query(AssertSqlSafe(statement))
            .execute(&mut *tx)
            .await?;
    }
    tx.commit().await?;
    Ok(!is_filled)
}
