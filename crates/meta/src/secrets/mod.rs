//! The passwords of data sources: encryption, its keys, and passwords that are kept elsewhere.

mod references;
mod rotation;

use std::io::{self, Write};
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use catalog::secrets::Sealed;
use chacha20poly1305::aead::{Aead, Generate, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use models::TenantId;
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use sha2::Sha256;

pub(crate) use self::references::{ReferenceError, References};
pub use self::rotation::{Incomplete, KeyUse, Rotation, Standing, rotate_secrets, secrets_status};
use crate::config::NamedKey;

const NONCE_BYTES: usize = 24;
const KEY_BYTES: usize = 32;

/// Why a password cannot be encrypted or read.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// A configured key is no key.
    #[error(
        "the key {0} of secrets.key or secrets.previous_keys must be 32 bytes in base64: \
         make one with `openssl rand -base64 32`"
    )]
    Key(String),
    /// The password was encrypted with a key that is not configured.
    #[error(
        "the password is encrypted under key id {0}, which this service does not have: whoever runs it can add \
         that key to secrets.previous_keys; or give the data source its password anew"
    )]
    UnknownKey(String),
    /// The ciphertext is not what this service wrote for this data source.
    #[error(
        "the stored password cannot be decrypted with the key {0}: was another key given this id? \
         Else give the data source its password anew"
    )]
    Damaged(String),
}

/// One key by its id.
struct Key {
    id: String,
    cipher: XChaCha20Poly1305,
    /// Makes [`Secrets::fingerprints`].
    digest: Hmac<Sha256>,
}

impl TryFrom<&NamedKey> for Key {
    type Error = SecretError;

    fn try_from(named: &NamedKey) -> Result<Self, SecretError> {
        let wrong = || SecretError::Key(named.id.clone());
        let text = named.key.expose_secret().trim();
        let bytes = Zeroizing::new(STANDARD.decode(text).map_err(|_| wrong())?);
        if bytes.len() != KEY_BYTES {
            return Err(wrong());
        }
        Ok(Self {
            id: named.id.clone(),
            cipher: XChaCha20Poly1305::new_from_slice(&bytes).map_err(|_| wrong())?,
            digest: Hmac::new_from_slice(&bytes).map_err(|_| wrong())?,
        })
    }
}

/// Encrypts and decrypts with XChaCha20-Poly1305; a ciphertext is bound to its tenant and data source, so that
/// one copied to another row cannot be read there. Reads by every known key, writes by the current one.
#[derive(Clone)]
pub(crate) struct Secrets {
    current: Arc<Key>,
    previous: Arc<[Key]>,
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Secrets")
            .field("key_id", &self.current.id)
            .finish_non_exhaustive()
    }
}

impl Secrets {
    /// Works with these keys, of which the first is the current one.
    ///
    /// # Errors
    /// [`SecretError::Key`] when one is not 32 bytes in base64.
    ///
    /// # Panics
    /// Without any key; the settings have one.
    pub(crate) fn new(keys: &[NamedKey]) -> Result<Self, SecretError> {
        let (current, previous) = keys.split_first().expect("the settings have a key");
        let previous: Result<Vec<Key>, SecretError> = previous.iter().map(Key::try_from).collect();
        Ok(Self {
            current: Arc::new(current.try_into()?),
            previous: previous?.into(),
        })
    }

    fn keys(&self) -> impl Iterator<Item = &Key> {
        std::iter::once(&*self.current).chain(&*self.previous)
    }

    /// The key of this id. Upper and lower case count only where both are there: the environment, which
    /// has one of them, can name a key all the same.
    fn key(&self, id: &str) -> Option<&Key> {
        let is_like = |key: &&Key| key.id.eq_ignore_ascii_case(id);
        let mut same = self.keys().filter(|key| key.id == id);
        same.next().or_else(|| self.keys().find(is_like))
    }

    /// Digests of a request that only who has a key can make: what is kept of a request with a
    /// password cannot be used to guess that. The first is by the current key and is to be kept; the
    /// others tell a request that was sent before the key changed.
    ///
    /// # Panics
    /// Never for bodies of the API, which are plain data.
    #[must_use]
    pub(crate) fn fingerprints(&self, operation: &str, request: &impl Serialize) -> Vec<Vec<u8>> {
        let digest = |key: &Key| {
            let mut digest = Digest(key.digest.clone());
            digest.0.update(operation.as_bytes());
            digest.0.update(&[0]);
            serde_json::to_writer(&mut digest, request).expect("bodies of the API are plain data");
            digest.0.finalize().into_bytes().to_vec()
        };
        self.keys().map(digest).collect()
    }

    /// Encrypts the password of a data source.
    ///
    /// # Panics
    /// Never for a password that a request can carry: the cipher refuses only what exceeds 256 GiB.
    #[must_use]
    pub(crate) fn seal(
        &self,
        tenant: TenantId,
        datasource: i64,
        password: &SecretString,
    ) -> Sealed {
        let nonce = XNonce::generate();
        let aad = bound_to(tenant, datasource);
        let payload = Payload {
            msg: password.expose_secret().as_bytes(),
            aad: &aad,
        };
        let ciphertext = self
            .current
            .cipher
            .encrypt(&nonce, payload)
            .expect("a password is shorter than 256 GiB");
        let mut bytes = nonce.to_vec();
        bytes.extend_from_slice(&ciphertext);
        Sealed {
            bytes,
            key_id: self.current.id.clone(),
        }
    }

