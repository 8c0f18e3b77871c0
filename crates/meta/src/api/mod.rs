//! The HTTP API: one endpoint per file, and this table of them.

mod auth;
mod changes;
mod databases;
mod datasources;
mod events;
mod fields;
mod jobs;
mod lineage;
mod lookup;
mod objects;
mod overview;
mod pipelines;
mod relations;
mod scan;
mod schedules;
mod search;
mod sync;
mod sync_logs;
mod tables;
mod tree;

use axum::Router;
use models::scan::ScanStatus;
use service_kit::openapi::Shared;
use service_kit::routes;
use utoipa::{Modify, OpenApi};
use utoipa_axum::router::OpenApiRouter;

pub(crate) use self::lookup::by_names::LookupQuery;
pub(crate) use self::search::SearchQuery;
use crate::service::Service;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Plumbline meta",
        description = "Data sources, scanning, schedules, the catalog, pipelines and jobs.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    components(schemas(ScanStatus))
)]
struct Document;

/// All routes, each with the role that its handler declares.
pub(crate) fn router() -> Router<Service> {
    routes_with_document().split_for_parts().0
}

/// The routes that need no credential.
pub(crate) fn open_router() -> Router<Service> {
    open_routes_with_document().split_for_parts().0
}

/// The document that describes the API.
#[must_use]
pub fn openapi() -> utoipa::openapi::OpenApi {
    let all = routes_with_document().merge(open_routes_with_document());
    let mut document = all.split_for_parts().1;
    Shared.modify(&mut document);
    document
}

fn routes_with_document() -> OpenApiRouter<Service> {
    let api = routes_of_the_catalog().merge(routes_of_work());
    // Where the clients of OpenLineage look for it.
    let of_others = OpenApiRouter::new().routes(routes!(lineage::receive::receive));
    OpenApiRouter::with_openapi(Document::openapi())
        .nest("/api/metadata", api)
        .nest("/api/v1", of_others)
}

fn routes_of_the_catalog() -> OpenApiRouter<Service> {
    OpenApiRouter::new()
        .routes(routes!(
            datasources::create::create,
            datasources::list::list
        ))
        .routes(routes!(datasources::test_connection::test_connection))
        .routes(routes!(
            datasources::get::get,
            datasources::update::update,
            datasources::delete::delete
        ))
        .routes(routes!(datasources::test::test))
        .routes(routes!(sync::auto::auto))
        .routes(routes!(scan::deep::deep))
        .routes(routes!(scan::status::status))
        .routes(routes!(scan::events::events))
        .routes(routes!(scan::cancel::cancel))
        .routes(routes!(scan::retry::retry))
        .routes(routes!(scan::removals::removals))
        .routes(routes!(scan::confirm_removals::confirm_removals))
        .routes(routes!(databases::list::list))
        .routes(routes!(databases::get::get))
        .routes(routes!(databases::table_names::table_names))
        .routes(routes!(tables::list::list))
        .routes(routes!(tables::get::get))
        .routes(routes!(tables::preview::preview))
        .routes(routes!(fields::list::list))
        .routes(routes!(fields::get::get))
        .routes(routes!(objects::list::list))
        .routes(routes!(objects::get::get))
        .routes(routes!(relations::list::list))
        .routes(routes!(changes::list::list))
        .routes(routes!(lineage::get::get))
        .routes(routes!(
            lookup::by_names::lookup,
            lookup::by_ids::lookup_ids
        ))
        .routes(routes!(tree::tree))
        .routes(routes!(search::search))
}

fn routes_of_work() -> OpenApiRouter<Service> {
    OpenApiRouter::new()
        .routes(routes!(sync_logs::list::list))
        .routes(routes!(schedules::create::create, schedules::list::list))
        .routes(routes!(
            schedules::get::get,
            schedules::update::update,
            schedules::delete::delete
        ))
        .routes(routes!(jobs::list::list, jobs::report::report))
        .routes(routes!(jobs::get::get, jobs::update::update))
        .routes(routes!(pipelines::create::create, pipelines::list::list))
        .routes(routes!(
            pipelines::get::get,
            pipelines::update::update,
            pipelines::delete::delete
        ))
        .routes(routes!(pipelines::sync::sync))
        .routes(routes!(pipelines::run_etl::run_etl))
        .routes(routes!(pipelines::measure::measure))
        .routes(routes!(overview::get::get))
        .routes(routes!(
            overview::groups::groups,
            overview::set_groups::set_groups
        ))
        .routes(routes!(jobs::all_events::all_events))
        .routes(routes!(jobs::events::events))
        .routes(routes!(jobs::failed_rows::failed_rows))
        .routes(routes!(jobs::cancel::cancel))
        .routes(routes!(jobs::retry::retry))
        .routes(routes!(auth::keys::create::create, auth::keys::list::list))
        .routes(routes!(auth::keys::get::get, auth::keys::revoke::revoke))
        .routes(routes!(auth::keys::introspect::introspect))
        .routes(routes!(auth::introspect::introspect))
        .routes(routes!(auth::sign_in_links::create::create))
}

fn open_routes_with_document() -> OpenApiRouter<Service> {
    let api = OpenApiRouter::new().routes(utoipa_axum::routes!(auth::sign_in::sign_in));
    OpenApiRouter::new().nest("/api/metadata", api)
}
