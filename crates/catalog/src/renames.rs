//! What was given another name stays what it is: its row, with all that hangs on it, follows.
//!
//! Where a server gives an identity to what it holds, that decides, on that server alone. Tables
//! without one are the same where one that is gone and one that is new are made alike and no other
//! table is; so a wrong identity is never given, and what is doubtful comes out as removed and added.
//! Names may be swapped: those that move are taken out of the way before they are put where they belong.

use db::StoreError;
use scan::{DatabaseRecord, Doubt};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;
use sqlx::types::Json;

use crate::databases::REMOVAL_GUARD_FROM;
use crate::merge::Merge;
use crate::removals::Testimony;
use crate::staging::StagingKey;

/// What the identities that the catalog has of tables are worth: a server gives its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Identities {
    /// They are from the server that is read.
    Compare,
    /// They are from another one, or nobody knows from which.
    SayNothing,
}

/// What was done about names.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renamed {
    /// Tables or fields that have another name now.
    pub renamed: i64,
    /// Tables or fields that are gone, since their name is another's.
    pub removed: i64,
}

impl Renamed {
    /// Adds what was done elsewhere.
    pub fn add(&mut self, other: Self) {
        self.renamed += other.renamed;
        self.removed += other.removed;
    }
}

/// The server whose identities are read, where it is known and the same all along.
fn server(testimony: &Testimony) -> Option<&str> {
    let is_one = testimony.witness.wavered != Some(Doubt::Server);
    testimony.witness.server.as_deref().filter(|_| is_one)
}

/// Settles whose identities the tables of a database have: whether they may be compared with those
/// that are staged. Identities that another server gave are forgotten, before any are merged.
///
/// # Errors
/// When the store fails.
pub async fn settle(
    conn: &mut PgConnection,
    key: StagingKey,
    testimony: &Testimony,
) -> Result<Identities, StoreError> {
    let are_comparable = sqlx::query_file_scalar!(
        "sql/settle_identities.sql",
        key.database_id,
        server(testimony)
    )
    .fetch_one(conn)
    .await?;
    Ok(if are_comparable {
        Identities::Compare
    } else {
        Identities::SayNothing
    })
}

/// Finds the tables that were renamed since the scan before and renames them, before the staged
/// tables are merged. Tables whose names others have now are marked as removed.
///
/// With `is_complete` all tables of the database are staged. While the testimony is doubted nothing
/// is concluded from what is not.
///
/// # Errors
/// When the store fails.
pub async fn tables(
    conn: &mut PgConnection,
    merge: Merge,
    is_complete: bool,
    testimony: &Testimony,
) -> Result<Renamed, StoreError> {
    let (key, lists_all) = (merge.key, is_complete && testimony.doubt.is_none());
    join_by_hash(conn).await?;
    let mut done = Renamed::default();
    if merge.identities == Identities::Compare {
        let found = sqlx::query_file!(
            "sql/find_moved_tables.sql",
            key.scan_id,
            key.database_id,
            lists_all,
            REMOVAL_GUARD_FROM
        )
        .fetch_all(&mut *conn)
        .await?;
        let mut moves = Moves::default();
        for row in found {
            moves.add(row.id, row.table_schema, row.table_name);
            moves.gone.extend(row.gone_id);
        }
        done.add(moves.make(conn, merge).await?);
    }
    if lists_all && merge.with_fields {
        let found = sqlx::query_file!("sql/find_alike_tables.sql", key.scan_id, key.database_id)
            .fetch_all(&mut *conn)
            .await?;
        let mut moves = Moves::default();
        for row in found {
            moves.add(row.id, row.table_schema, row.table_name);
        }
        done.add(moves.make(conn, merge).await?);
    }
    Ok(done)
}

/// Lists of names are joined with each other here, of whose lengths the planner may know nothing; one
/// loop in another would take forever.
async fn join_by_hash(conn: &mut PgConnection) -> Result<(), StoreError> {
    sqlx::query!("-- join by hash\nselect set_config('enable_nestloop', 'off', true)")
        .fetch_one(conn)
        .await?;
    Ok(())
}

