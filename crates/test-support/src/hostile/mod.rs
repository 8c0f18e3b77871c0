//! Servers that mean harm: doubles that speak a protocol and answer by a script, since no real server does what they do.

mod mysql;
mod postgres;

use std::fmt;
use std::io;
use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use models::datasource::{Engine, Tls, TlsMode};
use scan::{Filters, Limits, Route, Target};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::interval;

/// One value of a row, and so the type that is announced for its column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Bytes that are announced as text.
    Text(Vec<u8>),
    /// 64 bits.
    Number(i64),
    /// 32 bits.
    Small(i32),
    /// A truth value.
    Flag(bool),
    /// Bytes of a type that the driver of a `PostgreSQL` has to ask for. A `MySQL` has none.
    Odd(Vec<u8>),
    /// NULL.
    Null,
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.as_bytes().to_vec())
    }
}

/// What a server does with a statement.
#[derive(Clone)]
pub enum Act {
    /// Answers with rows.
    Rows(Vec<Vec<Value>>),
    /// Answers with so many rows, each made from its number.
    Many(u64, fn(u64) -> Vec<Value>),
    /// Says these bytes in place of an answer, and then nothing.
    Says(Vec<u8>),
    /// Says these bytes one by one, each after a pause, over and over.
    Drips(Vec<u8>, Duration),
    /// Says nothing.
    Silent,
}

impl fmt::Debug for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Rows(_) => "Rows",
            Self::Many(..) => "Many",
            Self::Says(_) => "Says",
            Self::Drips(..) => "Drips",
            Self::Silent => "Silent",
        })
    }
}

/// What a server does otherwise than one that means well: with the login, and with statements that have a word in them.
#[derive(Debug, Clone, Default)]
struct Script {
    /// In place of the answer to who connects, after the greeting.
    login: Option<Act>,
    /// The plugin that the greeting of a `MySQL` names.
    plugin: Option<&'static str>,
    /// In place of what a `MySQL` says of a statement that it is to prepare.
    prepared: Option<Act>,
    statements: Vec<(&'static str, Act)>,
    /// The certificate of `tests/servers` to do TLS with.
    certificate: Option<&'static str>,
}

impl Script {
    fn of(&self, statement: &str) -> Option<Act> {
        let mut acts = self.statements.iter();
        let found = acts.find(|(word, _)| statement.contains(word));
        found.map(|(_, act)| act.clone())
    }
}

/// A server that goes by a script.
#[derive(Debug)]
pub struct FakeServer {
    engine: Engine,
    /// Where it listens, on 127.0.0.1.
    pub port: u16,
    script: Arc<Mutex<Script>>,
    heard: Arc<Mutex<Vec<u8>>>,
    task: JoinHandle<()>,
}

/// A connection, and what is kept of it.
struct Dialogue {
    stream: Box<dyn Stream>,
    script: Script,
    heard: Arc<Mutex<Vec<u8>>>,
}

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

impl FakeServer {
    /// One that means well for now, and has no databases.
    ///
    /// # Panics
    /// When the machine has no port left.
    pub async fn start(engine: Engine) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
        let listener = listener.expect("a port is free");
        let port = listener.local_addr().expect("it is bound").port();
        let (script, heard) = (Arc::<Mutex<Script>>::default(), Arc::<Mutex<_>>::default());
        let (read, kept) = (Arc::clone(&script), Arc::clone(&heard));
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let script = read.lock().unwrap_or_else(PoisonError::into_inner).clone();
                let heard = Arc::clone(&kept);
                // Who is hung up on has no complaint: that is what tests wait for.
                tokio::spawn(async move {
                    let _ = answer(engine, stream, script, heard).await;
                });
            }
        });
        Self {
            engine,
            port,
            script,
            heard,
            task,
        }
    }

    fn script(&self, change: impl FnOnce(&mut Script)) {
        change(&mut self.script.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// From now on statements with this word in them are answered so.
    pub fn on(&self, word: &'static str, act: Act) {
        self.script(|script| script.statements.insert(0, (word, act)));
    }

    /// From now on who logs in is answered so.
    pub fn on_login(&self, act: Act) {
        self.script(|script| script.login = Some(act));
    }

    /// From now on a `MySQL` answers so who has a statement prepared.
    pub fn on_prepare(&self, act: Act) {
        self.script(|script| script.prepared = Some(act));
    }

    /// From now on the greeting of a `MySQL` names this plugin.
    pub fn greet_with(&self, plugin: &'static str) {
        self.script(|script| script.plugin = Some(plugin));
    }

    /// From now on it does TLS with a certificate that `tests/servers` made.
    pub fn show(&self, certificate: &'static str) {
        self.script(|script| script.certificate = Some(certificate));
    }

    /// All that it has been sent, inside of TLS where that was on.
    #[must_use]
    pub fn heard(&self) -> Vec<u8> {
        self.heard
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// For a scanner: where it is, a login, and little patience.
    #[must_use]
    pub fn target(&self) -> Target {
        Target {
            engine: self.engine,
            host: Ipv4Addr::LOCALHOST.to_string(),
            port: self.port,
            username: "reader".to_owned(),
            password: "canary-of-a-password".into(),
            database: None,
            tls: Tls {
                mode: TlsMode::Prefer,
                ca_certificate: None,
            },
            filters: Filters::default(),
            limits: Limits {
                connect_timeout: Duration::from_secs(1),
                statement_timeout: Duration::from_secs(1),
                ..Limits::default()
            },
            route: Route::default(),
        }
    }
}

impl Drop for FakeServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(
    engine: Engine,
    stream: TcpStream,
    script: Script,
    heard: Arc<Mutex<Vec<u8>>>,
) -> io::Result<()> {
    match engine {
        Engine::Mysql => mysql::answer(stream, script, heard).await,
        Engine::Postgresql => postgres::answer(stream, script, heard).await,
    }
}

impl Dialogue {
    async fn read(&mut self, length: usize) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; length];
        self.stream.read_exact(&mut bytes).await?;
        let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        heard.extend(&bytes);
        Ok(bytes)
    }

    async fn say(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes).await?;
        self.stream.flush().await
    }

    /// Does what is no answer of the protocol. Ends when the other side goes.
    async fn misbehave(&mut self, act: &Act) -> io::Result<()> {
        match act {
            Act::Drips(bytes, pause) => {
                let mut ticks = interval(*pause);
                for byte in bytes.iter().cycle() {
                    ticks.tick().await;
                    self.say(&[*byte]).await?;
                }
            }
            Act::Says(bytes) => self.say(bytes).await?,
            Act::Rows(_) | Act::Many(..) | Act::Silent => {}
        }
        loop {
            self.read(1).await?;
        }
    }
}
