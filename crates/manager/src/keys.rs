//! Whose API keys are: `meta` is asked, and believed for a while.
//!
//! It is asked with a token of the service's own and not with the key: `meta` counts the credentials that it refuses
//! against the address that they come from, which is `manager`'s, and whoever makes keys up would have it shut out.
//!
//! What it refused is remembered for a moment too, so that a program with a revoked key does not ask it all the time.
//! Both memories are bounded and apart: whoever makes keys up cannot push good ones out.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use meta_client::MetaClient;
use models::auth::IntrospectApiKey;
use models::{Clock, ProblemType, Role};
use service_kit::auth::{ApiKeys, Code, KeyHolder, TokenKeys};
use service_kit::http::RequestId;
use service_kit::problem::Reply;

use crate::error::Error;

/// On whose behalf `meta` is asked: whose the key is remains to be seen.
const BEARER: &str = "the bearer of an API key";
/// How long a refusal is remembered at most.
const REFUSED_FOR: TimeDelta = TimeDelta::seconds(5);
/// How many keys are remembered.
const MOST_KNOWN: usize = 10_000;
/// How many refusals are.
const MOST_REFUSED: usize = 1_000;

/// The API keys that `meta` knows.
#[derive(Debug)]
pub(crate) struct AskedKeys {
    client: MetaClient,
    tokens: Arc<TokenKeys>,
    clock: Clock,
    /// How long an answer is believed.
    cache: TimeDelta,
    memory: Mutex<Memory>,
}

impl AskedKeys {
    pub(crate) fn new(
        client: MetaClient,
        tokens: Arc<TokenKeys>,
        clock: Clock,
        cache_seconds: u32,
    ) -> Self {
        Self {
            client,
            tokens,
            clock,
            cache: TimeDelta::seconds(cache_seconds.into()),
            memory: Mutex::default(),
        }
    }

    async fn ask(
        &self,
        key: &Code,
        request_id: Option<&RequestId>,
    ) -> Result<Option<KeyHolder>, Error> {
        let request_id = request_id.map(RequestId::header);
        let token = self.tokens.mint_service(key.tenant(), BEARER);
        let session = self.client.session(token, request_id);
        let request = IntrospectApiKey {
            key: key.secret().clone().into(),
        };
        let said = match session.introspect_api_key(&request).await {
            Ok(said) => said,
            Err(error) if error.is(ProblemType::ApiKeyNotFound) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        // A key has one role. The highest is it, should a later meta name those below too.
        Ok(said.roles.iter().max().map(|role: &Role| KeyHolder {
            tenant: said.tenant_id,
            subject: said.subject.clone(),
            role: *role,
            expires_at: said.expires_at,
        }))
    }
}

#[async_trait]
impl ApiKeys for AskedKeys {
    async fn find(
        &self,
        key: &Code,
        request_id: Option<&RequestId>,
    ) -> Result<Option<KeyHolder>, Reply> {
        let hash = key.hash();
        let memory = || self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        let asked_at = self.clock.now();
        let remembered = memory().recall(&hash, asked_at);
        match remembered {
            Some(Said::Good(holder)) => return Ok(Some(holder)),
            Some(Said::Refused) => return Ok(None),
            None => {}
        }
        let found = self.ask(key, request_id).await?;
        memory().remember(hash, found.clone(), asked_at, self.cache);
        Ok(found)
    }
}

/// What was said of a key.
#[derive(Debug, PartialEq, Eq)]
enum Said {
    Good(KeyHolder),
    Refused,
}

/// What was said of keys, by their hashes.
#[derive(Debug, Default)]
struct Memory {
    known: HashMap<[u8; 32], (KeyHolder, DateTime<Utc>)>,
    refused: HashMap<[u8; 32], DateTime<Utc>>,
}

impl Memory {
    /// What was said of a key, as far as that still counts.
    fn recall(&self, hash: &[u8; 32], now: DateTime<Utc>) -> Option<Said> {
        if let Some((holder, until)) = self.known.get(hash)
            && now < *until
        {
            return Some(Said::Good(holder.clone()));
        }
        let until = self.refused.get(hash)?;
        (now < *until).then_some(Said::Refused)
    }

