//! Who is let in where, and that no tenant learns anything of another: for every operation that the documents of both
//! services have.
//!
//! A new operation needs a line in `lines.rs`; without one, or with one that no operation goes with, the tests fail.

mod credentials;
mod leaks;
mod lines;
mod matrix;
mod place;
