//! Level 1: the databases of a server.

use futures::{StreamExt, stream};
use models::sync_log::Cost;

use super::row::Row;
use super::scope::Scope;
use super::session::Session;
use super::{connect, server};
use crate::{DatabaseRecord, Inventory, ScanError, Target};

const DATABASES: &str = include_str!("sql/databases.sql");

const TABLE_COUNT: &str = concat!(
    "-- plumbline table count\n",
    include_str!("sql/relation.sql"),
    "select count(*), pg_database_size(current_database()) from relation",
);

/// The mark in `datconnlimit` of a database whose DROP was interrupted.
const INVALID: i32 = -2;

/// How many databases in a row may let the time-out pass: a server that does so for each would take days.
const MOST_SILENT: u32 = 5;

/// One database as the server's list has it.
#[derive(Debug)]
pub(super) struct Listed {
    /// What is known without a session on it.
    pub(super) record: DatabaseRecord,
    /// The statement that would let the login in, where it lacks the right.
    pub(super) grant: Option<String>,
}

/// Lists the server's databases, then asks each that lets us in for its tables and size, side by
/// side.
pub(super) async fn read(target: &Target) -> Result<Inventory, ScanError> {
    let (mut session, _) = connect::open_first(target).await?;
    let server = server::info(&mut session).await?;
    let witness = server::witness(&mut session).await?;
    let mut listed = list(&mut session).await?;
    listed.retain(|listed| target.filters.databases.takes(&listed.record.name));
    let mut cost = session.cost();
    // Its place is needed: no more than `max_connections` are open at once.
    session.close().await;

    let counts = listed
        .into_iter()
        .map(|listed| count(target, listed.record));
    let mut counted = stream::iter(counts).buffered(target.limits.max_connections.max(1));
    let mut databases = Vec::new();
    let (mut reached, mut lost, mut silent) = (false, None, 0);
    while let Some(counted) = counted.next().await {
        cost.add(counted.cost);
        silent = match &counted.failure {
            Some(ScanError::Timeout { .. }) => silent + 1,
            _ if counted.record.inaccessible_reason.is_some() => silent,
            _ => 0,
        };
        match counted.failure {
            Some(error) if silent == MOST_SILENT => return Err(error),
            Some(error) if error.is_transient() => lost = Some(error),
            Some(_) => {}
            None => reached |= counted.record.table_count.is_some(),
        }
        databases.push(counted.record);
    }
    // When the server went away in the middle, none of its databases is inaccessible for that.
    match lost {
        Some(error) if !reached => Err(error),
        _ => Ok(Inventory {
            server,
            witness,
            databases,
            cost,
        }),
    }
}

/// The server's databases, each with the reason where we cannot or must not connect.
pub(super) async fn list(session: &mut Session) -> Result<Vec<Listed>, ScanError> {
    let most = session.most_databases();
    let rows = session.rows("the list of databases", sqlx::query(DATABASES))?;
    let mut rows = rows.at_most(most);
    let mut databases = Vec::new();
    while let Some(row) = rows.next().await? {
        databases.push(listed(&row)?);
    }
    Ok(databases)
}

fn listed(row: &Row) -> Result<Listed, ScanError> {
    let name = row.text()?;
    let charset = row.optional()?;
    let collation = row.text()?;
    let ctype = row.text()?;
    let owner = row.optional()?;
    let (allows, limit, may_connect) = (row.flag()?, row.small()?, row.flag()?);
    let total_size_bytes = row.number()?;
    let grant = row.optional()?.filter(|_| !may_connect);
    Ok(Listed {
        record: DatabaseRecord {
            name,
            charset,
            collation: Some(both(collation, &ctype)),
            owner,
            table_count: None,
            total_size_bytes,
            inaccessible_reason: barrier(allows, limit, grant.as_deref()),
            source_identity: row.number()?,
        },
        grant,
    })
}

/// The collation, with the character classification where that is another one.
fn both(collation: String, ctype: &str) -> String {
    if ctype == collation {
        collation
    } else {
        format!("{collation} (ctype {ctype})")
    }
}

/// Why no session can be had on a database; None when nothing speaks against it.
fn barrier(allows: bool, limit: i32, grant: Option<&str>) -> Option<String> {
    if limit == INVALID {
        Some("its DROP DATABASE was interrupted; only dropping it again is possible".to_owned())
    } else if !allows {
        Some("it accepts no connections (datallowconn is false)".to_owned())
    } else if limit == 0 {
        Some("it accepts no connections (its connection limit is 0)".to_owned())
    } else {
        grant.map(|grant| format!("the login has no CONNECT privilege; as its owner: {grant}"))
    }
}

/// A database after the visit to it.
struct Counted {
    record: DatabaseRecord,
    cost: Cost,
    failure: Option<ScanError>,
}

/// Completes the record of a database; where that fails the record says why.
async fn count(target: &Target, mut record: DatabaseRecord) -> Counted {
    let mut cost = Cost::default();
    if record.inaccessible_reason.is_some() {
        return Counted {
            record,
            cost,
            failure: None,
        };
    }
    match count_tables(target, &record.name, &mut cost).await {
        Ok((tables, size)) => {
            record.table_count = tables;
            record.total_size_bytes = size;
            Counted {
                record,
                cost,
                failure: None,
            }
        }
        Err(error) => {
            record.inaccessible_reason = Some(error.to_string());
            Counted {
                record,
                cost,
                failure: Some(error),
            }
        }
    }
}

async fn count_tables(
    target: &Target,
    database: &str,
    cost: &mut Cost,
) -> Result<(Option<i64>, Option<i64>), ScanError> {
    let mut session = connect::open(target, database).await?;
    let scope = Scope::schemas(&target.filters.schemas);
    let query = sqlx::query(TABLE_COUNT).bind(scope.parameter());
    let outcome = session.one("the number of tables", query).await;
    cost.add(session.cost());
    session.close().await;
    let row = outcome?;
    Ok((row.number()?, row.number()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_barrier_says_what_to_do() {
        assert_eq!(barrier(true, -1, None), None);
        assert_eq!(barrier(true, 3, None), None);
        assert_eq!(
            barrier(true, -1, Some("GRANT CONNECT ON DATABASE shop TO reader")).unwrap(),
            "the login has no CONNECT privilege; as its owner: GRANT CONNECT ON DATABASE shop TO reader"
        );
        assert!(barrier(false, -1, None).unwrap().contains("datallowconn"));
        assert!(barrier(true, 0, None).unwrap().contains("limit is 0"));
        assert!(barrier(true, INVALID, None).unwrap().contains("DROP"));
    }

    #[test]
    fn a_collation_names_its_ctype_only_where_that_differs() {
        assert_eq!(both("C.UTF-8".to_owned(), "C.UTF-8"), "C.UTF-8");
        assert_eq!(both("C".to_owned(), "de_DE.UTF-8"), "C (ctype de_DE.UTF-8)");
    }
}
