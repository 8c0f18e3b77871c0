//! Waiting for the end of a sync or scan.

use std::io::{IsTerminal as _, Write as _};
use std::time::Duration;

use models::scan::ScanStatus;
use tokio::time::{Instant, MissedTickBehavior, interval};

use super::ClientError;
use super::connection::Meta;
use super::status::{Kind, progress};

/// How often to ask.
const INTERVAL: Duration = Duration::from_millis(500);
/// How long `meta` may be away: the run goes on, or is taken up by another replica.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often progress is written to something that is no terminal.
const LOG_INTERVAL: Duration = Duration::from_secs(5);

/// Waits for the end of a run and shows its progress on standard error.
pub(super) async fn follow(meta: &Meta, kind: Kind, id: i64) -> Result<ScanStatus, ClientError> {
    let mut progress_line = ProgressLine::new();
    let mut ticks = interval(INTERVAL);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut away_since = None;
    loop {
        ticks.tick().await;
        match meta.session.scan_status(id).await {
            Ok(status) => {
                away_since = None;
                progress_line.show(&progress(kind, &status), !status.status.is_active());
                if !status.status.is_active() {
                    return Ok(status);
                }
            }
            Err(error) if error.is_unavailable() => {
                if away_since.get_or_insert_with(Instant::now).elapsed() > PATIENCE {
                    progress_line.end();
                    return Err(meta.failed(error));
                }
                progress_line.show("meta does not answer, asking again", false);
            }
            Err(error) => {
                progress_line.end();
                return Err(meta.failed(error));
            }
        }
    }
}

/// One line that changes on a terminal; now and then a line elsewhere.
struct ProgressLine {
    terminal: bool,
    shown: String,
    next: Instant,
}

impl ProgressLine {
    fn new() -> Self {
        let terminal = std::io::stderr().is_terminal();
        Self {
            terminal,
            shown: String::new(),
            next: Instant::now(),
        }
    }

    fn show(&mut self, line: &str, last: bool) {
        if line == self.shown {
            if last {
                self.end();
            }
            return;
        }
        if self.terminal {
            // Back to the line's beginning, and clear it.
            write(&format!("\r\u{1b}[2K{line}"));
        } else if last || Instant::now() >= self.next {
            write(&format!("{line}\n"));
            self.next = Instant::now() + LOG_INTERVAL;
        } else {
            return;
        }
        line.clone_into(&mut self.shown);
        if last {
            self.end();
        }
    }

    /// Leaves the line as it stands.
    fn end(&mut self) {
        if self.terminal && !self.shown.is_empty() {
            write("\n");
            self.shown.clear();
        }
    }
}

fn write(text: &str) {
    // Progress is a courtesy.
    let mut stderr = std::io::stderr().lock();
    let _ = stderr
        .write_all(text.as_bytes())
        .and_then(|()| stderr.flush());
}
