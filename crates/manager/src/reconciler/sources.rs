//! Whether the data sources of managed objects are still there: one may have been deleted at
//! `meta` itself, past `manager`.

use models::{ProblemType, TenantId};

use super::Reconciler;
use super::start::source_is_gone;
use crate::error::Error;
use crate::store::progress;

impl Reconciler {
    /// Fails the objects of a tenant's data sources that are gone.
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
        Ok(())
    }
}
