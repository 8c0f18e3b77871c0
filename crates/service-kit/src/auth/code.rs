//! Secrets that we make ourselves: API keys, and the codes of sign-in links.
//!
//! One looks like `plk_7_` and 43 characters: its kind, its tenant, and 256 random bits. It names its tenant so that
//! the store is asked within that tenant alone; the hash covers the whole text, so that one with another tenant
//! written into it is another secret, which nobody has made.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use models::TenantId;
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};

/// How much of a secret is random, in bytes.
const RANDOM_BYTES: usize = 32;
/// How many of the random characters are shown for recognition. The 220 bits that are left are out of reach.
const SHOWN: usize = 6;

/// What a secret opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeKind {
    /// The API, until it ends or is revoked.
    ApiKey,
    /// One session.
    SignIn,
}

impl CodeKind {
    /// How secrets of this kind begin.
    #[must_use]
    pub fn prefix(self) -> &'static str {
        match self {
            Self::ApiKey => "plk_",
            Self::SignIn => "pls_",
        }
    }
}

/// A secret that has the form of one of ours, whether or not we made it.
#[derive(Clone)]
pub struct Code {
    kind: CodeKind,
    tenant: TenantId,
    text: SecretString,
}

impl Code {
    /// A new one.
    ///
    /// # Panics
    /// When the system has no random numbers, without which nothing here is safe.
    #[must_use]
    pub fn make(kind: CodeKind, tenant: TenantId) -> Self {
        let mut random = [0; RANDOM_BYTES];
        getrandom::fill(&mut random).expect("every system that we run on has random numbers");
        let random = URL_SAFE_NO_PAD.encode(random);
        let text = format!("{}{tenant}_{random}", kind.prefix());
        Self {
            kind,
            tenant,
            text: text.into(),
        }
    }

    /// Reads one; None for what cannot be of this kind.
    #[must_use]
    pub fn read(kind: CodeKind, text: &str) -> Option<Self> {
        let (tenant, random) = text.strip_prefix(kind.prefix())?.split_once('_')?;
        let number: i64 = tenant.parse().ok()?;
        // One spelling for each number and for each secret.
        let is_sound = number > 0
            && number.to_string() == tenant
            && URL_SAFE_NO_PAD.decode(random).ok()?.len() == RANDOM_BYTES;
        is_sound.then(|| Self {
            kind,
            tenant: TenantId(number),
            text: text.into(),
        })
    }

    /// The tenant that it says it is of.
    #[must_use]
    pub fn tenant(&self) -> TenantId {
        self.tenant
    }

    /// The secret itself.
    #[must_use]
    pub fn secret(&self) -> &SecretString {
        &self.text
    }

    /// How it begins, for people to recognise it.
    #[must_use]
    pub fn shown(&self) -> String {
        let text = self.text.expose_secret();
        let hidden = text.len().saturating_sub(URL_SAFE_CHARACTERS - SHOWN);
        text[..hidden].to_owned()
    }

    /// What is kept of it.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.text.expose_secret()).into()
    }
}

/// How many characters the random bytes have.
const URL_SAFE_CHARACTERS: usize = (RANDOM_BYTES * 8).div_ceil(6);

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Code")
            .field("kind", &self.kind)
            .field("tenant", &self.tenant)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Code> {
        Code::read(CodeKind::ApiKey, text)
    }

    #[test]
    fn what_is_made_is_read() {
        let made = Code::make(CodeKind::ApiKey, TenantId(7));
        let text = made.secret().expose_secret();
        let again = read(text).unwrap();
        assert_eq!((again.tenant(), again.hash()), (TenantId(7), made.hash()));
        assert_eq!(text.len(), "plk_7_".len() + 43);
        assert_eq!(made.shown(), text[..12]);
        let other = Code::make(CodeKind::ApiKey, TenantId(7));
        assert_ne!(other.hash(), made.hash());
        assert!(Code::read(CodeKind::SignIn, text).is_none(), "another kind");
    }

    #[test]
    fn another_tenant_is_another_secret() {
        let made = Code::make(CodeKind::ApiKey, TenantId(7));
        let moved = made
            .secret()
            .expose_secret()
            .replacen("plk_7_", "plk_8_", 1);
        let moved = read(&moved).unwrap();
        assert_eq!(moved.tenant(), TenantId(8));
        assert_ne!(moved.hash(), made.hash());
    }

    #[test]
    fn what_we_never_make_is_not_read() {
        let random = "A".repeat(43);
        assert!(read(&format!("plk_7_{random}")).is_some());
        for text in [
            String::new(),
            "plk_".to_owned(),
            "plk_7_".to_owned(),
            random.clone(),
            format!("pls_7_{random}"),
            format!("plk__{random}"),
            format!("plk_0_{random}"),
            format!("plk_-7_{random}"),
            format!("plk_+7_{random}"),
            format!("plk_07_{random}"),
            format!("plk_9223372036854775808_{random}"),
            format!("plk_7_{random}A"),
            format!("plk_7_{}", &random[1..]),
            format!("plk_7_{}=", &random[1..]),
            format!("plk_7_{}B", &random[1..]),
            format!("plk_7_{}\n", &random[1..]),
        ] {
            assert!(read(&text).is_none(), "{text:?}");
        }
    }

    #[test]
    fn debug_shows_no_secret() {
        let made = Code::make(CodeKind::SignIn, TenantId(7));
        let random = &made.secret().expose_secret()["pls_7_".len()..];
        assert!(!format!("{made:?}").contains(&random[..4]), "{made:?}");
    }
}
