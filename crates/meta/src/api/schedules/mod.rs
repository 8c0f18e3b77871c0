//! `/api/metadata/schedules`

pub(super) mod create;
pub(super) mod delete;
pub(super) mod get;
pub(super) mod list;
pub(super) mod update;

use service_kit::auth::Caller;

use crate::service::schedules::Keeper;

/// As whom the caller asks: a service's token is `manager`'s.
fn keeper(caller: &Caller) -> Keeper {
    if caller.service {
        Keeper::Manager
    } else {
        Keeper::User
    }
}
