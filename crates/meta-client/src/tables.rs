//! Tables of the catalog.

use models::page::Page;
use models::preview::Preview;
use models::table::{Table, TableDetail};

use crate::{Error, PreviewQuery, Session, TablesQuery};

impl Session {
    /// A page of a database's tables, by schema and name.
    ///
    /// # Errors
    /// Those of every call; see [`Error`].
    pub async fn list_tables(&self, query: &TablesQuery) -> Result<Page<Table>, Error> {
        self.get(&["tables"], query).await
    }

    /// One table with its keys, indexes and definition.
    ///
    /// # Errors
    /// A problem `table-not-found`, and those of every call; see [`Error`].
    pub async fn get_table(&self, id: i64) -> Result<TableDetail, Error> {
        self.get(&["tables", &id.to_string()], &()).await
    }

    /// Some rows of a table, read from its server now. For services and administrators.
    ///
    /// # Errors
    /// Problems `table-not-found`, `table-changed`, `table-not-scanned` and `validation-failed`, and
    /// those of every call; see [`Error`].
    pub async fn preview_table(&self, id: i64, query: &PreviewQuery) -> Result<Preview, Error> {
        self.get(&["tables", &id.to_string(), "preview"], query)
            .await
    }
}