    /// Keeps what was said of a key at a moment.
    fn remember(
        &mut self,
        hash: [u8; 32],
        found: Option<KeyHolder>,
        now: DateTime<Utc>,
        cache: TimeDelta,
    ) {
        let until = now + cache;
        if let Some(holder) = found {
            let until = holder.expires_at.map_or(until, |end| end.min(until));
            make_room(&mut self.known, MOST_KNOWN, |(_, until)| now < *until);
            self.known.insert(hash, (holder, until));
        } else {
            self.known.remove(&hash);
            make_room(&mut self.refused, MOST_REFUSED, |until| now < *until);
            self.refused.insert(hash, until.min(now + REFUSED_FOR));
        }
    }
}

/// Lets go of what no longer counts where there is no room, and of everything where that does not help: it is asked
/// for again.
fn make_room<V>(map: &mut HashMap<[u8; 32], V>, most: usize, counts: impl Fn(&V) -> bool) {
    if map.len() >= most {
        map.retain(|_, value| counts(value));
    }
    if map.len() >= most {
        map.clear();
    }
}

#[cfg(test)]
mod tests {
    use models::TenantId;

    use super::*;

    const CACHE: TimeDelta = TimeDelta::seconds(60);

    fn holder(expires_at: Option<DateTime<Utc>>) -> KeyHolder {
        KeyHolder {
            tenant: TenantId(7),
            subject: "key:1".to_owned(),
            role: Role::Viewer,
            expires_at,
        }
    }

    fn after(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    fn hash(number: usize) -> [u8; 32] {
        let mut hash = [0; 32];
        hash[..8].copy_from_slice(&number.to_le_bytes());
        hash
    }

    #[test]
    fn an_answer_is_believed_for_a_while() {
        let mut memory = Memory::default();
        memory.remember(hash(1), Some(holder(None)), after(0), CACHE);
        memory.remember(hash(2), None, after(0), CACHE);
        let good = Some(Said::Good(holder(None)));
        assert_eq!(memory.recall(&hash(1), after(59)), good);
        assert_eq!(memory.recall(&hash(1), after(60)), None);
        assert_eq!(memory.recall(&hash(2), after(4)), Some(Said::Refused));
        assert_eq!(memory.recall(&hash(2), after(5)), None);
        assert_eq!(memory.recall(&hash(3), after(0)), None);
        // A refusal goes above what was believed before.
        memory.remember(hash(1), None, after(1), CACHE);
        assert_eq!(memory.recall(&hash(1), after(2)), Some(Said::Refused));
    }

    #[test]
    fn nothing_is_believed_beyond_its_end() {
        let mut memory = Memory::default();
        let ends = holder(Some(after(10)));
        memory.remember(hash(1), Some(ends.clone()), after(0), CACHE);
        assert_eq!(memory.recall(&hash(1), after(9)), Some(Said::Good(ends)));
        assert_eq!(memory.recall(&hash(1), after(10)), None);
        memory.remember(hash(2), Some(holder(None)), after(0), TimeDelta::zero());
        assert_eq!(memory.recall(&hash(2), after(0)), None);
    }

    #[test]
    fn keys_that_are_made_up_neither_fill_the_memory_nor_push_good_ones_out() {
        let mut memory = Memory::default();
        memory.remember(hash(0), Some(holder(None)), after(0), CACHE);
        for number in 1..=3 * MOST_REFUSED {
            memory.remember(hash(number), None, after(0), CACHE);
            assert!(memory.refused.len() <= MOST_REFUSED);
        }
        assert!(memory.recall(&hash(0), after(1)).is_some());
        for number in 1..=MOST_KNOWN + 1 {
            memory.remember(hash(number), Some(holder(None)), after(0), CACHE);
            assert!(memory.known.len() <= MOST_KNOWN);
        }
    }
}
