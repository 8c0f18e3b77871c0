//! How far a deep scan has come, shared by the databases that it reads side by side.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use catalog::sync_logs::{self, Progress};
use db::StoreError;
use jobs::Run;

/// Progress is written at most this often.
const AT_MOST_EVERY: Duration = Duration::from_millis(500);

/// The counts of a scan, and when they were last written.
#[derive(Debug)]
pub(super) struct Tracker {
    scan_id: i64,
    state: Mutex<(Progress, Instant)>,
}

impl Tracker {
    pub(super) fn new(scan_id: i64) -> Self {
        Self {
            scan_id,
            state: Mutex::new((Progress::default(), Instant::now())),
        }
    }

    /// The scan that is followed.
    pub(super) fn scan_id(&self) -> i64 {
        self.scan_id
    }

    /// The counts now.
    pub(super) fn progress(&self) -> Progress {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).0
    }

    /// Changes the counts, and writes them when the last time is long enough ago.
    pub(super) async fn update(
        &self,
        run: &Run,
        change: impl FnOnce(&mut Progress),
    ) -> Result<(), StoreError> {
        let Some(progress) = self.change(change) else {
            return Ok(());
        };
        let mut tx = run.store.begin(run.tenant).await?;
        run.set_progress(&mut tx, progress.tables_total, progress.tables_scanned)
            .await?;
        sync_logs::set_progress(&mut tx, self.scan_id, progress).await?;
        tx.commit().await
    }

    /// The counts to write, if it is time to.
    fn change(&self, change: impl FnOnce(&mut Progress)) -> Option<Progress> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut state.0);
        if state.1.elapsed() < AT_MOST_EVERY {
            return None;
        }
        state.1 = Instant::now();
        Some(state.0)
    }
}
