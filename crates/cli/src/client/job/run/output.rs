//! What a command says: it passes through as it is, and is listened to on its way.

use std::os::fd::AsFd;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rustix::io::ioctl_fionread;
use serde::Deserialize;
use tokio::fs::File;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::process::Child;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout_at};
use tokio_util::sync::CancellationToken;

use super::tail::Tail;

/// The longest line that is looked at.
const LONGEST_LINE: usize = 64 * 1024;
/// How long after the end of the command others may still write to its pipe, such as a `tee` that it wrote to.
pub(super) const GRACE: Duration = Duration::from_millis(500);

/// How far a command has come, by its own account.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) total: Option<i64>,
    pub(super) processed: Option<i64>,
    pub(super) failed: Option<i64>,
    pub(super) message: Option<String>,
}

/// Both outputs of a command, as they pass through.
#[derive(Debug)]
pub(super) struct Streams {
    passing: Vec<JoinHandle<()>>,
    tail: Arc<Mutex<Tail>>,
    ended: CancellationToken,
}

impl Streams {
    /// Passes on what the command says from now on; counts go to `told`.
    pub(super) fn listen(child: &mut Child, told: &watch::Sender<Counts>) -> Self {
        let tail = Arc::new(Mutex::new(Tail::default()));
        let ended = CancellationToken::new();
        let mut passing = Vec::new();
        if let Some(out) = child.stdout.take() {
            let mut listener = Listener::new(told.clone());
            let ended = ended.clone();
            passing.push(tokio::spawn(async move {
                pass(out, own(std::io::stdout()), &ended, |said| {
                    listener.hear(said);
                })
                .await;
                listener.end_line();
            }));
        }
        if let Some(errors) = child.stderr.take() {
            let mut listener = Listener::new(told.clone());
            let (tail, ended) = (tail.clone(), ended.clone());
            passing.push(tokio::spawn(async move {
                let hear = |said: &[u8]| {
                    listener.hear(said);
                    tail.lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .hear(said);
                };
                pass(errors, own(std::io::stderr()), &ended, hear).await;
                listener.end_line();
            }));
        }
        Self {
            passing,
            tail,
            ended,
        }
    }

    /// Passes on the rest of what a command has said that has ended.
    pub(super) async fn end(&mut self) {
        self.ended.cancel();
        for passing in self.passing.drain(..) {
            let _ = passing.await;
        }
    }

    /// The last of its errors so far.
    pub(super) fn tail(&self) -> Option<String> {
        let tail = self.tail.lock().unwrap_or_else(PoisonError::into_inner);
        tail.text()
    }
}

/// An output of our own, which takes bytes as they are. None when the process has no more files to open.
fn own(output: impl AsFd) -> Option<File> {
    let copy = output.as_fd().try_clone_to_owned().ok()?;
    Some(File::from_std(copy.into()))
}

/// Whose words are in the pipe.
#[derive(Debug, Clone, Copy)]
enum Says {
    /// The command's, which goes on.
    Command,
    /// So many bytes of the command's, which has ended.
    Rest(u64),
    /// Those of others that it has left behind; nobody listens to them after this.
    Others(Instant),
}

impl Says {
    /// Those of the next bytes. What the command said itself is in the pipe once it has ended: what is there
    /// then is passed on, however long that takes.
    fn next(self, ended: &CancellationToken, pipe: impl AsFd) -> Self {
        let said = match self {
            Self::Command if ended.is_cancelled() => ioctl_fionread(pipe).unwrap_or(0),
            Self::Rest(bytes) => bytes,
            goes_on => return goes_on,
        };
        match said {
            0 => Self::Others(Instant::now() + GRACE),
            bytes => Self::Rest(bytes),
        }
    }
}

/// Passes on what comes, and lets it be heard. Ends with the input, or when nobody takes the output any
/// more: then the command finds its own output closed, as it would without us.
///
/// Once the command has `ended`, others that it has left behind may keep the pipe open for ever, and write to
/// it: nobody waits for them.
async fn pass(
    mut from: impl AsyncRead + AsFd + Unpin,
    to: Option<impl AsyncWrite + Unpin>,
    ended: &CancellationToken,
    mut hear: impl FnMut(&[u8]),
) {
    let Some(mut to) = to else { return };
    let mut buffer = vec![0; 16 * 1024];
    let mut says = Says::Command;
    loop {
        says = says.next(ended, &from);
        let read = from.read(&mut buffer);
        let read = match says {
            Says::Command => tokio::select! {
                read = read => read,
                () = ended.cancelled() => continue,
            },
            Says::Rest(_) => read.await,
            // A time-out alone does not end what is always ready.
            Says::Others(until) if Instant::now() >= until => return,
            Says::Others(until) => match timeout_at(until, read).await {
                Ok(read) => read,
                Err(_) => return,
            },
        };
        let count = match read {
            Ok(0) | Err(_) => return,
            Ok(count) => count,
        };
        if let Says::Rest(bytes) = &mut says {
            *bytes = bytes.saturating_sub(u64::try_from(count).unwrap_or(u64::MAX));
        }
        hear(&buffer[..count]);
        if to.write_all(&buffer[..count]).await.is_err() || to.flush().await.is_err() {
            return;
        }
    }
}

/// Finds the lines that tell how far a command has come: `{"plumb":{"total":1000,"processed":200}}`.
#[derive(Debug)]
pub(super) struct Listener {
    counts: watch::Sender<Counts>,
    line: Vec<u8>,
    is_too_long: bool,
}

