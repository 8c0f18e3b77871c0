//! Adopting databases and tables.
//!
//! What is accepted is first written and then scanned, so that nothing a caller was told has been
//! accepted depends on `meta` or on this process: what cannot be started now, the reconciler starts
//! later.

use std::collections::HashSet;
use std::time::Duration;

use db::{Store, StoreError};
use models::TenantId;
use models::database::Database;
use models::managed_object::{Manage, Managed, ManagedRef, ManagedStatus};
use service_kit::auth::Caller;
use service_kit::problem::chain;

use crate::error::Error;
use crate::gateway::Meta;
use crate::measure::measure;
use crate::reconciler::{META_AWAY, start_pending};
use crate::store::followed::CatalogIds;
use crate::store::managed_objects::{self, Adopted, Adoption, NewObject};
use crate::store::{progress, scan_schedules, turns};

/// How long the reconciler leaves what is being adopted to the request. Were it to start the scan in
/// between, the request could not name it.
const START_HOLD: Duration = Duration::from_secs(5);

/// What the catalog knows of what is to be adopted.
enum Known {
    /// The catalog has the database.
    Database(Box<Database>),
    /// Level 1 of the data source has not ended well yet, so the database may be there.
    NotYet,
    /// `meta` cannot be asked.
    MetaAway,
}

/// Adopts what a request names, and starts a scan of it where that is possible at once.
///
/// # Errors
/// Where `meta` says that the data source or the database is not there, or refuses the caller; and
/// when the store fails.
pub(crate) async fn adopt(
    store: &Store,
    meta: &Meta,
    caller: &Caller,
    request: &Manage,
    wants_scan: bool,
) -> Result<Managed, Error> {
    let known = look_up(meta, request).await?;
    let tables = tables(request);
    let objects = match &known {
        Known::Database(database) if !wants_scan => as_scanned(meta, database, &tables).await?,
        _ => tables.iter().map(|table| pending(table.clone())).collect(),
    };
    let adoption = Adoption {
        resource_id: request.resource_id,
        database: &request.database,
        objects: &objects,
        wants_scan,
        permission: request.permission,
        managed_by: &caller.subject,
    };
    let starts = !matches!(known, Known::MetaAway);
    let adopted = write(store, caller.tenant, &adoption, &tables, starts).await?;
    let adopted = match known {
        Known::MetaAway => {
            note_meta_away(store, caller.tenant, request.resource_id).await?;
            adopted
        }
        Known::Database(_) | Known::NotYet if adopted.iter().any(waits) => {
            start(store, meta, caller.tenant, &adoption, &tables).await?
        }
        Known::Database(_) | Known::NotYet => adopted,
    };
    Ok(answer(&request.database, adopted))
}

/// Whether the data source and the database are there, as far as `meta` can tell.
async fn look_up(meta: &Meta, request: &Manage) -> Result<Known, Error> {
    let session = meta.session();
    let found = async {
        // One after the other: a first sync that ends between the two answers would otherwise make
        // the data source one that has been read, without the database that the reading found.
        let datasource = session.get_datasource(request.resource_id).await?;
        let database = session
            .find_database(request.resource_id, &request.database)
            .await?;
        Ok::<_, meta_client::Error>((datasource, database))
    };
    match found.await {
        Ok((_, Some(database))) => Ok(Known::Database(Box::new(database))),
        Ok((datasource, None)) if datasource.last_sync_at.is_none() => Ok(Known::NotYet),
        Ok((_, None)) => Err(Error::database_not_found(
            request.resource_id,
            &request.database,
        )),
        Err(error) if error.is_unavailable() => {
            tracing::warn!(
                cause = chain(&error),
                "meta unavailable: what is managed waits"
            );
            Ok(Known::MetaAway)
        }
        Err(error) => Err(error.into()),
    }
}

/// The tables of a request, each once; None for the whole database.
fn tables(request: &Manage) -> Vec<Option<String>> {
    let Some(tables) = &request.tables else {
        return vec![None];
    };
    let mut seen = HashSet::new();
    let once = tables.iter().filter(|table| seen.insert(table.as_str()));
    once.map(|table| Some(table.clone())).collect()
}

fn pending(table: Option<String>) -> NewObject {
    NewObject {
        table,
        status: ManagedStatus::Pending,
        row_count: None,
        ids: CatalogIds::default(),
    }
}

/// Objects that no scan is wanted for: ready where the catalog has read them already.
async fn as_scanned(
    meta: &Meta,
    database: &Database,
    tables: &[Option<String>],
) -> Result<Vec<NewObject>, Error> {
    if tables.iter().all(Option::is_none) && !database.is_scanned {
        return Ok(tables.iter().map(|table| pending(table.clone())).collect());
    }
    let wanted = tables.iter().filter_map(Option::as_deref);
    let measure = measure(meta, database.id, wanted).await?;
    let objects = tables.iter().map(|table| {
        let (scanned, rows, id) = match table {
            None => (database.is_scanned, measure.rows, None),
            Some(name) => measure
                .tables
                .get(name)
                .map_or((false, None, None), |t| (t.scanned, t.rows, t.id())),
        };
        if !scanned {
            return pending(table.clone());
        }
        NewObject {
            table: table.clone(),
            status: ManagedStatus::Ready,
            row_count: rows,
            ids: CatalogIds {
                database: Some(database.id),
                table: id,
            },
        }
    });
    Ok(objects.collect())
}

