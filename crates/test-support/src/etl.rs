//! A service of a tenant's own that does ETLs. It is a double: a test has no tenant with a service.

use std::convert::Infallible;
use std::net::Ipv4Addr;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use bytes::Bytes;
use futures::Stream;
use http::header::LOCATION;
use http::{HeaderMap, StatusCode};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinHandle;

/// What a service answers to each call.
#[derive(Debug, Clone)]
pub enum EtlAnswer {
    /// A status.
    Status(StatusCode),
    /// That it is somewhere else.
    Elsewhere(String),
    /// Nothing at all.
    Never,
    /// That it has taken the job, and more for as long as anybody reads.
    Endless,
}

/// One call.
#[derive(Debug)]
pub struct EtlCall {
    /// Its headers.
    pub headers: HeaderMap,
    /// What it says.
    pub body: Value,
}

/// Plays a service that is called to do an ETL.
#[derive(Debug)]
pub struct EtlDouble {
    /// Where it is.
    pub url: String,
    calls: UnboundedReceiver<EtlCall>,
    read: UnboundedReceiver<u64>,
    task: JoinHandle<std::io::Result<()>>,
}

impl EtlDouble {
    /// One that answers so.
    ///
    /// # Panics
    /// When the machine has no port left.
    pub async fn answering(answer: EtlAnswer) -> Self {
        let (calling, calls) = unbounded_channel();
        let (reading, read) = unbounded_channel();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
        let listener = listener.expect("a port is free");
        let port = listener.local_addr().expect("it is bound").port();
        let router = Router::new().route("/run", post(take)).with_state(Double {
            answer,
            calling,
            reading,
        });
        Self {
            url: format!("http://127.0.0.1:{port}/run"),
            calls,
            read,
            task: tokio::spawn(async { axum::serve(listener, router).await }),
        }
    }

    /// The next call.
    ///
    /// # Panics
    /// When the service has ended.
    pub async fn call(&mut self) -> EtlCall {
        self.calls.recv().await.expect("the service runs")
    }

    /// How many bytes of an endless answer the caller took before it hung up.
    ///
    /// # Panics
    /// When the service has ended.
    pub async fn hung_up(&mut self) -> u64 {
        self.read.recv().await.expect("the service runs")
    }

    /// Whether all calls have been looked at.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.calls.is_empty()
    }
}

impl Drop for EtlDouble {
    fn drop(&mut self) {
        self.task.abort();
    }
}

#[derive(Debug, Clone)]
struct Double {
    answer: EtlAnswer,
    calling: UnboundedSender<EtlCall>,
    reading: UnboundedSender<u64>,
}

async fn take(State(double): State<Double>, headers: HeaderMap, body: String) -> Response {
    let body = serde_json::from_str(&body).unwrap_or(Value::Null);
    // Nobody looks any more where the test is over.
    let _ = double.calling.send(EtlCall { headers, body });
    match double.answer {
        EtlAnswer::Status(status) => status.into_response(),
        EtlAnswer::Elsewhere(url) => {
            (StatusCode::TEMPORARY_REDIRECT, [(LOCATION, url)]).into_response()
        }
        EtlAnswer::Never => std::future::pending().await,
        EtlAnswer::Endless => Body::from_stream(Endless {
            sent: 0,
            reading: double.reading,
        })
        .into_response(),
    }
}

/// A body without an end, which tells how much of it was asked for when nobody wants it any more.
struct Endless {
    sent: u64,
    reading: UnboundedSender<u64>,
}

impl Stream for Endless {
    type Item = Result<Bytes, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        const PIECE: &[u8] = &[b'x'; 65_536];
        self.sent += PIECE.len() as u64;
        Poll::Ready(Some(Ok(Bytes::from_static(PIECE))))
    }
}

impl Drop for Endless {
    fn drop(&mut self) {
        // Nobody looks any more where the test is over.
        let _ = self.reading.send(self.sent);
    }
}
