//! What a command says: it passes through as it is, and is listened to on its way.

use std::collections::VecDeque;
use std::os::fd::AsFd;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use models::job::MAX_ERROR_BYTES;
use serde::Deserialize;
use tokio::fs::File;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::process::Child;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

/// The longest line that is looked at.
const LONGEST_LINE: usize = 64 * 1024;
/// What a pipe holds at most (Linux, pipe(7), without privileges).
const LARGEST_PIPE: usize = 1024 * 1024;
/// After this long nothing is left in the pipe of a command that has ended.
const QUIET: Duration = Duration::from_millis(250);

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

    /// Passes on the rest of what a command has said that has ended, and answers with the last of its errors.
    pub(super) async fn end(self) -> Option<String> {
        self.ended.cancel();
        for passing in self.passing {
            let _ = passing.await;
        }
        let tail = self.tail.lock().unwrap_or_else(PoisonError::into_inner);
        tail.text()
    }
}

/// An output of our own, which takes bytes as they are. None when the process has no more files to open.
fn own(output: impl AsFd) -> Option<File> {
    let copy = output.as_fd().try_clone_to_owned().ok()?;
    Some(File::from_std(copy.into()))
}

/// Passes on what comes, and lets it be heard. Ends with the input, or when nobody takes the output any
/// more: then the command finds its own output closed, as it would without us.
///
/// Once the command has `ended`, what it said lies in the pipe. Others that it has left behind may keep the
/// pipe open for ever: nobody waits for them.
async fn pass(
    mut from: impl AsyncRead + Unpin,
    to: Option<impl AsyncWrite + Unpin>,
    ended: &CancellationToken,
    mut hear: impl FnMut(&[u8]),
) {
    let Some(mut to) = to else { return };
    let mut buffer = vec![0; 16 * 1024];
    let mut rest = None;
    loop {
        let read = from.read(&mut buffer);
        let read = match rest {
            None => tokio::select! {
                biased;
                read = read => read,
                () = ended.cancelled() => {
                    rest = Some(LARGEST_PIPE);
                    continue;
                }
            },
            Some(0) => return,
            Some(_) => match timeout(QUIET, read).await {
                Ok(read) => read,
                Err(_) => return,
            },
        };
        let count = match read {
            Ok(0) | Err(_) => return,
            Ok(count) => count,
        };
        rest = rest.map(|rest: usize| rest.saturating_sub(count));
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

/// The last of what a command says on standard error.
#[derive(Debug, Default)]
pub(super) struct Tail(VecDeque<u8>);

impl Tail {
    pub(super) fn hear(&mut self, said: &[u8]) {
        self.0.extend(said);
        let excess = self.0.len().saturating_sub(MAX_ERROR_BYTES);
        self.0.drain(..excess);
    }

    /// As text that a record can keep; None for nothing.
    pub(super) fn text(&self) -> Option<String> {
        let bytes: Vec<u8> = self.0.iter().copied().collect();
        let text = String::from_utf8_lossy(&bytes).replace('\0', "\u{FFFD}");
        // What was no text has become longer.
        let mut start = text.len().saturating_sub(MAX_ERROR_BYTES);
        while !text.is_char_boundary(start) {
            start += 1;
        }
        let text = &text[start..];
        (!text.trim().is_empty()).then(|| text.to_owned())
    }
}

#[cfg(test)]
mod tests {
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

    #[test]
    fn the_last_of_it_is_kept() {
        let mut tail = Tail::default();
        assert_eq!(tail.text(), None);
        tail.hear(b" \n");
        assert_eq!(tail.text(), None);
        tail.hear("ä".repeat(MAX_ERROR_BYTES).as_bytes());
        tail.hear(b"x\0");
        let text = tail.text().expect("a text");
        assert!(text.len() <= MAX_ERROR_BYTES && text.len() > MAX_ERROR_BYTES - 8);
        assert!(text.ends_with("äx\u{FFFD}"), "{}", &text[text.len() - 9..]);
    }
}
