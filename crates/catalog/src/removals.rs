//! Removals that nobody can be sure of: what a scan no longer found, and who may be asked about it.

use chrono::{DateTime, Utc};
use db::StoreError;
use models::change::ObjectType;
use models::removal::DoubtedRemoval;
use scan::{Doubt, Witness};
use sqlx::PgConnection;
use sqlx::types::Json;

/// What names are not listed is worth: who says so, and who said what was there before.
#[derive(Debug, Clone, Default)]
pub struct Testimony {
    /// Who listed the names.
    pub witness: Witness,
    /// Why nothing that is not listed may be believed to be gone; None when only the numbers decide.
    pub doubt: Option<Doubt>,
}

impl Testimony {
    /// Holds who listed the names against who did so when they were last believed.
    #[must_use]
    pub fn new(witness: Witness, before: Option<&Witness>) -> Self {
        let doubt = witness.doubt(before);
        Self { witness, doubt }
    }

    pub(crate) fn reason(&self) -> Option<&'static str> {
        self.doubt.map(Doubt::as_str)
    }

    /// What was not marked for this reason.
    pub(crate) fn doubts(&self, count: i64) -> Doubts {
        Doubts::new(count, self.reason().map(str::to_owned))
    }
}

/// What was not marked as removed although it is no longer listed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Doubts {
    /// How many databases, tables, fields or objects.
    pub count: i64,
    /// Why; empty when there is none.
    pub reason: String,
}

impl Doubts {
    pub(crate) fn new(count: i64, reason: Option<String>) -> Self {
        let reason = reason.unwrap_or_default();
        Self { count, reason }
    }

    /// Whether nothing is doubted.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.count == 0
    }

    /// For the failures of a scan: what vanished, why it is doubted, and what to do. None when nothing
    /// is doubted.
    #[must_use]
    pub fn failure(&self, what: &str, scan_id: i64) -> Option<String> {
        if self.count == 0 {
            return None;
        }
        let Self { count, reason } = self;
        Some(format!(
            "{count} {what} are no longer listed, but {reason}, so none was marked as removed: check the login's rights, \
             or look at them and confirm: plumb removals {scan_id}"
        ))
    }
}

/// Who listed the databases of a data source when they were last believed.
///
/// # Errors
/// When the store fails.
pub async fn witness_of_datasource(
    conn: &mut PgConnection,
    id: i64,
) -> Result<Option<Witness>, StoreError> {
    let found = sqlx::query_scalar!(
        r#"-- witness of datasource
        select witness as "witness: Json<Witness>" from metadata.datasources
        where tenant_id = metadata.current_tenant() and id = $1"#,
        id
    )
    .fetch_optional(conn)
    .await?;
    Ok(found.flatten().map(|witness| witness.0))
}

/// Who listed the tables of a database when they were last believed.
///
/// # Errors
/// When the store fails.
pub async fn witness_of_database(
    conn: &mut PgConnection,
    id: i64,
) -> Result<Option<Witness>, StoreError> {
    let found = sqlx::query_scalar!(
        r#"-- witness of database
        select witness as "witness: Json<Witness>" from metadata.databases
        where tenant_id = metadata.current_tenant() and id = $1"#,
        id
    )
    .fetch_optional(conn)
    .await?;
    Ok(found.flatten().map(|witness| witness.0))
}

