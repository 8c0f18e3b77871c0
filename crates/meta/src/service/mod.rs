//! What the calls do: one file per noun, as in `api/`.

pub(crate) mod api_keys;
pub(crate) mod datasources;
pub(crate) mod events;
mod jobs;
mod lineage;
mod lookup;
mod once;
mod overview;
mod passwords;
pub(crate) mod pipelines;
pub(crate) mod preview;
mod removals;
mod reports;
pub(crate) mod scans;
pub(crate) mod schedules;
mod search;
mod sign_in_links;
mod tree;

use std::sync::Arc;

use ::jobs::Jobs;
use db::Store;
use models::{Clock, TenantId};
use scan::{Caps, Limits, Route};
use service_kit::auth::{Caller, TokenKeys};

use self::events::Events;
pub(crate) use self::once::Once;
use crate::config::SyncConfig;
use crate::secrets::{References, Secrets};

/// What every call works with.
#[derive(Debug, Clone)]
pub(crate) struct Service {
    pub(crate) store: Store,
    pub(crate) jobs: Jobs,
    pub(crate) secrets: Secrets,
    pub(crate) references: References,
    pub(crate) clock: Clock,
    pub(crate) limits: Limits,
    /// How much a preview shows at most.
    pub(crate) preview: Caps,
    pub(crate) route: Route,
    pub(crate) events: Events,
    /// What a schedule is where nobody says otherwise.
    pub(crate) sync: Arc<SyncConfig>,
    /// What the tokens of sessions are signed with.
    pub(crate) keys: Arc<TokenKeys>,
    /// How long such a session lives.
    pub(crate) session_seconds: u32,
}

/// On whose behalf something is done.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Actor<'a> {
    pub(crate) tenant: TenantId,
    /// The `sub` of the credential; None for the schedule.
    pub(crate) subject: Option<&'a str>,
}

impl<'a> From<&'a Caller> for Actor<'a> {
    fn from(caller: &'a Caller) -> Self {
        Self {
            tenant: caller.tenant,
            subject: Some(&caller.subject),
        }
    }
}
