//! Reads `PostgreSQL` 11 and later through `pg_catalog`.
//!
//! `information_schema` hides what the login may not access, leaves out materialized views, indexes
//! and partitions, and takes ten times as long. Each part of a deep scan is one statement, or a few,
//! whatever the number of tables: a second one for fields where some are generated, five for
//! objects. All but those of objects begin with the same definition of what a listed relation is.
//! The statements are written for the newest version, and made to fit older ones.

mod connect;
mod constraints;
mod dependencies;
mod digests;
pub(crate) mod errors;
mod fields;
mod greeting;
mod guard;
mod indexes;
mod objects;
mod partitions;
mod preview;
mod probe;
mod reader;
mod resume;
mod row;
pub(crate) mod rows;
mod scope;
mod server;
mod session;
mod sync;
mod tables;
mod triggers;
mod types;
mod wire;
pub(crate) mod write;

use async_trait::async_trait;
use models::datasource::TestStep;

use crate::{
    DatabaseReader, Inventory, Preview, PreviewError, PreviewRequest, ScanError, Scanner, Target,
};

/// One `PostgreSQL` server.
#[derive(Debug)]
pub(crate) struct Postgres {
    target: Target,
}

impl Postgres {
    /// The scanner for a server; connects to nothing yet.
    pub(crate) fn new(target: Target) -> Self {
        Self { target }
    }
}

#[async_trait]
impl Scanner for Postgres {
    async fn test(&self) -> Vec<TestStep> {
        probe::test(&self.target).await
    }

    async fn sync(&self) -> Result<Inventory, ScanError> {
        sync::read(&self.target).await
    }

    async fn open(&self, database: &str) -> Result<Box<dyn DatabaseReader>, ScanError> {
        Ok(Box::new(
            reader::Reader::open(&self.target, database).await?,
        ))
    }

    async fn preview(
        &self,
        database: &str,
        request: &PreviewRequest,
    ) -> Result<Preview, PreviewError> {
        preview::read(&self.target, database, request).await
    }
}