/// Writes what is new and answers with all that was asked for. Where the request `starts` the scan
/// itself, the reconciler is kept away meanwhile.
async fn write(
    store: &Store,
    tenant: TenantId,
    adoption: &Adoption<'_>,
    tables: &[Option<String>],
    starts: bool,
) -> Result<Vec<Adopted>, Error> {
    let mut tx = store.begin(tenant).await?;
    if managed_objects::adopt(&mut tx, adoption).await? {
        scan_schedules::note_change(&mut tx, adoption.resource_id, adoption.managed_by).await?;
    }
    let mut adopted = find(&mut tx, adoption, tables).await?;
    if adoption.wants_scan {
        let ids: Vec<i64> = adopted.iter().map(|object| object.id).collect();
        managed_objects::want_scan(&mut tx, &ids).await?;
        for object in &mut adopted {
            object.wants_scan = true;
        }
    }
    if starts && adopted.iter().any(waits) {
        turns::postpone(&mut tx, adoption.resource_id, START_HOLD).await?;
    }
    tx.commit().await?;
    Ok(adopted)
}

async fn find(
    tx: &mut db::Tx,
    adoption: &Adoption<'_>,
    tables: &[Option<String>],
) -> Result<Vec<Adopted>, StoreError> {
    managed_objects::find(tx, adoption.resource_id, adoption.database, tables).await
}

fn waits(object: &Adopted) -> bool {
    object.wants_scan && object.status == ManagedStatus::Pending
}

/// Starts the scan, as the caller. What was accepted is accepted, whatever `meta` says now.
async fn start(
    store: &Store,
    meta: &Meta,
    tenant: TenantId,
    adoption: &Adoption<'_>,
    tables: &[Option<String>],
) -> Result<Vec<Adopted>, Error> {
    match start_pending(store, tenant, adoption.resource_id, meta).await {
        Ok(_) => {}
        Err(error @ Error::Meta(_)) => {
            tracing::warn!(
                cause = chain(&error),
                "scan not started: it is started later"
            );
            if error.is_meta_away() {
                note_meta_away(store, tenant, adoption.resource_id).await?;
            }
        }
        Err(error) => return Err(error),
    }
    let mut tx = store.begin(tenant).await?;
    turns::end(&mut tx, adoption.resource_id, Duration::ZERO).await?;
    let adopted = find(&mut tx, adoption, tables).await?;
    tx.commit().await?;
    Ok(adopted)
}

async fn note_meta_away(store: &Store, tenant: TenantId, resource_id: i64) -> Result<(), Error> {
    let mut tx = store.begin(tenant).await?;
    progress::note_waiting(&mut tx, resource_id, META_AWAY).await?;
    Ok(tx.commit().await?)
}

/// The scan is named when it reads, or has read, everything that was asked for.
fn answer(database: &str, adopted: Vec<Adopted>) -> Managed {
    let last = adopted.iter().max_by_key(|object| object.scan_id);
    let scan = last.filter(|_| !adopted.iter().any(waits));
    Managed {
        status: "accepted".to_owned(),
        scan_id: scan.and_then(|object| object.scan_id),
        job_id: scan.and_then(|object| object.job_id),
        managed_objects: adopted
            .into_iter()
            .map(|object| ManagedRef {
                id: object.id,
                database: database.to_owned(),
                table: object.table,
                status: object.status,
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use models::managed_object::Permission;

    use super::*;

    fn request(tables: Option<&[&str]>) -> Manage {
        Manage {
            resource_id: 7,
            database: "shop".to_owned(),
            tables: tables.map(|names| names.iter().map(|name| (*name).to_owned()).collect()),
            trigger_deep_scan: None,
            permission: Permission::Read,
        }
    }

    fn adopted(status: ManagedStatus, scan_id: Option<i64>) -> Adopted {
        Adopted {
            id: 1,
            table: None,
            status,
            wants_scan: true,
            scan_id,
            job_id: None,
        }
    }

    #[test]
    fn a_table_that_is_named_twice_is_one_object() {
        let names = |tables| super::tables(&request(tables));
        let expected = [Some("b".to_owned()), Some("a".to_owned())];
        assert_eq!(names(Some(&["b", "a", "b"])), expected);
        assert_eq!(names(None), [None]);
    }

    #[test]
    fn a_scan_is_named_unless_something_waits() {
        let ready = || adopted(ManagedStatus::Ready, Some(3));
        let scanning = || adopted(ManagedStatus::Scanning, Some(5));
        let waiting = || adopted(ManagedStatus::Pending, None);
        assert_eq!(answer("shop", vec![ready(), scanning()]).scan_id, Some(5));
        assert_eq!(answer("shop", vec![ready(), waiting()]).scan_id, None);
        let kept = Adopted {
            wants_scan: false,
            ..waiting()
        };
        assert_eq!(answer("shop", vec![ready(), kept]).scan_id, Some(3));
    }
}
