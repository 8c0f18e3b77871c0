//! The steps of a connection test that are the same for every engine.

use std::future::Future;
use std::net::SocketAddr;
use std::time::Instant;

use models::datasource::{TestStep, TlsMode};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::{ScanError, Target, passage, tls};

/// The steps of a test so far.
#[derive(Debug, Default)]
pub(crate) struct Steps(Vec<TestStep>);

impl Steps {
    /// Runs one step and keeps what came out of it. None when it failed, which ends the test.
    pub(crate) async fn run<T>(
        &mut self,
        name: &str,
        work: impl Future<Output = Result<(T, String), ScanError>>,
    ) -> Option<T> {
        let started = Instant::now();
        let outcome = work.await;
        let duration_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
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

/// Step `resolve`: the addresses of the host that may be connected to.
pub(crate) async fn resolve(target: &Target) -> Result<(Vec<SocketAddr>, String), ScanError> {
    let addresses = passage::resolve(target).await?;
    let list: Vec<String> = addresses
        .iter()
        .map(|address| address.ip().to_string())
        .collect();
    Ok((addresses, list.join(", ")))
}

/// A connection on which the server has said who it is.
#[derive(Debug)]
pub(crate) struct Greeted {
    pub(crate) stream: TcpStream,
    pub(crate) offer: Offer,
    /// The greeting, where there is one.
    pub(crate) said: Vec<u8>,
}

/// Whether a server offers TLS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Offer {
    /// It was not asked.
    Unknown,
    /// It does not.
    None,
    /// It does, and waits for these bytes and then the handshake.
    After(&'static [u8]),
}

impl Greeted {
    /// What the step `connect` found.
    pub(crate) fn with_detail(self) -> (Self, String) {
        let detail = match self.stream.peer_addr() {
            Ok(address) => format!("connected to {address}"),
            Err(_) => "connected".to_owned(),
        };
        (self, detail)
    }
}

/// Step `tls`: the handshake alone, as the mode asks for it. Answers whether it was done.
pub(crate) async fn secure(target: &Target, greeted: Greeted) -> Result<(bool, String), ScanError> {
    let mode = target.tls.mode;
    let request = match greeted.offer {
        _ if mode == TlsMode::Disable => {
            return Ok((false, "not encrypted, as asked for".to_owned()));
        }
        Offer::None | Offer::Unknown if mode == TlsMode::Prefer => {
            return Ok((
                false,
                "not encrypted: the server does not offer TLS".to_owned(),
            ));
        }
        Offer::None | Offer::Unknown => return Err(tls::not_offered(target)),
        Offer::After(request) => request,
    };
    let mut stream = greeted.stream;
    let work = async {
        stream
            .write_all(request)
            .await
            .map_err(|error| ScanError::unreachable(target, &error))?;
        tls::handshake(target, stream).await
    };
    let outcome = match timeout(target.limits.connect_timeout, work).await {
        Ok(outcome) => outcome,
        Err(_) => Err(ScanError::Timeout {
            what: "the handshake of TLS".to_owned(),
            limit: target.limits.connect_timeout,
        }),
    };
    match outcome {
        Ok(detail) => Ok((true, detail)),
        Err(error) if mode == TlsMode::Prefer => Ok((
            false,
            format!("not encrypted, since that is preferred and no more: {error}"),
        )),
        Err(error) => Err(error),
    }
}
