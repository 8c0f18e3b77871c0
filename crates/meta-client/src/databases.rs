//! Databases of the catalog.

use models::database::Database;
use models::details::TableName;
use models::page::Page;

use crate::{DatabasesQuery, Error, Session, TableNamesQuery};

impl Session {
    /// A page of a data source's databases, by name.
    ///
    /// # Errors
    /// Those of every call; see [`Error`].
    pub async fn list_databases(&self, query: &DatabasesQuery) -> Result<Page<Database>, Error> {
        self.get(&["databases"], query).await
    }

    /// One database.
    ///
    /// # Errors
    /// A problem `database-not-found`, and those of every call; see [`Error`].
    pub async fn get_database(&self, id: i64) -> Result<Database, Error> {
        self.get(&["databases", &id.to_string()], &()).await
    }

    /// The database of a data source with exactly this name; None when the catalog has none.
    ///
    /// # Errors
    /// Those of every call; see [`Error`].
    pub async fn find_database(
        &self,
        resource_id: i64,
        name: &str,
    ) -> Result<Option<Database>, Error> {
        let query = DatabasesQuery {
            resource_id,
            name: Some(name.to_owned()),
            ..DatabasesQuery::default()
        };
        let page = self.list_databases(&query).await?;
        Ok(page
            .items
            .into_iter()
            .find(|database| database.database_name == name))
    }

    /// A page of the names of a database's tables, read from the server at once.
    ///
    /// # Errors
    /// Problems `database-not-found` and `datasource-unreachable`, and those of every call; see
    /// [`Error`].
    pub async fn list_table_names(
        &self,
        id: i64,
        query: &TableNamesQuery,
    ) -> Result<Page<TableName>, Error> {
        self.get(&["databases", &id.to_string(), "table-names"], query)
            .await
    }
}
