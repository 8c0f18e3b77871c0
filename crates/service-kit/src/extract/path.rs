//! Path parameters.

use axum::extract::rejection::PathRejection;
use axum::extract::{FromRequestParts, OriginalUri};
use http::request::Parts;
use models::ProblemType;
use serde::de::DeserializeOwned;

use super::zero;
use crate::problem::Reply;

/// The parameters of a path. One that cannot be read, such as a word in the place of a number, or
/// that has U+0000, names nothing: 404.
#[derive(Debug, Clone, Copy)]
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Reply;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Reply> {
        match axum::extract::Path::from_request_parts(parts, state).await {
            Ok(axum::extract::Path(read)) if !zero::is_in_path(parts.uri.path()) => Ok(Self(read)),
            Err(error @ PathRejection::MissingPathParams(_)) => Err(Reply::internal(&error)),
            Ok(_) | Err(_) => {
                // The path that was asked for, where the route is nested below another.
                let asked = parts
                    .extensions
                    .get::<OriginalUri>()
                    .map_or(&parts.uri, |original| &original.0);
                let detail = format!("there is nothing at {}", asked.path());
                Err(Reply::new(ProblemType::RouteNotFound, detail))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::routing::get;
    use serde_json::json;

    use super::*;
    use crate::http::router_stack;
    use crate::http::testing::{call, config, request};

    #[tokio::test]
    async fn a_word_in_the_place_of_a_number_is_404() {
        let show = |Path((id, name)): Path<(i64, String)>| async move { format!("{id} {name}") };
        let app = router_stack(
            "test",
            Router::new().route("/{id}/{name}", get(show)),
            &config(),
        );
        let (head, body) = call(app.clone(), request("GET", "/7/a%2Fb", "")).await;
        assert_eq!((head.status.as_u16(), body), (200, json!("7 a/b")));
        for path in ["/seven/x", "/7/a%00b", "/7/a%FFb"] {
            let (head, body) = call(app.clone(), request("GET", path, "")).await;
            assert_eq!(
                (head.status.as_u16(), &body["type"]),
                (404, &json!("/problems/route-not-found")),
                "{path}"
            );
        }
    }
}
