//! Runs `plumb` as a user does: each test on a data directory of its own, all on free ports.

mod client;
mod completion;
mod console;
mod demo;
mod doctor;
mod home;
mod ran;
mod refusals;
mod restart;
mod scan;
mod secrets;
mod up;
mod whole_way;
