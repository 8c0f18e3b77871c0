//! Names and keys that nothing else has.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use models::Ids;

/// A name that no other test has: `prefix`, an underscore, 12 random hexadecimal digits.
#[must_use]
pub fn unique(prefix: &str) -> String {
    let id = Ids::random().next().simple().to_string();
    // The front of a UUIDv7 is the time, its end is random.
    format!("{prefix}_{}", &id[20..])
}

/// A random key of 32 bytes in base64: right for secrets of every kind that a service wants.
#[must_use]
pub fn key() -> String {
    let (one, two) = (Ids::random().next(), Ids::random().next());
    STANDARD.encode([one.into_bytes(), two.into_bytes()].concat())
}
