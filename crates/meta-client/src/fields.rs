//! Fields of the catalog.

use models::field::Field;
use models::page::Page;

use crate::{Error, FieldsQuery, Session};

impl Session {
    /// A page of a table's fields, by position.
    ///
    /// # Errors
    /// Those of every call; see [`Error`].
    pub async fn list_fields(&self, query: &FieldsQuery) -> Result<Page<Field>, Error> {
        self.get(&["fields"], query).await
    }

    /// One field.
    ///
    /// # Errors
    /// A problem `field-not-found`, and those of every call; see [`Error`].
    pub async fn get_field(&self, id: i64) -> Result<Field, Error> {
        self.get(&["fields", &id.to_string()], &()).await
    }
}
