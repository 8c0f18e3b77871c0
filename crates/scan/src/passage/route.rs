//! From a host to a connection: resolved once, checked, and connected to what was checked.

use std::collections::HashSet;
use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use futures::FutureExt;
use futures::future::BoxFuture;
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;

use super::policy::Policy;
use crate::{ScanError, Target};

/// Names the addresses of a host.
type Lookup = dyn Fn(String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> + Send + Sync;

/// The most addresses of a host that are tried, each for as long as a connection may take.
const MOST: usize = 16;

/// How hosts become addresses, and which of these may be connected to. The usual one asks the system and refuses what
/// no data source has; see [`Policy`].
#[derive(Clone)]
pub struct Route {
    policy: Arc<Policy>,
    lookup: Arc<Lookup>,
}

impl Route {
    /// By the system's name service, within a policy.
    #[must_use]
    pub fn within(policy: Policy) -> Self {
        Self::by(policy, |host| {
            async move {
                // The port is of no matter here.
                let found = lookup_host((host, 0)).await?;
                Ok(found.map(|address| address.ip()).collect())
            }
            .boxed()
        })
    }

    /// By a name service of the caller's.
    #[must_use]
    pub fn by(
        policy: Policy,
        lookup: impl Fn(String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> + Send + Sync + 'static,
    ) -> Self {
        Self {
            policy: Arc::new(policy),
            lookup: Arc::new(lookup),
        }
    }

    /// The addresses of a host that may be connected to; none where the policy refuses all that it has.
    ///
    /// # Errors
    /// When the name service knows none, or does not answer.
    pub async fn addresses(&self, host: &str) -> io::Result<Vec<IpAddr>> {
        let mut found = (self.lookup)(host.to_owned()).await?;
        if found.is_empty() {
            return Err(io::Error::other("it has no address"));
        }
        // The name service may have put them in order.
        let mut seen = HashSet::new();
        found.retain(|address| seen.insert(*address) && self.policy.permits(*address));
        found.truncate(MOST);
        Ok(found)
    }

    /// Which addresses may be connected to.
    #[must_use]
    pub fn policy(&self) -> &Policy {
        &self.policy
    }
}

impl Default for Route {
    fn default() -> Self {
        Self::within(Policy::default())
    }
}

impl fmt::Debug for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Route")
            .field("policy", &self.policy)
            .finish_non_exhaustive()
    }
}

/// The addresses of the host that may be connected to.
pub(crate) async fn resolve(target: &Target) -> Result<Vec<SocketAddr>, ScanError> {
    let failed = |cause: String| ScanError::Resolve {
        host: target.host.clone(),
        cause,
    };
    let host = target.plain_host();
    let lookup = target.route.addresses(host);
    let found = match timeout(target.limits.connect_timeout, lookup).await {
        Ok(Ok(found)) => found,
        Ok(Err(error)) => return Err(failed(error.to_string())),
        Err(_) => return Err(failed("the name service did not answer in time".to_owned())),
    };
    if found.is_empty() {
        return Err(ScanError::Forbidden {
            host: host.to_owned(),
        });
    }
    let with_port = |address| SocketAddr::new(address, target.port);
    Ok(found.into_iter().map(with_port).collect())
}

/// A connection to the first of the addresses that answers.
pub(crate) async fn connect(
    target: &Target,
    addresses: &[SocketAddr],
) -> Result<TcpStream, ScanError> {
    let mut failure = ScanError::no_answer(target);
    for address in addresses {
        match timeout(target.limits.connect_timeout, TcpStream::connect(address)).await {
            Ok(Ok(stream)) => {
                // Whoever asks waits for the answer: small packets must not wait for each other.
                let _ = stream.set_nodelay(true);
                return Ok(stream);
            }
            Ok(Err(error)) => failure = ScanError::unreachable(target, &error),
            Err(_) => failure = ScanError::no_answer(target),
        }
    }
    Err(failure)
}

/// A connection to the host, at an address that may be connected to.
pub(crate) async fn reach(target: &Target) -> Result<TcpStream, ScanError> {
    connect(target, &resolve(target).await?).await
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use models::datasource::Engine;

    use super::*;

    #[tokio::test]
    async fn a_host_has_few_addresses_each_of_them_once_and_in_their_order() {
        let found: Vec<IpAddr> = (0..1000_u32)
            .flat_map(|number| {
                [
                    [10, 0, 0, 9],
                    [169, 254, 0, 1],
                    (0x0a01_0000 - number).to_be_bytes(),
                ]
            })
            .map(|bytes| Ipv4Addr::from(bytes).into())
            .collect();
        let mut target = Target::example(Engine::Postgresql);
        target.route = Route::by(Policy::default(), move |_| {
            let found = found.clone();
            async move { Ok(found) }.boxed()
        });
        let resolved = resolve(&target).await.expect("it has addresses");
        let first: Vec<String> = resolved[..3].iter().map(ToString::to_string).collect();
        assert_eq!(
            first,
            ["10.0.0.9:5432", "10.1.0.0:5432", "10.0.255.255:5432"]
        );
        assert_eq!(resolved.len(), MOST);
    }
}
