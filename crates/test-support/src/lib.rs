//! What Plumbline's tests need: database servers, stores, sources to read, services, and faults.
//!
//! Tests run on real servers, each with a database of its own, and side by side. Nothing here
//! waits for luck: [`eventually`] polls a condition until a deadline, and faults happen when the
//! test says so ([`Proxy`]). What is missing fails and names the command that provides it.
//!
//! Every function panics when it cannot do its work, since a test can only fail then.

mod api;
mod canary;
mod clock;
mod cluster;
mod counts;
mod dropping;
mod etl;
mod events;
mod faults;
mod folder;
mod hostile;
mod installation;
mod issuer;
mod logs;
mod manager;
mod names;
mod program;
mod proxy;
mod scram;
mod server;
mod session;
mod source;
mod store;
mod suite;
mod tls;
mod waiting;

pub use api::{Answer, Api, assert_has};
pub use canary::Canary;
pub use clock::TestClock;
pub use cluster::Cluster;
pub use counts::{Counts, of_mysql, of_postgres};
pub use etl::{EtlAnswer, EtlCall, EtlDouble};
pub use events::{Event, Events};
pub use faults::{Listener, refused_port};
pub use folder::Folder;
pub use hostile::{Act, FakeServer, Value};
pub use installation::{Installation, Meta, TENANT};
pub use issuer::{IssuerDouble, IssuerKey};
pub use logs::Logs;
pub use manager::{Door, Manager};
pub use names::{key, unique};
pub use program::{Program, programs};
pub use proxy::Proxy;
pub use server::Server;
pub use session::Session;
pub use source::Source;
pub use store::{StoreLogin, TestStore};
pub use tls::{Door as TlsDoor, certificate, has_ipv6};
pub use waiting::eventually;
