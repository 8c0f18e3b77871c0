//! API keys, and links that sign somebody in once.

use http::Method;
use models::auth::{
    ApiKey, CreateApiKey, CreateSignInLink, CreatedApiKey, CreatedSignInLink, IntrospectApiKey,
    Introspection,
};
use models::page::Page;

use crate::{ApiKeysQuery, Error, Session};

impl Session {
    /// Makes an API key. Its secret is in this answer and no other.
    ///
    /// # Errors
    /// Those of every call; see [`Error`].
    pub async fn create_api_key(&self, new: &CreateApiKey) -> Result<CreatedApiKey, Error> {
        self.send(Method::POST, &["auth", "keys"], new).await
    }

    /// A page of the tenant's API keys, in the order in which they were made.
    ///
    /// # Errors
    /// Those of every call; see [`Error`].
    pub async fn list_api_keys(&self, query: &ApiKeysQuery) -> Result<Page<ApiKey>, Error> {
        self.get(&["auth", "keys"], query).await
    }

    /// One API key.
    ///
    /// # Errors
    /// A problem `api-key-not-found`, and those of every call; see [`Error`].
    pub async fn get_api_key(&self, id: i64) -> Result<ApiKey, Error> {
        self.get(&["auth", "keys", &id.to_string()], &()).await
    }

    /// Revokes an API key for good.
    ///
    /// # Errors
    /// A problem `api-key-not-found`, and those of every call; see [`Error`].
    pub async fn revoke_api_key(&self, id: i64) -> Result<(), Error> {
        self.delete(&["auth", "keys", &id.to_string()], &()).await
    }

    /// What an API key of the session's tenant is.
    ///
    /// # Errors
    /// A problem `api-key-not-found` when it is not good, and those of every call; see [`Error`].
    pub async fn introspect_api_key(&self, key: &IntrospectApiKey) -> Result<Introspection, Error> {
        self.send(Method::POST, &["auth", "keys", "introspect"], key)
            .await
    }

    /// Lets somebody sign in once. The code is in this answer and no other.
    ///
    /// # Errors
    /// A problem `sign-in-unavailable`, and those of every call; see [`Error`].
    pub async fn create_sign_in_link(
        &self,
        new: &CreateSignInLink,
    ) -> Result<CreatedSignInLink, Error> {
        self.send(Method::POST, &["auth", "sign-in-links"], new)
            .await
    }
}
