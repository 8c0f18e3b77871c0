//! Lists: keyset pages.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How many items a list answers with when the caller names no `limit`.
pub const DEFAULT_LIMIT: u16 = 50;
/// The largest `limit` a caller may ask for.
pub const MAX_LIMIT: u16 = 500;

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Page<T> {
    /// The items, in the order of the list.
    pub items: Vec<T>,
    /// Give this back as `cursor` to read on; null on the last page.
    pub next_cursor: Option<String>,
    /// How many items the whole list has; only with `with_total=true`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<i64>,
}

impl<T> Page<T> {
    /// The page with the number of items of the whole list, where that was asked for.
    #[must_use]
    pub fn with_total(self, total: Option<i64>) -> Self {
        Self { total, ..self }
    }
}
