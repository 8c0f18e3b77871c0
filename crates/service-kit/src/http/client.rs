//! The client for asking other services.

use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::Resolve;

use super::{REQUEST_ID, RequestId};

/// How long a connection may take to open.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// How long an unused connection is kept: less than our servers wait for the next request, so that
/// none is sent into a connection that is being closed.
const IDLE_TIMEOUT: Duration = Duration::from_secs(20);
/// How long an answer may be silent. There is no limit for the whole of it, because event streams
/// last; who waits for one answer gives the request a `timeout` of its own.
const READ_TIMEOUT: Duration = Duration::from_mins(1);

/// Makes ring the TLS provider of the process. [`http_client`] calls it; `main` should do so first
/// where anything else may open a TLS connection. Further calls change nothing.
pub fn install_crypto() {
    // The error only says that a provider has been installed, which is what we want.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// A client for asking other services: 5 seconds to connect, at most 60 of silence. It follows no
/// redirect, since one could carry a credential to another host, and takes no proxy from the
/// environment, since that would see the credentials.
///
/// # Errors
///
/// Where the machine has no usable certificates or resolver.
pub fn http_client() -> reqwest::Result<reqwest::Client> {
    builder().build()
}

/// The same, for hosts whose addresses `resolver` tells: those that others name, and must not name all.
///
/// # Errors
///
/// As [`http_client`].
pub fn http_client_by<R: Resolve + 'static>(resolver: Arc<R>) -> reqwest::Result<reqwest::Client> {
    builder().dns_resolver(resolver).build()
}

fn builder() -> reqwest::ClientBuilder {
    install_crypto();
    reqwest::Client::builder()
        .user_agent(concat!("plumbline/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(CONNECT_TIMEOUT)
        .read_timeout(READ_TIMEOUT)
        .pool_idle_timeout(IDLE_TIMEOUT)
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
}

/// Asks the service on this machine whether it is ready, for health checks without a client.
///
/// # Errors
///
/// When it does not answer within 5 seconds, or says that it is not ready.
pub async fn ask_health(port: u16) -> reqwest::Result<()> {
    http_client()?
        .get(format!("http://127.0.0.1:{port}/health/ready"))
        .timeout(CONNECT_TIMEOUT)
        .send()
        .await?
        .error_for_status()?;
    Ok(())
}

/// Sends the id of the request being served along with one that we make for it, so that both logs
/// have the same id.
#[must_use = "the request is taken and given back"]
pub fn forward_request_id(
    request: reqwest::RequestBuilder,
    id: &RequestId,
) -> reqwest::RequestBuilder {
    request.header(REQUEST_ID, id.header())
}

#[cfg(test)]
mod tests {
    use models::Ids;

    use super::*;

    #[test]
    fn the_id_travels() {
        let id = RequestId::next(&Ids::random());
        let client = http_client().unwrap();
        let request = forward_request_id(client.get("https://meta/"), &id)
            .build()
            .unwrap();
        assert_eq!(request.headers()[REQUEST_ID], id.as_str());
    }

    #[test]
    fn installing_twice_is_harmless() {
        install_crypto();
        install_crypto();
        assert!(rustls::crypto::CryptoProvider::get_default().is_some());
    }
}
