//! What the calls do: one file per noun, as in `api/`.

pub(crate) mod datasources;
mod lookup;
mod once;
pub(crate) mod scans;
mod tree;

use db::Store;
use jobs::Jobs;
use models::{Clock, TenantId};
use scan::Limits;

pub(crate) use self::once::Once;
use crate::secrets::Secrets;

/// What every call works with.
#[derive(Debug, Clone)]
pub(crate) struct Service {
    pub(crate) store: Store,
    pub(crate) jobs: Jobs,
    pub(crate) secrets: Secrets,
    pub(crate) clock: Clock,
    pub(crate) limits: Limits,
}

/// On whose behalf something is done.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Actor<'a> {
    pub(crate) tenant: TenantId,
    /// The `sub` of the credential; None for the schedule.
    pub(crate) subject: Option<&'a str>,
}
