//! Finding catalog entries: one by its names, many by their ids.

use http::Method;
use models::lookup::{KnownEntries, Lookup, LookupIds};

use crate::{Error, LookupQuery, Session};

impl Session {
    /// The entry with exactly these names, and everything on the way to it.
    ///
    /// # Errors
    /// Problems `datasource-not-found`, `database-not-found`, `table-not-found` and
    /// `field-not-found`, and those of every call; see [`Error`].
    pub async fn lookup(&self, query: &LookupQuery) -> Result<Lookup, Error> {
        self.get(&["lookup"], query).await
    }

    /// What the catalog has under some ids, gone entries too.
    ///
    /// # Errors
    /// Those of every call; see [`Error`].
    pub async fn lookup_ids(&self, ids: &LookupIds) -> Result<KnownEntries, Error> {
        self.send(Method::POST, &["lookup"], ids).await
    }
}
