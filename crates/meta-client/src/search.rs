//! Search in the catalog.

use models::page::Page;
use models::search::SearchHit;

use crate::{Error, SearchQuery, Session};

impl Session {
    /// A page of what of the catalog answers a few words, best first.
    ///
    /// # Errors
    /// A problem `datasource-not-found`, and those of every call; see [`Error`].
    pub async fn search(&self, query: &SearchQuery) -> Result<Page<SearchHit>, Error> {
        self.get(&["search"], query).await
    }
}
