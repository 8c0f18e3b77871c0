//! Finding a catalog entry by its names.

use models::lookup::Lookup;

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
}
