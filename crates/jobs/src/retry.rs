//! When a job that failed is tried again.

use std::time::Duration;

use uuid::Uuid;

/// How many attempts may fail or die before the job is given up.
pub(crate) const MAX_ATTEMPTS: i32 = 5;
/// The longest pause before another attempt.
const LONGEST: Duration = Duration::from_mins(5);

/// How long to wait after `failed` attempts, the one just now included: `base`, doubled each time, and
/// up to half as much again, so that jobs that failed together do not come back together. The same
/// for one job and attempt whenever it is asked.
pub(crate) fn pause(base: Duration, failed: i32, job: Uuid) -> Duration {
    let doublings = u32::try_from(failed - 1).unwrap_or(0).min(16);
    let pause = base.saturating_mul(1 << doublings).min(LONGEST);
    // The last bytes of a version 7 UUID are random (RFC 9562, section 5.7).
    let [.., high, low] = *job.as_bytes();
    let share = f64::from(u16::from_be_bytes([high, low])) / f64::from(u16::MAX);
    pause.mul_f64(1.0 + share / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: Duration = Duration::from_secs(5);

    fn job(last: u16) -> Uuid {
        Uuid::from_u128(0x019e_0000_0000_7000_8000_0000_0000_0000 | u128::from(last))
    }

    #[test]
    fn pauses_double_up_to_the_longest() {
        let pauses: Vec<u64> = (1..9).map(|it| pause(BASE, it, job(0)).as_secs()).collect();
        assert_eq!(pauses, [5, 10, 20, 40, 80, 160, 300, 300]);
        assert_eq!(pause(BASE, 100, job(0)), LONGEST);
    }

    #[test]
    fn jobs_that_failed_together_come_back_one_by_one() {
        assert_eq!(pause(BASE, 1, job(u16::MAX)), BASE.mul_f64(1.5));
        let spread: std::collections::HashSet<_> =
            (0..100).map(|it| pause(BASE, 1, job(it * 600))).collect();
        assert_eq!(spread.len(), 100);
    }
}
