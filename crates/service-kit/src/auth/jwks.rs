//! The keys that an issuer of tokens shows at a URL (RFC 7517), kept for a while.
//!
//! A set that is older than its time is fetched again by the next token. A token that names an
//! unknown key has the set fetched earlier, since the issuer may have got a new key; but never
//! sooner than [`PAUSE`] after the last time, so that whoever makes names of keys up cannot have us
//! hammer the issuer. What cannot be fetched leaves the keys as they are.

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use http::StatusCode;
use http::header::ACCEPT;
use jsonwebtoken::{Algorithm, DecodingKey};
use models::Clock;
use serde::Deserialize;
use serde_json::Value;
use tokio::sync::Mutex;
use url::Url;

use super::AuthError;
use crate::problem::chain;

/// The least time between two fetches.
const PAUSE: TimeDelta = TimeDelta::seconds(10);
/// How long a fetch may take.
const FETCH_TIMEOUT: Duration = Duration::from_secs(5);
/// The largest set, in bytes: hundreds of keys.
const LARGEST: usize = 256 * 1024;
/// The shortest modulus of an RSA key, in bytes (RFC 7518, section 3.3).
const SHORTEST_MODULUS: usize = 256;

/// The keys of an issuer.
pub(super) struct Jwks {
    url: Url,
    http: reqwest::Client,
    clock: Clock,
    cache: TimeDelta,
    state: RwLock<State>,
    /// Held by the one who fetches.
    turn: Arc<Mutex<()>>,
}

#[derive(Default)]
struct State {
    keys: Vec<IssuerKey>,
    /// When the set was last fetched well.
    fetched_at: Option<DateTime<Utc>>,
    /// When the last fetch ended, well or not.
    asked_at: Option<DateTime<Utc>>,
    /// Whether that one failed.
    failed: bool,
}

struct IssuerKey {
    kid: Option<String>,
    /// The one that it is for.
    algorithm: Algorithm,
    key: DecodingKey,
}

/// What is known of a key at a moment.
struct Look {
    key: Option<DecodingKey>,
    /// Whether the set is to be fetched.
    is_due: bool,
}

impl Jwks {
    pub(super) fn new(url: Url, http: reqwest::Client, clock: Clock, cache: TimeDelta) -> Self {
        Self {
            url,
            http,
            clock,
            cache,
            state: RwLock::default(),
            turn: Arc::default(),
        }
    }

    /// The key of this name for this algorithm. A token without a name means the issuer's only key for it.
    ///
    /// # Errors
    /// [`AuthError::UnknownKey`], and [`AuthError::IssuerAway`] where the set that should have it cannot be fetched.
    pub(super) async fn find(
        self: &Arc<Self>,
        kid: Option<&str>,
        algorithm: Algorithm,
    ) -> Result<DecodingKey, AuthError> {
        let look = self.look(kid, algorithm);
        if !look.is_due {
            return look.key.ok_or_else(|| self.lack());
        }
        let turn = match (look.key, Arc::clone(&self.turn).try_lock_owned()) {
            (_, Ok(turn)) => turn,
            // Somebody is at it; until then the key is good.
            (Some(key), Err(_)) => return Ok(key),
            (None, Err(_)) => Arc::clone(&self.turn).lock_owned().await,
        };
        // Whoever had the turn before may have fetched it.
        if self.look(kid, algorithm).is_due {
            let keys = Arc::clone(self);
            // By itself: whoever brought the token may hang up, and would have it begun again and again.
            let fetch = async move {
                keys.fetch().await;
                drop(turn);
            };
            if tokio::spawn(fetch).await.is_err() {
                return Err(AuthError::IssuerAway);
            }
        }
        self.look(kid, algorithm).key.ok_or_else(|| self.lack())
    }

    fn look(&self, kid: Option<&str>, algorithm: Algorithm) -> Look {
        let state = self.state.read().unwrap_or_else(PoisonError::into_inner);
        let mut of_name = state
            .keys
            .iter()
            .filter(|one| one.algorithm == algorithm)
            .filter(|one| kid.is_none() || kid == one.kid.as_deref());
        let key = match (of_name.next(), of_name.next()) {
            (Some(_), Some(_)) if kid.is_none() => None,
            (first, _) => first.map(|one| one.key.clone()),
        };
        let now = self.clock.now();
        // A clock that was set back must not stop everything until it has caught up.
        let is_past =
            |then: Option<DateTime<Utc>>, span| then.is_none_or(|then| (now - then).abs() >= span);
        let is_wanted = key.is_none() || is_past(state.fetched_at, self.cache);
        Look {
            key,
            is_due: is_wanted && is_past(state.asked_at, PAUSE),
        }
    }

