//! What handlers share.

use db::Store;

use crate::api::passthrough::Upstream;
use crate::config::{ManageConfig, PreviewConfig};
use crate::gateway::Gateway;

/// What handlers share. Clones are cheap and the same.
#[derive(Debug, Clone)]
pub(crate) struct AppState {
    /// Our own store.
    pub(crate) store: Store,
    /// The way to `meta`.
    pub(crate) gateway: Gateway,
    /// Where requests for `meta` are passed on to.
    pub(crate) upstream: Upstream,
    /// How databases and tables are adopted.
    pub(crate) manage: ManageConfig,
    /// How much a preview shows.
    pub(crate) preview: PreviewConfig,
}
