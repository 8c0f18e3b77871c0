//! One session on one database, for level 2.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use async_trait::async_trait;
use futures::FutureExt;
use models::details::TableName;
use models::scan::MissingGrant;
use models::sync_log::Cost;

use super::scope::Scope;
use super::server::Server;
use super::session::Session;
use super::tables::Seen;
use super::{
    checks, connect, constraints, dependencies, digests, fields, grants, identities, indexes,
    objects, partitions, server, table_ids, tables, triggers,
};
use crate::produce::{Out, produce};
use crate::{DatabaseReader, Part, RecordStream, ScanError, Selection, Target, Witness};

const DATABASE: &str = "/* plumbline database */ \
    SELECT SCHEMA_NAME FROM information_schema.SCHEMATA \
    WHERE SCHEMA_NAME = ? AND CAST(SCHEMA_NAME AS BINARY) = ?";

const NAMES: &str = "/* plumbline names */ SELECT TABLE_NAME FROM information_schema.TABLES \
    WHERE TABLE_SCHEMA = ? AND CAST(TABLE_SCHEMA AS BINARY) = ? AND TABLE_TYPE <> 'SEQUENCE' \
    AND CAST(TABLE_NAME AS BINARY) > ? ORDER BY CAST(TABLE_NAME AS BINARY) LIMIT ?";

/// One session on one database.
#[derive(Debug)]
pub(super) struct Reader {
    target: Target,
    session: Session,
    /// What the sessions before this one have cost.
    spent: Cost,
    server: Server,
    database: String,
    /// What the tables told, and which of them were read; None before.
    seen: Option<(Selection, Seen)>,
    /// What tells the server that the session is with from every other, once asked.
    identity: Option<String>,
    /// Whether the login may see the ids of tables, as far as that was asked.
    tells_table_ids: bool,
}

impl Reader {
    /// Connects and makes sure that there is such a database, byte for byte.
    pub(super) async fn open(target: &Target, database: &str) -> Result<Self, ScanError> {
        let (mut session, server) = connect::open(target).await?;
        if let Err(error) = find(&mut session, database).await {
            session.close().await;
            return Err(error);
        }
        let (target, database) = (target.clone(), database.to_owned());
        Ok(Self {
            target,
            session,
            spent: Cost::default(),
            server,
            database,
            seen: None,
            identity: None,
            tells_table_ids: false,
        })
    }

    /// Connects anew when a stream before was dropped or failed in a state that the driver cannot
    /// mend.
    async fn revive(&mut self) -> Result<(), ScanError> {
        if self.session.is_broken() {
            let (session, _) = connect::open(&self.target).await?;
            self.spent
                .add(std::mem::replace(&mut self.session, session).cost());
            self.identity = None;
        }
        Ok(())
    }

    async fn part(
        &mut self,
        part: Part,
        selection: &Selection,
        mut out: Out,
    ) -> Result<(), ScanError> {
        self.revive().await?;
        let Self {
            session,
            server,
            database,
            seen,
            identity,
            tells_table_ids,
            ..
        } = self;
        let scope = Scope::new(database, selection);
        if scope.is_empty() {
            return Ok(());
        }
        let known = seen
            .as_ref()
            .and_then(|(of, seen)| (of == selection).then_some(seen));
        let mut ids = HashMap::new();
        if *tells_table_ids && matches!(part, Part::Digests | Part::Tables) {
            ids = table_ids::read(session, server, &scope, database).await?;
        }
        match part {
            Part::Digests => {
                digests::send_table_ids(ids, identity.as_deref(), &mut out).await;
                digests::read(session, server, &scope, &mut out).await
            }
            Part::Tables => {
                let told = tables::read(session, server, &scope, &ids, &mut out).await?;
                *seen = Some((selection.clone(), told));
                Ok(())
            }
            Part::Fields => {
                let sequences = sequences(session, server, &scope, known).await?;
                fields::read(session, server, &scope, &sequences, &mut out).await
            }
            Part::Constraints => {
                constraints::read(session, server, &scope, &mut out).await?;
                checks::read(session, server, &scope, &mut out).await
            }
            Part::Indexes => indexes::read(session, server, &scope, &mut out).await,
            Part::Partitions => match known {
                // Saves one pass over all tables.
                Some(known) if tables::tells_partitioned(server) && !known.partitioned => Ok(()),
                _ => partitions::read(session, &scope, &mut out).await,
            },
            Part::Triggers => triggers::read(session, &scope, &mut out).await,
            Part::Dependencies if known.is_some_and(|known| !known.views) => Ok(()),
            Part::Dependencies => dependencies::read(session, server, &scope, &mut out).await,
            Part::Objects => {
                if *selection == Selection::All {
                    objects::read(session, server, &scope, known, &mut out).await?;
                }
                // The last of the contents: whatever was missing before was missing in truth.
                find(session, database).await
            }
            Part::Identities => {
                identities::read(session, server, &scope, &mut out).await?;
                find(session, database).await
            }
        }
    }
}