    /// Decrypts the password of a data source.
    ///
    /// # Errors
    /// When an unknown key encrypted it, or the bytes are not what was written for this data source.
    pub(crate) fn open(
        &self,
        tenant: TenantId,
        datasource: i64,
        sealed: &Sealed,
    ) -> Result<SecretString, SecretError> {
        let unknown = || SecretError::UnknownKey(sealed.key_id.clone());
        let key = self.key(&sealed.key_id).ok_or_else(unknown)?;
        let damaged = || SecretError::Damaged(sealed.key_id.clone());
        let parts = sealed.bytes.split_at_checked(NONCE_BYTES);
        let (nonce, ciphertext) = parts.ok_or_else(damaged)?;
        let nonce = XNonce::try_from(nonce).map_err(|_| damaged())?;
        let aad = bound_to(tenant, datasource);
        let payload = Payload {
            msg: ciphertext,
            aad: &aad,
        };
        let plain = key.cipher.decrypt(&nonce, payload).map_err(|_| damaged())?;
        let plain = Zeroizing::new(plain);
        // From a slice: a `String` with room to spare would be moved, and leave itself behind.
        let text = std::str::from_utf8(&plain).map_err(|_| damaged())?;
        Ok(SecretString::from(text))
    }
}

fn bound_to(tenant: TenantId, datasource: i64) -> Vec<u8> {
    format!("plumbline datasource {tenant}/{datasource}").into_bytes()
}

/// Takes what is written to it into a digest, so that a request with a password is not written out.
struct Digest(Hmac<Sha256>);

impl Write for Digest {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Keys made of one byte each, by their ids.
    fn secrets(keys: &[(u8, &str)]) -> Secrets {
        let named = keys.iter().map(|(byte, id)| NamedKey {
            id: (*id).to_owned(),
            key: STANDARD.encode([*byte; KEY_BYTES]).into(),
        });
        Secrets::new(&named.collect::<Vec<_>>()).expect("keys")
    }

    #[test]
    fn only_the_same_data_source_and_key_read_a_password() {
        let password = SecretString::from("päss wörd");
        let k1 = secrets(&[(1, "k1")]);
        let sealed = k1.seal(TenantId(7), 5, &password);
        assert_ne!(
            sealed,
            k1.seal(TenantId(7), 5, &password),
            "each has its own nonce"
        );
        let read = k1.open(TenantId(7), 5, &sealed).expect("reads");
        assert_eq!(read.expose_secret(), password.expose_secret());
        for (tenant, id) in [(7, 6), (8, 5)] {
            let moved = k1.open(TenantId(tenant), id, &sealed);
            assert!(matches!(moved, Err(SecretError::Damaged(_))));
        }
        let other = secrets(&[(2, "k1")]).open(TenantId(7), 5, &sealed);
        assert!(matches!(other, Err(SecretError::Damaged(_))));
        let unknown = secrets(&[(1, "k2")]).open(TenantId(7), 5, &sealed);
        let unknown = unknown.expect_err("unknown").to_string();
        assert!(
            unknown.contains("under key id k1, which this service does not have"),
            "{unknown}"
        );
    }

    #[test]
    fn every_known_key_reads_and_the_current_one_writes() {
        let password = SecretString::from("p");
        let old = secrets(&[(1, "K1")]).seal(TenantId(7), 5, &password);
        let both = secrets(&[(2, "k2"), (3, "k3"), (1, "k1")]);
        let read = both
            .open(TenantId(7), 5, &old)
            .expect("in whatever letters");
        let new = both.seal(TenantId(7), 5, &read);
        assert_eq!(new.key_id, "k2");
        let read = secrets(&[(2, "k2")]).open(TenantId(7), 5, &new);
        assert_eq!(read.expect("reads").expose_secret(), "p");
    }

    #[test]
    fn a_request_is_known_by_each_key() {
        let one = secrets(&[(1, "k1")]).fingerprints("create", &["a"]);
        let two = secrets(&[(2, "k2"), (1, "k1")]).fingerprints("create", &["a"]);
        assert_eq!((one.len(), two.len()), (1, 2));
        assert_eq!(two[1], one[0]);
        assert_ne!(two[0], one[0]);
        let other = secrets(&[(1, "k1")]).fingerprints("create", &["b"]);
        assert_ne!(one, other);
    }

    #[test]
    fn a_key_of_the_wrong_size_is_refused() {
        for key in ["c2hvcnQ=", "not base64!", ""] {
            let named = NamedKey {
                id: "k9".to_owned(),
                key: key.into(),
            };
            let refused = Secrets::new(&[named]).expect_err(key).to_string();
            assert!(
                refused.contains("k9") && !refused.contains("not base64!"),
                "{refused}"
            );
        }
    }

    #[test]
    fn keys_are_not_printed() {
        let shown = format!("{:?}", secrets(&[(1, "k1")]));
        assert_eq!(shown, "Secrets { key_id: \"k1\", .. }");
    }
}
