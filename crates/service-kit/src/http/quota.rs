//! How often somebody may ask: a bucket of tokens for each caller, and for each address that has
//! shown no valid credential.
//!
//! The crate `governor` would do the arithmetic, but its keyed limiters grow without a bound, which
//! is what an attacker would use; with one there is little left of it.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{AUTHORIZATION, RETRY_AFTER};
use http::{Method, StatusCode};
use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use models::{ProblemType, TenantId};
use tokio::time::Instant;

use super::{ClientAddress, is_watched};
use crate::auth::Caller;
use crate::config::ServerConfig;
use crate::problem::Reply;

/// How many buckets of a kind there are at most. One is gone as soon as it is full again.
const MOST: usize = 10_000;
/// What a credential that is refused costs, so that guessing is slower than asking.
const GUESS: u32 = 10;

/// The buckets of a service.
#[derive(Debug)]
pub(super) struct Quotas {
    /// Only who has a valid credential has one, so that nobody can make them up.
    callers: Buckets<(TenantId, String)>,
    /// Requests without a credential, by network.
    open: Buckets<IpNet>,
    /// Requests with a credential that was not believed, whether it was refused or nobody looked, by
    /// network. Apart from the others, so that who only reads documents keeps nobody at the same
    /// address from asking.
    refused: Buckets<IpNet>,
}

impl Quotas {
    /// None where any number of requests is taken.
    pub(super) fn new(config: &ServerConfig) -> Option<Arc<Self>> {
        let rate = Rate::new(config.requests_per_second, config.request_burst.get())?;
        Some(Arc::new(Self {
            callers: Buckets::new(rate, MOST),
            open: Buckets::new(rate, MOST),
            refused: Buckets::new(rate, MOST),
        }))
    }
}

/// Middleware: refuses requests of an address that asks too often without a credential, or with
/// those that are refused. Health and metrics are answered all the same.
pub(super) async fn limit_address(
    State(quotas): State<Arc<Quotas>>,
    mut request: Request,
    next: Next,
) -> Response {
    let address = request.extensions().get::<ClientAddress>().copied();
    request.extensions_mut().insert(Arc::clone(&quotas));
    let Some(network) = address.map(network) else {
        return next.run(request).await;
    };
    // A preflight never has a credential, and no more to it than a header.
    if is_watched(request.uri().path()) || request.method() == Method::OPTIONS {
        return next.run(request).await;
    }
    let now = Instant::now();
    if !request.headers().contains_key(AUTHORIZATION) {
        return match quotas.open.take(network, 1, now) {
            Ok(()) => next.run(request).await,
            Err(wait) => refuse(wait),
        };
    }
    if let Err(wait) = quotas.refused.look(&network, GUESS, now) {
        return refuse(wait);
    }
    let mut guess = Guess {
        quotas,
        network,
        known: Known::default(),
        status: None,
    };
    request.extensions_mut().insert(guess.known.clone());
    let response = next.run(request).await;
    guess.status = Some(response.status());
    response
}

/// Whether it is known who asks, since the credential was believed.
#[derive(Debug, Clone, Default)]
struct Known(Arc<AtomicBool>);

/// A request with a credential. Unless that is believed, its network pays for it when this is dropped:
/// with the answer, or without one when the sender has hung up.
struct Guess {
    quotas: Arc<Quotas>,
    network: IpNet,
    known: Known,
    status: Option<StatusCode>,
}

impl Drop for Guess {
    fn drop(&mut self) {
        if self.known.0.load(Ordering::Relaxed) {
            return;
        }
        let tokens = match self.status {
            None | Some(StatusCode::UNAUTHORIZED) => GUESS,
            // Nobody looked at it: the route is open, or there is none.
            Some(_) => 1,
        };
        // Those that were under way together may overdraw it, which costs them nothing more.
        let refused = &self.quotas.refused;
        let _ = refused.take(self.network, tokens, Instant::now());
    }
}

/// Refuses a request of a caller who asks too often. A service paces itself, and asks for many.
pub(super) fn limit_caller(request: &Request, caller: &Caller) -> Option<Response> {
    if let Some(Known(known)) = request.extensions().get() {
        known.store(true, Ordering::Relaxed);
    }
    if caller.service {
        return None;
    }
    let quotas = request.extensions().get::<Arc<Quotas>>()?;
    let key = (caller.tenant, caller.subject.clone());
    let taken = quotas.callers.take(key, 1, Instant::now());
    taken.err().map(refuse)
}

fn refuse(wait: Duration) -> Response {
    let seconds = wait.as_secs() + 1;
    let detail = format!("you ask too often; go on in {seconds} s");
    let reply = Reply::new(ProblemType::RateLimited, detail);
    ([(RETRY_AFTER, seconds.to_string())], reply).into_response()
}

/// Whoever has one address of IPv6 has the 2^64 around it.
fn network(ClientAddress(address): ClientAddress) -> IpNet {
    match address {
        IpAddr::V4(address) => Ipv4Net::from(address).into(),
        IpAddr::V6(address) => Ipv6Net::new_assert(address, 64).trunc().into(),
    }
}

/// How fast a bucket fills, and how much it holds.
#[derive(Debug, Clone, Copy)]
struct Rate {
    /// What a token takes to come.
    every: Duration,
    burst: u32,
}

