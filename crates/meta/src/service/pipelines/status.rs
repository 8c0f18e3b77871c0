//! Where pipelines stand: put together from the catalog, the job log and the last measurements, in a number of
//! statements that does not depend on how many there are.

use std::collections::HashMap;

use catalog::measurements;
use catalog::pipelines::{self, Definition, Ends, Facts};
use chrono::{DateTime, Utc};
use db::Tx;
use models::FieldError;
use models::pipeline::{
    Freshness, Measurement, Pipeline, PipelineJob, PipelineStatus, PipelineTable, PipelineView,
};

use super::{check, existing};
use crate::error::Error;
use crate::service::Service;

/// How many of its last jobs a pipeline is shown with.
const LAST_JOBS: i64 = 5;

impl Service {
    /// One pipeline with where it stands.
    pub(super) async fn pipeline_view(&self, tx: &mut Tx, id: i64) -> Result<PipelineView, Error> {
        let pipeline = existing(tx, id).await?;
        let mut views = self.pipeline_views(tx, vec![pipeline]).await?;
        views.pop().ok_or_else(|| Error::pipeline_not_found(id))
    }

    /// Pipelines with where they stand.
    pub(crate) async fn pipeline_views(
        &self,
        tx: &mut Tx,
        pipelines: Vec<Pipeline>,
    ) -> Result<Vec<PipelineView>, Error> {
        let ids: Vec<i64> = pipelines.iter().map(|pipeline| pipeline.id).collect();
        let definitions: Vec<Definition> = pipelines.iter().map(Definition::from).collect();
        let facts = pipelines::facts(tx, &check::wanted(definitions.iter())).await?;
        let mut gathered = Gathered {
            ends: pipelines::ends(tx, &ids).await?,
            measurements: measurements::latest(tx, &ids).await?.into_iter().collect(),
            jobs: pipelines::last_jobs(tx, &ids, LAST_JOBS).await?,
            now: self.clock.now(),
        };
        let views = pipelines.into_iter().zip(&definitions);
        Ok(views
            .map(|(pipeline, definition)| PipelineView {
                sync_table: named(&facts, pipeline.sync_table_id),
                biz_table: named(&facts, pipeline.biz_table_id),
                problems: check::problems(definition, &facts),
                status: gathered.status(&pipeline),
                pipeline,
            })
            .collect())
    }

    /// What no longer fits the catalog of a pipeline.
    pub(super) async fn pipeline_problems(
        &self,
        tx: &mut Tx,
        pipeline: &Pipeline,
    ) -> Result<(Vec<FieldError>, Facts), Error> {
        let definition = Definition::from(pipeline);
        let wanted = check::wanted(std::iter::once(&definition));
        let facts = pipelines::facts(tx, &wanted).await?;
        Ok((check::problems(&definition, &facts), facts))
    }
}

fn named(facts: &Facts, table: Option<i64>) -> Option<PipelineTable> {
    Some(facts.tables.get(&table?)?.names.clone())
}

/// What jobs and measurements tell, by pipeline.
struct Gathered {
    ends: HashMap<i64, Ends>,
    measurements: HashMap<i64, Measurement>,
    jobs: HashMap<i64, Vec<PipelineJob>>,
    now: DateTime<Utc>,
}

impl Gathered {
    fn status(&mut self, pipeline: &Pipeline) -> PipelineStatus {
        let ends = self.ends.remove(&pipeline.id).unwrap_or_default();
        let measurement = self.measurements.remove(&pipeline.id);
        let changed = |of: fn(&Measurement) -> Option<DateTime<Utc>>| {
            // The clock of a source may be ahead of ours: nothing was brought up to date after it was measured.
            measurement
                .as_ref()
                .and_then(|measured| Some(of(measured)?.min(measured.measured_at)))
        };
        let last_synced_at = ends.synced_at.max(changed(|it| it.sync_changed_at));
        let last_processed_at = ends.processed_at.max(changed(|it| it.biz_changed_at));
        let target = pipeline.target;
        let sync = Freshness::of(last_synced_at, target.sync_seconds, self.now);
        let etl = Freshness::of(last_processed_at, target.etl_seconds, self.now);
        PipelineStatus {
            last_synced_at,
            last_processed_at,
            sync_freshness: sync,
            etl_freshness: etl,
            freshness: Freshness::both(sync, etl, target),
            pending_rows: measurement.as_ref().map(|measured| measured.pending_rows),
            measured_at: measurement.as_ref().map(|measured| measured.measured_at),
            method: measurement
                .as_ref()
                .map_or_else(|| pipeline.delta.method(), |measured| measured.method),
            measurement,
            last_jobs: self.jobs.remove(&pipeline.id).unwrap_or_default(),
        }
    }
}
