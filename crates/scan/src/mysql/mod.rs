//! Reads `MySQL` and `MariaDB` through `information_schema`.
//!
//! Names are compared as bytes throughout: `MariaDB` compares what `information_schema` says
//! without case, so that `T1` and `t1` would become one table. On `MySQL` from 8.0 on the views
//! rest on the data dictionary and only statistics open tables; on `MariaDB` and `MySQL` 5.7 each
//! pass over a view opens every table of the database, so passes are what is saved there.

mod checks;
mod connect;
mod constraints;
mod defaults;
mod dependencies;
mod digests;
mod encoding;
mod errors;
mod fields;
mod grants;
mod greeting;
mod guard;
mod identities;
mod indexes;
mod objects;
mod partitions;
mod preview;
mod probe;
mod reader;
mod row;
pub(crate) mod rows;
mod scope;
mod server;
mod session;
mod statement;
mod sync;
mod table_ids;
mod tables;
mod triggers;
mod types;
mod view_text;
mod views;
mod wire;
pub(crate) mod write;

use async_trait::async_trait;
use models::datasource::TestStep;

use crate::{
    DatabaseReader, Inventory, Preview, PreviewError, PreviewRequest, ScanError, Scanner, Target,
};

/// One `MySQL` or `MariaDB` server.
#[derive(Debug)]
pub(crate) struct Mysql {
    target: Target,
}

impl Mysql {
    /// The scanner for a server; connects to nothing yet.
    pub(crate) fn new(target: Target) -> Self {
        Self { target }
    }
}

#[async_trait]
impl Scanner for Mysql {
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