/// The sequences, which have fields that are none of a table: as the tables told, or asked for.
async fn sequences<'a>(
    session: &mut Session,
    server: &Server,
    scope: &Scope<'_>,
    known: Option<&'a Seen>,
) -> Result<Cow<'a, HashSet<String>>, ScanError> {
    match known {
        Some(known) => Ok(Cow::Borrowed(&known.sequences)),
        None if server.has_sequences() => Ok(Cow::Owned(tables::sequences(session, scope).await?)),
        None => Ok(Cow::default()),
    }
}

/// Makes sure that there is such a database, byte for byte. One that is gone looks like an empty
/// one to every other statement.
async fn find(session: &mut Session, database: &str) -> Result<(), ScanError> {
    let query = sqlx::query(DATABASE).bind(database).bind(database);
    let row = session
        .first(&format!("the database {database}"), query)
        .await?;
    match row {
        Some(_) => Ok(()),
        None => Err(ScanError::UnknownDatabase {
            database: database.to_owned(),
        }),
    }
}

#[async_trait]
impl DatabaseReader for Reader {
    fn read<'a>(&'a mut self, part: Part, selection: &'a Selection) -> RecordStream<'a> {
        produce(|out| self.part(part, selection, out).boxed())
    }

    async fn names(
        &mut self,
        after: Option<&TableName>,
        limit: u32,
    ) -> Result<Vec<TableName>, ScanError> {
        self.revive().await?;
        // No name is empty, so that all are behind ''.
        let after = after.map_or("", |name| name.table_name.as_str());
        let query = sqlx::query(NAMES)
            .bind(&self.database)
            .bind(&self.database)
            .bind(after)
            .bind(limit);
        let mut names = Vec::new();
        let mut rows = self
            .session
            .rows(format!("the names of {}", self.database), query)?;
        while let Some(row) = rows.next().await? {
            names.push(TableName {
                table_schema: String::new(),
                table_name: row.text(0)?,
            });
        }
        Ok(names)
    }

    async fn missing_grants(&mut self) -> Result<Vec<MissingGrant>, ScanError> {
        self.revive().await?;
        let rights = grants::read(&mut self.session).await?;
        Ok(rights.missing(&self.server, &self.database))
    }

    async fn witness(&mut self) -> Result<Witness, ScanError> {
        self.revive().await?;
        if self.identity.is_none() {
            self.identity = server::identity(&mut self.session).await?;
        }
        let lines = grants::lines(&mut self.session).await?;
        self.tells_table_ids = grants::tells_table_ids(&lines);
        Ok(Witness {
            server: self.identity.clone(),
            rights: Some(grants::digest_of(lines, Some(&self.database))),
            wavered: None,
        })
    }

    fn cost(&self) -> Cost {
        let mut cost = self.spent;
        cost.add(self.session.cost());
        cost
    }

    async fn close(self: Box<Self>) {
        self.session.close().await;
    }
}
