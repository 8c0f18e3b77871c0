//! Counting what a session costs the server.

use std::time::{Duration, Instant};

use models::sync_log::Cost;

/// Adds up the statements, rows and time of one connection.
#[derive(Debug, Default)]
pub(crate) struct Meter {
    statements: u64,
    rows: u64,
    waited: Duration,
}

impl Meter {
    /// Counts a statement that is about to be sent.
    pub(crate) fn statement(&mut self) {
        self.statements += 1;
    }

    /// Counts a row that has been read.
    pub(crate) fn row(&mut self) {
        self.rows += 1;
    }

    /// Counts the time since `since` as spent waiting for the server.
    pub(crate) fn waited(&mut self, since: Instant) {
        self.waited += since.elapsed();
    }

    /// The sums so far.
    pub(crate) fn cost(&self) -> Cost {
        Cost {
            statements: self.statements,
            rows: self.rows,
            seconds: self.waited.as_secs_f64(),
        }
    }
}
