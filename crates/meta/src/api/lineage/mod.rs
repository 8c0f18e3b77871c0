//! Where data come from and where they go.

pub(super) mod get;
pub(super) mod receive;
