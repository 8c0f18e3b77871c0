//! Scans of both levels and their history.

use http::Method;
use models::page::Page;
use models::removal::{DoubtedRemoval, RemovalsConfirmed};
use models::scan::{DeepScanStarted, ScanStatus, StartDeepScan, StartSync, SyncStarted};
use models::sync_log::SyncLog;

use crate::{Error, PageQuery, Session, SyncLogsQuery};

impl Session {
    /// Starts level 1 of a data source.
    ///
    /// # Errors
    /// Problems `datasource-not-found` and `scan-active`, and those of every call; see [`Error`].
    pub async fn start_sync(&self, request: &StartSync) -> Result<SyncStarted, Error> {
        self.send(Method::POST, &["sync", "auto"], request).await
    }

    /// Starts level 2 of one or several databases.
    ///
    /// # Errors
    /// Problems `datasource-not-found` and `scan-active`, and those of every call; see [`Error`].
    pub async fn start_deep_scan(&self, request: &StartDeepScan) -> Result<DeepScanStarted, Error> {
        self.send(Method::POST, &["scan", "deep"], request).await
    }

    /// Where a sync or deep scan stands.
    ///
    /// # Errors
    /// A problem `scan-not-found`, and those of every call; see [`Error`].
    pub async fn scan_status(&self, scan_id: i64) -> Result<ScanStatus, Error> {
        self.get(&["scan", "status", &scan_id.to_string()], &())
            .await
    }

    /// A page of what a sync or deep scan no longer found and did not mark as removed.
    ///
    /// # Errors
    /// A problem `scan-not-found`, and those of every call; see [`Error`].
    pub async fn list_removals(
        &self,
        scan_id: i64,
        query: &PageQuery,
    ) -> Result<Page<DoubtedRemoval>, Error> {
        self.get(&["scan", &scan_id.to_string(), "removals"], query)
            .await
    }

    /// Confirms that all of these are gone.
    ///
    /// # Errors
    /// Problems `scan-not-found` and `nothing-to-confirm`, and those of every call; see [`Error`].
    pub async fn confirm_removals(&self, scan_id: i64) -> Result<RemovalsConfirmed, Error> {
        let path = ["scan", &scan_id.to_string(), "confirm-removals"];
        self.send(Method::POST, &path, &serde_json::json!({})).await
    }

    /// A page of the history of scans, newest first.
    ///
    /// # Errors
    /// Those of every call; see [`Error`].
    pub async fn list_sync_logs(&self, query: &SyncLogsQuery) -> Result<Page<SyncLog>, Error> {
        self.get(&["sync-logs"], query).await
    }
}
