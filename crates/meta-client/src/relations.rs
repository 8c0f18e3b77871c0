//! Who refers to whom.

use models::page::Page;
use models::relation::Relation;

use crate::{Error, RelationsQuery, Session};

impl Session {
    /// A page of the foreign keys that point to a table and the views that read it.
    ///
    /// # Errors
    /// A problem `table-not-found`, and those of every call; see [`Error`].
    pub async fn list_relations(&self, query: &RelationsQuery) -> Result<Page<Relation>, Error> {
        self.get(&["relations"], query).await
    }
}
