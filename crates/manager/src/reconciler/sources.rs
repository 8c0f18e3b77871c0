//! What becomes of what is managed: data sources may be deleted at `meta` itself, past `manager`, and scans find
//! that databases and tables are removed, back again, or renamed.

use std::collections::{BTreeMap, BTreeSet};

use models::database::Database;
use models::lookup::{LookupIds, MAX_IDS};
use models::managed_object::ManagedStatus;
use models::{ProblemType, TenantId};

use super::Reconciler;
use super::start::source_is_gone;
use super::whereabouts::{Whereabouts, follow};
use crate::error::Error;
use crate::gateway::Meta;
use crate::measure::{TableMeasure, measure_with_gone};
use crate::store::followed::{self, CatalogIds, Followed, Removed};
use crate::store::{progress, scan_schedules};

impl Reconciler {
    /// Fails the objects of a tenant's data sources that are gone, and has the others follow the catalog.
    pub(super) async fn check_sources(&self, tenant: TenantId) -> Result<(), Error> {
        let mut tx = self.store.begin(tenant).await?;
        let sources = progress::list_sources(&mut tx).await?;
        drop(tx);
        let Some(first) = sources.first() else {
            return Ok(());
        };
        let meta = self.gateway.as_service(tenant, &first.managed_by);
        let wanted = sources.iter().map(|source| source.resource_id).collect();
        // What the list lacks may have been renamed while it was read, so each is asked for.
        for resource_id in meta.find_datasources(wanted, drop).await? {
            match meta.session().get_datasource(resource_id).await {
                Err(error) if error.is(ProblemType::DatasourceNotFound) => {
                    source_is_gone(&self.store, tenant, resource_id).await?;
                }
                Ok(_) => {}
                Err(error) => return Err(error.into()),
            }
        }
        self.follow_catalog(tenant, &meta).await
    }

    /// Brings the tenant's objects in step with the catalog.
    async fn follow_catalog(&self, tenant: TenantId, meta: &Meta) -> Result<(), Error> {
        let mut objects = self.followed(tenant).await?;
        if self.identify(tenant, meta, &objects).await? {
            objects = self.followed(tenant).await?;
        }
        let known = look_up(meta, &objects).await?;
        for objects in objects.chunk_by(|one, next| one.resource_id == next.resource_id) {
            if !follow(objects, &known).is_empty() {
                self.follow_source(tenant, objects[0].resource_id, &known)
                    .await?;
            }
        }
        Ok(())
    }

    async fn followed(&self, tenant: TenantId) -> Result<Vec<Followed>, Error> {
        let mut tx = self.store.begin(tenant).await?;
        Ok(followed::list(&mut tx).await?)
    }

    /// Notes what objects are in the catalog that no scan has noted it for: those whose scan failed, those of a
    /// release before this one, and those whose database vanished in the moment after it was read. True when there
    /// were any.
    async fn identify(
        &self,
        tenant: TenantId,
        meta: &Meta,
        objects: &[Followed],
    ) -> Result<bool, Error> {
        let mut unknown: BTreeMap<(i64, &str), Vec<&Followed>> = BTreeMap::new();
        for object in objects {
            let is_settled = object.status == ManagedStatus::Ready || object.failed_at.is_some();
            if is_settled && object.ids.database.is_none() {
                let database = (object.resource_id, object.database.as_str());
                unknown.entry(database).or_default().push(object);
            }
        }
        let mut any = false;
        for ((resource_id, database), objects) in unknown {
            let Some(database) = meta.find_database_or_gone(resource_id, database).await? else {
                continue;
            };
            let found = identified(meta, &database, &objects).await?;
            any |= !found.ids.is_empty();
            let mut tx = self.store.begin(tenant).await?;
            followed::note_ids(&mut tx, &found.ids).await?;
            followed::note_unread(&mut tx, &found.unread, database.last_scan_at).await?;
            tx.commit().await?;
        }
        Ok(any)
    }

    /// Brings the objects of a data source in step, as they are by now.
    async fn follow_source(
        &self,
        tenant: TenantId,
        resource_id: i64,
        known: &Whereabouts,
    ) -> Result<(), Error> {
        let mut tx = self.store.begin(tenant).await?;
        let before = followed::lock(&mut tx, resource_id).await?;
        let changed = follow(&before, known);
        followed::settle(&mut tx, resource_id, &changed).await?;
        if let Some(object) = changed_database(&before, &changed) {
            scan_schedules::note_change(&mut tx, resource_id, &object.managed_by).await?;
        }
        tx.commit().await?;
        tracing::info!(
            resource_id,
            objects = changed.len(),
            "managed objects followed the catalog"
        );
        Ok(())
    }
}

/// What came of looking for objects in the catalog.
#[derive(Debug, Default)]
struct Identified {
    /// What objects are, by their ids.
    ids: Vec<(i64, CatalogIds)>,
    /// Objects that failed, and that the last scan of their database has not read either.
    unread: Vec<i64>,
}

/// What objects of a database are in the catalog, gone ones too. Those that failed are looked for when there has
/// been a scan since.
async fn identified(
    meta: &Meta,
    database: &Database,
    objects: &[&Followed],
) -> Result<Identified, Error> {
    let is_due = |object: &&&Followed| {
        object
            .failed_at
            .is_none_or(|failed_at| database.last_scan_at.is_some_and(|last| failed_at < last))
    };
    let objects: Vec<_> = objects.iter().filter(is_due).collect();
    let mut found = Identified::default();
    if objects.is_empty() {
        return Ok(found);
    }
    let wanted = objects.iter().filter_map(|object| object.table.as_deref());
    let measure = measure_with_gone(meta, database.id, wanted).await?;
    for object in objects {
        let table = object
            .table
            .as_ref()
            .and_then(|name| measure.tables.get(name));
        if object.failed_at.is_some() && table.is_some_and(|table| !table.is_known()) {
            found.unread.push(object.id);
            continue;
        }
        let ids = CatalogIds {
            database: Some(database.id),
            table: table.and_then(TableMeasure::id),
        };
        found.ids.push((object.id, ids));
    }
    Ok(found)
}

/// What the catalog says of all that objects are in it.
async fn look_up(meta: &Meta, objects: &[Followed]) -> Result<Whereabouts, Error> {
    let ids = objects.iter().map(|object| object.ids);
    let databases: BTreeSet<i64> = ids.clone().filter_map(|ids| ids.database).collect();
    let tables: BTreeSet<i64> = ids.filter_map(|ids| ids.table).collect();
    let (mut databases, mut tables) = (databases.into_iter(), tables.into_iter());
    let mut known = Whereabouts::default();
    loop {
        let ids = LookupIds {
            database_ids: databases.by_ref().take(MAX_IDS).collect(),
            table_ids: tables.by_ref().take(MAX_IDS).collect(),
        };
        if ids == LookupIds::default() {
            return Ok(known);
        }
        known.add(meta.session().lookup_ids(&ids).await?);
    }
}

/// An object by which a database has come or gone or been renamed.
fn changed_database<'a>(before: &[Followed], changed: &'a [Followed]) -> Option<&'a Followed> {
    let database = |object: &Followed| {
        let is_gone = object.removed == Some(Removed::Database);
        (object.database.clone(), is_gone)
    };
    let before: BTreeMap<_, _> = before.iter().map(|one| (one.id, database(one))).collect();
    changed
        .iter()
        .find(|object| before.get(&object.id) != Some(&database(object)))
}
