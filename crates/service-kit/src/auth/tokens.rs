//! Making and checking tokens.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use models::{Clock, Role, TenantId};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::claims::{Minted, ServiceClaims, ServiceRole, UserClaims};
use super::jwks::Jwks;
use super::{AuthError, Caller};
use crate::config::{AuthConfig, ConfigError};
use crate::http::http_client;

/// How long a service token lives. It is made for one call and must not outlive it by much.
pub const SERVICE_TOKEN_LIFETIME: Duration = Duration::from_mins(1);

/// The keys of a service: it believes tokens made with them, and makes some.
pub struct TokenKeys {
    /// None where all users' tokens come from an issuer that shows its keys.
    user: Option<Key>,
    service: Key,
    /// Keys of an issuer that only check.
    issued: Option<Arc<Jwks>>,
    validation: Validation,
    issuer: String,
    audience: String,
    skew: TimeDelta,
    clock: Clock,
}

struct Key {
    sign: EncodingKey,
    check: DecodingKey,
}

impl Key {
    fn new(secret: &SecretString) -> Self {
        let bytes = secret.expose_secret().as_bytes();
        Self {
            sign: EncodingKey::from_secret(bytes),
            check: DecodingKey::from_secret(bytes),
        }
    }
}

impl TokenKeys {
    /// The keys that the configuration names. `env_prefix` is for messages that say which
    /// variable to set; `clock` tells when tokens end.
    ///
    /// # Errors
    ///
    /// Those of [`AuthConfig::resolve_keys`], and [`ConfigError::Client`].
    pub fn new(config: &AuthConfig, env_prefix: &str, clock: Clock) -> Result<Self, ConfigError> {
        let (user, service) = config.resolve_keys(env_prefix)?;
        let cache = TimeDelta::seconds(config.jwks_cache_seconds.into());
        let issued = match &config.jwks_url {
            Some(url) => {
                let http = http_client().map_err(ConfigError::Client)?;
                let keys = Jwks::new(url.clone(), http, clock.clone(), cache);
                Some(Arc::new(keys))
            }
            None => None,
        };
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[&config.issuer]);
        validation.set_audience(&[&config.audience]);
        validation.set_required_spec_claims(&["iss", "aud"]);
        // The library reads the machine's clock; we compare `exp` and `nbf` with ours.
        validation.validate_exp = false;
        Ok(Self {
            user: user.as_ref().map(Key::new),
            service: Key::new(&service),
            issued,
            validation,
            issuer: config.issuer.clone(),
            audience: config.audience.clone(),
            skew: TimeDelta::seconds(
                u32::try_from(config.clock_skew_seconds)
                    .unwrap_or(u32::MAX)
                    .into(),
            ),
            clock,
        })
    }

    /// The present time by the clock of these keys.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Who sent `token`, if it is to be believed now. The issuer's keys are fetched where they are
    /// needed.
    ///
    /// The algorithm decides which keys are tried, and a key is for one algorithm: what is signed by
    /// HS256 meets our secrets alone, never a public key, which anybody could use as a secret.
    ///
    /// # Errors
    ///
    /// [`AuthError`], never [`AuthError::Missing`].
    pub async fn check(&self, token: &str) -> Result<Caller, AuthError> {
        let header = jsonwebtoken::decode_header(token).map_err(|_| AuthError::Malformed)?;
        let (Some(issued), Algorithm::RS256 | Algorithm::ES256) = (&self.issued, header.alg) else {
            return self.verify(token, self.now());
        };
        let key = issued.find(header.kid.as_deref(), header.alg).await?;
        let mut validation = self.validation.clone();
        validation.algorithms = vec![header.alg];
        let claims: UserClaims = decode(token, &key, &validation)?;
        claims.caller(token, self.now(), self.skew)
    }

    /// Who sent `token`, if it is signed with one of our secrets and to be believed at `now`.
    pub(super) fn verify(&self, token: &str, now: DateTime<Utc>) -> Result<Caller, AuthError> {
        jsonwebtoken::decode_header(token).map_err(|_| AuthError::Malformed)?;
        let of_user = match &self.user {
            Some(user) => decode::<UserClaims>(token, &user.check, &self.validation),
            None => Err(AuthError::Signature),
        };
        match of_user {
            Ok(claims) => claims.caller(token, now, self.skew),
            Err(AuthError::Signature) => {
                let claims: ServiceClaims = decode(token, &self.service.check, &self.validation)?;
                claims.caller(token, now, self.skew)
            }
            Err(error) => Err(error),
        }
    }

    /// A user's token that lives for `ttl`.
    ///
    /// # Panics
    /// Without the secret: for callers that have set it themselves. Others have
    /// [`TokenKeys::try_mint_user`].
    #[must_use]
    pub fn mint_user(
        &self,
        sub: &str,
        tenant: TenantId,
        roles: &[Role],
        ttl: Duration,
    ) -> SecretString {
        self.try_mint_user(sub, tenant, roles, ttl)
            .expect("whoever makes tokens has set auth.jwt_secret")
    }

    /// A user's token that lives for `ttl`; None where no secret is configured to sign it with.
    #[must_use]
    pub fn try_mint_user(
        &self,
        sub: &str,
        tenant: TenantId,
        roles: &[Role],
        ttl: Duration,
    ) -> Option<SecretString> {
        #[derive(Serialize)]
        struct User<'a> {
            sub: &'a str,
            roles: &'a [Role],
        }
        let key = self.user.as_ref()?;
        Some(self.mint(User { sub, roles }, tenant, ttl, key))
    }

    /// Whether a secret is configured to sign users' tokens with.
    #[must_use]
    pub fn signs_users(&self) -> bool {
        self.user.is_some()
    }

    /// A service token: 60 seconds in which this service may act in `tenant` for `on_behalf_of`.
    #[must_use]
    pub fn mint_service(&self, tenant: TenantId, on_behalf_of: &str) -> SecretString {
        #[derive(Serialize)]
        struct Service<'a> {
            role: ServiceRole,
            on_behalf_of: &'a str,
        }
        let claims = Service {
            role: ServiceRole::Service,
            on_behalf_of,
        };
        self.mint(claims, tenant, SERVICE_TOKEN_LIFETIME, &self.service)
    }

    fn mint<C: Serialize>(
        &self,
        claims: C,
        tenant_id: TenantId,
        ttl: Duration,
        key: &Key,
    ) -> SecretString {
        let iat = self.clock.now().timestamp();
        let exp = iat.saturating_add_unsigned(ttl.as_secs());
        let minted = Minted {
            claims,
            tenant_id,
            iss: &self.issuer,
            aud: &self.audience,
            iat,
            exp,
        };
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &minted, &key.sign)
            .expect("text and numbers serialize, and HS256 signs with any key")
            .into()
    }
}

fn decode<C: DeserializeOwned>(
    token: &str,
    key: &DecodingKey,
    validation: &Validation,
) -> Result<C, AuthError> {
    jsonwebtoken::decode::<C>(token, key, validation)
        .map(|decoded| decoded.claims)
        .map_err(|error| match error.kind() {
            ErrorKind::InvalidSignature => AuthError::Signature,
            ErrorKind::InvalidIssuer | ErrorKind::InvalidAudience => AuthError::Origin,
            ErrorKind::MissingRequiredClaim(_) | ErrorKind::Json(_) => AuthError::Claims,
            _ => AuthError::Malformed,
        })
}

impl fmt::Debug for TokenKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenKeys")
            .field("issuer", &self.issuer)
            .field("audience", &self.audience)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
pub(crate) mod tests;
