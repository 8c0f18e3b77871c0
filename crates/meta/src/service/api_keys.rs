//! API keys: making, revoking and knowing them.

use async_trait::async_trait;
use catalog::api_keys::{self, NewApiKey};
use chrono::TimeDelta;
use db::{Store, StoreError, Tx};
use models::auth::{ApiKey, CreateApiKey, CreatedApiKey, CredentialKind, Introspection, Secret};
use models::{Clock, ProblemType, Role, TenantId};
use service_kit::auth::{ApiKeys, Caller, Code, CodeKind, KeyHolder};
use service_kit::conditional::IfMatch;
use service_kit::http::RequestId;
use service_kit::problem::Reply;

use super::{Actor, Once, Service};
use crate::error::Error;

/// How exactly `last_used_at` is kept. A key that is used all the time costs one write in it.
const USE_IS_NOTED_EVERY: TimeDelta = TimeDelta::minutes(1);

impl Service {
    /// Makes an API key. A request that is sent again makes none, and cannot show the secret again either.
    pub(crate) async fn create_api_key(
        &self,
        caller: &Caller,
        key: Option<&str>,
        request: CreateApiKey,
    ) -> Result<CreatedApiKey, Error> {
        refuse_above(caller, &[request.role])?;
        let once = Once::new(self, Actor::from(caller), key, "create API key", &request);
        let mut tx = self.store.begin(caller.tenant).await?;
        if let Some(ApiKey { id, .. }) = once.recall(&mut tx).await? {
            return Err(shown(&format!("API key {id}")));
        }
        let secret = Code::make(CodeKind::ApiKey, caller.tenant);
        let days = request.expires_in_days;
        let new = NewApiKey {
            name: &request.name,
            role: request.role,
            prefix: &secret.shown(),
            secret_hash: &secret.hash(),
            created_by: &caller.subject,
            expires_at: days.map(|days| self.clock.now() + TimeDelta::days(days.into())),
        };
        let api_key = api_keys::create(&mut tx, &new).await?;
        once.remember(&mut tx, &api_key).await?;
        tx.commit().await?;
        Ok(CreatedApiKey {
            api_key,
            key: secret.secret().clone().into(),
        })
    }

    /// One API key.
    pub(crate) async fn get_api_key(&self, tenant: TenantId, id: i64) -> Result<ApiKey, Error> {
        let mut tx = self.store.begin(tenant).await?;
        existing(&mut tx, id).await
    }

    /// What an API key of the tenant is.
    pub(crate) async fn introspect(
        &self,
        tenant: TenantId,
        key: &Secret,
    ) -> Result<Introspection, Error> {
        let keys = StoredKeys {
            store: self.store.clone(),
            clock: self.clock.clone(),
        };
        let found = match Code::read(CodeKind::ApiKey, key.expose()) {
            Some(key) if key.tenant() == tenant => keys.look_up(&key).await?,
            _ => None,
        };
        let holder = found.ok_or_else(|| {
            let detail = "there is no such API key, or it has ended".to_owned();
            Error::NotFound(ProblemType::ApiKeyNotFound, detail)
        })?;
        Ok(Introspection {
            kind: CredentialKind::ApiKey,
            tenant_id: holder.tenant,
            subject: holder.subject,
            roles: vec![holder.role],
            expires_at: holder.expires_at,
        })
    }

    /// Revokes an API key for good.
    pub(crate) async fn revoke_api_key(
        &self,
        tenant: TenantId,
        id: i64,
        condition: &IfMatch,
    ) -> Result<(), Error> {
        let mut tx = self.store.begin(tenant).await?;
        if condition.is_given() {
            let api_key = existing(&mut tx, id).await?;
            condition.check(&api_key).map_err(Reply::from)?;
        }
        if !api_keys::revoke(&mut tx, id, self.clock.now()).await? {
            return Err(Error::api_key_not_found(id));
        }
        tx.commit().await?;
        Ok(())
    }
}

async fn existing(tx: &mut Tx, id: i64) -> Result<ApiKey, Error> {
    api_keys::get(tx, id)
        .await?
        .ok_or_else(|| Error::api_key_not_found(id))
}

/// Nobody hands out more than they have.
pub(super) fn refuse_above(caller: &Caller, roles: &[Role]) -> Result<(), Error> {
    match roles.iter().find(|role| !caller.has(**role)) {
        None => Ok(()),
        Some(role) => {
            let detail = format!("the role {role} is above your own");
            Err(Reply::new(ProblemType::Forbidden, detail).into())
        }
    }
}

/// The answer to a request that was carried out before: its secret is kept nowhere.
pub(super) fn shown(what: &str) -> Error {
    let detail = format!("{what} was made by this request before, and its secret shown then");
    Reply::new(ProblemType::SecretShown, detail).into()
}

/// The API keys of the store, for the layer that guards the API.
#[derive(Debug, Clone)]
pub(crate) struct StoredKeys {
    pub(crate) store: Store,
    pub(crate) clock: Clock,
}

impl StoredKeys {
    /// The transaction is bound to the tenant that the key names: see the migration that made the table.
    async fn look_up(&self, key: &Code) -> Result<Option<KeyHolder>, StoreError> {
        let now = self.clock.now();
        let mut tx = self.store.begin(key.tenant()).await?;
        let Some(found) = api_keys::find(&mut tx, &key.hash(), now).await? else {
            return Ok(None);
        };
        let since = now - USE_IS_NOTED_EVERY;
        if found.last_used_at.is_none_or(|used| used <= since) {
            api_keys::set_used(&mut tx, found.id, now, since).await?;
            tx.commit().await?;
        }
        Ok(Some(KeyHolder {
            tenant: key.tenant(),
            subject: format!("key:{}", found.id),
            role: found.role,
            expires_at: found.expires_at,
        }))
    }
}

#[async_trait]
impl ApiKeys for StoredKeys {
    async fn find(&self, key: &Code, _: Option<&RequestId>) -> Result<Option<KeyHolder>, Reply> {
        let found = self.look_up(key).await;
        found.map_err(|error| Reply::from(Error::from(error)))
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    #[test]
    fn nobody_hands_out_more_than_they_have() {
        let caller = Caller {
            tenant: TenantId(1),
            subject: "ada".to_owned(),
            roles: vec![Role::Operator],
            service: false,
            expires_at: DateTime::UNIX_EPOCH,
            token: "".into(),
        };
        assert!(refuse_above(&caller, &[Role::Viewer, Role::Operator]).is_ok());
        assert!(refuse_above(&caller, &[Role::Viewer, Role::Admin]).is_err());
    }
}
