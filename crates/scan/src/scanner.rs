//! The one trait behind which the engines differ.

use async_trait::async_trait;
use futures::stream::BoxStream;
use models::datasource::{Engine, TestStep};
use models::details::TableName;
use models::scan::MissingGrant;
use models::sync_log::Cost;

use crate::{
    Inventory, Preview, PreviewError, PreviewRequest, Record, ScanError, Target, Witness, mysql,
    postgres,
};

/// Records as they come from the server; memory stays flat whatever their number.
pub type RecordStream<'a> = BoxStream<'a, Result<Record, ScanError>>;

/// One server.
#[async_trait]
pub trait Scanner: Send + Sync {
    /// Tries the connection step by step and stops at the first step that fails: resolve, connect,
    /// authenticate, tls, version, databases, privileges. Never fails itself.
    async fn test(&self) -> Vec<TestStep>;

    /// Level 1: reads the server's databases.
    ///
    /// A database that cannot be read fails alone, as `inaccessible_reason`.
    ///
    /// # Errors
    /// When the server itself cannot be read.
    async fn sync(&self) -> Result<Inventory, ScanError>;

    /// Opens one read-only session on a database, for level 2.
    ///
    /// # Errors
    /// [`ScanError::UnknownDatabase`] when there is no such database, and whatever stops a connection.
    async fn open(&self, database: &str) -> Result<Box<dyn DatabaseReader>, ScanError>;

    /// Shows some rows of a table, by one statement in a read-only transaction. The only thing here that reads
    /// rows of a user's table.
    ///
    /// # Errors
    /// [`PreviewError::Gone`] when table or columns are no longer there, [`PreviewError::Refused`] for
    /// a condition that the server does not take, and whatever stops a connection.
    async fn preview(
        &self,
        database: &str,
        request: &PreviewRequest,
    ) -> Result<Preview, PreviewError>;
}

/// One session on one database. The number of statements does not depend on the number of tables.
#[async_trait]
pub trait DatabaseReader: Send {
    /// Streams one catalog statement (or the few that belong together) of the database.
    ///
    /// Records of a part come in no particular order, but those of one table's partitions in
    /// theirs. A table that the selection leaves out has no record in any part; objects that are
    /// no tables come with [`Selection::All`] only.
    fn read<'a>(&'a mut self, part: Part, selection: &'a Selection) -> RecordStream<'a>;

    /// The names of the database's tables, by schema and name, at most `limit` from `after` on.
    ///
    /// # Errors
    /// When the statement fails.
    async fn names(
        &mut self,
        after: Option<&TableName>,
        limit: u32,
    ) -> Result<Vec<TableName>, ScanError>;

    /// What the login may not see of this database, each with the grant that would show it.
    ///
    /// # Errors
    /// When the rights cannot be read.
    async fn missing_grants(&mut self) -> Result<Vec<MissingGrant>, ScanError>;

    /// Who answers, and what the login may see in this database just now. What a session sees was
    /// settled in part when it began (`MySQL` manual, "When Privilege Changes Take Effect"), so ask
    /// before the first part and after the last.
    ///
    /// # Errors
    /// When the server cannot be asked.
    async fn witness(&mut self) -> Result<Witness, ScanError>;

    /// What this session has cost so far.
    fn cost(&self) -> Cost;

    /// Says good-bye to the server.
    async fn close(self: Box<Self>);
}

/// The parts of a deep scan, each one stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// Digests of all tables, by which is told what must be read. Read before anything else, so that
    /// what changes meanwhile differs the next time, and only with [`Selection::All`].
    Digests,
    /// Relations. Always read first of what makes up the catalog.
    Tables,
    /// Columns.
    Fields,
    /// Keys and checks.
    Constraints,
    /// Indexes.
    Indexes,
    /// Partition keys and parts.
    Partitions,
    /// Triggers.
    Triggers,
    /// What views read.
    Dependencies,
    /// Schemas, routines, sequences, extensions, types.
    Objects,
    /// The names of all living tables, afresh: what is not among them is gone. Read last, and only
    /// with [`Selection::All`].
    Identities,
}

impl Part {
    /// What makes up the catalog, in the order in which it is read.
    pub const CONTENT: [Self; 8] = [
        Self::Tables,
        Self::Fields,
        Self::Constraints,
        Self::Indexes,
        Self::Partitions,
        Self::Triggers,
        Self::Dependencies,
        Self::Objects,
    ];

    /// All of them, in the order in which they are read.
    pub const ALL: [Self; 10] = [
        Self::Digests,
        Self::Tables,
        Self::Fields,
        Self::Constraints,
        Self::Indexes,
        Self::Partitions,
        Self::Triggers,
        Self::Dependencies,
        Self::Objects,
        Self::Identities,
    ];

    /// The word for messages and checkpoints.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Digests => "digests",
            Self::Tables => "tables",
            Self::Fields => "fields",
            Self::Constraints => "constraints",
            Self::Indexes => "indexes",
            Self::Partitions => "partitions",
            Self::Triggers => "triggers",
            Self::Dependencies => "dependencies",
            Self::Objects => "objects",
            Self::Identities => "identities",
        }
    }
}

/// Which tables of a database to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selection {
    /// All of them.
    All,
    /// Those that a selector names: `name` in any schema, or `schema.name`. Matched byte for byte.
    Tables(Vec<String>),
    /// Those whose digests differ.
    Chosen(Vec<Chosen>),
}

impl Selection {
    /// Whether no table is selected.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::All => false,
            Self::Tables(selectors) => selectors.is_empty(),
            Self::Chosen(chosen) => chosen.is_empty(),
        }
    }
}

/// A table as a digest told it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// Its name.
    pub name: TableName,
    /// What the server itself knows it by, where that was told.
    pub source_identity: Option<i64>,
}

/// The scanner for a server.
#[must_use]
pub fn scanner(target: Target) -> Box<dyn Scanner> {
    match target.engine {
        Engine::Postgresql => Box::new(postgres::Postgres::new(target)),
        Engine::Mysql => Box::new(mysql::Mysql::new(target)),
    }
}
