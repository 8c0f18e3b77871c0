//! A clock that a test sets.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use models::Clock;

/// A clock that stands still until a test sets it.
#[derive(Debug, Clone)]
pub struct TestClock(Arc<Mutex<DateTime<Utc>>>);

impl TestClock {
    /// A clock that shows this time, such as `2026-03-28T12:00:00Z`.
    ///
    /// # Panics
    /// When it is no time.
    #[must_use]
    pub fn at(time: &str) -> Self {
        Self(Arc::new(Mutex::new(time.parse().expect("a time"))))
    }

    /// Sets it.
    ///
    /// # Panics
    /// When it is no time.
    pub fn set(&self, time: &str) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = time.parse().expect("a time");
    }

    /// The clock for services.
    #[must_use]
    pub fn clock(&self) -> Clock {
        let time = self.0.clone();
        Clock::by(move || *time.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
