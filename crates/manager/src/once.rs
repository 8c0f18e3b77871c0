//! Requests that are answered once, however often they are sent under one `Idempotency-Key`.
//!
//! Managing something twice changes nothing, so a request that is cut off may be carried out again:
//! only the answer has to be kept, in a transaction of its own after the work.

use db::Store;
use models::ProblemType;
use serde::Serialize;
use serde::de::DeserializeOwned;
use service_kit::auth::Caller;
use service_kit::problem::Reply;
use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::store::idempotency::{self, Answered};

/// A request under the caller's key, if it has one.
#[derive(Debug)]
pub(crate) struct Once<'a> {
    store: &'a Store,
    caller: &'a Caller,
    key: Option<(&'a str, Vec<u8>)>,
}

impl<'a> Once<'a> {
    /// A request with this body.
    pub(crate) fn new(
        store: &'a Store,
        caller: &'a Caller,
        key: Option<&'a str>,
        request: &impl Serialize,
    ) -> Self {
        let key = key.map(|key| {
            let request = serde_json::to_vec(request).expect("bodies of the API are plain data");
            (key, Sha256::digest(&request).to_vec())
        });
        Self { store, caller, key }
    }

    /// What the request was answered before; None when it was not.
    ///
    /// # Errors
    /// 422 `idempotency-key-reused` when the key stands for another request.
    pub(crate) async fn recall<T: DeserializeOwned>(&self) -> Result<Option<T>, Error> {
        let Some((key, fingerprint)) = &self.key else {
            return Ok(None);
        };
        let mut tx = self.store.begin(self.caller.tenant).await?;
        match idempotency::find(&mut tx, &self.caller.subject, key).await? {
            None => Ok(None),
            Some(answered) => read(answered, fingerprint).map(Some),
        }
    }

    /// Keeps the answer for when the request is sent again, and hands out the one that is kept.
    ///
    /// # Errors
    /// As for [`Once::recall`], where another request under the key was faster.
    pub(crate) async fn remember<T: Serialize + DeserializeOwned>(
        &self,
        answer: T,
    ) -> Result<T, Error> {
        let Some((key, fingerprint)) = &self.key else {
            return Ok(answer);
        };
        let new = Answered {
            fingerprint: fingerprint.clone(),
            answer: serde_json::json!(answer),
        };
        let mut tx = self.store.begin(self.caller.tenant).await?;
        let kept = idempotency::keep(&mut tx, &self.caller.subject, key, &new).await?;
        tx.commit().await?;
        read(kept, fingerprint)
    }
}

fn read<T: DeserializeOwned>(answered: Answered, fingerprint: &[u8]) -> Result<T, Error> {
    if answered.fingerprint != fingerprint {
        let detail = "this Idempotency-Key was sent with another request; make a new one for each";
        return Err(Reply::new(ProblemType::IdempotencyKeyReused, detail).into());
    }
    // One that an older release wrote and this one cannot read.
    serde_json::from_value(answered.answer).map_err(|error| Reply::internal(&error).into())
}
