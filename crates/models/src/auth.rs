//! Credentials that the API makes: API keys, and links that sign somebody in once.

use std::fmt;

use chrono::{DateTime, Utc};
use garde::Validate;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::integer::within_if_any;
use crate::{Role, TenantId};

/// The longest life that an API key can be given, in days.
pub const MAX_KEY_DAYS: u16 = 3650;

/// A secret on its way between the service and the one whom it is for. It is never printed.
#[derive(Clone, Deserialize, ToSchema)]
#[schema(value_type = String, format = Password)]
#[serde(transparent)]
pub struct Secret(SecretString);

impl Secret {
    /// The secret itself, for the one who hands it over or checks it.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl From<SecretString> for Secret {
    fn from(text: SecretString) -> Self {
        Self(text)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret([redacted])")
    }
}

/// The one answer that shows it, and the one request that brings it back.
impl Serialize for Secret {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.expose())
    }
}

/// Body of `POST /auth/keys`: make an API key.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "name": "nightly export", "role": "viewer", "expires_in_days": 90 }))]
pub struct CreateApiKey {
    /// What it is for, in words of the caller's choosing.
    #[garde(length(chars, min = 1, max = 200), custom(no_control))]
    pub name: String,
    /// What it allows: at most what its maker may do.
    #[garde(skip)]
    pub role: Role,
    /// In how many days it ends, 1 to 3650; never when absent.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "within_if_any::<_, _, 1, 3650>"
    )]
    #[schema(minimum = 1, maximum = 3650)]
    #[garde(skip)]
    pub expires_in_days: Option<u16>,
}

/// One API key, as the API shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ApiKey {
    /// Its id. What it does is recorded in the name of `key:ID`.
    pub id: i64,
    /// What it is for.
    pub name: String,
    /// What it allows.
    pub role: Role,
    /// How it begins, by which people recognise it.
    pub prefix: String,
    /// Who made it.
    pub created_by: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it ends; null for never.
    pub expires_at: Option<DateTime<Utc>>,
    /// When it was last used, to the minute; null before.
    pub last_used_at: Option<DateTime<Utc>>,
    /// When it was revoked; null while it is not.
    pub revoked_at: Option<DateTime<Utc>>,
}

/// A new API key with its secret, which no other answer shows.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct CreatedApiKey {
    /// What the list of keys shows of it.
    #[serde(flatten)]
    pub api_key: ApiKey,
    /// The key itself, for `Authorization: Bearer`. It is shown this once.
    pub key: Secret,
}

/// Body of `POST /auth/keys/introspect`: what is this key?
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "key": "" }))]
pub struct IntrospectApiKey {
    /// The key.
    #[garde(custom(short))]
    pub key: Secret,
}

/// What kind of credential a request carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CredentialKind {
    /// A JWT.
    Token,
    /// An API key.
    ApiKey,
}

/// What a credential is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Introspection {
    /// Its kind.
    pub kind: CredentialKind,
    /// The tenant that it opens.
    pub tenant_id: TenantId,
    /// In whose name its requests are.
    pub subject: String,
    /// What it allows.
    pub roles: Vec<Role>,
    /// When it ends; null for never.
    pub expires_at: Option<DateTime<Utc>>,
}

/// Body of `POST /auth/sign-in-links`: let somebody sign in once.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "subject": "ada", "roles": ["operator"] }))]
pub struct CreateSignInLink {
    /// Who is signed in, 1 to 255 bytes and not as API keys are called, `key:ID`; the caller when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(inner(length(bytes, min = 1, max = 255), custom(no_control), custom(no_key)))]
    pub subject: Option<String>,
    /// What the session allows: at most what the caller may do, which is what it gets when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(inner(length(min = 1, max = 3)))]
    pub roles: Option<Vec<Role>>,
}

/// A sign-in link, as the API shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SignInLink {
    /// Its id.
    pub id: i64,
    /// Who is signed in by it.
    pub subject: String,
    /// What the session will allow.
    pub roles: Vec<Role>,
    /// Until when it can be used, once.
    pub expires_at: DateTime<Utc>,
}

/// A new sign-in link with its code, which no other answer shows.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct CreatedSignInLink {
    /// Whom it signs in.
    #[serde(flatten)]
    pub link: SignInLink,
    /// The code for `POST /auth/sign-in`. It is shown this once.
    pub code: Secret,
}

/// Body of `POST /auth/sign-in`: use a sign-in link.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "code": "" }))]
pub struct SignIn {
    /// The code of the link.
    #[garde(custom(short))]
    pub code: Secret,
}

/// A session that a sign-in link opened.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct SignedIn {
    /// The token, for `Authorization: Bearer`.
    pub token: Secret,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
    /// The tenant that it opens.
    pub tenant_id: TenantId,
    /// Who is signed in.
    pub subject: String,
    /// What it allows.
    pub roles: Vec<Role>,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature that garde calls"
)]
fn no_control(text: &str, _: &()) -> garde::Result {
    if text.chars().any(char::is_control) {
        return Err(garde::Error::new("must not contain control characters"));
    }
    Ok(())
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature that garde calls"
)]
fn no_key(text: &str, _: &()) -> garde::Result {
    if text.starts_with("key:") {
        return Err(garde::Error::new(
            "must not begin with key:, by which API keys are recorded",
        ));
    }
    Ok(())
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature that garde calls"
)]
fn short(secret: &Secret, _: &()) -> garde::Result {
    if secret.expose().len() > 255 {
        return Err(garde::Error::new("must have at most 255 bytes"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_sent_and_not_printed() {
        let secret = Secret::from(SecretString::from("hunter2"));
        let request = SignIn { code: secret };
        assert!(!format!("{request:?}").contains("hunter2"), "{request:?}");
        let sent = serde_json::to_string(&request).expect("plain data");
        assert_eq!(sent, r#"{"code":"hunter2"}"#);
    }
}
