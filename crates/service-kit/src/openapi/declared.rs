//! What operations need of their callers, as the document says it.

use axum::routing::MethodRouter;
use utoipa::openapi::RefOr;
use utoipa::openapi::extensions::Extensions;
use utoipa::openapi::path::Paths;
use utoipa::openapi::security::SecurityRequirement;
use utoipa_axum::router::UtoipaMethodRouter;

use super::{BEARER, SERVICE, operations, problem};
use crate::auth::Need;

/// The extension of an operation that names the least role of its caller.
pub const REQUIRED_ROLE: &str = "x-required-role";

/// As `utoipa_axum::routes!`, which it is for handlers that declare what they need
/// ([`crate::auth::Guarded`]): the document says so of each operation.
#[macro_export]
macro_rules! routes {
    ($($($part:ident)::+),+ $(,)?) => {
        $crate::openapi::one_path([$(
            $crate::openapi::declared(
                ::utoipa_axum::routes!($($part)::+),
                $crate::auth::need(&$($part)::+),
            )
        ),+])
    };
}

/// The handlers of one path together.
pub fn one_path<S: Clone + Send + Sync + 'static>(
    handlers: impl IntoIterator<Item = UtoipaMethodRouter<S>>,
) -> UtoipaMethodRouter<S> {
    let none = (Vec::new(), Paths::new(), MethodRouter::new());
    handlers.into_iter().fold(
        none,
        |(mut schemas, mut paths, router), (own_schemas, own_paths, own)| {
            schemas.extend(own_schemas);
            paths.merge(own_paths);
            (schemas, paths, router.merge(own))
        },
    )
}

/// A handler with what it needs in its part of the document.
pub fn declared<S>(handler: UtoipaMethodRouter<S>, need: Need) -> UtoipaMethodRouter<S> {
    let (schemas, mut paths, router) = handler;
    declare(&mut paths, need);
    (schemas, paths, router)
}

/// Says of all operations of some paths what they need, for those that are not routed by
/// [`routes!`](crate::routes).
pub fn declare(paths: &mut Paths, need: Need) {
    let word = need.role.map_or(SERVICE, models::Role::as_str);
    let (says, refusal) = match need {
        Need { role: None, .. } => (
            "For services alone.".to_owned(),
            "A service token is needed".to_owned(),
        ),
        Need { services, .. } => (
            format!(
                "Role: {word}{}.",
                if services { ", or a service token" } else { "" }
            ),
            format!("The role {word} is needed"),
        ),
    };
    let schemes = need.role.map(|_| BEARER).into_iter();
    let schemes = schemes.chain(need.services.then_some(SERVICE));
    let security: Vec<_> = schemes.map(requirement).collect();
    for operation in paths.paths.values_mut().flat_map(operations) {
        let extensions = operation.extensions.get_or_insert_with(Extensions::default);
        extensions.insert(REQUIRED_ROLE.to_owned(), word.into());
        operation.security = Some(security.clone());
        operation.description = Some(match operation.description.take() {
            Some(text) if !text.is_empty() => format!("{text}\n\n{says}"),
            _ => says.clone(),
        });
        let responses = &mut operation.responses.responses;
        let description = match responses.get("403") {
            Some(RefOr::T(own)) => format!("{refusal}. {}", own.description),
            _ => refusal.clone(),
        };
        responses.insert("403".to_owned(), problem(&description));
    }
}

pub(super) fn requirement(scheme: &str) -> SecurityRequirement {
    SecurityRequirement::new(scheme, Vec::<String>::new())
}
