//! History of structure.

pub(super) mod list;
