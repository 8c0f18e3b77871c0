//! What the service under test writes to its log.

use std::cell::RefCell;
use std::io::Write;
use std::sync::{Arc, Mutex, Once, PoisonError};

use tracing::Level;
use tracing_subscriber::filter::dynamic_filter_fn;
use tracing_subscriber::fmt::{self, MakeWriter};
use tracing_subscriber::layer::{Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;

/// The crates whose events are collected down to the finest; of others from `DEBUG` on.
const OURS: [&str; 8] = [
    "meta",
    "manager",
    "catalog",
    "jobs",
    "scan",
    "db",
    "service_kit",
    "console",
];

thread_local! {
    /// Where the events of this thread go.
    static COLLECTOR: RefCell<Option<Buffer>> = const { RefCell::new(None) };
}

/// Collects the log of everything that runs on this thread, until it is dropped.
#[derive(Debug)]
pub struct Logs(Buffer);

impl Logs {
    /// Collects from now on. A test's runtime has one thread, so its services are covered.
    ///
    /// # Panics
    /// When something else has taken the process's log.
    #[must_use]
    pub fn collect() -> Self {
        static INSTALL: Once = Once::new();
        INSTALL.call_once(|| {
            let chosen = dynamic_filter_fn(|metadata, _| {
                let ours = metadata
                    .target()
                    .split("::")
                    .next()
                    .is_some_and(|name| OURS.contains(&name));
                (ours || *metadata.level() <= Level::DEBUG)
                    && COLLECTOR.with_borrow(Option::is_some)
            });
            let layer = fmt::layer()
                .with_ansi(false)
                .with_writer(Collectors)
                .with_filter(chosen);
            tracing_subscriber::registry().with(layer).init();
        });
        let buffer = Buffer::default();
        COLLECTOR.set(Some(buffer.clone()));
        Self(buffer)
    }

    /// Everything so far.
    #[must_use]
    pub fn text(&self) -> String {
        let bytes = self.0.0.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

impl Drop for Logs {
    fn drop(&mut self) {
        COLLECTOR.set(None);
    }
}

#[derive(Debug, Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let mut buffer = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        buffer.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Hands out the buffer of the thread.
struct Collectors;

impl MakeWriter<'_> for Collectors {
    type Writer = Buffer;

    fn make_writer(&self) -> Buffer {
        COLLECTOR.with_borrow(Clone::clone).unwrap_or_default()
    }
}
