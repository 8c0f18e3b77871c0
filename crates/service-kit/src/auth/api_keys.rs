//! API keys as the layer sees them: each service says in its own way whose one is.

use std::fmt;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use models::{Role, TenantId};

use super::{Caller, Code};
use crate::http::RequestId;
use crate::problem::Reply;

/// How long what a key has begun may go on, such as a stream of events, before the key is looked at again: it may
/// have been revoked.
const LONGEST_USE: TimeDelta = TimeDelta::minutes(5);

/// Whose an API key is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyHolder {
    /// The tenant that it opens.
    pub tenant: TenantId,
    /// In whose name its requests are.
    pub subject: String,
    /// What it allows.
    pub role: Role,
    /// When it ends.
    pub expires_at: Option<DateTime<Utc>>,
}

impl KeyHolder {
    /// The caller that the key makes at `now`.
    pub(super) fn caller(&self, key: &Code, now: DateTime<Utc>) -> Caller {
        let longest = now + LONGEST_USE;
        Caller {
            tenant: self.tenant,
            subject: self.subject.clone(),
            roles: vec![self.role],
            service: false,
            expires_at: self.expires_at.map_or(longest, |end| end.min(longest)),
            token: key.secret().clone(),
        }
    }
}

/// Whoever knows whose API keys are: `meta` by its store, `manager` by asking `meta`.
#[async_trait]
pub trait ApiKeys: fmt::Debug + Send + Sync {
    /// Whose a key is; None for one that nobody made, or that has ended or been revoked.
    ///
    /// # Errors
    /// The answer to the request where this cannot be found out at present, which is no 401: the key may be good.
    async fn find(
        &self,
        key: &Code,
        request_id: Option<&RequestId>,
    ) -> Result<Option<KeyHolder>, Reply>;
}
