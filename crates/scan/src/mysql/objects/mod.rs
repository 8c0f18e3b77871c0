//! What a database holds besides tables: routines, events, sequences.

mod events;
mod routines;
mod sequences;

use super::scope::Scope;
use super::server::Server;
use super::session::Session;
use super::tables::Seen;
use crate::produce::Out;
use crate::{ObjectRecord, ScanError};

/// Sends the routines, events and sequences of the database. `seen` spares a pass over the tables.
pub(super) async fn read(
    session: &mut Session,
    server: &Server,
    scope: &Scope<'_>,
    seen: Option<&Seen>,
    out: &mut Out,
) -> Result<(), ScanError> {
    routines::read(session, scope, out).await?;
    events::read(session, scope, out).await?;
    if server.has_sequences() && seen.is_none_or(|seen| !seen.sequences.is_empty()) {
        sequences::read(session, server, scope, out).await?;
    }
    Ok(())
}

/// An object of which nothing but kind and name is known.
fn object(kind: impl Into<String>, name: String) -> ObjectRecord {
    ObjectRecord {
        kind: kind.into(),
        schema: String::new(),
        name,
        signature: String::new(),
        owner: None,
        comment: None,
        definition: None,
        source_identity: None,
        details: models::database_object::ObjectDetails::default(),
    }
}
