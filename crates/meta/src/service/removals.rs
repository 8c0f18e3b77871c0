//! Confirming removals.

use catalog::{datasources, removals, sync_logs};
use models::ProblemType;
use models::job::JobType;
use models::removal::RemovalsConfirmed;
use service_kit::problem::Reply;

use super::{Actor, Service};
use crate::error::Error;

impl Service {
    /// Marks what a scan or sync doubted as removed, and nothing else.
    pub(crate) async fn confirm_removals(
        &self,
        actor: Actor<'_>,
        scan_id: i64,
    ) -> Result<RemovalsConfirmed, Error> {
        let mut tx = self.store.begin(actor.tenant).await?;
        let status = sync_logs::scan_status(&mut tx, scan_id).await?;
        let status = status.ok_or_else(|| Error::scan_not_found(scan_id))?;
        datasources::lock(&mut tx, status.resource_id).await?;
        // What it has merged so far would be marked, and it would not look at that again.
        for job_type in [JobType::MetadataSync, JobType::DeepScan] {
            let active = jobs::log::active(&mut tx, status.resource_id, job_type).await?;
            if let Some(job) = active {
                return Err(Error::ScanActive(job));
            }
        }
        let by = actor.subject.unwrap_or("the service");
        let removed = match removals::confirm(&mut tx, scan_id, by).await? {
            Some(removed) => removed,
            None if removals::confirmed_at(&mut tx, scan_id).await?.is_some() => 0,
            None => {
                let detail = format!(
                    "scan {scan_id} has doubted no removal, or a later one has looked since"
                );
                return Err(Reply::new(ProblemType::NothingToConfirm, detail).into());
            }
        };
        tx.commit().await?;
        Ok(RemovalsConfirmed { scan_id, removed })
    }
}
