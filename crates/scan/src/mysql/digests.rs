//! What tells whether a table has changed: digests that the server computes over the very rows that
//! the parts read, so that nothing they read can be missing.
//!
//! What counts is what the login may see: a right that shows or hides something changes digests.
//! Figures do not count, and come along.

use std::collections::HashMap;

use super::scope::Scope;
use super::server::Server;
use super::session::Session;
use super::statement::Statement;
use super::tables::{self, Statistics, VIEW};
use super::{checks, constraints, dependencies, fields, indexes, partitions, triggers, views};
use crate::produce::Out;
use crate::{DigestRecord, Figures, Record, ScanError};

/// How many columns of [`tables::TABLES`] come before the figures.
const STRUCTURAL: usize = 8;

/// Besides the digest of a table itself: whether it is a sequence, a view, partitioned.
const KIND: &str = ", MAX(c1), MAX(c7 LIKE '%partitioned%')";

/// And its figures, where they come in the same pass.
const KIND_AND_FIGURES: &str =
    ", MAX(c1), MAX(c7 LIKE '%partitioned%'), MAX(c8), MAX(c9), MAX(c10), MAX(c11)";

/// What the tables told, by which passes are spared.
#[derive(Debug, Default)]
struct Seen {
    partitioned: bool,
    views: bool,
}

/// Sends the digests of each table, one of each part that tells something of it, and its figures.
pub(super) async fn read(
    session: &mut Session,
    server: &Server,
    scope: &Scope<'_>,
    out: &mut Out,
) -> Result<(), ScanError> {
    let seen = read_tables(session, server, scope, out).await?;
    if server.has_dictionary() {
        for (table, statistics) in tables::statistics(session, scope).await? {
            let figures = statistics.figures(tables::CACHED);
            out.send(record(table, "figures", None, Some(figures)))
                .await;
        }
    }
    for (part, statement) in parts(server, &seen) {
        let query = scope.query(statement.digest_of_all(part));
        let mut rows = session.rows(scope.what("digests"), query)?;
        while let Some(row) = rows.next().await? {
            out.send(record(row.text(0)?, part, row.optional(1)?, None))
                .await;
        }
    }
    Ok(())
}

async fn read_tables(
    session: &mut Session,
    server: &Server,
    scope: &Scope<'_>,
    out: &mut Out,
) -> Result<Seen, ScanError> {
    let has_figures = !server.has_dictionary();
    let sql = if has_figures {
        tables::TABLES.digest(TABLES, KIND_AND_FIGURES, STRUCTURAL)
    } else {
        tables::STRUCTURE.digest(TABLES, KIND, STRUCTURAL)
    };
    let mut seen = Seen::default();
    let mut rows = session.rows(scope.what("digests"), scope.query(sql))?;
    while let Some(row) = rows.next().await? {
        let kind = row.text(1)?;
        if kind == "SEQUENCE" {
            continue;
        }
        seen.views |= kind == VIEW;
        seen.partitioned |= row.number(2)? == Some(1);
        let (figures, digest) = if has_figures {
            let statistics = Statistics::read(&row, 3)?;
            (Some(statistics.figures(tables::ESTIMATE)), row.optional(7)?)
        } else {
            (None, row.optional(3)?)
        };
        out.send(record(row.text(0)?, TABLES, digest, figures))
            .await;
    }
    Ok(seen)
}

/// Sends what tells two tables from each other that are made alike: only so are they seen to swap their
/// names. An id is that of a server, `identity`.
pub(super) async fn send_table_ids(
    ids: HashMap<String, i64>,
    identity: Option<&str>,
    out: &mut Out,
) {
    let identity = identity.unwrap_or_default();
    for (table, id) in ids {
        let digest = format!("{identity}/{id}");
        out.send(record(table, "table id", Some(digest), None))
            .await;
    }
}

/// The part without which the others mean nothing: what has none of it is a sequence.
const TABLES: &str = "tables";

fn parts(server: &Server, seen: &Seen) -> Vec<(&'static str, Statement)> {
    let mut parts = vec![
        ("fields", fields::statement(server)),
        ("keys", constraints::statement(server)),
        ("indexes", indexes::statement(server)),
        ("triggers", triggers::STATEMENT),
    ];
    parts.extend(checks::statement(server).map(|statement| ("checks", statement)));
    if seen.partitioned || !tables::tells_partitioned(server) {
        parts.push(("partitions", partitions::STATEMENT));
    }
    if seen.views {
        parts.push(("views", views::STATEMENT));
        let usage = dependencies::statement(server);
        parts.extend(usage.map(|statement| ("view usage", statement)));
        let duality = views::duality(server);
        parts.extend(duality.map(|statement| ("duality views", statement)));
    }
    parts
}

fn record(
    table: String,
    part: &'static str,
    digest: Option<String>,
    figures: Option<Figures>,
) -> Record {
    Record::Digest(DigestRecord {
        schema: String::new(),
        table,
        part,
        digest,
        source_identity: None,
        figures,
    })
}
