//! What can go wrong with the store.

/// An error of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The store cannot be reached, or has no connection to spare.
    #[error("the store cannot be reached")]
    Unavailable(#[source] sqlx::Error),
    /// A named constraint was violated; callers match on the name.
    #[error("constraint {name} is violated")]
    Constraint {
        /// The constraint's name, as the migrations give it.
        name: String,
        /// The store's error.
        #[source]
        source: sqlx::Error,
    },
    /// A statement failed.
    #[error("a statement on the store failed")]
    Query(#[source] sqlx::Error),
}

impl StoreError {
    /// Whether the constraint of that name was violated.
    #[must_use]
    pub fn is_constraint(&self, constraint: &str) -> bool {
        matches!(self, Self::Constraint { name, .. } if name == constraint)
    }

    /// Whether the same transaction may succeed later without anybody changing anything: the store
    /// was away, or another transaction stood in the way (40001 `serialization_failure`, 40P01
    /// `deadlock_detected`; `PostgreSQL` manual, appendix A).
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Unavailable(_) => true,
            Self::Query(sqlx::Error::Database(error)) => {
                matches!(error.code().as_deref(), Some("40001" | "40P01"))
            }
            Self::Constraint { .. } | Self::Query(_) => false,
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed => Self::Unavailable(error),
            sqlx::Error::Database(database) => {
                if let Some(name) = database.constraint() {
                    return Self::Constraint {
                        name: name.to_owned(),
                        source: error,
                    };
                }
                // Class 08: connection exception; 57P01 to 57P03: shutdown, crash, still starting;
                // 53300: too many connections; 25P03: the session was ended since its transaction paused for
                // too long (PostgreSQL manual, appendix A).
                let code = database.code().unwrap_or_default().into_owned();
                if code.starts_with("08")
                    || code.starts_with("57P0")
                    || ["53300", "25P03"].contains(&code.as_str())
                {
                    return Self::Unavailable(error);
                }
                Self::Query(error)
            }
            _ => Self::Query(error),
        }
    }
}
