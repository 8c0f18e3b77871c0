//! Identifiers made by us, injected so that tests can foresee them.

use std::fmt;
use std::sync::Arc;

use uuid::Uuid;

/// A source of new identifiers.
#[derive(Clone)]
pub struct Ids(Arc<dyn Fn() -> Uuid + Send + Sync>);

impl Ids {
    /// `UUIDv7` (RFC 9562): they sort by the time at which they were made.
    #[must_use]
    #[expect(
        clippy::disallowed_methods,
        reason = "the one home of random identifiers"
    )]
    pub fn random() -> Self {
        Self(Arc::new(Uuid::now_v7))
    }

    /// Identifiers from a function of the caller's.
    #[must_use]
    pub fn from_fn(next: impl Fn() -> Uuid + Send + Sync + 'static) -> Self {
        Self(Arc::new(next))
    }

    /// A new identifier.
    #[must_use]
    pub fn next(&self) -> Uuid {
        (self.0)()
    }
}

impl fmt::Debug for Ids {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ids")
    }
}