impl Rate {
    fn new(per_second: u32, burst: u32) -> Option<Self> {
        let every = Duration::from_secs(1).checked_div(per_second)?;
        Some(Self { every, burst })
    }
}

/// Buckets of one kind, each told by when it will be full again: until then, it lacks one token for
/// each [`Rate::every`] (the generic cell rate algorithm). One that is full need not be known.
#[derive(Debug)]
struct Buckets<K> {
    rate: Rate,
    most: usize,
    full_at: Mutex<HashMap<K, Instant>>,
}

impl<K: Hash + Eq> Buckets<K> {
    fn new(rate: Rate, most: usize) -> Self {
        Self {
            rate,
            most,
            full_at: Mutex::default(),
        }
    }

    /// Takes tokens, all of the bucket's if it cannot hold that many.
    ///
    /// # Errors
    /// How long to wait until there are enough.
    fn take(&self, key: K, tokens: u32, now: Instant) -> Result<(), Duration> {
        let mut full_at = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        let then = self.after(full_at.get(&key), tokens, now)?;
        if full_at.len() >= self.most && !full_at.contains_key(&key) {
            make_room(&mut full_at, self.most, now);
        }
        full_at.insert(key, then);
        Ok(())
    }

    /// As [`Buckets::take`], and takes none.
    fn look(&self, key: &K, tokens: u32, now: Instant) -> Result<(), Duration> {
        let full_at = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        self.after(full_at.get(key), tokens, now).map(drop)
    }

    /// When a bucket will be full again that loses some tokens now.
    fn after(
        &self,
        full_at: Option<&Instant>,
        tokens: u32,
        now: Instant,
    ) -> Result<Instant, Duration> {
        let Rate { every, burst } = self.rate;
        let full_at = full_at.copied().unwrap_or(now).max(now);
        let then = full_at + every * tokens.min(burst);
        let lacks = (then - now).saturating_sub(every * burst);
        if lacks.is_zero() {
            Ok(then)
        } else {
            Err(lacks)
        }
    }
}

/// Forgets the buckets that are full, and the fuller half of the others if there are still `most`.
fn make_room<K: Hash + Eq>(full_at: &mut HashMap<K, Instant>, most: usize, now: Instant) {
    full_at.retain(|_, at| *at > now);
    if full_at.len() >= most {
        let mut all: Vec<Instant> = full_at.values().copied().collect();
        let (_, middle, _) = all.select_nth_unstable(most / 2);
        full_at.retain(|_, at| *at > *middle);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    fn buckets(per_second: u32, burst: u32) -> Buckets<u32> {
        Buckets::new(Rate::new(per_second, burst).unwrap(), 100)
    }

    #[test]
    fn a_bucket_is_emptied_and_fills_again() {
        let (buckets, start) = (buckets(2, 3), Instant::now());
        for _ in 0..3 {
            assert_eq!(buckets.take(7, 1, start), Ok(()));
        }
        assert_eq!(buckets.take(7, 1, start), Err(SECOND / 2));
        assert_eq!(buckets.take(8, 1, start), Ok(()), "another's is untouched");
        let later = start + SECOND / 2;
        assert_eq!(buckets.look(&7, 1, later), Ok(()));
        assert_eq!(buckets.take(7, 1, later), Ok(()));
        assert_eq!(buckets.take(7, 1, later), Err(SECOND / 2));
        let full = start + 10 * SECOND;
        let taken = (0..5).filter(|_| buckets.take(7, 1, full).is_ok()).count();
        assert_eq!(taken, 3, "it holds no more than its burst");
    }

    #[test]
    fn whoever_asks_in_vain_is_not_put_off_further() {
        let (buckets, start) = (buckets(1, 1), Instant::now());
        assert_eq!(buckets.take(7, 1, start), Ok(()));
        for _ in 0..100 {
            assert_eq!(buckets.take(7, 1, start), Err(SECOND));
        }
        assert_eq!(buckets.take(7, 1, start + SECOND), Ok(()));
    }

    #[test]
    fn more_than_it_holds_empties_it() {
        let (buckets, start) = (buckets(1, 3), Instant::now());
        assert_eq!(buckets.take(7, 10, start), Ok(()));
        assert_eq!(buckets.take(7, 1, start), Err(SECOND));
    }

    #[test]
    fn there_is_an_end_to_what_is_known() {
        let (buckets, start) = (buckets(1, 100), Instant::now());
        for _ in 0..50 {
            buckets.take(0, 1, start).unwrap();
        }
        for key in 1..1000 {
            buckets.take(key, 1, start).unwrap();
            assert!(buckets.full_at.lock().unwrap().len() <= 100);
        }
        let left = (0..100).filter(|_| buckets.take(0, 1, start).is_ok());
        assert_eq!(left.count(), 50, "who has asked most is remembered");
    }

    #[test]
    fn nobody_is_limited_where_the_rate_is_nought() {
        assert!(Rate::new(0, 5).is_none());
    }

    #[test]
    fn addresses_of_one_network_share_a_bucket() {
        let of = |text: &str| network(ClientAddress(text.parse().unwrap())).to_string();
        assert_eq!(of("192.0.2.1"), "192.0.2.1/32");
        assert_eq!(of("2001:db8::1"), of("2001:db8::ffff:1"));
        assert_ne!(of("2001:db8::1"), of("2001:db8:0:1::1"));
    }
}
