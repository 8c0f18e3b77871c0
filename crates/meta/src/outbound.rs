//! Calls of services that tenants name. They may name any host, so that the operator's network policy holds for
//! these as it does for data sources, on the very address that is connected to.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::{Client, RequestBuilder, Url};
use scan::{Route, ScanError};
use service_kit::http_client_by;

/// Why a service could not be called.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OutboundError {
    /// The URL is none.
    #[error("{0} is no URL that can be called")]
    Url(String),
    /// The operator does not let its host have this address, or nobody knows one.
    #[error("{0}")]
    Host(ScanError),
    /// Nobody answered, or not in time.
    #[error(
        "{url} cannot be called: {cause}; check that the service runs and answers within {limit} s"
    )]
    Silent {
        /// Where.
        url: String,
        /// What was seen.
        cause: String,
        /// How long it had.
        limit: u64,
    },
}

impl OutboundError {
    /// Whether the same call may succeed later without anybody changing anything.
    pub(crate) fn is_transient(&self) -> bool {
        match self {
            Self::Url(_) => false,
            Self::Host(error) => error.is_transient(),
            Self::Silent { .. } => true,
        }
    }
}

/// Calls services within the network policy.
#[derive(Debug, Clone)]
pub(crate) struct Outbound {
    client: Client,
    route: Route,
}

impl Outbound {
    /// # Errors
    /// Where the machine has no usable certificates.
    pub(crate) fn new(route: Route) -> reqwest::Result<Self> {
        let client = http_client_by(Arc::new(ByPolicy(route.clone())))?;
        Ok(Self { client, route })
    }

    /// A request, which is yet to be sent.
    pub(crate) fn post(&self, url: &str) -> Result<RequestBuilder, OutboundError> {
        let wrong = || OutboundError::Url(without_query(url));
        let parsed = Url::parse(url).map_err(|_| wrong())?;
        let host = parsed.host_str().ok_or_else(wrong)?;
        // An address is not resolved, so that nothing else would look at it.
        let host = host.trim_start_matches('[').trim_end_matches(']');
        if !self.route.policy().permits_host(host) {
            let host = host.to_owned();
            return Err(OutboundError::Host(ScanError::Forbidden { host }));
        }
        Ok(self.client.post(parsed))
    }

    /// Sends a request; the status of the answer, whose body is not read.
    pub(crate) async fn send(
        &self,
        request: RequestBuilder,
        limit: Duration,
    ) -> Result<StatusCode, OutboundError> {
        match request.timeout(limit).send().await {
            Ok(answer) => Ok(answer.status()),
            Err(error) => Err(failure(error, limit)),
        }
    }
}

fn failure(error: reqwest::Error, limit: Duration) -> OutboundError {
    let url = error
        .url()
        .map(|url| without_query(url.as_str()))
        .unwrap_or_default();
    let error = error.without_url();
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&error);
    let mut last = error.to_string();
    while let Some(error) = cause {
        if let Some(Forbidden(host)) = error.downcast_ref() {
            let host = host.clone();
            return OutboundError::Host(ScanError::Forbidden { host });
        }
        last = error.to_string();
        cause = error.source();
    }
    OutboundError::Silent {
        url,
        cause: last,
        limit: limit.as_secs(),
    }
}

/// A URL as messages have it: what stands behind `?` may be a secret.
fn without_query(url: &str) -> String {
    url.split('?').next().unwrap_or(url).to_owned()
}

/// The policy allows none of a host's addresses.
#[derive(Debug, thiserror::Error)]
#[error("{0} is not allowed by the operator's network policy")]
struct Forbidden(String);

/// Names the addresses of a host that may be connected to.
struct ByPolicy(Route);

impl Resolve for ByPolicy {
    fn resolve(&self, name: Name) -> Resolving {
        let route = self.0.clone();
        Box::pin(async move {
            let host = name.as_str();
            match route.addresses(host).await {
                Ok(found) if found.is_empty() => Err(Forbidden(host.to_owned()).into()),
                Ok(found) => {
                    // The port is that of the URL.
                    let addresses = found.into_iter().map(|address| SocketAddr::new(address, 0));
                    Ok(Box::new(addresses) as Addrs)
                }
                Err(error) => Err(error.into()),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use futures::FutureExt;
    use scan::Policy;

    use super::*;

    /// A name service that leads everybody to one address, within a policy.
    fn outbound(address: &str, policy: Policy) -> Outbound {
        let address: IpAddr = address.parse().expect("an address");
        let lookup = move |_: String| async move { Ok(vec![address]) }.boxed();
        Outbound::new(Route::by(policy, lookup)).expect("a client")
    }

    fn policy(denied: &str) -> Policy {
        Policy::new(Vec::new(), vec![denied.parse().expect("a network")])
    }

    #[tokio::test]
    async fn a_host_that_the_policy_does_not_allow_is_not_called() {
        let limit = Duration::from_secs(5);
        let closed = outbound("127.0.0.1", policy("127.0.0.0/8"));
        for url in [
            "http://127.0.0.1:1/",
            "http://[::ffff:127.0.0.1]:1/",
            "http://169.254.169.254/latest",
        ] {
            let error = closed.post(url).expect_err(url);
            assert!(
                matches!(error, OutboundError::Host(ScanError::Forbidden { .. })),
                "{error}"
            );
        }
        // A name is resolved when it is called, whatever it led to before.
        let request = closed
            .post("http://inside.example:1/?key=s3cret")
            .expect("a name");
        let error = closed
            .send(request, limit)
            .await
            .expect_err("it leads inside");
        assert!(
            matches!(error, OutboundError::Host(ScanError::Forbidden { .. })),
            "{error}"
        );
        assert!(!error.is_transient());
    }

    #[tokio::test]
    async fn nobody_there_may_pass() {
        let open = outbound("127.0.0.1", Policy::default());
        let request = open
            .post("http://etl.example:1/run?key=s3cret")
            .expect("a name");
        let error = open
            .send(request, Duration::from_secs(5))
            .await
            .expect_err("nobody listens");
        assert!(error.is_transient(), "{error}");
        let told = error.to_string();
        assert!(
            told.starts_with("http://etl.example:1/run cannot be called"),
            "{told}"
        );
        assert!(!told.contains("s3cret"), "{told}");
        assert!(matches!(open.post("no url"), Err(OutboundError::Url(_))));
    }
}
