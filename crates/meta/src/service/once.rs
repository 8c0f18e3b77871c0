//! Requests that are carried out once, however often they are sent.

use catalog::idempotency::{self, Claim};
use db::Tx;
use models::ProblemType;
use serde::Serialize;
use serde::de::DeserializeOwned;
use service_kit::problem::Reply;

use super::{Actor, Service};
use crate::error::Error;

/// A request that may be sent again: its caller, its key and what it asks for.
///
/// What is done and the key that stands for it are written in one transaction: a request that
/// fails leaves no key behind, and one that is sent twice at the same time waits for the first.
#[derive(Debug)]
pub(crate) struct Once<'a> {
    subject: &'a str,
    /// The key, and digests of the request: one to be kept, and those that were kept under keys of before.
    key: Option<(&'a str, Vec<Vec<u8>>)>,
}

impl<'a> Once<'a> {
    /// A request to `operation`, under the caller's key if there is one.
    pub(crate) fn new(
        service: &Service,
        actor: Actor<'a>,
        key: Option<&'a str>,
        operation: &str,
        request: &impl Serialize,
    ) -> Self {
        // A request may hold a password, which a plain digest would open to guessing.
        let key = key.map(|key| (key, service.secrets.fingerprints(operation, request)));
        Self {
            subject: actor.subject.unwrap_or_default(),
            key,
        }
    }

    /// What the request was answered when it was carried out; None when it has not been, and the
    /// caller is to do so in this transaction.
    ///
    /// # Errors
    /// 422 `idempotency-key-reused` when the key stands for another request.
    pub(crate) async fn recall<T: DeserializeOwned>(
        &self,
        tx: &mut Tx,
    ) -> Result<Option<T>, Error> {
        let Some((key, fingerprints)) = &self.key else {
            return Ok(None);
        };
        match idempotency::claim(tx, self.subject, key, fingerprints).await? {
            Claim::New => Ok(None),
            // One that an older release wrote and this one cannot read.
            Claim::Repeated(answer) => serde_json::from_value(answer)
                .map(Some)
                .map_err(|error| Error::Reply(Reply::internal(&error))),
            Claim::Taken => {
                let detail =
                    "this Idempotency-Key was sent with another request; make a new one for each";
                Err(Reply::new(ProblemType::IdempotencyKeyReused, detail).into())
            }
        }
    }

    /// Keeps the answer for when the request is sent again.
    ///
    /// # Errors
    /// When the store fails.
    pub(crate) async fn remember(&self, tx: &mut Tx, answer: &impl Serialize) -> Result<(), Error> {
        if let Some((key, _)) = &self.key {
            idempotency::answer(tx, self.subject, key, &serde_json::json!(answer)).await?;
        }
        Ok(())
    }
}
