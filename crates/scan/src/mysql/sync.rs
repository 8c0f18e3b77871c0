//! Level 1: the server's databases.

use std::collections::{BTreeMap, HashMap};

use super::server::Server;
use super::session::{Query, Session};
use super::{connect, grants, server};
use crate::{DatabaseRecord, Inventory, ScanError, Target, Witness};

const DATABASES: &str = "/* plumbline databases */ \
    SELECT SCHEMA_NAME, DEFAULT_CHARACTER_SET_NAME, DEFAULT_COLLATION_NAME \
    FROM information_schema.SCHEMATA";

/// The databases that are the server's own.
const SYSTEM: [&str; 4] = ["information_schema", "performance_schema", "mysql", "sys"];

/// Counts and sizes in one pass.
const TOTALS: &str = include_str!("sql/totals.sql");

/// From a data dictionary: counts come from the structure, sizes from statistics that the server
/// has in store.
const COUNTS: &str = "/* plumbline counts */ SELECT CAST(TABLE_SCHEMA AS BINARY) AS name, COUNT(*) \
    FROM information_schema.TABLES \
    WHERE CAST(TABLE_SCHEMA AS BINARY) \
    NOT IN ('information_schema', 'performance_schema', 'mysql', 'sys') \
    GROUP BY name";

const SIZES: &str = "/* plumbline sizes */ SELECT CAST(TABLE_SCHEMA AS BINARY) AS name, \
    CAST(SUM(COALESCE(DATA_LENGTH, 0) + COALESCE(INDEX_LENGTH, 0)) AS SIGNED) \
    FROM information_schema.TABLES \
    WHERE CAST(TABLE_SCHEMA AS BINARY) \
    NOT IN ('information_schema', 'performance_schema', 'mysql', 'sys') \
    AND TABLE_TYPE = 'BASE TABLE' GROUP BY name";

/// Reads the databases that are not the server's own, by name.
pub(super) async fn read(target: &Target) -> Result<Inventory, ScanError> {
    let (mut session, server) = connect::open(target).await?;
    let before = witness(&mut session).await?;
    let mut databases = list(&mut session).await?;
    let witness = witness(&mut session).await?.after(Some(&before));
    databases.retain(|name, _| target.filters.databases.takes(name));
    count(&mut session, &server, &mut databases).await?;
    let cost = session.cost();
    session.close().await;
    Ok(Inventory {
        server: server.info,
        witness,
        databases: databases.into_values().collect(),
        cost,
    })
}

/// Who answers, and what the login may see.
async fn witness(session: &mut Session) -> Result<Witness, ScanError> {
    Ok(Witness {
        server: server::identity(session).await?,
        rights: Some(grants::digest(session, None).await?),
        wavered: None,
    })
}

/// The databases that the login may see, without counts and sizes.
pub(super) async fn list(
    session: &mut Session,
) -> Result<BTreeMap<String, DatabaseRecord>, ScanError> {
    let mut databases = BTreeMap::new();
    let most = session.limits().databases;
    let rows = session.rows("the list of databases", sqlx::query(DATABASES))?;
    let mut rows = rows.at_most(most);
    while let Some(row) = rows.next().await? {
        let name = row.text(0)?;
        // Byte for byte: where names have case, `Sys` is a database of the user's.
        if SYSTEM.contains(&name.as_str()) {
            continue;
        }
        let record = DatabaseRecord {
            name: name.clone(),
            charset: row.optional(1)?,
            collation: row.optional(2)?,
            owner: None,
            table_count: Some(0),
            total_size_bytes: Some(0),
            // A database that the login may not read is not even listed.
            inaccessible_reason: None,
            source_identity: None,
        };
        databases.insert(name, record);
    }
    Ok(databases)
}

async fn count(
    session: &mut Session,
    server: &Server,
    databases: &mut BTreeMap<String, DatabaseRecord>,
) -> Result<(), ScanError> {
    let (counts, sizes) = if server.has_dictionary() {
        let counts =
            numbers::<1>(session, "the tables of all databases", sqlx::query(COUNTS)).await?;
        (
            counts,
            numbers::<1>(session, "the sizes of all databases", sqlx::query(SIZES)).await?,
        )
    } else {
        let totals =
            numbers::<2>(session, "the tables of all databases", sqlx::query(TOTALS)).await?;
        totals
            .into_iter()
            .map(|(name, [count, size])| ((name.clone(), [count]), (name, [size])))
            .unzip()
    };
    // A database without tables has no row in either, and one made since the list was read is left
    // for the next time.
    for record in databases.values_mut() {
        record.table_count = Some(counts.get(&record.name).map_or(0, |[count]| *count));
        record.total_size_bytes = Some(sizes.get(&record.name).map_or(0, |[size]| *size));
    }
    Ok(())
}

async fn numbers<const N: usize>(
    session: &mut Session,
    what: &str,
    query: Query<'static>,
) -> Result<HashMap<String, [i64; N]>, ScanError> {
    let mut numbers = HashMap::new();
    let most = session.limits().databases;
    let mut rows = session.rows(what, query)?.at_most(most);
    while let Some(row) = rows.next().await? {
        let mut values = [0; N];
        for (index, value) in values.iter_mut().enumerate() {
            *value = row.size(index + 1)?.unwrap_or(0);
        }
        numbers.insert(row.text(0)?, values);
    }
    Ok(numbers)
}
