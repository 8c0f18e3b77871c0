//! Cleaning up from `drop`, which cannot await.

use std::future::Future;
use std::time::Duration;

/// How long cleaning up may take: what is left then goes with the servers.
const PATIENCE: Duration = Duration::from_secs(20);

/// Runs `work` to its end on a thread of its own. A failure is only told: the test has its result.
pub(crate) fn block_on<F>(work: F)
where
    F: Future<Output = Result<(), sqlx::Error>> + Send + 'static,
{
    let thread = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        runtime.block_on(async {
            tokio::time::timeout(PATIENCE, work)
                .await
                .map_err(|_| sqlx::Error::PoolTimedOut)?
        })
    });
    match thread.join() {
        Ok(Ok(())) => {}
        Ok(Err(error)) => eprintln!("left behind: {error}"),
        Err(_) => eprintln!("left behind: the cleaning thread panicked"),
    }
}
