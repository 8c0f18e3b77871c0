//! Extractors that read a request strictly and answer problems.
//!
//! | input | unknown names | wrong or missing values |
//! | --- | --- | --- |
//! | [`Body`] | 400 `unknown-field` | 422, one entry for each field |
//! | [`Query`] | 400 `unknown-field` | 422, one entry for each parameter |
//! | [`Path`] | | 404, since such a path names nothing |
//! | [`IdempotencyKey`] | | 422 |

mod body;
mod idempotency_key;
mod json;
mod path;
mod pointer;
mod query;
mod repair;
mod wipe;
mod words;
mod zero;

pub use body::Body;
pub use idempotency_key::{IDEMPOTENCY_KEY, IdempotencyKey};
pub use path::Path;
pub use query::Query;
pub(crate) use query::longest;
