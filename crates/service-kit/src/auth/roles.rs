//! The role that a route needs, declared as the type of a handler's argument.

use axum::extract::FromRequestParts;
use http::request::Parts;
use models::{ProblemType, Role};

use super::Caller;
use crate::problem::Reply;

/// Whether a route also takes service tokens.
#[derive(Clone, Copy, PartialEq)]
enum Services {
    Refused,
    Taken,
}

macro_rules! role_extractors {
    ($($(#[$doc:meta])* $name:ident = $role:ident, $services:ident;)*) => {$(
        $(#[$doc])*
        ///
        /// Answers 403 to anybody else, and 500 on a route outside [`super::layer()`].
        #[derive(Debug, Clone)]
        pub struct $name(pub Caller);

        impl<S: Sync> FromRequestParts<S> for $name {
            type Rejection = Reply;

            async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Reply> {
                permit(parts, Role::$role, Services::$services).map(Self)
            }
        }
    )*};
}

role_extractors! {
    /// A user who may read.
    Viewer = Viewer, Refused;
    /// A user who may also sync, scan, manage and run pipelines.
    Operator = Operator, Refused;
    /// A user who may also register data sources, keys and schedules.
    Admin = Admin, Refused;
    /// A user who may read, or a service.
    ViewerOrService = Viewer, Taken;
    /// A user who may sync and scan, or a service.
    OperatorOrService = Operator, Taken;
    /// A user who may do everything, or a service.
    AdminOrService = Admin, Taken;
}

fn permit(parts: &Parts, role: Role, services: Services) -> Result<Caller, Reply> {
    let Some(caller) = parts.extensions.get::<Caller>() else {
        tracing::error!(
            path = parts.uri.path(),
            "a route with a role is outside the auth layer"
        );
        return Err(Reply::new(
            ProblemType::Internal,
            "the route is not guarded",
        ));
    };
    if caller.service {
        if services == Services::Taken {
            return Ok(caller.clone());
        }
        return Err(Reply::new(
            ProblemType::Forbidden,
            "a service token does not allow this",
        ));
    }
    if !caller.has(role) {
        return Err(Reply::new(
            ProblemType::Forbidden,
            format!("this needs the role {role}"),
        ));
    }
    Ok(caller.clone())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use axum::Router;
    use axum::routing::get;
    use http::HeaderValue;
    use http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
    use models::TenantId;
    use secrecy::ExposeSecret;

    use super::*;
    use crate::auth::tests::keys;
    use crate::http::router_stack;
    use crate::http::testing::{call, config, request};

    fn app() -> Router {
        let guarded = Router::new()
            .route(
                "/viewer",
                get(|Viewer(caller): Viewer| async move { caller.subject }),
            )
            .route("/operator", get(|_: Operator| async {}))
            .route("/admin", get(|_: Admin| async {}))
            .route("/viewer-or-service", get(|_: ViewerOrService| async {}))
            .route("/operator-or-service", get(|_: OperatorOrService| async {}))
            .route("/admin-or-service", get(|_: AdminOrService| async {}))
            .route_layer(crate::auth::layer(Arc::new(keys())))
            .route("/unguarded", get(|_: Viewer| async {}));
        router_stack("test", guarded, &config())
    }

    async fn status(path: &str, authorization: Option<&str>) -> (u16, Option<String>) {
        let mut asked = request("GET", path, "");
        if let Some(value) = authorization {
            asked
                .headers_mut()
                .insert(AUTHORIZATION, HeaderValue::from_str(value).unwrap());
        }
        let (head, _) = call(app(), asked).await;
        let challenge = head.headers.get(WWW_AUTHENTICATE);
        (
            head.status.as_u16(),
            challenge.map(|value| value.to_str().unwrap().to_owned()),
        )
    }

    async fn statuses(token: &str) -> Vec<u16> {
        let mut found = Vec::new();
        for path in [
            "/viewer",
            "/operator",
            "/admin",
            "/viewer-or-service",
            "/operator-or-service",
            "/admin-or-service",
        ] {
            found.push(status(path, Some(&format!("Bearer {token}"))).await.0);
        }
        found
    }

    #[tokio::test]
    async fn each_role_opens_what_it_should() {
        let ttl = Duration::from_mins(1);
        let user = |role| keys().mint_user("ada", TenantId(7), &[role], ttl);
        let table = [
            (user(Role::Viewer), [200, 403, 403, 200, 403, 403]),
            (user(Role::Operator), [200, 200, 403, 200, 200, 403]),
            (user(Role::Admin), [200, 200, 200, 200, 200, 200]),
            (
                keys().mint_service(TenantId(7), "ada"),
                [403, 403, 403, 200, 200, 200],
            ),
        ];
        for (token, expected) in table {
            assert_eq!(statuses(token.expose_secret()).await, expected);
        }
    }

    #[tokio::test]
    async fn no_or_a_bad_credential_is_401() {
        let bare = Some("Bearer".to_owned());
        let invalid = Some(r#"Bearer error="invalid_token""#.to_owned());
        assert_eq!(status("/viewer", None).await, (401, bare.clone()));
        assert_eq!(
            status("/viewer", Some("Basic YTpi")).await,
            (401, bare.clone())
        );
        assert_eq!(status("/viewer", Some("Bearer")).await, (401, bare));
        assert_eq!(
            status("/viewer", Some("Bearer x.y.z")).await,
            (401, invalid)
        );
        assert_eq!(status("/absent", None).await, (404, None));
    }

    #[tokio::test]
    async fn a_route_outside_the_layer_is_our_fault() {
        assert_eq!(status("/unguarded", None).await.0, 500);
    }
}
