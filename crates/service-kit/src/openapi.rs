//! The `OpenAPI` document and the page that shows it, both without the network.

mod declared;

use std::mem;

use axum::Router;
use http::HeaderValue;
use http::header::CONTENT_SECURITY_POLICY;
use tower_http::set_header::SetResponseHeaderLayer;
use utoipa::openapi::path::{Operation, Parameter, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::schema::{SchemaType, Type};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{
    Components, Content, OpenApi, Ref, RefOr, Required, Response, ResponseBuilder, Schema,
};
use utoipa::{Modify, PartialSchema, ToSchema};
use utoipa_swagger_ui::SwaggerUi;

use self::SharedBy::{Body, Everything, Guarded, Input};
use self::declared::requirement;
pub use self::declared::{REQUIRED_ROLE, declare, declared, one_path};
use crate::extract::longest;
use crate::problem::MEDIA_TYPE;

/// Where the document is served.
pub const DOCUMENT_PATH: &str = "/api-docs/openapi.json";
/// Where the page is served.
pub const PAGE_PATH: &str = "/docs";

/// What the page may load and run: its own files, and images that its style sheet holds in itself. That
/// nothing inline is allowed costs it the colour of its logo.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
                           connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The security scheme of a user's credential.
const BEARER: &str = "bearer";
/// The security scheme of a service's token.
const SERVICE: &str = "service";

/// What handlers answer with.
const JSON: &str = "application/json";
/// What follows something to its end.
const EVENT_STREAM: &str = "text/event-stream";

/// Adds the document and the page to a router. The page's files are in the binary.
pub fn mount(router: Router, document: OpenApi) -> Router {
    let page: Router = SwaggerUi::new(PAGE_PATH)
        .url(DOCUMENT_PATH, document)
        .into();
    let policy = HeaderValue::from_static(PAGE_POLICY);
    let policy = SetResponseHeaderLayer::overriding(CONTENT_SECURITY_POLICY, policy);
    router.merge(page.layer(policy))
}

/// What all operations share, for `#[openapi(modifiers(&Shared))]` or [`shared`]: the bearer
/// token, and the problems that the service answers before a handler does. An operation's own
/// description of a status stays, and is one of a problem if it is one of JSON and the status an error; one that
/// declares its security, `security(())` for none, keeps it, and so does one that [`declare`]s what it needs.
#[derive(Debug, Clone, Copy)]
pub struct Shared;

impl Modify for Shared {
    fn modify(&self, document: &mut OpenApi) {
        let components = document.components.get_or_insert_with(Components::default);
        add_schema::<models::Problem>(components);
        add_schema::<models::FieldError>(components);
        let mut scheme = Http::new(HttpAuthScheme::Bearer);
        scheme.bearer_format = Some("JWT, or an API key".to_owned());
        components.add_security_scheme(BEARER, SecurityScheme::Http(scheme));
        let mut takes_services = false;
        for operation in document.paths.paths.values_mut().flat_map(operations) {
            share(operation);
            let accepted = operation.security.iter().flatten();
            takes_services |= accepted.into_iter().any(|it| *it == requirement(SERVICE));
        }
        if takes_services {
            let mut scheme = Http::new(HttpAuthScheme::Bearer);
            scheme.bearer_format = Some("JWT".to_owned());
            scheme.description = Some("How manager speaks for itself".to_owned());
            components.add_security_scheme(SERVICE, SecurityScheme::Http(scheme));
        }
    }
}

/// `document` with what all operations share; see [`Shared`].
#[must_use]
pub fn shared(mut document: OpenApi) -> OpenApi {
    Shared.modify(&mut document);
    document
}

/// The description of a header that a caller may send.
#[must_use]
pub fn header_parameter(name: &str, description: &str) -> Parameter {
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some(description))
        .schema(Some(String::schema()))
        .build()
}

fn add_schema<T: ToSchema + PartialSchema>(components: &mut Components) {
    components
        .schemas
        .entry(T::name().into_owned())
        .or_insert_with(T::schema);
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    let PathItem {
        get,
        put,
        post,
        delete,
        patch,
        head,
        ..
    } = item;
    [get, put, post, delete, patch, head].into_iter().flatten()
}

/// Says how long a text of the query string may be. One with a format or a list of words says more.
fn limit(parameter: &mut Parameter) {
    let Some(RefOr::T(Schema::Object(schema))) = &mut parameter.schema else {
        return;
    };
    let is_text = schema.schema_type == SchemaType::Type(Type::String)
        && schema.format.is_none()
        && schema.enum_values.is_none()
        && schema.pattern.is_none();
    if is_text && parameter.parameter_in == ParameterIn::Query {
        schema.max_length = Some(longest(&parameter.name));
    }
}

