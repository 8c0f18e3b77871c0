//! Certificates, and servers that do TLS otherwise than the ones that `tests/servers` starts.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::path::PathBuf;
use std::sync::Arc;

use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{self, AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

use crate::Server;
use crate::server::variable;

/// The bit of a greeting's capabilities that offers TLS, in the upper of its two bytes
/// (`MySQL` internals, "Protocol: `HandshakeV10`").
const CLIENT_SSL: u8 = 0x08;

/// A certificate that `tests/servers` made, as PEM: `ca` is the authority of all servers, `foreign` one
/// that has issued nothing.
///
/// # Panics
/// When the servers have not been started.
#[must_use]
pub fn certificate(name: &str) -> String {
    let path = file(name, "pem");
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn file(name: &str, kind: &str) -> PathBuf {
    let folder = variable("PLUMBLINE_TEST_CERTIFICATES");
    let folder = folder.expect("PLUMBLINE_TEST_CERTIFICATES is set by `tests/servers up`");
    PathBuf::from(folder).join(format!("{name}.{kind}"))
}

/// What does TLS with a certificate that `tests/servers` made.
pub(crate) fn acceptor(name: &str) -> TlsAcceptor {
    let chain = CertificateDer::from_pem_file(file(name, "pem")).expect("a certificate");
    let key = PrivateKeyDer::from_pem_file(file(name, "key")).expect("a key");
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("ring has TLS 1.3")
        .with_no_client_auth()
        .with_single_cert(vec![chain], key)
        .expect("the key is the certificate's");
    TlsAcceptor::from(Arc::new(config))
}

/// Whether this machine has IPv6, and so the servers listen on `::1` too.
#[must_use]
pub fn has_ipv6() -> bool {
    std::net::TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).is_ok()
}

/// What a door does when it is asked for TLS.
#[derive(Clone)]
enum Manner {
    Declines,
    Shows(TlsAcceptor),
}

/// A door before a server that has its own mind about TLS.
#[derive(Debug)]
pub struct Door {
    /// Where it listens, on 127.0.0.1.
    pub port: u16,
    task: JoinHandle<()>,
}

impl Door {
    /// Offers no TLS and passes everything else on.
    ///
    /// # Panics
    /// When the machine has no port left.
    pub async fn without_tls(server: Server) -> Self {
        Self::open(server, Manner::Declines).await
    }

    /// Does TLS with a certificate that `tests/servers` made. Behind that it passes everything on to
    /// `PostgreSQL`; before a `MySQL` it ends there.
    ///
    /// # Panics
    /// When there is no such certificate, or the machine has no port left.
    pub async fn showing(server: Server, name: &str) -> Self {
        Self::open(server, Manner::Shows(acceptor(name))).await
    }

    async fn open(server: Server, manner: Manner) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
        let listener = listener.expect("a port is free");
        let port = listener.local_addr().expect("it is bound").port();
        let task = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let manner = manner.clone();
                // Either side hanging up ends both, and is no error of the test's.
                tokio::spawn(async move {
                    let _ = pass(client, server, manner).await;
                });
            }
        });
        Self { port, task }
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn pass(mut client: TcpStream, server: Server, manner: Manner) -> io::Result<()> {
    let mut behind = TcpStream::connect(server.address()).await?;
    if server == Server::Postgres {
        // SSLRequest, or the beginning of what a client sends that wants no TLS.
        let mut opening = [0; 8];
        client.read_exact(&mut opening).await?;
        if opening[4..] != [0x04, 0xd2, 0x16, 0x2f] {
            behind.write_all(&opening).await?;
        } else if let Manner::Shows(acceptor) = manner {
            client.write_all(b"S").await?;
            let mut client = acceptor.accept(client).await?;
            return io::copy_bidirectional(&mut client, &mut behind)
                .await
                .map(drop);
        } else {
            client.write_all(b"N").await?;
        }
    } else {
        let mut greeting = vec![0; 4];
        behind.read_exact(&mut greeting).await?;
        greeting.resize(4 + usize::from(greeting[0]), 0);
        behind.read_exact(&mut greeting[4..]).await?;
        if let Manner::Shows(acceptor) = manner {
            client.write_all(&greeting).await?;
            client.read_exact(&mut [0; 36]).await?;
            return acceptor.accept(client).await.map(drop);
        }
        // After the version: the number of the connection, the challenge, a NUL, the lower byte.
        let version = greeting[5..].iter().position(|byte| *byte == 0);
        let version = version.expect("a version ends with NUL");
        greeting[5 + version + 1 + 4 + 8 + 1 + 1] &= !CLIENT_SSL;
        client.write_all(&greeting).await?;
    }
    io::copy_bidirectional(&mut client, &mut behind)
        .await
        .map(drop)
}
