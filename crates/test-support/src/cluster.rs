//! A `PostgreSQL` server of a test's own, which may crash.

use std::fs::{self, File};
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU16, Ordering};

use rustix::process::{Pid, Signal, kill_process};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions, Connection};
use std::str::FromStr;
use url::Url;

use crate::server::variable;
use crate::{eventually, unique};

/// The login that may do everything; the server listens on loopback only, and is thrown away.
const LOGIN: &str = "plumbline";

/// A server with a data directory of its own.
#[derive(Debug)]
pub struct Cluster {
    folder: PathBuf,
    port: u16,
    server: Child,
}

impl Cluster {
    /// A new one that runs.
    ///
    /// # Panics
    /// When it cannot be made.
    pub async fn start() -> Self {
        // Not TMPDIR: the account of the server must get there.
        let folder = Path::new("/tmp").join(unique("plumbline_cluster"));
        fs::create_dir(&folder).expect("/tmp can be written");
        let open = fs::Permissions::from_mode(0o777);
        fs::set_permissions(&folder, open).expect("the folder is ours");
        let password = folder.join("password");
        fs::write(&password, LOGIN).expect("a file of ours");
        let initdb = program("initdb")
            .args([
                "--no-sync",
                "--no-instructions",
                "--auth=scram-sha-256",
                "--locale=C.UTF-8",
            ])
            .args(["--encoding=UTF8", "--username", LOGIN, "--pwfile"])
            .arg(&password)
            .arg("--pgdata")
            .arg(folder.join("data"))
            .output()
            .expect("initdb can be run");
        let said = String::from_utf8_lossy(&initdb.stderr);
        assert!(initdb.status.success(), "{said}");
        let port = free_port();
        let server = launch(&folder, port);
        let mut cluster = Self {
            folder,
            port,
            server,
        };
        cluster.wait_until_ready().await;
        cluster
    }

    /// Where it is, with the login that may do everything.
    ///
    /// # Panics
    /// Never: the URL is sound.
    #[must_use]
    pub fn url(&self) -> Url {
        let url = format!(
            "postgresql://{LOGIN}:{LOGIN}@127.0.0.1:{}/postgres",
            self.port
        );
        Url::parse(&url).expect("a sound URL")
    }

    /// Has all its processes end at once, as in a crash: nothing is written any more, and what is
    /// unlogged will be empty. Source: `PostgreSQL` manual, "Shutting Down the Server", SIGQUIT.
    ///
    /// # Panics
    /// When it does not end.
    pub async fn crash(&mut self) {
        kill_process(Pid::from_child(&self.server), Signal::QUIT).expect("it runs");
        eventually("the server to end", async || {
            self.server.try_wait().expect("a child of ours")
        })
        .await;
    }

    /// Starts it again after a crash, at the same port.
    ///
    /// # Panics
    /// When it does not start.
    pub async fn start_again(&mut self) {
        self.server = launch(&self.folder, self.port);
        self.wait_until_ready().await;
    }

    /// A connection to a database that may do everything.
    ///
    /// # Panics
    /// When the server refuses.
    pub async fn connect(&self, database: &str) -> PgConnection {
        self.options(database)
            .connect()
            .await
            .expect("the server lets its owner in")
    }

    fn options(&self, database: &str) -> PgConnectOptions {
        PgConnectOptions::from_str(self.url().as_str())
            .expect("a sound URL")
            .database(database)
    }

    async fn wait_until_ready(&mut self) {
        eventually("the server to let us in", async || {
            let ended = self.server.try_wait().expect("a child of ours");
            assert!(ended.is_none(), "{ended:?}: {}", said(&self.folder));
            let connection = self.options("postgres").connect().await.ok()?;
            connection.close().await.ok()
        })
        .await;
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if matches!(self.server.try_wait(), Ok(None)) {
            // It lets the server end its processes, which a kill would not.
            let _ = kill_process(Pid::from_child(&self.server), Signal::QUIT);
            let _ = self.server.wait();
        }
        if let Err(error) = fs::remove_dir_all(&self.folder) {
            eprintln!("left behind: {}: {error}", self.folder.display());
        }
    }
}

/// Starts the server. What it keeps is thrown away with the machine's memory, so nothing is synced; a crash of the
/// server alone loses nothing by that.
fn launch(folder: &Path, port: u16) -> Child {
    let log = File::options()
        .create(true)
        .append(true)
        .open(folder.join("log"))
        .expect("a file of ours");
    program("postgres")
        .arg("-D")
        .arg(folder.join("data"))
        .args(["-p", &port.to_string()])
        .args(["-c", "listen_addresses=127.0.0.1"])
        .args(["-c", "unix_socket_directories="])
        .args(["-c", "fsync=off", "-c", "autovacuum=off", "-c", "jit=off"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(log)
        .spawn()
        .expect("postgres can be run")
}

fn said(folder: &Path) -> String {
    fs::read_to_string(folder.join("log")).unwrap_or_default()
}

/// A program of the server, as `tests/servers` has written it.
fn program(name: &str) -> Command {
    let variable = variable("PLUMBLINE_TEST_PROGRAMS").unwrap_or_else(|| {
        panic!("PLUMBLINE_TEST_PROGRAMS is not set: run the tests by `tests/run`")
    });
    let mut command = Command::new(Path::new(&variable).join(name));
    // The account of the server may not be allowed into the folder of the tests.
    command.current_dir("/tmp");
    command
}

/// A port on which nobody listens. It lies below those that the system gives away by itself, so that
/// nobody takes it while the server is away.
fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let first = 10_000 + u16::try_from(std::process::id() % 8_000).expect("below 8,000");
    (0..1_000)
        .map(|_| first + NEXT.fetch_add(1, Ordering::Relaxed))
        .find(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok())
        .expect("a port is free")
}