#[derive(Deserialize)]
struct Line {
    plumb: Told,
}

/// What one line tells; numbers that are none are passed over.
#[derive(Deserialize)]
struct Told {
    #[serde(default)]
    total: serde_json::Value,
    #[serde(default)]
    processed: serde_json::Value,
    #[serde(default)]
    failed: serde_json::Value,
    #[serde(default)]
    message: serde_json::Value,
}

impl Listener {
    pub(super) fn new(counts: watch::Sender<Counts>) -> Self {
        Self {
            counts,
            line: Vec::new(),
            is_too_long: false,
        }
    }

    pub(super) fn hear(&mut self, said: &[u8]) {
        for part in said.split_inclusive(|byte| *byte == b'\n') {
            if self.line.len() + part.len() > LONGEST_LINE {
                self.is_too_long = true;
                self.line.clear();
            }
            if !self.is_too_long {
                self.line.extend_from_slice(part);
            }
            if part.ends_with(b"\n") {
                self.end_line();
            }
        }
    }

    /// The last line need not end.
    pub(super) fn end_line(&mut self) {
        if !std::mem::take(&mut self.is_too_long) {
            self.take_in();
        }
        self.line.clear();
    }

    fn take_in(&self) {
        // Most lines are none of ours.
        if !self.line.trim_ascii_start().starts_with(b"{") {
            return;
        }
        let Ok(Line { plumb }) = serde_json::from_slice(&self.line) else {
            return;
        };
        let number = |value: &serde_json::Value| value.as_i64().filter(|number| *number >= 0);
        self.counts.send_if_modified(|counts| {
            let before = counts.clone();
            counts.total = number(&plumb.total).or(counts.total);
            counts.processed = number(&plumb.processed).or(counts.processed);
            counts.failed = number(&plumb.failed).or(counts.failed);
            if let Some(message) = plumb.message.as_str() {
                let message = message.replace('\0', "\u{FFFD}");
                counts.message = Some(message.chars().take(1000).collect());
            }
            *counts != before
        });
    }
}

#[cfg(test)]
mod tests {
    use tokio::net::unix;

    use super::*;

    fn told(parts: &[&str]) -> Counts {
        let (sender, receiver) = watch::channel(Counts::default());
        let mut listener = Listener::new(sender);
        for part in parts {
            listener.hear(part.as_bytes());
        }
        listener.end_line();
        receiver.borrow().clone()
    }

    fn counts(total: i64, processed: i64, failed: i64) -> Counts {
        Counts {
            total: Some(total),
            processed: Some(processed),
            failed: Some(failed),
            message: None,
        }
    }

    #[test]
    fn counts_are_found_among_other_lines() {
        let line = r#"{"plumb":{"total":1000,"processed":200,"failed":3}}"#;
        let all = counts(1000, 200, 3);
        assert_eq!(told(&[line]), all, "the last line need not end");
        assert_eq!(told(&["hello\n", &line[..9], &line[9..], "\r\nbye\n"]), all);
        let later = "\n  {\"plumb\": {\"processed\": 999, \"more\": []}}\n";
        assert_eq!(told(&[line, later]), counts(1000, 999, 3));
        let message = told(&["{\"plumb\":{\"message\":\"half\"}}\n"]).message;
        assert_eq!(message.as_deref(), Some("half"));
    }

    #[test]
    fn what_is_none_of_ours_is_passed_over() {
        let long = format!(
            "{{\"plumb\":{{\"total\":1,\"x\":\"{}\"}}}}\n",
            "x".repeat(LONGEST_LINE)
        );
        for other in [
            "",
            "{\n",
            "{\"plumb\":7}\n",
            "{\"plumb\":{}}\n",
            "{\"total\":7}\n",
            "[{\"plumb\":{\"total\":7}}]\n",
            "x {\"plumb\":{\"total\":7}}\n",
            "{\"plumb\":{\"total\":-1,\"processed\":\"7\",\"failed\":1.5}}\n",
            "{\"plumb\":{\"total\":99999999999999999999}}\n",
            &long,
        ] {
            assert_eq!(told(&[other]), Counts::default(), "{other:.50}");
            let after = told(&[other, "{\"plumb\":{\"total\":7}}"]).total;
            assert_eq!(after, Some(7), "{other:.50}");
        }
    }

    /// Passes on what is in a pipe whose command has ended, and answers with it.
    async fn passed(from: unix::pipe::Receiver) -> Vec<u8> {
        let ended = CancellationToken::new();
        ended.cancel();
        let mut passed = Vec::new();
        let passing = pass(from, Some(tokio::io::sink()), &ended, |said| {
            passed.extend_from_slice(said);
        });
        let limit = Duration::from_mins(1);
        tokio::time::timeout(limit, passing).await.expect("an end");
        passed
    }

    #[tokio::test]
    async fn all_that_a_command_said_is_passed_on_when_it_has_ended() {
        let (mut to, from) = unix::pipe::pipe().expect("a pipe");
        let said: Vec<u8> = (0..=255).cycle().take(60_000).collect();
        to.write_all(&said).await.expect("it fits");
        // Somebody else keeps it open.
        assert!(passed(from).await == said);
        drop(to);
    }

    #[tokio::test]
    async fn nobody_waits_for_one_that_never_stops_talking() {
        let (mut to, from) = unix::pipe::pipe().expect("a pipe");
        let talks = tokio::spawn(async move { while to.write_all(b"tick\n").await.is_ok() {} });
        assert!(passed(from).await.starts_with(b"tick\n"));
        talks.await.expect("its pipe is closed");
    }
}
