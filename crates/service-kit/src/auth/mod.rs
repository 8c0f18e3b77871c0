//! Who asks, and what they may do: tokens, the layer that checks them, the roles of routes.
//!
//! A user's token is a JWT with `sub`, `tenant_id`, `roles`, `iss`, `aud` and `exp`, signed with the
//! configured secret (HS256) or with a key that the issuer shows at its JWKS URL (RS256, ES256). An
//! API key, `plk_...`, is known by whoever implements [`ApiKeys`]. A service token is how `manager` speaks for itself: it has its own key, `role: "service"` and
//! `on_behalf_of` instead of `sub` and `roles`, and lives 60 seconds.
//!
//! [`layer()`] guards the routes of an API; each handler then declares the role it needs by its
//! extractor, such as [`Operator`]. That is the only place: [`crate::routes!`] writes it into the
//! document from there, and takes no handler without one.

mod api_keys;
mod claims;
mod code;
mod error;
mod jwks;
mod layer;
mod roles;
mod tokens;
#[cfg(test)]
pub(crate) use tokens::tests;

use chrono::{DateTime, Utc};
use models::{Role, TenantId};
use secrecy::SecretString;

pub use api_keys::{ApiKeys, KeyHolder};
pub use code::{Code, CodeKind};
pub use error::AuthError;
pub use layer::{Auth, AuthLayer, layer};
pub use roles::{
    Admin, AdminOrService, Guard, Guarded, Need, Operator, OperatorOrService, Viewer,
    ViewerOrService, need,
};
pub use tokens::{SERVICE_TOKEN_LIFETIME, TokenKeys};

/// Who asks.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The tenant that everything the request touches belongs to.
    pub tenant: TenantId,
    /// Whose request it is; for a service, on whose behalf.
    pub subject: String,
    /// The roles of a user, never empty; none for a service.
    pub roles: Vec<Role>,
    /// Whether a service asks.
    pub service: bool,
    /// When the token ends, the tolerated difference of the clocks included.
    pub expires_at: DateTime<Utc>,
    /// The token itself, to be passed on to the other service and nowhere else.
    pub token: SecretString,
}

impl Caller {
    /// Whether the caller's roles include `role`. A service has none.
    #[must_use]
    pub fn has(&self, role: Role) -> bool {
        self.roles.iter().any(|held| *held >= role)
    }
}
