//! Pipelines and the overview.

use http::Method;
use models::overview::Overview;
use models::page::{MAX_LIMIT, Page};
use models::pipeline::{CreatePipeline, PipelineJobStarted, PipelineView, UpdatePipeline};

use crate::{Error, PageQuery, Session};

impl Session {
    /// Makes a pipeline.
    ///
    /// # Errors
    /// A problem `pipeline-name-taken`, and those of every call; see [`Error`].
    pub async fn create_pipeline(&self, new: &CreatePipeline) -> Result<PipelineView, Error> {
        self.send(Method::POST, &["pipelines"], new).await
    }

    /// A page of the tenant's pipelines, by name.
    ///
    /// # Errors
    /// Those of every call; see [`Error`].
    pub async fn list_pipelines(&self, query: &PageQuery) -> Result<Page<PipelineView>, Error> {
        self.get(&["pipelines"], query).await
    }

    /// All pipelines: page by page to the end.
    ///
    /// # Errors
    /// Those of every call; see [`Error`].
    pub async fn list_all_pipelines(&self) -> Result<Vec<PipelineView>, Error> {
        let mut all = Vec::new();
        let mut query = PageQuery {
            limit: Some(MAX_LIMIT),
            ..PageQuery::default()
        };
        loop {
            let page = self.list_pipelines(&query).await?;
            all.extend(page.items);
            query.cursor = page.next_cursor;
            if query.cursor.is_none() {
                return Ok(all);
            }
        }
    }

    /// One pipeline.
    ///
    /// # Errors
    /// A problem `pipeline-not-found`, and those of every call; see [`Error`].
    pub async fn get_pipeline(&self, id: i64) -> Result<PipelineView, Error> {
        self.get(&["pipelines", &id.to_string()], &()).await
    }

    /// Changes a pipeline; what is absent stays.
    ///
    /// # Errors
    /// Problems `pipeline-not-found` and `pipeline-name-taken`, and those of every call; see [`Error`].
    pub async fn update_pipeline(
        &self,
        id: i64,
        change: &UpdatePipeline,
    ) -> Result<PipelineView, Error> {
        self.send(Method::PATCH, &["pipelines", &id.to_string()], change)
            .await
    }

    /// Deletes a pipeline. Its jobs stay in the log.
    ///
    /// # Errors
    /// A problem `pipeline-not-found`, and those of every call; see [`Error`].
    pub async fn delete_pipeline(&self, id: i64) -> Result<(), Error> {
        self.delete(&["pipelines", &id.to_string()], &()).await
    }

    /// Starts a job of a pipeline: `sync`, `run-etl` or `measure`.
    ///
    /// # Errors
    /// Problems `pipeline-not-found`, `pipeline-active`, `pipeline-broken`, `pipeline-external`, `datasource-paused`
    /// and `datasource-read-only`, and those of every call; see [`Error`].
    pub async fn start_pipeline(&self, id: i64, step: &str) -> Result<PipelineJobStarted, Error> {
        self.post(&["pipelines", &id.to_string(), step]).await
    }

    /// Whether the data is current.
    ///
    /// # Errors
    /// Those of every call; see [`Error`].
    pub async fn overview(&self) -> Result<Overview, Error> {
        self.get(&["overview"], &()).await
    }
}
