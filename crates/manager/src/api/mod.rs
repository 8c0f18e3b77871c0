//! The HTTP API, one endpoint per file.

mod datasources;
mod manage;
mod managed_objects;
pub(crate) mod passthrough;

use axum::Router;
use axum::routing::{MethodFilter, on, post};
use service_kit::{auth, openapi, routes};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::state::AppState;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Plumbline manager",
        description = "Managed objects and their permissions. Requests below /api/metadata are \
                       passed on to meta, whose own document describes them."
    ),
    paths(passthrough::pass),
    tags(
        (name = "datasources", description = "What can be managed"),
        (name = "managed-objects", description = "What is managed"),
        (name = "meta", description = "Passed on to meta"),
    )
)]
struct Document;

/// All routes of the API, each with the role that its handler declares.
pub(crate) fn router() -> Router<AppState> {
    routes().split_for_parts().0
}

/// What of `meta` is passed on without a credential of the caller's: signing in, whose code is one.
pub(crate) fn open_router() -> Router<AppState> {
    Router::new().route("/api/metadata/auth/sign-in", post(passthrough::pass_openly))
}

/// The `OpenAPI` document of the service.
#[must_use]
pub fn openapi() -> utoipa::openapi::OpenApi {
    openapi::shared(routes().split_for_parts().1)
}

fn routes() -> OpenApiRouter<AppState> {
    // The wildcard has another form in the document than in the router, so that it is not routed by `routes!`.
    let mut document = Document::openapi();
    openapi::declare(&mut document.paths, auth::need(&passthrough::pass));
    OpenApiRouter::with_openapi(document)
        .routes(routes!(datasources::list::list))
        .routes(routes!(
            datasources::available_databases::available_databases
        ))
        .routes(routes!(datasources::available_tables::available_tables))
        .routes(routes!(manage::manage))
        .routes(routes!(managed_objects::list::list))
        .routes(routes!(
            managed_objects::get::get,
            managed_objects::update::update,
            managed_objects::delete::delete
        ))
        .routes(routes!(managed_objects::preview::preview))
        .route("/api/metadata/{*path}", on(passed_on(), passthrough::pass))
}

/// The methods that meta's API has. CONNECT and the like are for nobody behind us.
fn passed_on() -> MethodFilter {
    MethodFilter::GET
        .or(MethodFilter::HEAD)
        .or(MethodFilter::POST)
        .or(MethodFilter::PUT)
        .or(MethodFilter::PATCH)
        .or(MethodFilter::DELETE)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    #[test]
    fn every_route_is_described() {
        let document = serde_json::to_value(super::openapi()).expect("a document is plain data");
        let paths = document["paths"].as_object().expect("paths");
        let described: Vec<_> = paths
            .iter()
            .flat_map(|(path, item)| {
                item.as_object()
                    .into_iter()
                    .flatten()
                    .map(move |(method, _)| format!("{method} {path}"))
            })
            .collect();
        for route in [
            "get /api/manager/datasources",
            "get /api/manager/datasources/{id}/available-databases",
            "get /api/manager/datasources/{id}/databases/{database}/available-tables",
            "post /api/manager/manage",
            "get /api/manager/managed-objects",
            "get /api/manager/managed-objects/{id}",
            "patch /api/manager/managed-objects/{id}",
            "delete /api/manager/managed-objects/{id}",
            "get /api/manager/managed-objects/{id}/preview",
            "post /api/metadata/{path}",
        ] {
            assert!(
                described.iter().any(|found| found == route),
                "{route} in {described:?}"
            );
        }
        for (path, item) in paths {
            for (method, operation) in item.as_object().into_iter().flatten() {
                let text = operation["description"].as_str().unwrap_or_default();
                assert!(
                    text.contains("Role: "),
                    "{method} {path} names no role: {text}"
                );
                assert_ne!(
                    operation["responses"]["401"],
                    Value::Null,
                    "{method} {path}"
                );
            }
        }
    }
}