/// An answer that the handlers describe as JSON is a problem where its status is an error: they need not say so each
/// time. The text of an event stream has no schema: it is no JSON.
fn mend(status: &str, response: &mut Response) {
    let is_error = status.starts_with(['4', '5']);
    let content = mem::take(&mut response.content).into_iter();
    response.content = content
        .map(|(media_type, mut content)| {
            if media_type == EVENT_STREAM
                && let RefOr::T(content) = &mut content
            {
                content.schema = None;
            }
            let is_problem = is_error && media_type == JSON;
            let media_type = if is_problem {
                MEDIA_TYPE.to_owned()
            } else {
                media_type
            };
            (media_type, content)
        })
        .collect();
}

fn share(operation: &mut Operation) {
    for parameter in operation.parameters.iter_mut().flatten() {
        if let RefOr::T(parameter) = parameter {
            limit(parameter);
        }
    }
    for (status, response) in &mut operation.responses.responses {
        if let RefOr::T(response) = response {
            mend(status, response);
        }
    }
    let security = operation
        .security
        .get_or_insert_with(|| vec![requirement(BEARER)]);
    let guarded = !security.contains(&SecurityRequirement::default());
    let has_body = operation.request_body.is_some();
    let has_parameters = operation
        .parameters
        .as_ref()
        .is_some_and(|all| !all.is_empty());
    let applies = |to| match to {
        Everything => true,
        Guarded => guarded,
        Body => has_body,
        Input => has_body || has_parameters,
    };
    let responses = &mut operation.responses.responses;
    for (status, description, to) in PROBLEMS {
        if applies(to) {
            let entry = responses.entry(status.to_owned());
            entry.or_insert_with(|| problem(description));
        }
    }
    for (status, description) in OF_THE_SERVER {
        let entry = responses.entry(status.to_owned());
        entry.or_insert_with(|| ResponseBuilder::new().description(description).into());
    }
}

/// Which operations a problem is shared by.
#[derive(Clone, Copy)]
enum SharedBy {
    /// All of them.
    Everything,
    /// Those that need a credential.
    Guarded,
    /// Those with a body.
    Body,
    /// Those with a body or parameters.
    Input,
}

/// The problems that come before a handler, or from what all handlers use.
const PROBLEMS: [(&str, &str, SharedBy); 11] = [
    (
        "400",
        "The request cannot be read or has an unknown field",
        Input,
    ),
    ("401", "A valid credential is needed", Guarded),
    ("403", "The credential does not allow this", Guarded),
    ("408", "The body did not come in time", Body),
    ("413", "The body is too large", Body),
    ("415", "The body must be JSON", Body),
    (
        "422",
        "Some values have to be changed; one entry for each",
        Input,
    ),
    (
        "429",
        "The caller asks too often, or more requests came at once than the service works on",
        Everything,
    ),
    ("500", "Something went wrong in the service", Everything),
    ("503", "The store cannot be reached", Guarded),
    ("504", "The request took too long", Everything),
];

/// What the server says by itself to a head that it does not read to its end, without a body.
const OF_THE_SERVER: [(&str, &str); 2] = [
    ("414", "The address is too long"),
    ("431", "The headers are too many or too large"),
];

fn problem(description: &str) -> RefOr<Response> {
    let schema = Ref::from_schema_name(models::Problem::name());
    let content = Content::new(Some(schema));
    let response = ResponseBuilder::new().description(description);
    response.content(MEDIA_TYPE, content).into()
}

#[cfg(test)]
mod tests {
    use axum::extract::State;
    use serde_json::{Value, json};
    use utoipa::OpenApi as _;
    use utoipa_axum::router::OpenApiRouter;

    use super::*;
    use crate::auth::{Need, Operator, ViewerOrService};
    use crate::http::router_stack;
    use crate::http::testing::{call, config, request};

