//! How far a scan is, on a terminal.

use std::io::IsTerminal as _;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use scan::Part;

use crate::output::{count, plain};

/// How many rows are read between two looks at the clock.
const STEP: i64 = 256;

/// A bar on standard error; nothing where that is no terminal.
#[derive(Debug, Clone)]
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// Nothing is known yet.
    pub(super) fn new() -> Self {
        let target = if std::io::stderr().is_terminal() {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let bar = ProgressBar::with_draw_target(None, target);
        bar.set_style(style("{spinner} {msg}"));
        bar.set_message("reading which databases there are");
        Self(bar)
    }

    /// So many databases are going to be read.
    pub(super) fn total(&self, databases: usize) {
        self.0.set_message("");
        self.0.set_style(style(
            "{bar:20} {pos} of {len} databases, {elapsed}: {wide_msg}",
        ));
        // A machine has no more than this of anything.
        self.0
            .set_length(u64::try_from(databases).unwrap_or(u64::MAX));
    }

    /// A database has given this many rows of a part so far.
    pub(super) fn at(&self, database: &str, part: Part, rows: i64) {
        if rows % STEP == 0 && !self.0.is_hidden() {
            let (part, rows) = (part.as_str(), count(rows));
            self.0
                .set_message(format!("{} {part}, {rows} rows", plain(database)));
        }
    }

    /// A database is done.
    pub(super) fn done(&self) {
        self.0.inc(1);
    }

    /// Prints with the bar out of the way.
    pub(super) fn suspend<T>(&self, print: impl FnOnce() -> T) -> T {
        self.0.suspend(print)
    }

    /// Takes the bar away.
    pub(super) fn end(&self) {
        self.0.finish_and_clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).expect("the templates above are sound")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_templates_are_sound() {
        let progress = Progress::new();
        progress.total(3);
        progress.at("shop", Part::Fields, 0);
        progress.done();
        assert_eq!(progress.suspend(|| 7), 7);
        assert_eq!((progress.0.position(), progress.0.length()), (1, Some(3)));
        progress.end();
    }
}