    /// Why there is no key.
    fn lack(&self) -> AuthError {
        let state = self.state.read().unwrap_or_else(PoisonError::into_inner);
        if state.failed || state.fetched_at.is_none() {
            AuthError::IssuerAway
        } else {
            AuthError::UnknownKey
        }
    }

    async fn fetch(&self) {
        let fetched = self.download().await;
        let now = self.clock.now();
        let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
        state.asked_at = Some(now);
        state.failed = fetched.is_err();
        match fetched {
            Ok(keys) => {
                tracing::info!(url = %self.url, keys = keys.len(), "the issuer's keys fetched");
                state.keys = keys;
                state.fetched_at = Some(now);
            }
            Err(error) => {
                let (url, cause) = (&self.url, chain(&error));
                let kept = state.keys.len();
                tracing::error!(%url, kept, cause, "the issuer's keys cannot be fetched");
            }
        }
    }

    async fn download(&self) -> Result<Vec<IssuerKey>, FetchError> {
        let request = self
            .http
            .get(self.url.clone())
            .header(ACCEPT, "application/jwk-set+json, application/json")
            .timeout(FETCH_TIMEOUT);
        let mut response = request.send().await?;
        if response.status() != StatusCode::OK {
            return Err(FetchError::Status(response.status()));
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await? {
            if body.len() + chunk.len() > LARGEST {
                return Err(FetchError::TooLarge);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(read(&body)?)
    }
}

impl fmt::Debug for Jwks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Jwks")
            .field("url", &self.url.as_str())
            .finish_non_exhaustive()
    }
}

/// Why a set was not fetched.
#[derive(Debug, thiserror::Error)]
enum FetchError {
    #[error("the issuer does not answer")]
    Http(#[from] reqwest::Error),
    #[error("the issuer answers with {0}")]
    Status(StatusCode),
    #[error("the issuer's set of keys has more than {LARGEST} bytes")]
    TooLarge,
    #[error("the issuer's answer is no set of keys")]
    Form(#[from] serde_json::Error),
}

/// The members of a key that say what it is and what it is for (RFC 7517, section 4, and RFC 7518, section 6).
#[derive(Deserialize)]
struct Jwk {
    kty: String,
    kid: Option<String>,
    alg: Option<String>,
    #[serde(rename = "use")]
    usage: Option<String>,
    key_ops: Option<Vec<String>>,
    n: Option<String>,
    e: Option<String>,
    crv: Option<String>,
    x: Option<String>,
    y: Option<String>,
}

/// The keys of a set that can check what we take. Those of other kinds are left out, as RFC 7517, section 5, has it.
fn read(set: &[u8]) -> Result<Vec<IssuerKey>, serde_json::Error> {
    #[derive(Deserialize)]
    struct Set {
        keys: Vec<Value>,
    }
    let Set { keys } = serde_json::from_slice(set)?;
    let known = keys.into_iter().filter_map(|key| {
        let jwk: Jwk = serde_json::from_value(key).ok()?;
        usable(jwk)
    });
    Ok(known.collect())
}

fn usable(jwk: Jwk) -> Option<IssuerKey> {
    let signs = jwk.usage.as_deref().is_none_or(|usage| usage == "sig");
    let checks = jwk.key_ops.as_ref();
    let checks = checks.is_none_or(|operations| operations.iter().any(|one| one == "verify"));
    if !signs || !checks {
        return None;
    }
    // One algorithm for each kind: a secret among them (`oct`) is none that checks anything here.
    let (algorithm, name, key) = match jwk.kty.as_str() {
        "RSA" => {
            let (n, e) = (jwk.n?, jwk.e?);
            let modulus = URL_SAFE_NO_PAD.decode(&n).ok()?;
            let length = modulus.iter().skip_while(|byte| **byte == 0).count();
            if length < SHORTEST_MODULUS {
                return None;
            }
            let key = DecodingKey::from_rsa_components(&n, &e).ok()?;
            (Algorithm::RS256, "RS256", key)
        }
        "EC" if jwk.crv.as_deref() == Some("P-256") => {
            let key = DecodingKey::from_ec_components(&jwk.x?, &jwk.y?).ok()?;
            (Algorithm::ES256, "ES256", key)
        }
        _ => return None,
    };
    let is_for_it = jwk.alg.is_none_or(|alg| alg == name);
    is_for_it.then_some(IssuerKey {
        kid: jwk.kid,
        algorithm,
        key,
    })
}

#[cfg(test)]
pub(super) mod tests;
