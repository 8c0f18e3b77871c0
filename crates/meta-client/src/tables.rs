//! Tables of the catalog.

use models::page::Page;
use models::table::{Table, TableDetail};

use crate::{Error, Session, TablesQuery};

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
}
