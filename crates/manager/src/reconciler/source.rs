//! One data source: ends of scans are noted, then what waits is started.

use std::collections::BTreeMap;

use models::managed_object::ManagedStatus;
use models::{ProblemType, TenantId};

use super::outcome::{Verdict, judge};
use super::{Reconciler, start_pending};
use crate::error::Error;
use crate::gateway::Meta;
use crate::measure::measure;
use crate::store::followed::CatalogIds;
use crate::store::progress::{self, End, Unfinished};

/// What `last_error` says of objects that wait because `meta` is away.
pub(crate) const META_AWAY: &str =
    "the meta service cannot be reached; the scan starts when it is back";
/// What it says of objects that wait because `meta` failed.
const META_FAILED: &str = "the meta service did not start the scan; it is tried again";
/// What it says of a table that a scan of its whole database did not find.
const NO_SUCH_TABLE: &str = "there is no such table, or the login may not see it";

impl Reconciler {
    /// Sees to the unfinished objects of a data source.
    pub(super) async fn reconcile_source(
        &self,
        tenant: TenantId,
        resource_id: i64,
    ) -> Result<(), Error> {
        let mut tx = self.store.begin(tenant).await?;
        let scanning = progress::list_scanning(&mut tx, resource_id).await?;
        let first_pending = progress::list_pending(&mut tx, resource_id, 1).await?;
        drop(tx);
        let Some(first) = scanning.first().or(first_pending.first()) else {
            return Ok(());
        };
        let meta = self.gateway.as_service(tenant, &first.managed_by);
        let outcome = self
            .follow_and_start(tenant, resource_id, &meta, scanning)
            .await;
        if let Err(error @ Error::Meta(_)) = &outcome {
            let reason = if error.is_meta_away() {
                META_AWAY
            } else {
                META_FAILED
            };
            let mut tx = self.store.begin(tenant).await?;
            progress::note_waiting(&mut tx, resource_id, reason).await?;
            tx.commit().await?;
        }
        outcome
    }

    async fn follow_and_start(
        &self,
        tenant: TenantId,
        resource_id: i64,
        meta: &Meta,
        scanning: Vec<Unfinished>,
    ) -> Result<(), Error> {
        let mut active = false;
        for (scan_id, objects) in by_scan(scanning) {
            active |= self
                .follow(tenant, resource_id, meta, (scan_id, &objects))
                .await?;
        }
        // While one scan of a data source is active there can be no other one.
        if !active {
            start_pending(&self.store, tenant, resource_id, meta).await?;
        }
        Ok(())
    }

    /// Notes what has become of the objects of a scan. True while the scan goes on.
    async fn follow(
        &self,
        tenant: TenantId,
        resource_id: i64,
        meta: &Meta,
        (scan_id, objects): (i64, &[Unfinished]),
    ) -> Result<bool, Error> {
        let scan = match meta.session().scan_status(scan_id).await {
            Ok(scan) => scan,
            Err(error) if error.is(ProblemType::ScanNotFound) => {
                let mut tx = self.store.begin(tenant).await?;
                progress::set_pending_again(&mut tx, resource_id, scan_id).await?;
                tx.commit().await?;
                return Ok(false);
            }
            Err(error) => return Err(error.into()),
        };
        let judged: Option<Vec<_>> = objects
            .iter()
            .map(|object| Some((object, judge(&scan, object)?)))
            .collect();
        let Some(judged) = judged else {
            return Ok(true);
        };
        let ends = ends(meta, resource_id, judged).await?;
        let mut tx = self.store.begin(tenant).await?;
        progress::finish(&mut tx, scan_id, (scan.completed_at, &ends)).await?;
        tx.commit().await?;
        tracing::info!(
            scan_id,
            objects = ends.len(),
            "scan of managed objects ended"
        );
        Ok(false)
    }
}

fn by_scan(scanning: Vec<Unfinished>) -> BTreeMap<i64, Vec<Unfinished>> {
    let mut scans: BTreeMap<i64, Vec<Unfinished>> = BTreeMap::new();
    for object in scanning {
        // A constraint of the store sees to it that what is scanned has a scan.
        if let Some(scan_id) = object.scan_id {
            scans.entry(scan_id).or_default().push(object);
        }
    }
    scans
}

/// The ends of objects, with the rows of those that were read.
async fn ends(
    meta: &Meta,
    resource_id: i64,
    judged: Vec<(&Unfinished, Verdict)>,
) -> Result<Vec<End>, Error> {
    let mut ends = Vec::with_capacity(judged.len());
    let mut read: BTreeMap<&str, Vec<&Unfinished>> = BTreeMap::new();
    for (object, verdict) in judged {
        match verdict {
            Verdict::Failed(error) => ends.push(failed(object, error)),
            Verdict::Read => read.entry(&object.database).or_default().push(object),
        }
    }
    for (database, objects) in read {
        ends.extend(measured(meta, resource_id, database, &objects).await?);
    }
    Ok(ends)
}

/// The ends of objects of one database that were read, as the catalog now has them.
async fn measured(
    meta: &Meta,
    resource_id: i64,
    database: &str,
    objects: &[&Unfinished],
) -> Result<Vec<End>, Error> {
    let Some(database) = meta.session().find_database(resource_id, database).await? else {
        // It vanished right after it was read; the next sync says so.
        let ids = CatalogIds::default();
        return Ok(objects
            .iter()
            .map(|object| ready(object, None, ids))
            .collect());
    };
    let wanted = objects.iter().filter_map(|object| object.table.as_deref());
    let measure = measure(meta, database.id, wanted).await?;
    let ids = |table| CatalogIds {
        database: Some(database.id),
        table,
    };
    let ends = objects.iter().map(|object| match &object.table {
        None => ready(object, measure.rows, ids(None)),
        Some(table) => match measure.tables.get(table) {
            Some(table) if table.found => ready(object, table.rows, ids(table.id())),
            _ => failed(object, NO_SUCH_TABLE.to_owned()),
        },
    });
    Ok(ends.collect())
}

fn ready(object: &Unfinished, row_count: Option<i64>, ids: CatalogIds) -> End {
    End {
        id: object.id,
        status: ManagedStatus::Ready,
        row_count,
        error: None,
        ids,
    }
}

fn failed(object: &Unfinished, error: String) -> End {
    End {
        id: object.id,
        status: ManagedStatus::Failed,
        row_count: None,
        error: Some(error),
        ids: CatalogIds::default(),
    }
}
