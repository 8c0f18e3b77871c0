//! Addresses at which no database answers.

use std::net::{Ipv4Addr, SocketAddr};

use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// Keeps a port of this machine on which nobody listens, as long as the socket lives.
///
/// # Panics
/// When the machine has no port left.
#[must_use]
pub fn refused_port() -> (TcpSocket, u16) {
    let socket = TcpSocket::new_v4().expect("a socket can be made");
    let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    socket.bind(any).expect("a port is free");
    let port = socket.local_addr().expect("it is bound").port();
    (socket, port)
}

/// A program that listens and is no database.
#[derive(Debug)]
pub struct Listener {
    /// Where it listens, on 127.0.0.1.
    pub port: u16,
    connections: watch::Receiver<usize>,
    task: JoinHandle<()>,
}

impl Listener {
    /// Returns once somebody has connected.
    ///
    /// # Panics
    /// When it has stopped listening.
    pub async fn connected(&self) {
        let mut connections = self.connections.clone();
        let some = connections.wait_for(|count| *count > 0).await;
        let _ = some.expect("it listens");
    }

    /// Says `greeting` to everyone and waits for an answer.
    ///
    /// # Panics
    /// When the machine has no port left.
    pub async fn saying(greeting: &'static [u8]) -> Self {
        Self::start(Some(greeting), true).await
    }

    /// Says `greeting` to everyone and hangs up.
    ///
    /// # Panics
    /// When the machine has no port left.
    pub async fn hanging_up_after(greeting: &'static [u8]) -> Self {
        Self::start(Some(greeting), false).await
    }

    /// Takes every connection and never says anything.
    ///
    /// # Panics
    /// When the machine has no port left.
    pub async fn silent() -> Self {
        Self::start(None, true).await
    }

    async fn start(greeting: Option<&'static [u8]>, stays: bool) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
        let listener = listener.expect("a port is free");
        let port = listener.local_addr().expect("it is bound").port();
        let (counted, connections) = watch::channel(0);
        let task = tokio::spawn(async move {
            let mut held = Vec::new();
            while let Ok((mut connection, _)) = listener.accept().await {
                counted.send_modify(|count| *count += 1);
                if let Some(greeting) = greeting {
                    // The other side may have gone already.
                    let _ = connection.write_all(greeting).await;
                }
                if stays {
                    held.push(connection);
                }
            }
        });
        Self {
            port,
            connections,
            task,
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.task.abort();
    }
}
