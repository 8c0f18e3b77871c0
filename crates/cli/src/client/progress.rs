//! How far work is that somebody waits for.

use std::io::IsTerminal as _;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use tokio::time::Instant;

use crate::output;

/// How often progress is written to something that is no terminal.
const LOG_INTERVAL: Duration = Duration::from_secs(5);
/// How often the bar moves of itself, so that one sees it lives.
const TICK: Duration = Duration::from_millis(120);
/// The steps of the bar.
const STEPS: u16 = 1000;

/// A bar on a terminal; now and then a line elsewhere. Both on standard error.
pub(super) struct Progress {
    /// None where there is no terminal.
    bar: Option<ProgressBar>,
    shown: String,
    next: Instant,
}

impl Progress {
    pub(super) fn new() -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            bar.set_style(style("{spinner} {elapsed} {wide_msg}"));
            bar.enable_steady_tick(TICK);
            bar
        });
        Self {
            bar,
            shown: String::new(),
            next: Instant::now(),
        }
    }

    /// Shows where the work stands, and how much of one is done, as far as that is known.
    pub(super) fn show(&mut self, line: &str, done: Option<f64>) {
        let Some(bar) = &self.bar else {
            if Instant::now() >= self.next {
                self.write(line);
            }
            return;
        };
        if let Some(done) = done {
            if bar.length().is_none() {
                bar.set_length(STEPS.into());
                bar.set_style(style("{bar:20} {elapsed} {wide_msg}"));
            }
            bar.set_position(steps(done));
        }
        bar.set_message(output::plain(line).into_owned());
    }

    /// Takes the bar away; elsewhere writes the last line.
    pub(super) fn end(mut self, line: &str) {
        match &self.bar {
            Some(bar) => bar.finish_and_clear(),
            None => self.write(line),
        }
    }

    fn write(&mut self, line: &str) {
        if line != self.shown {
            output::hint(&output::plain(line));
            line.clone_into(&mut self.shown);
            self.next = Instant::now() + LOG_INTERVAL;
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "from 0 to STEPS after the clamp; what is no number becomes 0"
)]
fn steps(done: f64) -> u64 {
    (done.clamp(0.0, 1.0) * f64::from(STEPS)) as u64
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).expect("the templates above are sound")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_templates_are_sound() {
        let bar = ProgressBar::hidden();
        let mut progress = Progress {
            bar: Some(bar.clone()),
            shown: String::new(),
            next: Instant::now(),
        };
        progress.show("queued", None);
        assert_eq!(bar.length(), None);
        progress.show("running", Some(0.34));
        assert_eq!((bar.position(), bar.length()), (340, Some(1000)));
        progress.show("more than all", Some(1.7));
        assert_eq!((bar.position(), steps(f64::NAN)), (1000, 0));
        style("{spinner} {elapsed} {wide_msg}");
        progress.end("");
    }
}
