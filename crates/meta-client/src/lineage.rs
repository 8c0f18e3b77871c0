//! Where data come from and where they go.

use models::lineage::Lineage;

use crate::{Error, LineageQuery, Session};

impl Session {
    /// What the data of a table come from, and what is made of them.
    ///
    /// # Errors
    /// A problem `table-not-found`, and those of every call; see [`Error`].
    pub async fn lineage(&self, query: &LineageQuery) -> Result<Lineage, Error> {
        self.get(&["lineage"], query).await
    }
}
