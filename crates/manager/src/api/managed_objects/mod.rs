//! Managed objects.

pub(crate) mod delete;
pub(crate) mod get;
pub(crate) mod list;
pub(crate) mod update;

use std::collections::BTreeSet;

use models::managed_object::ManagedObject;
use service_kit::problem::chain;

use crate::gateway::Meta;

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
