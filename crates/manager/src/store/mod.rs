//! All SQL of the service. The caller owns the transaction, which is bound to a tenant.

pub(crate) mod followed;
pub(crate) mod idempotency;
pub(crate) mod managed_objects;
pub(crate) mod progress;
pub(crate) mod scan_schedules;
pub(crate) mod turns;
