//! Reads one database.

use std::sync::Arc;

use futures::TryStreamExt as _;
use models::scan::{MissingGrant, ScanFailure};
use models::sync_log::Cost;
use scan::{DatabaseReader, DatabaseRecord, Part, ScanError, Scanner, Selection};

use super::assemble::Assembly;
use super::document::Database;
use super::progress::Progress;

/// What came of reading one database.
#[derive(Debug)]
pub(super) struct Reading {
    pub(super) database: Database,
    pub(super) failures: Vec<ScanFailure>,
    pub(super) missing_grants: Vec<MissingGrant>,
    pub(super) cost: Cost,
}

/// What it takes to read one database.
#[derive(Clone)]
pub(super) struct Job {
    pub(super) scanner: Arc<dyn Scanner>,
    pub(super) selection: Arc<Selection>,
    pub(super) progress: Progress,
}

impl Job {
    /// Reads a database; one that cannot be read is a failure among what came of it.
    pub(super) async fn read(self, record: DatabaseRecord) -> Reading {
        let mut assembly = Assembly::new(record.clone());
        let mut cost = Cost::default();
        let mut missing_grants = Vec::new();
        let outcome = match record.inaccessible_reason {
            Some(reason) => Err(reason),
            None => match self.scanner.open(&record.name).await {
                Ok(mut reader) => {
                    let grants = self
                        .content(&mut *reader, &record.name, &mut assembly)
                        .await;
                    cost = reader.cost();
                    reader.close().await;
                    grants
                        .map(|grants| missing_grants = grants)
                        .map_err(|error| error.to_string())
                }
                Err(error) => Err(error.to_string()),
            },
        };
        let (database, failures) = match outcome {
            Ok(()) => assembly.finish(&self.selection),
            Err(error) => assembly.failed(error),
        };
        Reading {
            database,
            failures,
            missing_grants,
            cost,
        }
    }

    async fn content(
        &self,
        reader: &mut dyn DatabaseReader,
        name: &str,
        assembly: &mut Assembly,
    ) -> Result<Vec<MissingGrant>, ScanError> {
        for part in Part::CONTENT {
            let mut records = reader.read(part, &self.selection);
            let mut rows = 0;
            self.progress.at(name, part, rows);
            while let Some(record) = records.try_next().await? {
                assembly.add(record);
                rows += 1;
                self.progress.at(name, part, rows);
            }
        }
        reader.missing_grants().await
    }
}
