//! Managed objects.

pub(crate) mod delete;
pub(crate) mod get;
pub(crate) mod list;
pub(crate) mod preview;
pub(crate) mod update;

use std::collections::BTreeSet;
use std::slice;

use db::{Store, Tx};
use models::ProblemType;
use models::managed_object::ManagedObject;
use service_kit::auth::Caller;
use service_kit::conditional::IfMatch;
use service_kit::problem::{Reply, chain};

use crate::error::Error;
use crate::gateway::Meta;
use crate::store::managed_objects;

/// The object as it is stored, where the caller asks for a state and it is in that; None where any
/// state will do.
///
/// What the caller has seen has a name that only `meta` knows, and no transaction waits for `meta`:
/// the change has to check that the object is still as it is stored here.
async fn seen(
    store: &Store,
    meta: &Meta,
    caller: &Caller,
    id: i64,
    condition: &IfMatch,
) -> Result<Option<ManagedObject>, Error> {
    if !condition.is_given() {
        return Ok(None);
    }
    let mut tx = store.begin(caller.tenant).await?;
    let found = managed_objects::get(&mut tx, id).await?;
    drop(tx);
    let stored = found.ok_or_else(|| Error::managed_object_not_found(id))?;
    let mut named = stored.clone();
    name_sources(meta, slice::from_mut(&mut named)).await;
    condition.check(&named).map_err(Reply::from)?;
    Ok(Some(stored))
}

/// Locks an object until the end of the transaction. 412 when it is no longer as it was `seen`.
async fn lock_as_seen(tx: &mut Tx, id: i64, seen: Option<ManagedObject>) -> Result<(), Error> {
    managed_objects::lock(tx, id).await?;
    if seen.is_some() && managed_objects::get(tx, id).await? != seen {
        let detail = "it has just changed: read it again, and send the change with the new ETag";
        return Err(Reply::new(ProblemType::PreconditionFailed, detail).into());
    }
    Ok(())
}

/// Fills in the names of data sources. They stay null while `meta` cannot be asked: what is managed
/// can be seen and changed without it.
async fn name_sources(meta: &Meta, objects: &mut [ManagedObject]) {
    let ids: BTreeSet<i64> = objects.iter().map(|object| object.resource_id).collect();
    if ids.is_empty() {
        return;
    }
    match meta.datasource_names(ids).await {
        Ok(names) => {
            for object in objects {
                object.resource_name = names.get(&object.resource_id).cloned();
            }
        }
        Err(error) => tracing::debug!(cause = chain(&error), "data sources not named"),
    }
}