/// Tables with their new names.
#[derive(Debug, Default)]
struct Moves {
    ids: Vec<i64>,
    schemas: Vec<String>,
    names: Vec<String>,
    /// Tables that are gone, since their names are among the new ones.
    gone: Vec<i64>,
}

impl Moves {
    fn add(&mut self, id: i64, schema: String, name: String) {
        self.ids.push(id);
        self.schemas.push(schema);
        self.names.push(name);
    }

    async fn make(self, conn: &mut PgConnection, merge: Merge) -> Result<Renamed, StoreError> {
        if self.ids.is_empty() {
            return Ok(Renamed::default());
        }
        let key = merge.key;
        let removed = sqlx::query_file_scalar!(
            "sql/take_out_tables.sql",
            key.scan_id,
            key.database_id,
            &self.ids,
            &self.gone,
            merge.records_changes
        )
        .fetch_one(&mut *conn)
        .await?;
        let renamed = sqlx::query_file_scalar!(
            "sql/rename_tables.sql",
            key.scan_id,
            key.database_id,
            &self.ids,
            &self.schemas,
            &self.names,
            merge.records_changes
        )
        .fetch_one(conn)
        .await?;
        Ok(Renamed { renamed, removed })
    }
}

/// Renames the fields that were renamed since the scan before, of the tables in a range of buckets.
///
/// # Errors
/// When the store fails.
pub(crate) async fn fields(
    conn: &mut PgConnection,
    merge: Merge,
    (from, to): (i16, i16),
) -> Result<Renamed, StoreError> {
    let key = merge.key;
    let found = sqlx::query_file!(
        "sql/find_renamed_fields.sql",
        key.scan_id,
        key.database_id,
        from,
        to,
        merge.identities == Identities::Compare
    )
    .fetch_all(&mut *conn)
    .await?;
    if found.is_empty() {
        return Ok(Renamed::default());
    }
    let (mut ids, mut names, mut gone) = (Vec::new(), Vec::new(), Vec::new());
    for row in found {
        ids.push(row.id);
        names.push(row.new_name);
        gone.extend(row.gone_id);
    }
    let removed = sqlx::query_file_scalar!(
        "sql/take_out_fields.sql",
        key.scan_id,
        key.database_id,
        &ids,
        &gone,
        merge.records_changes
    )
    .fetch_one(&mut *conn)
    .await?;
    let renamed = sqlx::query_file_scalar!(
        "sql/rename_fields.sql",
        key.scan_id,
        key.database_id,
        &ids,
        &names,
        merge.records_changes
    )
    .fetch_one(conn)
    .await?;
    Ok(Renamed { renamed, removed })
}

/// Renames the databases of a data source that were renamed since the sync before, before the listed
/// ones are merged.
///
/// # Errors
/// When the store fails.
pub(crate) async fn databases(
    conn: &mut PgConnection,
    datasource: i64,
    sync_id: i64,
    listed: &[DatabaseRecord],
    testimony: &Testimony,
) -> Result<i64, StoreError> {
    let are_comparable = sqlx::query_file_scalar!(
        "sql/settle_database_identities.sql",
        datasource,
        server(testimony)
    )
    .fetch_one(&mut *conn)
    .await?;
    if !are_comparable {
        return Ok(0);
    }
    let listed = Json(listed);
    let moved = sqlx::query_file!("sql/find_moved_databases.sql", datasource, listed as _)
        .fetch_all(&mut *conn)
        .await?;
    if moved.is_empty() {
        return Ok(0);
    }
    let (mut ids, mut new_names, mut old_names) = (Vec::new(), Vec::new(), Vec::new());
    for row in moved {
        ids.push(row.id);
        new_names.push(row.new_name);
        old_names.push(row.old_name);
    }
    sqlx::query!(
        "-- take out databases
        -- By names that are longer than any that a server allows.
        update metadata.databases set database_name = repeat('*', 300) || id
        where tenant_id = metadata.current_tenant() and datasource_id = $1 and id = any ($2)",
        datasource,
        &ids
    )
    .execute(&mut *conn)
    .await?;
    let renamed = sqlx::query_file_scalar!(
        "sql/rename_databases.sql",
        datasource,
        &ids,
        &new_names,
        sync_id,
        &old_names
    )
    .fetch_one(conn)
    .await?;
    Ok(renamed)
}
