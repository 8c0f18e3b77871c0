//! The time, injected so that tests can hold it still.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, Utc};

/// A source of the present time.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>);

impl Clock {
    /// The machine's own clock.
    #[must_use]
    #[expect(
        clippy::disallowed_methods,
        reason = "the one home of the system clock"
    )]
    pub fn system() -> Self {
        Self(Arc::new(Utc::now))
    }

    /// A clock that always answers `now`.
    #[must_use]
    pub fn fixed(now: DateTime<Utc>) -> Self {
        Self(Arc::new(move || now))
    }

    /// A clock that answers what `now` says, for tests that set it.
    #[must_use]
    pub fn by(now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// The present time in UTC.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        (self.0)()
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}
