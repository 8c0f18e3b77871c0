//! `GET /datasources/{id}/available-databases`

use axum::Json;
use axum::extract::State;
use meta_client::DatabasesQuery;
use models::Problem;
use models::database::Database;
use models::managed_object::{AvailableDatabase, AvailableDatabases};
use serde::Deserialize;
use service_kit::auth::Viewer;
use service_kit::extract::{Path, Query};
use service_kit::http::RequestId;
use service_kit::paging::PageParams;
use utoipa::IntoParams;

use crate::error::Error;
use crate::state::AppState;
use crate::store::managed_objects::{self, ManagedPart};

/// Which databases to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct AvailableQuery {
    /// Only names that contain this, upper and lower case alike.
    q: Option<String>,
    /// How many to answer with, 1 to 500; 50 if absent.
    #[param(minimum = 1, maximum = 500, default = 50)]
    limit: Option<u32>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
    /// Whether to count the whole list too, which takes longer.
    #[serde(default)]
    with_total: bool,
}

/// The databases of a data source by name, with what of each is managed.
#[utoipa::path(
    get,
    path = "/api/manager/datasources/{id}/available-databases",
    tag = "datasources",
    params(("id" = i64, Path, description = "The data source"), AvailableQuery),
    responses(
        (status = 200, description = "A page of databases", body = AvailableDatabases),
        (status = 404, description = "There is no such data source", body = Problem),
        (status = 503, description = "Meta or the store cannot be reached", body = Problem),
    )
)]
pub(crate) async fn available_databases(
    State(state): State<AppState>,
    Viewer(caller): Viewer,
    request_id: RequestId,
    Path(id): Path<i64>,
    Query(query): Query<AvailableQuery>,
) -> Result<Json<AvailableDatabases>, Error> {
    let limit = PageParams::new(query.limit, None)?.limit();
    let session = state.gateway.as_caller(&caller, &request_id).session();
    let asked = DatabasesQuery {
        resource_id: id,
        name: None,
        q: query.q,
        limit: Some(limit),
        // The cursor is meta's own: it checks it.
        cursor: query.cursor,
        include_removed: None,
        with_total: query.with_total,
    };
    let (datasource, page) =
        tokio::try_join!(session.get_datasource(id), session.list_databases(&asked))?;
    let names: Vec<&str> = page
        .items
        .iter()
        .map(|one| one.database_name.as_str())
        .collect();
    let mut tx = state.store.begin(caller.tenant).await?;
    let mut managed = managed_objects::count_by_database(&mut tx, id, &names).await?;
    let databases = page.items.into_iter().map(|database| {
        let part = managed.remove(&database.database_name).unwrap_or_default();
        available(database, part)
    });
    Ok(Json(AvailableDatabases {
        resource_id: id,
        resource_name: datasource.datasource_name,
        databases: databases.collect(),
        next_cursor: page.next_cursor,
        total: page.total,
    }))
}

fn available(database: Database, managed: ManagedPart) -> AvailableDatabase {
    AvailableDatabase {
        database_id: database.id,
        database_name: database.database_name,
        table_count: database.table_count,
        total_size_bytes: database.total_size_bytes,
        total_size_mb: database.total_size_bytes.map(mebibytes),
        is_accessible: database.is_accessible,
        is_scanned: database.is_scanned,
        last_sync_at: database.last_sync_at,
        is_managed: managed.whole,
        managed_tables: managed.tables,
    }
}

/// Bytes in MiB, rounded to two decimals, halves up.
fn mebibytes(bytes: i64) -> f64 {
    const MEBIBYTE: i128 = 1024 * 1024;
    let hundredths = (i128::from(bytes) * 100 + MEBIBYTE / 2).div_euclid(MEBIBYTE);
    #[expect(
        clippy::cast_precision_loss,
        reason = "exact below 90 TiB, and close enough above"
    )]
    let hundredths = hundredths as f64;
    hundredths / 100.0
}

#[cfg(test)]
mod tests {
    use super::mebibytes;

    #[test]
    fn sizes_are_rounded_to_two_decimals() {
        let shown = |bytes| mebibytes(bytes).to_string();
        assert_eq!(shown(0), "0");
        assert_eq!(shown(5242), "0");
        assert_eq!(shown(5243), "0.01");
        assert_eq!(shown(1024 * 1024), "1");
        assert_eq!(shown(7_995_392), "7.63");
        assert_eq!(shown(123_456_789), "117.74");
        assert_eq!(shown(i64::MAX), "8796093022208");
    }
}
