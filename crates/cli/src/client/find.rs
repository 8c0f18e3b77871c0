//! A data source by its name or id.

use meta_client::PageQuery;
use models::ProblemType;
use models::datasource::Datasource;
use models::page::MAX_LIMIT;

use super::ClientError;
use super::connection::Meta;

impl Meta {
    /// The data source that `wanted` names. A number is an id first; a data source may still
    /// have it as its name.
    pub(super) async fn find_source(&self, wanted: &str) -> Result<Datasource, ClientError> {
        if let Ok(id) = wanted.parse::<i64>() {
            match self.session.get_datasource(id).await {
                Err(error) if error.is(ProblemType::DatasourceNotFound) => {}
                outcome => return outcome.map_err(|error| self.failed(error)),
            }
        }
        let found = self
            .list_sources()
            .await?
            .into_iter()
            .find(|one| one.datasource_name == wanted);
        found.ok_or_else(|| ClientError::NoSource(wanted.to_owned()))
    }

    /// All data sources, page by page.
    pub(super) async fn list_sources(&self) -> Result<Vec<Datasource>, ClientError> {
        let mut sources = Vec::new();
        let mut query = PageQuery {
            limit: Some(MAX_LIMIT),
            ..PageQuery::default()
        };
        loop {
            let page = self.session.list_datasources(&query).await;
            let page = page.map_err(|error| self.failed(error))?;
            sources.extend(page.items);
            query.cursor = page.next_cursor;
            if query.cursor.is_none() {
                return Ok(sources);
            }
        }
    }
}
