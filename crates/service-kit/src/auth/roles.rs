//! The role that a route needs, declared as the type of a handler's argument.

use axum::extract::FromRequestParts;
use http::request::Parts;
use models::{ProblemType, Role};

use super::Caller;
use crate::problem::Reply;

/// What a route asks of its caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Need {
    /// The least role of a user; none where no user is let in.
    pub role: Option<Role>,
    /// Whether a service token will do.
    pub services: bool,
}

impl Need {
    const fn user(role: Role) -> Self {
        Self {
            role: Some(role),
            services: false,
        }
    }

    const fn user_or_service(role: Role) -> Self {
        Self {
            role: Some(role),
            services: true,
        }
    }
}

/// An argument of a handler that lets in whoever has what the route needs.
pub trait Guard {
    /// What that is.
    const NEED: Need;
}

/// A handler that declares what its route needs: its first argument is the state, its second a
/// [`Guard`]. So whoever may not call it learns nothing of what is wrong with the rest.
#[diagnostic::on_unimplemented(
    message = "this handler does not declare who may call it",
    note = "let its first argument be the state and its second an extractor of service_kit::auth, such as Viewer"
)]
pub trait Guarded<Arguments> {
    /// What the route needs.
    const NEED: Need;
}

macro_rules! guarded {
    ($($argument:ident)*) => {
        impl<F, Answer, S, G: Guard, $($argument),*> Guarded<(S, G, $($argument,)*)> for F
        where
            F: Fn(S, G, $($argument),*) -> Answer,
        {
            const NEED: Need = G::NEED;
        }
    };
}

guarded! {}
guarded! { A }
guarded! { A B }
guarded! { A B C }
guarded! { A B C D }

/// What the route of a handler needs.
#[must_use]
pub fn need<H: Guarded<Arguments>, Arguments>(_: &H) -> Need {
    H::NEED
}

macro_rules! role_extractors {
    ($($(#[$doc:meta])* $name:ident = $need:expr;)*) => {$(
        $(#[$doc])*
        ///
        /// Answers 403 to anybody else, and 500 on a route outside [`super::layer()`].
        #[derive(Debug, Clone)]
        pub struct $name(pub Caller);

        impl Guard for $name {
            const NEED: Need = $need;
        }

        impl<S: Sync> FromRequestParts<S> for $name {
            type Rejection = Reply;

            async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Reply> {
                permit(parts, Self::NEED).map(Self)
            }
        }
    )*};
}

role_extractors! {
    /// A user who may read.
    Viewer = Need::user(Role::Viewer);
    /// A user who may also sync, scan, manage and run pipelines.
    Operator = Need::user(Role::Operator);
    /// A user who may also register data sources, keys and schedules.
    Admin = Need::user(Role::Admin);
    /// A user who may read, or a service.
    ViewerOrService = Need::user_or_service(Role::Viewer);
    /// A user who may sync and scan, or a service.
    OperatorOrService = Need::user_or_service(Role::Operator);
    /// A user who may do everything, or a service.
    AdminOrService = Need::user_or_service(Role::Admin);
}

fn permit(parts: &Parts, need: Need) -> Result<Caller, Reply> {
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
        return if need.services {
            Ok(caller.clone())
        } else {
            Err(forbidden("a service token does not allow this"))
        };
    }
    match need.role {
        Some(role) if caller.has(role) => Ok(caller.clone()),
        Some(role) => Err(forbidden(format!("this needs the role {role}"))),
        None => Err(forbidden("this is for services alone")),
    }
}

fn forbidden(detail: impl Into<String>) -> Reply {
    Reply::new(ProblemType::Forbidden, detail)
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
