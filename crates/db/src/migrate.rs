//! Migrations: each schema has its own, applied by its owner.

use std::str::FromStr;

use secrecy::{ExposeSecret, SecretString};
use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};

/// A schema with its own migrations and its own owner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Schema {
    /// The schema of `meta`.
    Metadata,
    /// The schema of `manager`.
    Manager,
}

impl Schema {
    /// The schema's name in the store.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Metadata => "metadata",
            Self::Manager => "manager",
        }
    }

    /// The checksums of its migrations, in order: stores that were migrated by the same are alike.
    #[must_use]
    pub fn checksums(self) -> Vec<u8> {
        self.migrator()
            .iter()
            .flat_map(|migration| migration.checksum.to_vec())
            .collect()
    }

    pub(crate) fn migrator(self) -> Migrator {
        let mut migrator = match self {
            Self::Metadata => sqlx::migrate!("../../migrations/metadata"),
            Self::Manager => sqlx::migrate!("../../migrations/manager"),
        };
        // A newer release may have migrated already; during a rolling restart both run, as long
        // as `min_app_version` allows it.
        migrator.set_ignore_missing(true);
        migrator
    }
}

/// Why a schema could not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// A URL is not one of `PostgreSQL`.
    #[error("{key} is not a PostgreSQL URL")]
    Url {
        /// Which setting.
        key: &'static str,
        /// Why not.
        #[source]
        source: sqlx::Error,
    },
    /// The owner and the runtime login are the same, so row rights would not bind the service.
    #[error(
        "store.url and store.migrate_url name the same login {0}: the runtime login must not own the tables"
    )]
    SameLogin(String),
    /// The runtime login could switch row-level security off, or become one that can.
    #[error(
        "the runtime login {0} is a superuser, has BYPASSRLS or CREATEROLE or owns the tables, itself or as a member of \
         another role: use an ordinary login for store.url"
    )]
    Overpowered(String),
    /// The runtime login does not exist.
    #[error("the login {0} of store.url does not exist: create it, see the operations page")]
    NoLogin(String),
    /// The store cannot be reached or refused a statement.
    #[error("the store could not be migrated")]
    Store(#[from] sqlx::Error),
    /// A migration failed.
    #[error("a migration of schema {schema} failed")]
    Migration {
        /// Which schema.
        schema: &'static str,
        /// What failed.
        #[source]
        source: sqlx::migrate::MigrateError,
    },
    /// The schema is newer than this program.
    #[error(
        "schema {schema} needs release {needed} or newer, this is {have}: upgrade this program"
    )]
    TooOld {
        /// Which schema.
        schema: &'static str,
        /// The oldest release that may run on it.
        needed: String,
        /// This release.
        have: &'static str,
    },
}

/// Applies what is missing of a schema's migrations, under a lock, as its owner, and grants the
/// runtime login its rights.
///
/// # Errors
/// When the store cannot be reached, a migration fails, the schema is newer than this program, or
/// the runtime login has rights that would undo the isolation of tenants.
pub async fn migrate(
    schema: Schema,
    migrate_url: &SecretString,
    runtime_url: &SecretString,
) -> Result<(), MigrateError> {
    let owner = PgConnectOptions::from_str(migrate_url.expose_secret()).map_err(|source| {
        MigrateError::Url {
            key: "store.migrate_url",
            source,
        }
    })?;
    let runtime = PgConnectOptions::from_str(runtime_url.expose_secret()).map_err(|source| {
        MigrateError::Url {
            key: "store.url",
            source,
        }
    })?;
    let login = runtime.get_username().to_owned();
    if owner.get_username() == login {
        return Err(MigrateError::SameLogin(login));
    }
    let mut connection = owner
        .options([("search_path", schema.name())])
        .connect()
        .await?;
    let outcome = apply(schema, &mut connection, &login).await;
    connection.close().await?;
    outcome
}

async fn apply(
    schema: Schema,
    connection: &mut PgConnection,
    login: &str,
) -> Result<(), MigrateError> {
    // Replicas that start together come one after the other: granting, too, fails when two do it at
    // once. The lock ends with the connection.
    sqlx::query("-- lock\nselect pg_advisory_lock(hashtext('plumbline migrate ' || $1))")
        .bind(schema.name())
        .execute(&mut *connection)
        .await?;
    refuse_overpowered(connection, schema, login).await?;
    // Asked first, since an owner that was given its schema need not have the right to create one.
    if !is_there(connection, schema.name()).await? {
        execute(
            connection,
            format!("create schema if not exists {}", schema.name()),
        )
        .await?;
    }
    refuse_newer(connection, schema).await?;
    schema
        .migrator()
        .run_direct(None, &mut *connection, false)
        .await
        .map_err(|source| MigrateError::Migration {
            schema: schema.name(),
            source,
        })?;
    grant(connection, schema, login).await
}

