//! The words of Plumbline: entities, requests, responses, job states and problem types.
//!
//! Everything here is data that travels between the services, the command line and the store.
//! The crate does no I/O; the only two things it reads from the outside are the clock and random
//! identifiers, and both are injected through [`Clock`] and [`Ids`].

pub mod auth;
pub mod body;
pub mod change;
pub mod clock;
pub mod database;
pub mod database_object;
pub mod datasource;
pub mod details;
pub mod field;
pub mod ids;
mod integer;
pub mod job;
pub mod lineage;
pub mod lookup;
pub mod managed_object;
pub mod openlineage;
pub mod overview;
pub mod page;
pub mod pipeline;
pub mod preview;
pub mod problem;
pub mod problem_type;
pub mod relation;
pub mod removal;
pub mod scan;
pub mod schedule;
pub mod search;
pub mod sync_log;
pub mod table;
pub mod tenant;
pub mod tree;

pub use body::RequestBody;
pub use clock::Clock;
pub use ids::Ids;
pub use problem::{FieldError, Problem};
pub use problem_type::ProblemType;
pub use tenant::{Role, TenantId};
