//! The server: HTTP/1.1 on a listener until it is told to stop.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulConnection, GracefulShutdown};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tower::Service;

use crate::metrics;

/// How long the server waits for others.
#[derive(Clone, Copy)]
struct Patience {
    /// For the head of a request, the first or the next one of its connection. `axum::serve` has
    /// no such limit, so that idle clients could hold every descriptor.
    header: Duration,
    /// For requests under way after the stop; event streams are cut then.
    grace: Duration,
}

const PATIENCE: Patience = Patience {
    header: Duration::from_secs(30),
    grace: Duration::from_secs(10),
};

/// How long to wait before accepting again when the process has no descriptor left.
const ACCEPT_PAUSE: Duration = Duration::from_secs(1);
/// How often the metrics fold up their samples, which otherwise grow until somebody scrapes them.
const UPKEEP: Duration = Duration::from_secs(5);

/// The address cannot be listened on.
#[derive(Debug, thiserror::Error)]
#[error("cannot listen on {address}: {source}; choose another server.address or server.port")]
pub struct BindError {
    address: SocketAddr,
    source: io::Error,
}

/// Listens on an address; port 0 takes a free one.
///
/// # Errors
///
/// When the port is taken or the address is not this machine's.
pub async fn bind(address: SocketAddr) -> Result<TcpListener, BindError> {
    TcpListener::bind(address)
        .await
        .map_err(|source| BindError { address, source })
}

/// Serves `router` until `stop` is cancelled, then takes no new connection, lets requests end for
/// up to 10 seconds, and cuts the rest.
///
/// Handlers find the client's address as `ConnectInfo<SocketAddr>`. HTTP/2 is left to the reverse
/// proxy that does TLS.
///
/// # Errors
///
/// Where the listener has no address. A failing connection ends alone, in the log.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    stop: CancellationToken,
) -> io::Result<()> {
    serve_patiently(listener, router, stop, PATIENCE).await
}

async fn serve_patiently(
    listener: TcpListener,
    router: Router,
    stop: CancellationToken,
    patience: Patience,
) -> io::Result<()> {
    let address = listener.local_addr()?;
    tracing::info!(%address, "listening");
    let graceful = GracefulShutdown::new();
    let mut connections = JoinSet::new();
    let mut upkeep = tokio::time::interval(UPKEEP);
    loop {
        tokio::select! {
            () = stop.cancelled() => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    let served = connection(stream, peer, router.clone(), patience.header);
                    connections.spawn(watch(graceful.watcher().watch(served), peer));
                }
                Err(error) => pause_after(&error).await,
            },
            Some(_) = connections.join_next(), if !connections.is_empty() => {}
            _ = upkeep.tick() => metrics::upkeep(),
        }
    }
    drop(listener);
    let open = connections.len();
    if tokio::time::timeout(patience.grace, graceful.shutdown())
        .await
        .is_err()
    {
        tracing::warn!(%address, open, "connections cut at the end of the grace period");
    }
    connections.shutdown().await;
    tracing::info!(%address, "stopped listening");
    Ok(())
}

/// One connection, which hands its requests to `router`.
fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    header_timeout: Duration,
) -> impl GracefulConnection<Error = hyper::Error> {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "cannot set TCP_NODELAY");
    }
    let service = hyper::service::service_fn(move |request: http::Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().call(request)
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(header_timeout)
        .serve_connection(TokioIo::new(stream), service)
}

/// Runs a connection to its end.
async fn watch(served: impl Future<Output = hyper::Result<()>>, peer: SocketAddr) {
    if let Err(error) = served.await {
        tracing::debug!(%peer, %error, "connection ended early");
    }
}

/// Errors of one client need no pause; the others, such as no descriptor left, would spin.
async fn pause_after(error: &io::Error) {
    let of_the_client = matches!(
        error.kind(),
        io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
    );
    if !of_the_client {
        tracing::error!(%error, "cannot accept connections");
        tokio::time::sleep(ACCEPT_PAUSE).await;
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::sync::Notify;

    use super::*;
    use crate::http::http_client;

    const SHORT: Duration = Duration::from_millis(50);

    async fn start(
        router: Router,
        patience: Patience,
    ) -> (String, CancellationToken, tokio::task::JoinHandle<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let stop = CancellationToken::new();
        let token = stop.clone();
        let server = tokio::spawn(async move {
            serve_patiently(listener, router, token, patience)
                .await
                .unwrap();
        });
        (url, stop, server)
    }

    #[tokio::test]
    async fn a_request_under_way_is_answered_after_the_stop() {
        let (started, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let (tell, wait) = (started.clone(), go_on.clone());
        let slow = move || async move {
            tell.notify_one();
            wait.notified().await;
            "done"
        };
        let (url, stop, server) = start(Router::new().route("/slow", get(slow)), PATIENCE).await;
        let client = http_client().unwrap();
        let asked = tokio::spawn(client.get(format!("{url}/slow")).send());
        started.notified().await;
        stop.cancel();
        go_on.notify_one();
        assert_eq!(asked.await.unwrap().unwrap().text().await.unwrap(), "done");
        server.await.unwrap();
        // Another program may have the port by now: it gives no answer of ours.
        assert!(client.get(url).send().await.is_err());
    }

    #[tokio::test]
    async fn an_endless_answer_is_cut_after_the_grace_period() {
        let started = Arc::new(Notify::new());
        let tell = started.clone();
        let endless = move || async move {
            tell.notify_one();
            std::future::pending::<()>().await;
        };
        let (url, stop, server) = start(
            Router::new().route("/", get(endless)),
            Patience {
                grace: SHORT,
                ..PATIENCE
            },
        )
        .await;
        let asked = tokio::spawn(http_client().unwrap().get(url).send());
        started.notified().await;
        stop.cancel();
        server.await.unwrap();
        assert!(asked.await.unwrap().is_err());
    }

    #[tokio::test]
    async fn handlers_see_the_clients_address() {
        async fn peer(ConnectInfo(peer): ConnectInfo<SocketAddr>) -> String {
            peer.ip().to_string()
        }
        let (url, stop, server) = start(Router::new().route("/", get(peer)), PATIENCE).await;
        let answer = http_client().unwrap().get(url).send().await.unwrap();
        assert_eq!(answer.text().await.unwrap(), "127.0.0.1");
        stop.cancel();
        server.await.unwrap();
    }

    #[tokio::test]
    async fn a_client_that_sends_no_whole_head_is_cut() {
        let patience = Patience {
            header: SHORT,
            ..PATIENCE
        };
        let (url, stop, server) = start(Router::new(), patience).await;
        for sent in ["", "GET / HT"] {
            let mut stream = TcpStream::connect(url.strip_prefix("http://").unwrap())
                .await
                .unwrap();
            stream.write_all(sent.as_bytes()).await.unwrap();
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer).await.unwrap();
            assert!(!answer.starts_with(b"HTTP/1.1 200"), "{answer:?}");
        }
        stop.cancel();
        server.await.unwrap();
    }
}
