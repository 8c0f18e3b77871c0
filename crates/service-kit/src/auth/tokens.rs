//! Making and checking tokens.

use std::fmt;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use models::{Clock, Role, TenantId};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::claims::{Minted, ServiceClaims, ServiceRole, UserClaims};
use super::{AuthError, Caller};
use crate::config::{AuthConfig, ConfigError};

/// How long a service token lives. It is made for one call and must not outlive it by much.
pub const SERVICE_TOKEN_LIFETIME: Duration = Duration::from_mins(1);

/// The keys of a service: it believes tokens made with them, and makes some.
pub struct TokenKeys {
    user: Key,
    service: Key,
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
    /// Those of [`AuthConfig::resolve_keys`].
    pub fn new(config: &AuthConfig, env_prefix: &str, clock: Clock) -> Result<Self, ConfigError> {
        let (user, service) = config.resolve_keys(env_prefix)?;
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[&config.issuer]);
        validation.set_audience(&[&config.audience]);
        validation.set_required_spec_claims(&["iss", "aud"]);
        // The library reads the machine's clock; we compare `exp` and `nbf` with ours.
        validation.validate_exp = false;
        Ok(Self {
            user: Key::new(&user),
            service: Key::new(&service),
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

    /// Who sent `token`, if it is to be believed at `now`.
    ///
    /// # Errors
    ///
    /// [`AuthError`], never [`AuthError::Missing`].
    pub fn verify(&self, token: &str, now: DateTime<Utc>) -> Result<Caller, AuthError> {
        jsonwebtoken::decode_header(token).map_err(|_| AuthError::Malformed)?;
        match self.decode::<UserClaims>(token, &self.user) {
            Ok(claims) => claims.caller(token, now, self.skew),
            Err(AuthError::Signature) => {
                let claims = self.decode::<ServiceClaims>(token, &self.service)?;
                claims.caller(token, now, self.skew)
            }
            Err(error) => Err(error),
        }
    }

    /// A user's token that lives for `ttl`.
    #[must_use]
    pub fn mint_user(
        &self,
        sub: &str,
        tenant: TenantId,
        roles: &[Role],
        ttl: Duration,
    ) -> SecretString {
        #[derive(Serialize)]
        struct User<'a> {
            sub: &'a str,
            roles: &'a [Role],
        }
        self.mint(User { sub, roles }, tenant, ttl, &self.user)
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

    fn decode<C: DeserializeOwned>(&self, token: &str, key: &Key) -> Result<C, AuthError> {
        jsonwebtoken::decode::<C>(token, &key.check, &self.validation)
            .map(|decoded| decoded.claims)
            .map_err(|error| match error.kind() {
                ErrorKind::InvalidSignature => AuthError::Signature,
                ErrorKind::InvalidIssuer | ErrorKind::InvalidAudience => AuthError::Origin,
                ErrorKind::MissingRequiredClaim(_) | ErrorKind::Json(_) => AuthError::Claims,
                _ => AuthError::Malformed,
            })
    }
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
pub(crate) mod tests {
    use serde_json::{Value, json};

    use super::*;

    const SECRET: &str = "users-sign-with-these-thirty-two-bytes";

    pub(crate) fn auth_config() -> AuthConfig {
        AuthConfig {
            issuer: "issuer".into(),
            audience: "plumbline".into(),
            clock_skew_seconds: 60,
            jwt_secret: Some(SECRET.into()),
            jwt_secret_file: None,
            service_secret: Some("services-sign-with-these-other-bytes".into()),
            service_secret_file: None,
        }
    }

    pub(crate) fn noon() -> DateTime<Utc> {
        "2026-01-02T12:00:00Z".parse().unwrap()
    }

    pub(crate) fn keys() -> TokenKeys {
        TokenKeys::new(&auth_config(), "META", Clock::fixed(noon())).unwrap()
    }

    fn after(seconds: i64) -> DateTime<Utc> {
        noon() + TimeDelta::seconds(seconds)
    }

    /// A token with sound claims, changed as given, signed with `secret`.
    fn signed(change: &Value, secret: &str) -> String {
        let mut claims = json!({
            "sub": "ada", "tenant_id": 7, "roles": ["viewer"], "iss": "issuer",
            "aud": "plumbline", "iat": noon().timestamp(), "exp": noon().timestamp() + 600,
        });
        for (name, value) in change.as_object().unwrap() {
            match value {
                Value::Null => drop(claims.as_object_mut().unwrap().remove(name)),
                value => claims[name] = value.clone(),
            }
        }
        let key = EncodingKey::from_secret(secret.as_bytes());
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &key).unwrap()
    }

    fn verify(change: &Value) -> Result<Caller, AuthError> {
        keys().verify(&signed(change, SECRET), noon())
    }

    #[test]
    fn a_minted_user_token_is_believed_until_it_ends() {
        let roles = [Role::Operator];
        let token = keys().mint_user("ada", TenantId(7), &roles, Duration::from_mins(10));
        let caller = keys().verify(token.expose_secret(), noon()).unwrap();
        assert_eq!(
            (caller.tenant, caller.subject.as_str()),
            (TenantId(7), "ada")
        );
        assert!(caller.has(Role::Viewer) && caller.has(Role::Operator) && !caller.has(Role::Admin));
        assert!(!caller.service);
        assert!(
            keys().verify(token.expose_secret(), after(659)).is_ok(),
            "within the skew"
        );
        let late = keys().verify(token.expose_secret(), after(660));
        assert_eq!(late.unwrap_err(), AuthError::Expired);
    }

    #[test]
    fn a_service_token_has_no_role_and_a_short_life() {
        let token = keys().mint_service(TenantId(7), "ada");
        let caller = keys().verify(token.expose_secret(), noon()).unwrap();
        assert!(caller.service && !caller.has(Role::Viewer));
        assert_eq!(
            (caller.tenant, caller.subject.as_str()),
            (TenantId(7), "ada")
        );
        let late = keys().verify(token.expose_secret(), after(120));
        assert_eq!(late.unwrap_err(), AuthError::Expired);
        let early = keys().verify(token.expose_secret(), after(-61));
        assert_eq!(
            early.unwrap_err(),
            AuthError::Claims,
            "longer than a service token may live"
        );
    }

    #[test]
    fn a_users_key_makes_no_service() {
        let change = json!({ "role": "service", "on_behalf_of": "ada" });
        assert!(!verify(&change).unwrap().service);
        let mut without = change;
        without["roles"] = Value::Null;
        assert_eq!(verify(&without).unwrap_err(), AuthError::Claims);
        let other = "services-sign-with-these-other-bytes";
        let user = keys().verify(&signed(&json!({}), other), noon());
        assert_eq!(
            user.unwrap_err(),
            AuthError::Claims,
            "a service's key makes no user"
        );
    }

    #[test]
    fn claims_must_be_usable() {
        for change in [
            json!({ "tenant_id": 0 }),
            json!({ "tenant_id": -1 }),
            json!({ "tenant_id": null }),
            json!({ "tenant_id": "7" }),
            json!({ "roles": [] }),
            json!({ "roles": null }),
            json!({ "roles": ["viewer", "owner"] }),
            json!({ "sub": null }),
            json!({ "sub": "" }),
            json!({ "sub": "a\nb" }),
            json!({ "exp": null }),
            json!({ "exp": -1 }),
            json!({ "exp": 1e300 }),
            json!({ "iss": null }),
            json!({ "aud": null }),
        ] {
            assert_eq!(verify(&change).unwrap_err(), AuthError::Claims, "{change}");
        }
    }

    #[test]
    fn issuer_audience_and_times_are_checked() {
        assert_eq!(
            verify(&json!({ "iss": "other" })).unwrap_err(),
            AuthError::Origin
        );
        assert_eq!(
            verify(&json!({ "aud": ["other"] })).unwrap_err(),
            AuthError::Origin
        );
        assert!(verify(&json!({ "aud": ["other", "plumbline"] })).is_ok());
        let exp = |seconds: i64| json!({ "exp": after(seconds).timestamp() });
        assert_eq!(verify(&exp(-60)).unwrap_err(), AuthError::Expired);
        assert!(verify(&exp(-59)).is_ok());
        assert!(verify(&json!({ "exp": 1_800_000_000.5 })).is_ok());
        let nbf = json!({ "nbf": after(61).timestamp() });
        assert_eq!(verify(&nbf).unwrap_err(), AuthError::NotYet);
    }

    #[test]
    fn other_signatures_and_algorithms_are_refused() {
        let forged = keys().verify(
            &signed(&json!({}), "another key of no less than 32 bytes"),
            noon(),
        );
        assert_eq!(forged.unwrap_err(), AuthError::Signature);
        let good = signed(&json!({}), SECRET);
        let (_, rest) = good.split_once('.').unwrap();
        // {"alg":"none"} and {"alg":"HS512"}
        for header in ["eyJhbGciOiJub25lIn0", "eyJhbGciOiJIUzUxMiJ9", "", "x"] {
            let token = format!("{header}.{rest}");
            assert_eq!(
                keys().verify(&token, noon()).unwrap_err(),
                AuthError::Malformed,
                "{header}"
            );
        }
        assert_eq!(keys().verify("", noon()).unwrap_err(), AuthError::Malformed);
    }

    #[test]
    fn debug_shows_neither_keys_nor_tokens() {
        let token = keys().mint_service(TenantId(7), "ada");
        let caller = keys().verify(token.expose_secret(), noon()).unwrap();
        let shown = format!("{:?} {caller:?}", keys());
        assert!(
            !shown.contains(token.expose_secret()) && !shown.contains(SECRET),
            "{shown}"
        );
    }
}
