//! What tokens say, and who that makes the caller.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use models::{Role, TenantId};
use serde::{Deserialize, Serialize};

use super::{AuthError, Caller, SERVICE_TOKEN_LIFETIME};

/// The longest `sub` or `on_behalf_of`, in bytes: it is stored with every run and audit line.
const LONGEST_SUBJECT: usize = 255;

/// What we read of a user's token. `NumericDate`s may have fractions (RFC 7519, section 2).
#[derive(Deserialize)]
pub(super) struct UserClaims {
    sub: String,
    tenant_id: i64,
    roles: Vec<Role>,
    exp: f64,
    nbf: Option<f64>,
}

#[derive(Deserialize)]
pub(super) struct ServiceClaims {
    tenant_id: i64,
    // Read so that a token without it is refused; it has but one value.
    #[serde(rename = "role")]
    _role: ServiceRole,
    on_behalf_of: String,
    exp: f64,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum ServiceRole {
    Service,
}

/// What we write into a token.
#[derive(Serialize)]
pub(super) struct Minted<'a, C> {
    #[serde(flatten)]
    pub(super) claims: C,
    pub(super) tenant_id: TenantId,
    pub(super) iss: &'a str,
    pub(super) aud: &'a str,
    pub(super) iat: i64,
    pub(super) exp: i64,
}

impl UserClaims {
    /// The user that a token with these claims names at `now`.
    pub(super) fn caller(
        self,
        token: &str,
        now: DateTime<Utc>,
        skew: TimeDelta,
    ) -> Result<Caller, AuthError> {
        let expires_at = end(self.exp, now, skew)?;
        if let Some(nbf) = self.nbf
            && numeric_date(nbf)? - now > skew
        {
            return Err(AuthError::NotYet);
        }
        if self.roles.is_empty() {
            return Err(AuthError::Claims);
        }
        Ok(Caller {
            tenant: tenant(self.tenant_id)?,
            subject: subject(self.sub)?,
            roles: self.roles,
            service: false,
            expires_at,
            token: token.into(),
        })
    }
}

impl ServiceClaims {
    /// The service that a token with these claims names at `now`.
    pub(super) fn caller(
        self,
        token: &str,
        now: DateTime<Utc>,
        skew: TimeDelta,
    ) -> Result<Caller, AuthError> {
        let expires_at = end(self.exp, now, skew)?;
        // Whoever made a longer one did not do it by `mint_service`.
        let longest = TimeDelta::from_std(SERVICE_TOKEN_LIFETIME).unwrap_or(TimeDelta::MAX);
        if numeric_date(self.exp)? - now > longest + skew {
            return Err(AuthError::Claims);
        }
        Ok(Caller {
            tenant: tenant(self.tenant_id)?,
            subject: subject(self.on_behalf_of)?,
            roles: Vec::new(),
            service: true,
            expires_at,
            token: token.into(),
        })
    }
}

/// When a token that says `exp` ends.
fn end(exp: f64, now: DateTime<Utc>, skew: TimeDelta) -> Result<DateTime<Utc>, AuthError> {
    let end = numeric_date(exp)?
        .checked_add_signed(skew)
        .ok_or(AuthError::Claims)?;
    if now < end {
        Ok(end)
    } else {
        Err(AuthError::Expired)
    }
}

/// A `NumericDate`: seconds since 1970, as far as we can count.
fn numeric_date(seconds: f64) -> Result<DateTime<Utc>, AuthError> {
    Duration::try_from_secs_f64(seconds)
        .ok()
        .and_then(|since| TimeDelta::from_std(since).ok())
        .and_then(|since| DateTime::UNIX_EPOCH.checked_add_signed(since))
        .ok_or(AuthError::Claims)
}

fn tenant(id: i64) -> Result<TenantId, AuthError> {
    if id > 0 {
        Ok(TenantId(id))
    } else {
        Err(AuthError::Claims)
    }
}

fn subject(text: String) -> Result<String, AuthError> {
    let usable = (1..=LONGEST_SUBJECT).contains(&text.len()) && !text.contains(char::is_control);
    if usable {
        Ok(text)
    } else {
        Err(AuthError::Claims)
    }
}
