//! The wire from `manager` to `meta`, which may keep a request or an answer, or lose an answer.

use std::net::Ipv4Addr;

use test_support::Meta;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// What happens to requests, by how they begin, such as `POST /api`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// All reach `meta`, and all answers come back.
    Pass,
    /// The next such request reaches `meta`, its answer gets lost, and then the wire is cut.
    LoseAnswerTo(&'static str),
    /// The next such request waits on the way.
    Keep(&'static str),
    /// The answer to the next such request waits on the way.
    KeepAnswerTo(&'static str),
    /// It waits there. All others pass.
    Keeping,
    /// Nobody gets through.
    Cut,
}

/// An address at which `manager` finds `meta`.
#[derive(Debug)]
pub(super) struct Wire {
    pub(super) url: String,
    mode: watch::Sender<Mode>,
    task: JoinHandle<()>,
}

impl Wire {
    pub(super) async fn to(meta: &Meta) -> Self {
        let (_, behind) = meta.url.rsplit_once(':').expect("it names its port");
        let behind = behind.parse().expect("a port");
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await;
        let listener = listener.expect("a port is free");
        let port = listener.local_addr().expect("it is bound").port();
        let (mode, _) = watch::channel(Mode::Pass);
        let shared = mode.clone();
        let task = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(carry(client, behind, shared.clone()));
            }
        });
        Self {
            url: format!("http://127.0.0.1:{port}"),
            mode,
            task,
        }
    }

    pub(super) fn pass(&self) {
        self.mode.send_replace(Mode::Pass);
    }

    pub(super) fn cut(&self) {
        self.mode.send_replace(Mode::Cut);
    }

    /// Loses the answer to the next request that begins so, and everything after it.
    pub(super) fn lose_answer_to(&self, request: &'static str) {
        self.mode.send_replace(Mode::LoseAnswerTo(request));
    }

    /// Waits until the answer is lost.
    pub(super) async fn lost(&self) {
        self.becomes(Mode::Cut).await;
    }

    /// Keeps the next request that begins so, until it is to pass.
    pub(super) fn keep(&self, request: &'static str) {
        self.mode.send_replace(Mode::Keep(request));
    }

    /// Keeps the answer to the next request that begins so, until it is to pass.
    pub(super) fn keep_answer_to(&self, request: &'static str) {
        self.mode.send_replace(Mode::KeepAnswerTo(request));
    }

    /// Waits until the request, or the answer, is kept.
    pub(super) async fn kept(&self) {
        self.becomes(Mode::Keeping).await;
    }

    async fn becomes(&self, mode: Mode) {
        until(&self.mode, |now| now == mode).await;
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.cut();
        self.task.abort();
    }
}

async fn until(mode: &watch::Sender<Mode>, is_so: impl Fn(Mode) -> bool) {
    // The channel is open as long as this sender lives.
    let _ = mode.subscribe().wait_for(|mode| is_so(*mode)).await;
}

/// Waits until the wire no longer keeps anything. False when it is cut.
async fn keep(mode: &watch::Sender<Mode>) -> bool {
    mode.send_replace(Mode::Keeping);
    until(mode, |mode| mode != Mode::Keeping).await;
    *mode.borrow() != Mode::Cut
}

/// One connection. Its requests come one after the other, each after the answer to the one before.
async fn carry(mut client: TcpStream, behind: u16, mode: watch::Sender<Mode>) {
    let Ok(mut meta) = TcpStream::connect((Ipv4Addr::LOCALHOST, behind)).await else {
        return;
    };
    let (mut asked, mut said) = ([0; 16 * 1024], [0; 16 * 1024]);
    let (mut is_lost, mut is_kept) = (false, false);
    loop {
        tokio::select! {
            () = until(&mode, |mode| mode == Mode::Cut) => return,
            read = client.read(&mut asked) => {
                let Ok(read @ 1..) = read else { return };
                let asked = &asked[..read];
                let begins = |request: &str| asked.starts_with(request.as_bytes());
                let now = *mode.borrow();
                is_lost |= matches!(now, Mode::LoseAnswerTo(request) if begins(request));
                is_kept |= matches!(now, Mode::KeepAnswerTo(request) if begins(request));
                let waits = matches!(now, Mode::Keep(request) if begins(request));
                if (waits && !keep(&mode).await) || meta.write_all(asked).await.is_err() {
                    return;
                }
            }
            read = meta.read(&mut said) => {
                let Ok(read @ 1..) = read else { return };
                if is_lost {
                    mode.send_replace(Mode::Cut);
                    return;
                }
                if std::mem::take(&mut is_kept) && !keep(&mode).await {
                    return;
                }
                if client.write_all(&said[..read]).await.is_err() {
                    return;
                }
            }
        }
    }
}