    #[utoipa::path(post, path = "/things", request_body = String,
        responses((status = 201, description = "Made"), (status = 422, description = "Our own"),
            (status = 404, description = "None", body = models::Problem)))]
    #[expect(dead_code, reason = "only its description is read")]
    fn create() {}

    #[utoipa::path(get, path = "/open", security(()),
        params(("q" = String, Query), ("cursor" = String, Query), ("since" = chrono::DateTime<chrono::Utc>, Query)),
        responses((status = 200, description = "Ok", body = String, content_type = "text/event-stream")))]
    #[expect(dead_code, reason = "only its description is read")]
    fn open() {}

    #[derive(utoipa::OpenApi)]
    #[openapi(paths(create, open), modifiers(&Shared))]
    struct Document;

    /// Change it.
    ///
    /// All of it.
    #[utoipa::path(patch, path = "/things", responses((status = 403, description = "It is another's")))]
    async fn change(_: State<()>, _: Operator, _: String) {}

    #[utoipa::path(get, path = "/things")]
    async fn list(_: State<()>, _: ViewerOrService) {}

    async fn served(path: &str) -> (u16, Value) {
        let app = router_stack("test", mount(Router::new(), Document::openapi()), &config());
        let (head, body) = call(app, request("GET", path, "")).await;
        (head.status.as_u16(), body)
    }

    #[tokio::test]
    async fn the_document_has_the_shared_parts() {
        let (status, document) = served(DOCUMENT_PATH).await;
        assert_eq!(status, 200);
        assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
        assert_eq!(
            document["components"]["securitySchemes"]["bearer"]["scheme"],
            "bearer"
        );
        let create = &document["paths"]["/things"]["post"];
        assert_eq!(create["security"], json!([{ "bearer": [] }]));
        assert_eq!(create["responses"]["422"]["description"], "Our own");
        let schema = &create["responses"]["415"]["content"][MEDIA_TYPE]["schema"]["$ref"];
        let name = schema.as_str().unwrap().rsplit('/').next().unwrap();
        assert!(document["components"]["schemas"][name]["properties"]["request_id"].is_object());
        let none = &create["responses"]["404"]["content"];
        assert_eq!(none.as_object().unwrap().len(), 1);
        assert_eq!(none[MEDIA_TYPE]["schema"]["$ref"], *schema);
        let of_the_server = &create["responses"]["414"];
        assert_eq!(of_the_server["description"], "The address is too long");
        assert!(of_the_server["content"].is_null());
        let open = &document["paths"]["/open"]["get"];
        let stream = &open["responses"]["200"]["content"];
        assert_eq!(*stream, json!({ "text/event-stream": {} }));
        assert_eq!(open["security"], json!([{}]));
        assert!(open["responses"]["401"].is_null() && open["responses"]["500"].is_object());
        let limits = open["parameters"].as_array().unwrap().iter();
        let limits: Vec<_> = limits.map(|it| &it["schema"]["maxLength"]).collect();
        assert_eq!(limits, [&json!(1_000), &json!(8_192), &Value::Null]);
    }

    #[test]
    fn operations_say_whom_their_handlers_let_in() {
        let router: OpenApiRouter<()> = OpenApiRouter::new().routes(crate::routes!(list, change));
        let document = serde_json::to_value(shared(router.into_openapi())).unwrap();
        let operation = |method: &str| {
            let operation = &document["paths"]["/things"][method];
            let refused = &operation["responses"]["403"]["description"];
            let role = &operation[REQUIRED_ROLE];
            [role, &operation["description"], refused].map(|it| it.as_str().unwrap().to_owned())
        };
        assert_eq!(
            operation("get"),
            [
                "viewer",
                "Role: viewer, or a service token.",
                "The role viewer is needed"
            ]
        );
        assert_eq!(
            operation("patch"),
            [
                "operator",
                "All of it.\n\nRole: operator.",
                "The role operator is needed. It is another's"
            ]
        );
        let things = &document["paths"]["/things"];
        let (user, service) = (json!({ "bearer": [] }), json!({ "service": [] }));
        assert_eq!(things["patch"]["security"], json!([user]));
        assert_eq!(things["get"]["security"], json!([user, service]));
        let schemes = |document: &Value| {
            let schemes = document["components"]["securitySchemes"].as_object();
            schemes.unwrap().keys().cloned().collect::<Vec<_>>()
        };
        assert_eq!(schemes(&document), ["bearer", "service"]);
        let without = serde_json::to_value(Document::openapi()).unwrap();
        assert_eq!(schemes(&without), ["bearer"]);
    }

    #[test]
    fn what_is_for_services_alone_says_so() {
        let mut document = Document::openapi();
        let need = Need {
            role: None,
            services: true,
        };
        declare(&mut document.paths, need);
        let create = serde_json::to_value(&document).unwrap()["paths"]["/things"]["post"].take();
        assert_eq!(create[REQUIRED_ROLE], "service");
        assert_eq!(create["security"], json!([{ "service": [] }]));
        assert_eq!(create["description"], "For services alone.");
    }

    #[tokio::test]
    async fn the_page_needs_no_network() {
        let (status, page) = served("/docs/").await;
        assert_eq!(status, 200);
        let page = page.as_str().unwrap();
        assert!(
            page.contains("swagger-ui") && !page.contains("https://"),
            "{page}"
        );
        let (status, bundle) = served("/docs/swagger-ui-bundle.js").await;
        assert_eq!(
            (status, bundle.as_str().unwrap().len() > 100_000),
            (200, true)
        );
        assert_eq!(served("/docs").await.0, 303);
    }
}