/// A member may take the role's powers by SET ROLE, and whoever has CREATEROLE may make itself one (`PostgreSQL`
/// manual, "Role Attributes").
async fn refuse_overpowered(
    connection: &mut PgConnection,
    schema: Schema,
    login: &str,
) -> Result<(), MigrateError> {
    let overpowered = sqlx::query_scalar!(
        r#"-- runtime login's powers
        select exists (
            select from pg_roles held
            where pg_has_role(login.oid, held.oid, 'MEMBER')
              and (held.rolsuper or held.rolbypassrls or held.rolcreaterole or held.rolname = current_user
                or exists (
                    select from pg_class c join pg_namespace n on n.oid = c.relnamespace
                    where n.nspname = $2 and c.relowner = held.oid
                ))
        ) as "is!"
        from pg_roles login where login.rolname = $1"#,
        login,
        schema.name()
    )
    .fetch_optional(connection)
    .await?;
    match overpowered {
        Some(false) => Ok(()),
        Some(true) => Err(MigrateError::Overpowered(login.to_owned())),
        None => Err(MigrateError::NoLogin(login.to_owned())),
    }
}

async fn is_there(connection: &mut PgConnection, schema: &str) -> Result<bool, MigrateError> {
    let there = sqlx::query_scalar!(
        r#"-- schema is there
        select exists (select from pg_namespace where nspname = $1) as "there!""#,
        schema
    )
    .fetch_one(connection)
    .await?;
    Ok(there)
}

async fn refuse_newer(connection: &mut PgConnection, schema: Schema) -> Result<(), MigrateError> {
    // The table is there from the first migration on.
    let migrated: Option<String> =
        sqlx::query_scalar("-- schema is migrated\nselect to_regclass('schema_version')::text")
            .fetch_one(&mut *connection)
            .await?;
    if migrated.is_none() {
        return Ok(());
    }
    let needed: String =
        sqlx::query_scalar("-- oldest release\nselect min_app_version from schema_version")
            .fetch_one(connection)
            .await?;
    let have = env!("CARGO_PKG_VERSION");
    if version_key(&needed) > version_key(have) {
        return Err(MigrateError::TooOld {
            schema: schema.name(),
            needed,
            have,
        });
    }
    Ok(())
}

/// Major, minor and patch as numbers; what is no number counts as zero.
fn version_key(version: &str) -> Vec<u64> {
    version
        .split(['.', '-', '+'])
        .take(3)
        .map(|part| part.parse().unwrap_or(0))
        .collect()
}

/// The runtime login reads and writes rows and calls functions; it owns nothing here.
async fn grant(
    connection: &mut PgConnection,
    schema: Schema,
    login: &str,
) -> Result<(), MigrateError> {
    let name = schema.name();
    let login: String = sqlx::query_scalar("-- quote login\nselect quote_ident($1)")
        .bind(login)
        .fetch_one(&mut *connection)
        .await?;
    for statement in [
        format!("grant usage on schema {name} to {login}"),
        format!("grant select, insert, update, delete on all tables in schema {name} to {login}"),
        format!(
            "revoke insert, update, delete on {name}.schema_version, {name}._sqlx_migrations from {login}"
        ),
        format!("grant execute on all functions in schema {name} to {login}"),
    ] {
        execute(connection, statement).await?;
    }
    Ok(())
}

/// Runs a statement made of our own names and of what `quote_ident` returned.
async fn execute(connection: &mut PgConnection, statement: String) -> Result<(), MigrateError> {
    sqlx::query(AssertSqlSafe(statement))
        .execute(connection)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::version_key;

    #[test]
    fn versions_compare_as_numbers() {
        assert!(version_key("0.10.0") > version_key("0.9.9"));
        assert!(version_key("1.0.0") > version_key("0.99.99"));
        assert_eq!(version_key("0.1.0-rc1"), version_key("0.1.0"));
    }
}
