//! Passwords of `PostgreSQL` that are quick to check.
//!
//! A login costs the client 4,096 rounds of hashing, by design: 50 ms in a build that is not
//! optimised, several times in every test. How many rounds is up to the verifier that the server
//! keeps, and `CREATE ROLE` takes a ready-made one (`PostgreSQL` manual, "`pg_authid`"; RFC 5802).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use models::Ids;
use sha2::{Digest, Sha256};

/// The size of a block of SHA-256, in bytes.
const BLOCK: usize = 64;

/// The verifier of a password, with one round.
pub(crate) fn verifier(password: &str) -> String {
    let salt = Ids::random().next().into_bytes();
    // RFC 5802: Hi(password, salt, 1)
    let salted = hmac(
        password.as_bytes(),
        &[&salt[..], &1_u32.to_be_bytes()].concat(),
    );
    let stored = Sha256::digest(hmac(&salted, b"Client Key"));
    let server = hmac(&salted, b"Server Key");
    let [salt, stored, server] =
        [&salt[..], &stored[..], &server[..]].map(|bytes| STANDARD.encode(bytes));
    format!("SCRAM-SHA-256$1:{salt}${stored}:{server}")
}

/// HMAC with SHA-256 (RFC 2104), for keys of at most a block.
fn hmac(key: &[u8], message: &[u8]) -> [u8; 32] {
    assert!(
        key.len() <= BLOCK,
        "a longer key would have to be hashed first"
    );
    let pad = |with: u8| {
        let mut block = [with; BLOCK];
        for (byte, key) in block.iter_mut().zip(key) {
            *byte ^= key;
        }
        block
    };
    let inner = Sha256::new()
        .chain_update(pad(0x36))
        .chain_update(message)
        .finalize();
    Sha256::new()
        .chain_update(pad(0x5c))
        .chain_update(inner)
        .finalize()
        .into()
}
