//! Encryption of the passwords of data sources.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use catalog::datasources::Sealed;
use chacha20poly1305::aead::{Aead, Generate, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use models::TenantId;
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

const NONCE_BYTES: usize = 24;

/// Why a password cannot be encrypted or read.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// The configured key is no key.
    #[error("secrets.key must be 32 bytes in base64: make one with `openssl rand -base64 32`")]
    Key,
    /// The password was encrypted with a key that is not configured.
    #[error(
        "the password is encrypted with key {0}, which is not configured: give the data source its password anew"
    )]
    UnknownKey(String),
    /// The ciphertext is not what this service wrote for this data source.
    #[error("the stored password cannot be decrypted: give the data source its password anew")]
    Damaged,
}

/// Encrypts and decrypts with XChaCha20-Poly1305; a ciphertext is bound to its tenant and data source, so that
/// one copied to another row cannot be read there.
#[derive(Clone)]
pub(crate) struct Secrets {
    cipher: XChaCha20Poly1305,
    /// Makes [`Secrets::fingerprint`]s.
    digest: Hmac<Sha256>,
    key_id: String,
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Secrets")
            .field("key_id", &self.key_id)
            .finish_non_exhaustive()
    }
}

impl Secrets {
    /// Works with a key given as base64.
    ///
    /// # Errors
    /// [`SecretError::Key`] when it is not 32 bytes.
    pub(crate) fn new(key: &SecretString, key_id: &str) -> Result<Self, SecretError> {
        let bytes = STANDARD
            .decode(key.expose_secret().trim())
            .map_err(|_| SecretError::Key)?;
        let key = Key::try_from(bytes.as_slice()).map_err(|_| SecretError::Key)?;
        Ok(Self {
            cipher: XChaCha20Poly1305::new(&key),
            digest: Hmac::new_from_slice(&key).map_err(|_| SecretError::Key)?,
            key_id: key_id.to_owned(),
        })
    }

    /// A digest of a request that only who has the key can make: what is kept of a request with a
    /// password cannot be used to guess that.
    #[must_use]
    pub(crate) fn fingerprint(&self, operation: &str, request: &[u8]) -> Vec<u8> {
        let mut digest = self.digest.clone();
        digest.update(operation.as_bytes());
        digest.update(&[0]);
        digest.update(request);
        digest.finalize().into_bytes().to_vec()
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
            .cipher
            .encrypt(&nonce, payload)
            .expect("a password is shorter than 256 GiB");
        let mut bytes = nonce.to_vec();
        bytes.extend_from_slice(&ciphertext);
        Sealed {
            bytes,
            key_id: self.key_id.clone(),
        }
    }

    /// Decrypts the password of a data source.
    ///
    /// # Errors
    /// When another key encrypted it, or the bytes are not what was written for this data source.
    pub(crate) fn open(
        &self,
        tenant: TenantId,
        datasource: i64,
        sealed: &Sealed,
    ) -> Result<SecretString, SecretError> {
        if sealed.key_id != self.key_id {
            return Err(SecretError::UnknownKey(sealed.key_id.clone()));
        }
        let (nonce, ciphertext) = sealed
            .bytes
            .split_at_checked(NONCE_BYTES)
            .ok_or(SecretError::Damaged)?;
        let nonce = XNonce::try_from(nonce).map_err(|_| SecretError::Damaged)?;
        let aad = bound_to(tenant, datasource);
        let payload = Payload {
            msg: ciphertext,
            aad: &aad,
        };
        let plain = self
            .cipher
            .decrypt(&nonce, payload)
            .map_err(|_| SecretError::Damaged)?;
        String::from_utf8(plain)
            .map(SecretString::from)
            .map_err(|_| SecretError::Damaged)
    }
}

fn bound_to(tenant: TenantId, datasource: i64) -> Vec<u8> {
    format!("plumbline datasource {tenant}/{datasource}").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets(key: u8, id: &str) -> Secrets {
        Secrets::new(&STANDARD.encode([key; 32]).into(), id).expect("a key")
    }

    #[test]
    fn only_the_same_data_source_and_key_read_a_password() {
        let password = SecretString::from("päss wörd");
        let sealed = secrets(1, "k1").seal(TenantId(7), 5, &password);
        assert_ne!(
            sealed,
            secrets(1, "k1").seal(TenantId(7), 5, &password),
            "each has its own nonce"
        );
        let read = secrets(1, "k1")
            .open(TenantId(7), 5, &sealed)
            .expect("reads");
        assert_eq!(read.expose_secret(), password.expose_secret());
        assert!(matches!(
            secrets(1, "k1").open(TenantId(7), 6, &sealed),
            Err(SecretError::Damaged)
        ));
        assert!(matches!(
            secrets(1, "k1").open(TenantId(8), 5, &sealed),
            Err(SecretError::Damaged)
        ));
        assert!(matches!(
            secrets(2, "k1").open(TenantId(7), 5, &sealed),
            Err(SecretError::Damaged)
        ));
        assert!(matches!(
            secrets(1, "k2").open(TenantId(7), 5, &sealed),
            Err(SecretError::UnknownKey(_))
        ));
    }

    #[test]
    fn a_key_of_the_wrong_size_is_refused() {
        assert!(matches!(
            Secrets::new(&"c2hvcnQ=".into(), "k"),
            Err(SecretError::Key)
        ));
        assert!(matches!(
            Secrets::new(&"not base64!".into(), "k"),
            Err(SecretError::Key)
        ));
    }
}
