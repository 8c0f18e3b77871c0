//! The way from the driver to a server leads through a passage of ours.
//!
//! The driver resolves names by itself, connects to what comes out, believes each length and count that a server states,
//! and knows no other hook than the path of a Unix socket. So it gets one, in a directory of its own, and this side of
//! it copies between the driver and a connection that was made here: to an address that was checked ([`Route`]), inside
//! of TLS where that is wanted, past a [`Guard`] that sees all that the server says. The socket's name is gone as soon as
//! the driver has come.

mod directory;
mod policy;
mod route;

pub use policy::{Network, NetworkError, Policy};
pub use route::Route;
pub(crate) use route::{connect, reach, resolve};

use std::future::pending;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use futures::future::BoxFuture;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, ReadHalf, WriteHalf, split};
use tokio::net::{UnixListener, UnixStream, unix};
use tokio::task::JoinHandle;

use crate::ScanError;
use directory::Directory;

/// How much of an answer is copied at once.
const CHUNK: usize = 64 * 1024;

/// A connection to a server, with TLS or without.
pub(crate) trait Wire: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Wire for T {}

/// Follows a dialogue. What it objects to does not reach the driver, which believes what it reads.
pub(crate) trait Guard: Send {
    /// The driver says something.
    fn asks(&mut self, bytes: &[u8]);

    /// The server says something.
    ///
    /// # Errors
    /// When it must not be passed on.
    fn answers(&mut self, bytes: &[u8]) -> Result<(), ScanError>;
}

/// A way that leads to the server, and who watches it; None where the way ended, as either side will notice.
pub(crate) type Led = Option<(Box<dyn Wire>, Box<dyn Guard>)>;

/// What ended a passage, until somebody tells it.
type Failure = Arc<Mutex<Option<ScanError>>>;

/// One connection of the driver's, as long as it lives.
#[derive(Debug)]
pub(crate) struct Passage {
    directory: Directory,
    failure: Failure,
    task: JoinHandle<()>,
}

impl Passage {
    /// Waits for the driver at a Unix socket, and has `lead` take it to the server. From then on everything is copied
    /// past the guard.
    pub(crate) fn open<L>(port: u16, lead: L) -> Result<Self, ScanError>
    where
        L: for<'a> FnOnce(&'a mut UnixStream) -> BoxFuture<'a, Result<Led, ScanError>>,
        L: Send + 'static,
    {
        let directory = Directory::create(port).map_err(|error| local(&error))?;
        let listener = UnixListener::bind(directory.socket()).map_err(|error| local(&error))?;
        let failure = Failure::default();
        let told = Arc::clone(&failure);
        let task = tokio::spawn(async move {
            // The driver learns that it is over when this goes, which is after the reason has been told.
            let mut driver = match listener.accept().await {
                Ok((driver, _)) => driver,
                Err(error) => return tell(&told, local(&error)),
            };
            drop(listener);
            if let Err(error) = walk(&mut driver, lead).await {
                tell(&told, error);
            }
        });
        Ok(Self {
            directory,
            failure,
            task,
        })
    }

    /// The directory of the socket.
    pub(crate) fn directory(&self) -> &Path {
        self.directory.path()
    }

    /// The socket.
    pub(crate) fn socket(&self) -> &Path {
        self.directory.socket()
    }

    /// Why it ended, where that was not the server hanging up. Told once.
    pub(crate) fn failure(&self) -> Option<ScanError> {
        let mut failure = self.failure.lock().unwrap_or_else(PoisonError::into_inner);
        failure.take()
    }

    /// The driver is through: nobody else shall come.
    pub(crate) fn shut(&mut self) {
        self.directory.remove();
    }

    /// Waits until the driver's last words have been passed on.
    pub(crate) async fn end(mut self) {
        // It is over either way.
        let _ = (&mut self.task).await;
    }
}

impl Drop for Passage {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn local(error: &io::Error) -> ScanError {
    ScanError::Local {
        cause: error.to_string(),
    }
}

fn tell(failure: &Failure, error: ScanError) {
    *failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
}

async fn walk<L>(driver: &mut UnixStream, lead: L) -> Result<(), ScanError>
where
    L: for<'a> FnOnce(&'a mut UnixStream) -> BoxFuture<'a, Result<Led, ScanError>>,
{
    match lead(driver).await? {
        Some((wire, guard)) => copy(driver, wire, guard).await,
        None => Ok(()),
    }
}

