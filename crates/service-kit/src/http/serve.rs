//! The server: HTTP/1.1 on a listener until it is told to stop.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::ConnectInfo;
use http::header::CONNECTION;
use http::{HeaderValue, Request};
use hyper::body::{Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulConnection, GracefulShutdown};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tower::Service;

use super::connections::{Connections, Place, Turn};
use super::crowd::OneTooMany;
use super::stream::Watched;
use crate::config::ServerConfig;
use crate::metrics;

/// How long the server waits for others.
#[derive(Clone, Copy)]
struct Patience {
    /// For the head of a request, the first or the next one of its connection.
    header: Duration,
    /// For the other side to take anything of what it is sent.
    taking: Duration,
    /// For requests under way after the stop; event streams are cut then.
    grace: Duration,
}

impl Patience {
    fn new(config: &ServerConfig) -> Self {
        Self {
            header: config.header_timeout(),
            taking: Duration::from_mins(1),
            grace: Duration::from_secs(10),
        }
    }
}

/// For the head of a request on a connection that is one too many.
const SPARE_PATIENCE: Duration = Duration::from_secs(5);
/// The largest head of a request: a token of 8 KiB and a query string of as much find room.
const LARGEST_HEAD: usize = 64 * 1024;
/// The most headers of a request.
const MOST_HEADERS: usize = 100;
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
    config: &ServerConfig,
    stop: CancellationToken,
) -> io::Result<()> {
    let connections = Connections::new(config.max_connections.get());
    serve_patiently(listener, router, stop, connections, Patience::new(config)).await
}

async fn serve_patiently(
    listener: TcpListener,
    router: Router,
    stop: CancellationToken,
    places: Connections,
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
                Ok((stream, peer)) => if let Some(place) = places.admit() {
                    let served = connection(stream, peer, router.clone(), &place, patience);
                    connections.spawn(watch(graceful.watcher().watch(served), peer, place));
                } else {
                    // The listener would else keep it waiting, and us from seeing that some is free.
                    metrics::record_cut("no_room");
                    drop(stream);
                },
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

/// The connection has lost its place to another before this request came.
#[derive(Debug, thiserror::Error)]
#[error("the connection has lost its place")]
struct PlaceLost;

/// One connection, which hands its requests to `router`.
fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    place: &Place,
    patience: Patience,
) -> impl GracefulConnection<Error = hyper::Error> + use<> {
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "cannot set TCP_NODELAY");
    }
    let (turns, is_spare) = (place.turns(), place.is_spare());
    let stream = Watched::new(stream, patience.taking, turns.clone());
    let service = hyper::service::service_fn(move |request: Request<Incoming>| {
        let (mut router, turn) = (router.clone(), turns.begin());
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        if is_spare {
            request.extensions_mut().insert(OneTooMany);
        }
        async move {
            let turn = turn.ok_or(PlaceLost)?;
            let Ok(mut response) = router.call(request).await;
            if is_spare {
                let close = HeaderValue::from_static("close");
                response.headers_mut().insert(CONNECTION, close);
            }
            Ok::<_, PlaceLost>(response.map(|body| UnderWay { body, _turn: turn }))
        }
    });
    let header = if is_spare {
        patience.header.min(SPARE_PATIENCE)
    } else {
        patience.header
    };
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(header)
        .max_header_size(LARGEST_HEAD)
        .max_headers(MOST_HEADERS)
        .serve_connection(TokioIo::new(stream), service)
}

/// The body of an answer: until its end, the request is under way.
struct UnderWay {
    body: Body,
    _turn: Turn,
}

impl HttpBody for UnderWay {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// Runs a connection to its end, or until it has to make room.
async fn watch(served: impl Future<Output = hyper::Result<()>>, peer: SocketAddr, place: Place) {
    tokio::select! {
        ended = served => if let Err(error) = ended {
            tracing::debug!(%peer, %error, "connection ended early");
        },
        () = place.cut() => {
            metrics::record_cut("made_room");
            tracing::debug!(%peer, "connection made room for another");
        }
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
mod tests;
