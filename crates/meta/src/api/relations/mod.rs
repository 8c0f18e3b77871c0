//! Which table refers to which.

pub(super) mod list;
