//! The overview, and the groups that it counts tables into.

use std::collections::HashSet;

use catalog::{overview, pipelines, tenants};
use chrono::TimeDelta;
use models::overview::{Overview, OverviewPipeline, TableGroups};
use models::pipeline::PipelineView;
use models::{FieldError, TenantId};

use super::Service;
use crate::error::Error;

/// How many data sources and pipelines the overview has at most.
const AT_MOST: i64 = 500;
/// How many failures it has at most.
const FAILURES: i64 = 50;
/// How old they may be.
const FAILURES_SINCE: TimeDelta = TimeDelta::days(7);

impl Service {
    /// Data sources, pipelines, groups of tables and failures of a tenant.
    pub(crate) async fn overview(&self, tenant: TenantId) -> Result<Overview, Error> {
        let mut tx = self.store.begin(tenant).await?;
        let pipelines = pipelines::list(&mut tx, None, AT_MOST).await?;
        let views = self.pipeline_views(&mut tx, pipelines).await?;
        let since = self.clock.now() - FAILURES_SINCE;
        Ok(Overview {
            sources: overview::sources(&mut tx, AT_MOST).await?,
            pipelines: views.into_iter().map(summary).collect(),
            groups: overview::groups(&mut tx).await?,
            failures: overview::failures(&mut tx, since, FAILURES).await?,
        })
    }

    /// Puts other groups of tables in the place of those that the tenant had set.
    pub(crate) async fn set_table_groups(
        &self,
        tenant: TenantId,
        request: TableGroups,
    ) -> Result<TableGroups, Error> {
        let mut tx = self.store.begin(tenant).await?;
        tenants::ensure(&mut tx).await?;
        let named: Vec<i64> = request
            .groups
            .iter()
            .flat_map(|it| it.table_ids.clone())
            .collect();
        let absent: HashSet<i64> = overview::absent_tables(&mut tx, &named)
            .await?
            .into_iter()
            .collect();
        if !absent.is_empty() {
            return Err(Error::Invalid(unknown(&request, &absent)));
        }
        pipelines::lock_all(&mut tx).await?;
        overview::set_table_groups(&mut tx, &request.groups).await?;
        tx.commit().await?;
        Ok(request)
    }
}

/// Where the groups name tables that are not there.
fn unknown(request: &TableGroups, absent: &HashSet<i64>) -> Vec<FieldError> {
    let mut errors = Vec::new();
    for (group, it) in request.groups.iter().enumerate() {
        for (place, id) in it.table_ids.iter().enumerate() {
            if absent.contains(id) {
                let pointer = format!("/groups/{group}/table_ids/{place}");
                errors.push(FieldError::new(pointer, format!("there is no table {id}")));
            }
        }
    }
    errors
}

fn summary(view: PipelineView) -> OverviewPipeline {
    OverviewPipeline {
        id: view.pipeline.id,
        fill: (&view.pipeline.fill).into(),
        etl: (&view.pipeline.etl).into(),
        name: view.pipeline.name,
        problems: view.problems.len(),
        status: view.status,
    }
}
