//! The steps of a connection test that are the same for every engine.

use std::future::Future;
use std::net::SocketAddr;
use std::time::Instant;

use models::datasource::TestStep;
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;

use crate::{ScanError, Target};

/// The steps of a test so far.
#[derive(Debug, Default)]
pub(crate) struct Steps(Vec<TestStep>);

impl Steps {
    /// Runs one step and keeps what came out of it. None when it failed, which ends the test. What
    /// fails for want of a secure connection is called `tls`.
    pub(crate) async fn run<T>(
        &mut self,
        name: &str,
        work: impl Future<Output = Result<(T, String), ScanError>>,
    ) -> Option<T> {
        let started = Instant::now();
        let outcome = work.await;
        let duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        // A login fails before it has begun when no secure connection can be had.
        let name = match &outcome {
            Err(ScanError::Tls { .. }) => "tls",
            _ => name,
        };
        let (ok, detail, value) = match outcome {
            Ok((value, detail)) => (true, detail, Some(value)),
            Err(error) => (false, error.to_string(), None),
        };
        self.0.push(TestStep {
            name: name.to_owned(),
            ok,
            detail,
            duration_ms,
        });
        value
    }

    /// The steps, for the report.
    pub(crate) fn into_vec(self) -> Vec<TestStep> {
        self.0
    }
}

/// Step `resolve`: the addresses of the host.
pub(crate) async fn resolve(target: &Target) -> Result<(Vec<SocketAddr>, String), ScanError> {
    let failed = |cause: String| ScanError::Resolve {
        host: target.host.clone(),
        cause,
    };
    // An IPv6 address may come in brackets, as in a URL.
    let host = target.host.trim_start_matches('[').trim_end_matches(']');
    let lookup = timeout(
        target.limits.connect_timeout,
        lookup_host((host, target.port)),
    );
    let addresses: Vec<SocketAddr> = match lookup.await {
        Ok(Ok(addresses)) => addresses.collect(),
        Ok(Err(error)) => return Err(failed(error.to_string())),
        Err(_) => return Err(failed("the name service did not answer in time".to_owned())),
    };
    if addresses.is_empty() {
        return Err(failed("it has no address".to_owned()));
    }
    let mut list: Vec<String> = addresses
        .iter()
        .map(|address| address.ip().to_string())
        .collect();
    list.dedup();
    Ok((addresses, list.join(", ")))
}

/// Step `connect`: the first of the addresses that answers.
pub(crate) async fn connect(
    target: &Target,
    addresses: &[SocketAddr],
) -> Result<(SocketAddr, String), ScanError> {
    let mut cause = String::new();
    for address in addresses {
        match timeout(target.limits.connect_timeout, TcpStream::connect(address)).await {
            Ok(Ok(_)) => return Ok((*address, format!("connected to {address}"))),
            Ok(Err(error)) => cause = error.to_string(),
            Err(_) => {
                cause = format!(
                    "no answer within {} s",
                    target.limits.connect_timeout.as_secs()
                );
            }
        }
    }
    Err(ScanError::Connect {
        address: format!("{}:{}", target.host, target.port),
        cause,
    })
}
