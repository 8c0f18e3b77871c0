//! What scans found different.

use models::change::Change;
use models::page::Page;

use crate::{ChangesQuery, Error, Session};

impl Session {
    /// A page of the changes of a table, a database or a data source, newest first.
    ///
    /// # Errors
    /// Problems `table-not-found`, `database-not-found` and `datasource-not-found`, and those of
    /// every call; see [`Error`].
    pub async fn list_changes(&self, query: &ChangesQuery) -> Result<Page<Change>, Error> {
        self.get(&["changes"], query).await
    }
}
