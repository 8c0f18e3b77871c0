//! The tests of Plumbline on real servers. Files mirror the crates; `tests/run` starts the servers.

mod catalog;
mod content;
mod contract;
mod ddl;
mod docs;
mod http;
mod isolation;
mod jobs;
mod logs;
mod manager;
mod meta;
mod packaging;
mod programs;
mod resume;
mod scan;
mod snapshots;
mod store;
mod transfer;
