//! How far a deep scan has come, shared by the databases that it reads side by side.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use catalog::checkpoints::Checkpoint;
use catalog::sync_logs::{self, Progress};
use jobs::{Run, WorkError};

/// Progress is written at most this often.
const AT_MOST_EVERY: Duration = Duration::from_millis(500);

/// How far each database of a scan has come, and when that was last written.
#[derive(Debug)]
pub(super) struct Tracker {
    scan_id: i64,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    databases: HashMap<String, Progress>,
    under_way: BTreeSet<String>,
    written: Option<Instant>,
}

impl State {
    /// The sum of all databases, and which of them are under way.
    fn told(&self) -> (Progress, Option<String>) {
        (self.sum(), reading(&self.under_way))
    }

    /// What is told, if it is time to.
    fn due(&mut self) -> Option<(Progress, Option<String>)> {
        if self
            .written
            .is_some_and(|written| written.elapsed() < AT_MOST_EVERY)
        {
            return None;
        }
        self.written = Some(Instant::now());
        Some(self.told())
    }

    fn sum(&self) -> Progress {
        let mut sum = Progress::default();
        for progress in self.databases.values() {
            sum.add(*progress);
        }
        sum
    }
}

impl Tracker {
    /// Goes on from the checkpoints of a scan.
    pub(super) fn new(scan_id: i64, checkpoints: &HashMap<String, Checkpoint>) -> Self {
        let databases = checkpoints
            .iter()
            .map(|(database, checkpoint)| (database.clone(), checkpoint.progress()));
        Self {
            scan_id,
            state: Mutex::new(State {
                databases: databases.collect(),
                under_way: BTreeSet::new(),
                written: None,
            }),
        }
    }

    /// The scan that is followed.
    pub(super) fn scan_id(&self) -> i64 {
        self.scan_id
    }

    /// Says that a database is read, until the answer is dropped.
    pub(super) fn enter<'a>(&'a self, database: &'a str) -> UnderWay<'a> {
        self.state().under_way.insert(database.to_owned());
        UnderWay {
            tracker: self,
            database,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing that can panic happens under the lock.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes how far a database has come, and writes the sum of all when the last time is long enough
    /// ago.
    pub(super) async fn update(
        &self,
        run: &Run,
        database: &str,
        progress: Progress,
    ) -> Result<(), WorkError> {
        match self.note(database, progress) {
            Some((sum, message)) => self.write(run, sum, message).await,
            None => Ok(()),
        }
    }

    /// Writes what is under way when the last time is long enough ago: opening a session on a data source
    /// may take its time.
    pub(super) async fn tell(&self, run: &Run) -> Result<(), WorkError> {
        let told = self.state().due();
        match told {
            Some((sum, message)) => self.write(run, sum, message).await,
            None => Ok(()),
        }
    }

    /// Writes how far the attempts before this one have come.
    pub(super) async fn show(&self, run: &Run) -> Result<(), WorkError> {
        let (sum, message) = self.state().told();
        self.write(run, sum, message).await
    }

    async fn write(
        &self,
        run: &Run,
        sum: Progress,
        message: Option<String>,
    ) -> Result<(), WorkError> {
        let mut tx = run.store.begin(run.tenant).await?;
        let counts = jobs::log::Progress {
            total: sum.tables_total,
            processed: sum.tables_scanned,
            message,
        };
        if run.set_progress(&mut tx, &counts).await? {
            sync_logs::set_progress(&mut tx, self.scan_id, sum).await?;
            tx.commit().await?;
        }
        Ok(())
    }

    /// What to write, if it is time to.
    fn note(&self, database: &str, progress: Progress) -> Option<(Progress, Option<String>)> {
        let mut state = self.state();
        state.databases.insert(database.to_owned(), progress);
        state.due()
    }
}

/// A database that is read just now.
#[derive(Debug)]
pub(super) struct UnderWay<'a> {
    tracker: &'a Tracker,
    database: &'a str,
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.tracker.state().under_way.remove(self.database);
    }
}

/// What is read, in words that fit into a line.
fn reading(under_way: &BTreeSet<String>) -> Option<String> {
    const NAMED: usize = 3;
    let first: Vec<_> = under_way.iter().take(NAMED).map(String::as_str).collect();
    let names = first.join(", ");
    match (first.len(), under_way.len() - first.len()) {
        (0, _) => None,
        (_, 0) => Some(format!("reading {names}")),
        (_, more) => Some(format!("reading {names} and {more} more")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn databases_that_are_read_are_named() {
        let tracker = Tracker::new(1, &HashMap::new());
        let message = || tracker.state().told().1;
        assert_eq!(message(), None);
        let shop = tracker.enter("shop");
        assert_eq!(message().as_deref(), Some("reading shop"));
        let others = ["books", "stock", "users", "wares"].map(|name| tracker.enter(name));
        assert_eq!(
            message().as_deref(),
            Some("reading books, shop, stock and 2 more")
        );
        drop(shop);
        drop(others);
        assert_eq!(message(), None);
    }

    #[test]
    fn progress_is_written_now_and_then() {
        let tracker = Tracker::new(1, &HashMap::new());
        let read = |tables| Progress {
            tables_total: Some(10),
            tables_scanned: tables,
            ..Progress::default()
        };
        assert_eq!(tracker.note("shop", read(3)), Some((read(3), None)));
        assert_eq!(tracker.note("shop", read(5)), None);
        let (sum, _) = tracker.state().told();
        assert_eq!(sum, read(5));
    }
}
