//! A wire between a service and a server that a test can hold or cut.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::Server;

/// What the wire does with what the server says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// Passes it on.
    Pass,
    /// Keeps it until the mode changes.
    Hold,
    /// Hangs up, also on who comes anew.
    Cut,
    /// Passes so many bytes of each connection, then hangs up on it.
    CutAfter(usize),
    /// Passes so many bytes of each connection, then keeps the rest until the mode changes.
    HoldAfter(usize),
}

/// Passes bytes between whoever connects to [`Proxy::port`] and a server.
#[derive(Debug)]
pub struct Proxy {
    /// Where it listens, on 127.0.0.1.
    pub port: u16,
    address: watch::Sender<(String, u16)>,
    mode: watch::Sender<Mode>,
    open: Arc<AtomicUsize>,
    held: watch::Sender<usize>,
    task: JoinHandle<()>,
}

impl Proxy {
    /// A wire to a server that passes everything for now.
    ///
    /// # Panics
    /// When the machine has no port left.
    pub async fn to(server: Server) -> Self {
        let (address, leads) = watch::channel(server.address());
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
        let listener = listener.expect("a port is free");
        let port = listener.local_addr().expect("it is bound").port();
        let (mode, watched) = watch::channel(Mode::Pass);
        let open = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&open);
        let (held, _) = watch::channel(0);
        let holding = held.clone();
        let task = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let (host, port) = leads.borrow().clone();
                if let Ok(server) = TcpStream::connect((host, port)).await {
                    let (watched, counted) = (watched.clone(), Arc::clone(&counted));
                    let holding = holding.clone();
                    counted.fetch_add(1, Ordering::SeqCst);
                    tokio::spawn(async move {
                        pass(client, server, watched, holding).await;
                        counted.fetch_sub(1, Ordering::SeqCst);
                    });
                }
            }
        });
        Self {
            port,
            address,
            mode,
            open,
            held,
            task,
        }
    }

    /// Leads whoever comes anew to a server at another port of this machine.
    pub fn lead_to(&self, port: u16) {
        self.address
            .send_replace((Ipv4Addr::LOCALHOST.to_string(), port));
    }

    /// How many connections go through it now.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.open.load(Ordering::SeqCst)
    }

    /// Keeps what the server says from now on, so that whoever reads it waits.
    pub fn hold(&self) {
        self.mode.send_replace(Mode::Hold);
    }

    /// Keeps what the server says on each connection once it has said `bytes` on it since then.
    pub fn hold_after(&self, bytes: usize) {
        self.mode.send_replace(Mode::HoldAfter(bytes));
    }

    /// How many connections wait now for what the server said.
    #[must_use]
    pub fn held(&self) -> usize {
        *self.held.borrow()
    }

    /// Passes everything again, what was kept first.
    pub fn release(&self) {
        self.mode.send_replace(Mode::Pass);
    }

    /// Hangs up on everyone.
    pub fn cut(&self) {
        self.mode.send_replace(Mode::Cut);
    }

    /// Hangs up on each connection once the server has said `bytes` on it since then.
    pub fn cut_after(&self, bytes: usize) {
        self.mode.send_replace(Mode::CutAfter(bytes));
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.mode.send_replace(Mode::Cut);
        self.task.abort();
    }
}

async fn pass(
    client: TcpStream,
    server: TcpStream,
    mode: watch::Receiver<Mode>,
    held: watch::Sender<usize>,
) {
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    // Either side hanging up ends both.
    tokio::select! {
        () = upstream(from_client, to_server) => {}
        () = downstream(from_server, to_client, mode, held) => {}
    }
}

async fn upstream(mut from: OwnedReadHalf, mut to: OwnedWriteHalf) {
    // An error is an end like any other.
    let _ = tokio::io::copy(&mut from, &mut to).await;
}

async fn downstream(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    mut mode: watch::Receiver<Mode>,
    held: watch::Sender<usize>,
) {
    let mut buffer = vec![0; 16 * 1024];
    let mut said = 0;
    loop {
        let read = tokio::select! {
            read = from.read(&mut buffer) => read,
            Ok(()) = mode.changed() => {
                if *mode.borrow_and_update() == Mode::Cut {
                    return;
                }
                said = 0;
                continue;
            }
        };
        let Ok(read @ 1..) = read else { return };
        let holds = |mode: &Mode| match mode {
            Mode::Hold => true,
            Mode::HoldAfter(bytes) => said + read > *bytes,
            Mode::Pass | Mode::Cut | Mode::CutAfter(_) => false,
        };
        let holding = holds(&mode.borrow()).then(|| Holding::begin(&held));
        let Ok(now) = mode.wait_for(|mode| !holds(mode)).await.map(|now| *now) else {
            return;
        };
        drop(holding);
        let passed = match now {
            Mode::Cut => return,
            Mode::CutAfter(bytes) => read.min(bytes.saturating_sub(said)),
            Mode::Pass | Mode::Hold | Mode::HoldAfter(_) => read,
        };
        said += passed;
        if to.write_all(&buffer[..passed]).await.is_err() || passed < read {
            return;
        }
    }
}

/// Counts as kept while it lives: a client that goes away ends that as well.
struct Holding(watch::Sender<usize>);

impl Holding {
    fn begin(held: &watch::Sender<usize>) -> Self {
        held.send_modify(|count| *count += 1);
        Self(held.clone())
    }
}

impl Drop for Holding {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count -= 1);
    }
}
