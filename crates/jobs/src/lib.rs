//! The job log, the queue and its workers.
//!
//! A job is a row of `log_data_jobs` and, while it is active, an entry of the queue; [`Jobs::start`]
//! writes both in the caller's transaction. [`Worker`] takes entries off the queue and hands each
//! to the [`Work`] of its type. The crate knows no concrete job and no catalog.

mod attempt;
pub mod external;
mod feed;
mod hold;
mod jobs;
pub mod log;
pub mod observed;
mod queue;
mod retry;
mod sweep;
mod work;
mod worker;

pub use feed::{Feed, News, Reader};
pub use hold::HoldError;
pub use jobs::{JobError, Jobs, NewJob};
pub use queue::{Queue, QueueError};
pub use work::{Aborted, Run, Work, WorkError};
pub use worker::{Worker, WorkerSettings};
