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
}
