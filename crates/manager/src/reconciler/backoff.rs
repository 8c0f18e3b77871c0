//! How long to wait between ticks: longer while `meta` or the store is away.

use std::time::Duration;

/// The longest pause: what waits must go on soon after `meta` is back.
const LONGEST: Duration = Duration::from_secs(10);

/// Waits twice as long after each tick that failed.
#[derive(Debug)]
pub(super) struct Backoff {
    interval: Duration,
    failed: u32,
}

impl Backoff {
    pub(super) fn new(interval: Duration) -> Self {
        Self {
            interval,
            failed: 0,
        }
    }

    /// Notes whether a tick went well.
    pub(super) fn note(&mut self, well: bool) {
        self.failed = if well {
            0
        } else {
            self.failed.saturating_add(1)
        };
    }

    /// How long to wait for the next tick; never less than the interval.
    pub(super) fn pause(&self) -> Duration {
        let factor = 2_u32.saturating_pow(self.failed);
        self.interval
            .saturating_mul(factor)
            .min(LONGEST)
            .max(self.interval)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_a_limit() {
        let mut backoff = Backoff::new(Duration::from_secs(2));
        let mut pauses = Vec::new();
        for well in [true, false, false, false, true] {
            backoff.note(well);
            pauses.push(backoff.pause().as_secs());
        }
        assert_eq!(pauses, [2, 4, 8, 10, 2]);
    }

    #[test]
    fn a_long_interval_stays() {
        let mut backoff = Backoff::new(Duration::from_mins(1));
        (0..40).for_each(|_| backoff.note(false));
        assert_eq!(backoff.pause(), Duration::from_mins(1));
    }
}