/// Notes who listed the databases of a data source, since that is believed.
///
/// # Errors
/// When the store fails.
pub async fn believe_datasource(
    conn: &mut PgConnection,
    id: i64,
    witness: &Witness,
) -> Result<(), StoreError> {
    sqlx::query!(
        "-- believe witness of datasource
        update metadata.datasources set witness = $2
        where tenant_id = metadata.current_tenant() and id = $1 and witness is distinct from $2",
        id,
        Json(witness) as _
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes who listed the tables of a database, since that is believed.
///
/// # Errors
/// When the store fails.
pub async fn believe_database(
    conn: &mut PgConnection,
    id: i64,
    witness: &Witness,
) -> Result<(), StoreError> {
    sqlx::query!(
        "-- believe witness of database
        update metadata.databases set witness = $2
        where tenant_id = metadata.current_tenant() and id = $1 and witness is distinct from $2",
        id,
        Json(witness) as _
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Forgets what earlier scans of a database doubted and nobody has confirmed, since another has looked,
/// and that a sync doubted the database itself.
///
/// # Errors
/// When the store fails.
pub async fn forget(conn: &mut PgConnection, database: i64) -> Result<(), StoreError> {
    sqlx::query!(
        "-- forget doubted removals
        with outdated as (
            delete from metadata.removal_doubts d
            where d.tenant_id = metadata.current_tenant() and d.confirmed_at is null
              and (d.database_id = $1 or d.object_type = 'database' and d.object_ids = array[$1::bigint])
        )
        update metadata.removal_doubts d
        set object_ids = array_remove(d.object_ids, $1)
        where d.tenant_id = metadata.current_tenant() and d.confirmed_at is null and d.object_type = 'database'
          and d.object_ids @> array[$1::bigint] and d.object_ids <> array[$1::bigint]
          and d.datasource_id = (
            select b.datasource_id from metadata.databases b
            where b.tenant_id = metadata.current_tenant() and b.id = $1
        )",
        database
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// A place in the list of what a scan doubted: type and id.
pub type Place = (String, i64);

/// What a scan doubted, by type and id, from behind `after` on.
///
/// # Errors
/// When the store fails.
pub async fn list(
    conn: &mut PgConnection,
    scan_id: i64,
    after: Option<&Place>,
    limit: i64,
) -> Result<Vec<DoubtedRemoval>, StoreError> {
    let (after_type, after_id) = after.map(|(kind, id)| (kind.as_str(), *id)).unzip();
    let rows = sqlx::query_file!("sql/list_doubts.sql", scan_id, after_type, after_id, limit)
        .fetch_all(conn)
        .await?;
    let doubted = rows.into_iter().map(|row| DoubtedRemoval {
        object_type: object_type(&row.object_type),
        id: row.id,
        database_name: row.database_name,
        object_schema: row.object_schema,
        object_name: row.object_name,
        field_name: row.field_name,
        reason: row.reason,
        confirmed_at: row.confirmed_at,
    });
    Ok(doubted.collect())
}

/// The word of `removal_doubts.object_type`, which a constraint limits to these.
fn object_type(word: &str) -> ObjectType {
    match word {
        "database" => ObjectType::Database,
        "table" => ObjectType::Table,
        "field" => ObjectType::Field,
        _ => ObjectType::Object,
    }
}

/// How many a scan doubted.
///
/// # Errors
/// When the store fails.
pub async fn count(conn: &mut PgConnection, scan_id: i64) -> Result<i64, StoreError> {
    let count = sqlx::query_scalar!(
        r#"-- count doubted removals
        select coalesce(sum(cardinality(object_ids)), 0)::bigint as "count!" from metadata.removal_doubts
        where tenant_id = metadata.current_tenant() and scan_id = $1"#,
        scan_id
    )
    .fetch_one(conn)
    .await?;
    Ok(count)
}

/// When somebody confirmed what a scan doubted, if that is so.
///
/// # Errors
/// When the store fails.
pub async fn confirmed_at(
    conn: &mut PgConnection,
    scan_id: i64,
) -> Result<Option<DateTime<Utc>>, StoreError> {
    let at = sqlx::query_scalar!(
        "-- confirmed removals
        select max(confirmed_at) from metadata.removal_doubts
        where tenant_id = metadata.current_tenant() and scan_id = $1",
        scan_id
    )
    .fetch_one(conn)
    .await?;
    Ok(at)
}

/// Marks what a scan doubted as removed. Answers with how many were; None when there was nothing to
/// confirm.
///
/// # Errors
/// When the store fails.
pub async fn confirm(
    conn: &mut PgConnection,
    scan_id: i64,
    by: &str,
) -> Result<Option<i64>, StoreError> {
    let done = sqlx::query_file!("sql/confirm_removals.sql", scan_id, by)
        .fetch_one(conn)
        .await?;
    Ok((done.confirmed > 0).then_some(done.removed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_doubted_is_told_with_the_way_on() {
        assert_eq!(Doubts::default().failure("tables", 7), None);
        let doubts = Doubts::new(5, Some("another server answers at the address".to_owned()));
        let failure = doubts.failure("tables", 7).expect("a failure");
        assert!(
            failure.starts_with("5 tables are no longer listed, but another server"),
            "{failure}"
        );
        assert!(failure.ends_with("plumb removals 7"), "{failure}");
    }
}
