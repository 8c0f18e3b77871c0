//! What a store has, for whoever looks at it and changes nothing.

use std::collections::HashMap;

use sqlx::postgres::PgConnection;

use crate::Schema;

/// A login of the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoginState {
    /// Whether it may log in at all.
    pub may_log_in: bool,
    /// Whether row-level security does not bind it: a superuser, or one with BYPASSRLS.
    pub is_overpowered: bool,
}

/// Looks a login up; None when there is none of this name.
///
/// # Errors
/// When the statement fails.
pub async fn login_state(
    connection: &mut PgConnection,
    name: &str,
) -> Result<Option<LoginState>, sqlx::Error> {
    let found: Option<(bool, bool)> = sqlx::query_as(
        "-- login's state
        select rolcanlogin, rolsuper or rolbypassrls from pg_roles where rolname = $1",
    )
    .bind(name)
    .fetch_optional(connection)
    .await?;
    Ok(found.map(|(may_log_in, is_overpowered)| LoginState {
        may_log_in,
        is_overpowered,
    }))
}

/// How far a schema has been migrated.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SchemaState {
    /// How many migrations this program has.
    pub known: usize,
    /// Those of them that the store lacks.
    pub missing: Vec<i64>,
    /// Those of them that began and did not end, or were made of another text.
    pub broken: Vec<i64>,
    /// Those of a newer program.
    pub newer: Vec<i64>,
}

impl Schema {
    /// Compares what has been applied with what this program has; for a login that may read the
    /// schema, such as a superuser's.
    ///
    /// # Errors
    /// When a statement fails.
    pub async fn state(self, connection: &mut PgConnection) -> Result<SchemaState, sqlx::Error> {
        let applied = match self {
            Self::Metadata => applied_to_metadata(connection).await?,
            Self::Manager => applied_to_manager(connection).await?,
        };
        let migrator = self.migrator();
        let mut state = SchemaState {
            known: migrator.iter().count(),
            ..SchemaState::default()
        };
        for migration in migrator.iter() {
            match applied.get(&migration.version) {
                None => state.missing.push(migration.version),
                Some((true, checksum)) if **checksum == *migration.checksum => {}
                Some(_) => state.broken.push(migration.version),
            }
        }
        let newer = applied.keys().copied();
        let newer = newer.filter(|version| !migrator.version_exists(*version));
        state.newer.extend(newer);
        state.newer.sort_unstable();
        Ok(state)
    }
}

/// Whether a migration has ended well, and the checksum of its text, by its number.
type Applied = HashMap<i64, (bool, Vec<u8>)>;

async fn applied_to_metadata(connection: &mut PgConnection) -> Result<Applied, sqlx::Error> {
    if !is_migrated(connection, Schema::Metadata).await? {
        return Ok(Applied::new());
    }
    let rows = sqlx::query_as(
        "-- migrations of metadata\nselect version, success, checksum from metadata._sqlx_migrations",
    );
    Ok(by_number(rows.fetch_all(connection).await?))
}

async fn applied_to_manager(connection: &mut PgConnection) -> Result<Applied, sqlx::Error> {
    if !is_migrated(connection, Schema::Manager).await? {
        return Ok(Applied::new());
    }
    let rows = sqlx::query_as(
        "-- migrations of manager\nselect version, success, checksum from manager._sqlx_migrations",
    );
    Ok(by_number(rows.fetch_all(connection).await?))
}

async fn is_migrated(connection: &mut PgConnection, schema: Schema) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar("-- schema has migrations\nselect to_regclass($1) is not null")
        .bind(format!("{}._sqlx_migrations", schema.name()))
        .fetch_one(connection)
        .await
}

fn by_number(rows: Vec<(i64, bool, Vec<u8>)>) -> Applied {
    rows.into_iter()
        .map(|(version, success, checksum)| (version, (success, checksum)))
        .collect()
}
