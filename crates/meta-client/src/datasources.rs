//! Data sources.

use http::Method;
use models::datasource::{
    CreateDatasource, CreatedDatasource, Datasource, TestConnection, TestReport, UpdateDatasource,
};
use models::page::{MAX_LIMIT, Page};

use crate::{Error, PageQuery, Session};

impl Session {
    /// Registers a server; its level-1 sync is queued with it.
    ///
    /// # Errors
    /// Those of every call; see [`Error`].
    pub async fn create_datasource(
        &self,
        new: &CreateDatasource,
    ) -> Result<CreatedDatasource, Error> {
        self.send(Method::POST, &["datasources"], new).await
    }

    /// A page of the tenant's data sources, by name.
    ///
    /// # Errors
    /// Those of every call; see [`Error`].
    pub async fn list_datasources(&self, query: &PageQuery) -> Result<Page<Datasource>, Error> {
        self.get(&["datasources"], query).await
    }

    /// All of the tenant's data sources, by name: page by page to the end.
    ///
    /// # Errors
    /// Those of every call; see [`Error`].
    pub async fn list_all_datasources(&self) -> Result<Vec<Datasource>, Error> {
        let mut all = Vec::new();
        let mut query = PageQuery {
            limit: Some(MAX_LIMIT),
            ..PageQuery::default()
        };
        loop {
            let page = self.list_datasources(&query).await?;
            all.extend(page.items);
            query.cursor = page.next_cursor;
            if query.cursor.is_none() {
                return Ok(all);
            }
        }
    }

    /// One data source.
    ///
    /// # Errors
    /// A problem `datasource-not-found`, and those of every call; see [`Error`].
    pub async fn get_datasource(&self, id: i64) -> Result<Datasource, Error> {
        self.get(&["datasources", &id.to_string()], &()).await
    }

    /// Changes a data source; what is absent stays.
    ///
    /// # Errors
    /// A problem `datasource-not-found`, and those of every call; see [`Error`].
    pub async fn update_datasource(
        &self,
        id: i64,
        change: &UpdateDatasource,
    ) -> Result<Datasource, Error> {
        self.send(Method::PATCH, &["datasources", &id.to_string()], change)
            .await
    }

    /// Deletes a data source with its catalog. `confirm` repeats its name.
    ///
    /// # Errors
    /// A problem `datasource-not-found`, and those of every call; see [`Error`].
    pub async fn delete_datasource(&self, id: i64, confirm: &str) -> Result<(), Error> {
        self.delete(&["datasources", &id.to_string()], &[("confirm", confirm)])
            .await
    }

    /// Tries the connection of a registered data source. A failed test is an answer, not an error.
    ///
    /// # Errors
    /// A problem `datasource-not-found`, and those of every call; see [`Error`].
    pub async fn test_datasource(&self, id: i64) -> Result<TestReport, Error> {
        self.post(&["datasources", &id.to_string(), "test"]).await
    }

    /// Tries a connection without saving it. A failed test is an answer, not an error.
    ///
    /// # Errors
    /// Those of every call; see [`Error`].
    pub async fn test_connection(&self, connection: &TestConnection) -> Result<TestReport, Error> {
        self.send(Method::POST, &["datasources", "test"], connection)
            .await
    }
}
