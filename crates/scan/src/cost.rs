//! Counting what a session costs the server.

use std::time::{Duration, Instant};

use models::sync_log::Cost;

/// Adds up the statements, rows and time of one connection.
#[derive(Debug, Default)]
pub(crate) struct Meter {
    statements: u64,
    rows: u64,
    bytes: u64,
    waited: Duration,
}

impl Meter {
    /// Counts a statement that is about to be sent.
    pub(crate) fn statement(&mut self) {
        self.statements += 1;
    }

    /// Counts a row that has been read, and how many bytes its values had.
    pub(crate) fn row(&mut self, bytes: usize) {
        self.rows += 1;
        self.bytes += bytes as u64;
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
            bytes: self.bytes,
            seconds: self.waited.as_secs_f64(),
        }
    }
}
