//! `GET /api/metadata/auth/keys`

use axum::Json;
use axum::extract::State;
use catalog::api_keys;
use models::auth::ApiKey;
use models::page::Page;
use serde::Deserialize;
use service_kit::auth::Admin;
use service_kit::extract::Query;
use service_kit::paging::{List, PageParams, page};
use utoipa::IntoParams;

use crate::error::Error;
use crate::service::Service;

/// What the query string says.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ApiKeysQuery {
    /// Also keys that have been revoked.
    #[serde(default)]
    include_revoked: bool,
    /// How many items to answer with, 1 to 500; 50 if absent.
    #[param(minimum = 1, maximum = 500, default = 50)]
    limit: Option<u32>,
    /// The `next_cursor` of the page before.
    cursor: Option<String>,
    /// Whether to count the whole list too, which takes longer.
    #[serde(default)]
    with_total: bool,
}

/// The tenant's API keys in the order in which they were made, without their secrets.
#[utoipa::path(
    get,
    path = "/auth/keys",
    tag = "auth",
    params(ApiKeysQuery),
    responses((status = 200, description = "One page", body = Page<ApiKey>))
)]
pub(crate) async fn list(
    State(service): State<Service>,
    Admin(caller): Admin,
    Query(query): Query<ApiKeysQuery>,
) -> Result<Json<Page<ApiKey>>, Error> {
    let params = PageParams::new(query.limit, query.cursor)?;
    let list = List::new("api keys", &query.include_revoked);
    let after: Option<i64> = params.after(&list)?;
    let mut tx = service.store.begin(caller.tenant).await?;
    let with_revoked = query.include_revoked;
    let items = api_keys::list(&mut tx, with_revoked, after, params.fetch()).await?;
    let total = if query.with_total {
        Some(api_keys::count(&mut tx, with_revoked).await?)
    } else {
        None
    };
    Ok(Json(
        page(items, &params, &list, |last| last.id).with_total(total),
    ))
}
