//! Waiting for what happens in its own time.

use std::time::Duration;

use tokio::time::{Instant, sleep};

/// How long anything may take before a test gives it up.
const DEADLINE: Duration = Duration::from_mins(1);
/// How often a condition is looked at.
const EVERY: Duration = Duration::from_millis(20);

/// Asks `probe` again and again until it has an answer, and gives that back.
///
/// # Panics
/// When there is none within a minute; the message names `what` was waited for.
pub async fn eventually<T>(what: &str, mut probe: impl AsyncFnMut() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(answer) = probe().await {
            return answer;
        }
        assert!(
            began.elapsed() < DEADLINE,
            "waited {} s in vain for {what}",
            DEADLINE.as_secs()
        );
        sleep(EVERY).await;
    }
}
