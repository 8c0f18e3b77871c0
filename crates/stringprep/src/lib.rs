//! Stands in for the crate `stringprep`, as the `PostgreSQL` driver needs it.
//!
//! SCRAM prepares a password by `SASLprep` (RFC 4013), which knows the characters of Unicode 3.2. With others
//! in it, such as an emoji, `PostgreSQL` and libpq take the password as it is (`pg_saslprep` in
//! `src/common/saslprep.c`); the driver gives the login up. This crate does as libpq does, and hands out
//! everything else of the original. See `docs/adr/0005-passwords-as-libpq-takes-them.md`.

use std::borrow::Cow;

pub use original::*;

/// Prepares a text as `SASLprep` does; one that it does not take stays as it is.
///
/// # Errors
/// Never: the type is the one of the original.
pub fn saslprep(text: &str) -> Result<Cow<'_, str>, Error> {
    Ok(original::saslprep(text).unwrap_or(Cow::Borrowed(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_prepared_stays_as_it_is() {
        for (text, prepared) in [
            ("secret", "secret"),
            ("a\u{a0}b", "a b"),
            ("\u{2168}", "IX"),
            ("\u{1f600} \u{a0}", "\u{1f600} \u{a0}"),
        ] {
            assert_eq!(saslprep(text).unwrap(), prepared);
        }
    }
}