/// Copies both ways until the driver goes. When the server goes the driver reads to the end first, and may still write.
async fn copy(
    driver: &mut UnixStream,
    wire: Box<dyn Wire>,
    guard: Box<dyn Guard>,
) -> Result<(), ScanError> {
    let (from_driver, to_driver) = driver.split();
    let (from_server, to_server) = split(wire);
    let guard = Mutex::new(guard);
    tokio::select! {
        () = questions(from_driver, to_server, &guard) => Ok(()),
        error = answers(from_server, to_driver, &guard) => Err(error),
    }
}

/// Ends when the driver goes.
async fn questions(
    mut from: unix::ReadHalf<'_>,
    mut to: WriteHalf<Box<dyn Wire>>,
    guard: &Mutex<Box<dyn Guard>>,
) {
    let mut buffer = vec![0; CHUNK / 4];
    let mut is_heard = true;
    while let Ok(read @ 1..) = from.read(&mut buffer).await {
        guard
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .asks(&buffer[..read]);
        // Inside of TLS what is written may wait for more.
        is_heard =
            is_heard && to.write_all(&buffer[..read]).await.is_ok() && to.flush().await.is_ok();
    }
    // Good manners inside of TLS; a server that is gone needs none.
    let _ = to.shutdown().await;
}

/// Ends when the server says what it must not.
async fn answers(
    mut from: ReadHalf<Box<dyn Wire>>,
    mut to: unix::WriteHalf<'_>,
    guard: &Mutex<Box<dyn Guard>>,
) -> ScanError {
    let mut buffer = vec![0; CHUNK];
    while let Ok(read @ 1..) = from.read(&mut buffer).await {
        let answer = &buffer[..read];
        let checked = guard
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .answers(answer);
        if let Err(error) = checked {
            return error;
        }
        if to.write_all(answer).await.is_err() {
            break;
        }
    }
    let _ = to.shutdown().await;
    pending().await
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use futures::FutureExt;
    use tokio::net::{TcpListener, TcpStream};

    use super::*;

    /// Lets everything pass but one word.
    struct Deaf;

    impl Guard for Deaf {
        fn asks(&mut self, _: &[u8]) {}

        fn answers(&mut self, bytes: &[u8]) -> Result<(), ScanError> {
            match bytes {
                b"poison" => Err(ScanError::Local {
                    cause: "poison".to_owned(),
                }),
                _ => Ok(()),
            }
        }
    }

    /// A driver's end, the passage, and a server's end.
    async fn walked() -> (UnixStream, Passage, TcpStream) {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let mut passage = Passage::open(5432, move |_| {
            async move {
                let wire = TcpStream::connect(address).await.unwrap();
                Ok(Some((Box::new(wire) as _, Box::new(Deaf) as _)))
            }
            .boxed()
        })
        .unwrap();
        let driver = UnixStream::connect(passage.socket()).await.unwrap();
        passage.shut();
        assert!(!passage.directory().exists());
        let (server, _) = listener.accept().await.unwrap();
        (driver, passage, server)
    }

    async fn rest(mut of: impl AsyncRead + Unpin) -> Vec<u8> {
        let mut rest = Vec::new();
        // Who is hung up on may be told so.
        let _ = of.read_to_end(&mut rest).await;
        rest
    }

    #[tokio::test]
    async fn the_last_words_of_the_driver_arrive() {
        let (mut driver, passage, server) = walked().await;
        driver.write_all(&vec![7; 1 << 20]).await.unwrap();
        driver.shutdown().await.unwrap();
        drop(driver);
        let (heard, ()) = tokio::join!(rest(server), passage.end());
        assert_eq!(heard.len(), 1 << 20);
    }

    #[tokio::test]
    async fn the_last_words_of_the_server_arrive() {
        let (mut driver, passage, mut server) = walked().await;
        server.write_all(b"farewell").await.unwrap();
        drop(server);
        // It may still be saying something then.
        driver.write_all(b"a question").await.unwrap();
        assert_eq!(rest(&mut driver).await, b"farewell");
        drop(driver);
        assert!(passage.failure().is_none());
        passage.end().await;
    }

    #[tokio::test]
    async fn what_a_guard_objects_to_does_not_arrive_and_is_told_by_then() {
        let (driver, passage, mut server) = walked().await;
        server.write_all(b"poison").await.unwrap();
        assert_eq!(rest(driver).await, b"");
        assert!(matches!(passage.failure(), Some(ScanError::Local { .. })));
        assert!(passage.failure().is_none(), "told once");
    }
}
