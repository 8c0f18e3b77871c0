//! Managed objects, which `manager` keeps.

use http::Method;
use models::managed_object::{Manage, Managed, ManagedObject};
use models::page::Page;
use models::preview::Preview;

use crate::{Error, ManagedObjectsQuery, Manager, ObjectPreviewQuery, Session};

impl Session<Manager> {
    /// Adopts a database or some of its tables. Repeating it changes nothing.
    ///
    /// # Errors
    /// Problems `datasource-not-found` and `database-not-found`, and those of every call; see
    /// [`Error`].
    pub async fn manage(&self, request: &Manage) -> Result<Managed, Error> {
        self.send(Method::POST, &["manage"], request).await
    }

    /// A page of the tenant's managed objects, in the order in which they were adopted.
    ///
    /// # Errors
    /// Those of every call; see [`Error`].
    pub async fn list_managed_objects(
        &self,
        query: &ManagedObjectsQuery,
    ) -> Result<Page<ManagedObject>, Error> {
        self.get(&["managed-objects"], query).await
    }

    /// One managed object.
    ///
    /// # Errors
    /// A problem `managed-object-not-found`, and those of every call; see [`Error`].
    pub async fn get_managed_object(&self, id: i64) -> Result<ManagedObject, Error> {
        self.get(&["managed-objects", &id.to_string()], &()).await
    }

    /// Some rows of what is managed, read from its server now.
    ///
    /// # Errors
    /// Problems `managed-object-not-found`, `table-not-found`, `table-changed`, `table-not-scanned` and
    /// `validation-failed`, and those of every call; see [`Error`].
    pub async fn preview_managed_object(
        &self,
        id: i64,
        query: &ObjectPreviewQuery,
    ) -> Result<Preview, Error> {
        self.get(&["managed-objects", &id.to_string(), "preview"], query)
            .await
    }

    /// Releases a managed object. The catalog keeps what was read of it.
    ///
    /// # Errors
    /// A problem `managed-object-not-found`, and those of every call; see [`Error`].
    pub async fn release_managed_object(&self, id: i64) -> Result<(), Error> {
        self.delete(&["managed-objects", &id.to_string()], &())
            .await
    }
}
