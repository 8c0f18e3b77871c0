//! What a server may say (`PostgreSQL` manual, "Message Formats").
//!
//! The driver makes room for as many bytes as a message declares, sends the password as it is to whoever asks for that,
//! keeps each setting that is told, and looks up each type that it does not know by a question of its own, all of whose
//! rows it keeps.

use super::errors;
use crate::passage::Guard;
use crate::{ScanError, Target};

/// The most that one message before the end of the login has: a challenge, a setting, or an error.
const MOST_OF_LOGIN: usize = 64 * 1024;

/// The most bytes of settings that a session is told, each of which counts as [`LEAST_OF_SETTING`] at least. Servers
/// tell fifteen, in half a KiB.
const MOST_OF_SETTINGS: usize = 1024 * 1024;
const LEAST_OF_SETTING: usize = 1024;

/// The most bytes of rows about types that a session is told: a type has a few hundred, and its labels or fields.
const MOST_OF_TYPES: usize = 1024 * 1024;

/// A type, a length and a number.
const HEAD: usize = 9;

/// A type, a length, and how a statement begins.
const HEAD_OF_QUESTION: usize = 7;

/// `AuthenticationCleartextPassword`
const CLEAR: [u8; 4] = [0, 0, 0, 3];

/// Takes what the driver says apart into messages.
#[derive(Debug)]
struct Questions {
    /// The beginning of a message, as far as it has come.
    begun: Vec<u8>,
    rest: usize,
}

impl Questions {
    /// From the beginning of a login on. Its first message has no type, as if that had been said already.
    fn new() -> Self {
        Self {
            begun: vec![0],
            rest: 0,
        }
    }

    /// Whether the next message asks for types. None when no more of them begin.
    fn next(&mut self, bytes: &mut &[u8]) -> Option<bool> {
        loop {
            let passed = self.rest.min(bytes.len());
            self.rest -= passed;
            *bytes = &bytes[passed..];
            let (first, others) = bytes.split_first()?;
            *bytes = others;
            self.begun.push(*first);
            let [kind, a, b, c, d, head @ ..] = &self.begun[..] else {
                continue;
            };
            let length = (u32::from_be_bytes([*a, *b, *c, *d]) as usize).saturating_sub(4);
            if head.len() < length.min(HEAD_OF_QUESTION - 5) {
                continue;
            }
            // A simple query. Ours begin with a comment that says what they are for, the driver's do not.
            let asks = *kind == b'Q' && head != b"/*" && head != b"--";
            self.rest = length - head.len();
            self.begun.clear();
            return Some(asks);
        }
    }
}

/// Follows what the server says.
#[derive(Debug)]
pub(super) struct Answers {
    target: Target,
    /// Whether it comes through TLS.
    is_secure: bool,
    is_logged_in: bool,
    /// Bytes of settings so far.
    settings: usize,
    questions: Questions,
    /// Whether the driver asked for types last.
    asks_types: bool,
    /// Bytes of rows about types so far.
    types: usize,
    begun: Vec<u8>,
    rest: usize,
}

impl Answers {
    /// From the beginning of a login on.
    pub(super) fn new(target: Target, is_secure: bool) -> Self {
        Self {
            target,
            is_secure,
            is_logged_in: false,
            settings: 0,
            questions: Questions::new(),
            asks_types: false,
            types: 0,
            begun: Vec::with_capacity(HEAD),
            rest: 0,
        }
    }

    /// How many bytes follow the length, which counts itself.
    fn check_length(&self, declared: [u8; 4]) -> Result<usize, ScanError> {
        let length = usize::try_from(u32::from_be_bytes(declared)).unwrap_or(usize::MAX);
        match length.checked_sub(4) {
            Some(rest) if !self.is_logged_in && rest <= MOST_OF_LOGIN => Ok(rest),
            _ if !self.is_logged_in => Err(errors::foreign(
                &self.target,
                "its answer is no message of the protocol",
            )),
            Some(rest) if rest <= self.target.limits.message_bytes => Ok(rest),
            Some(_) => Err(self.hostile("sends larger messages than a catalog has")),
            None => Err(self.hostile("sends no messages of the protocol")),
        }
    }

    fn check(&mut self, kind: u8, length: usize, head: &[u8]) -> Result<(), ScanError> {
        match kind {
            b'Z' => self.is_logged_in = true,
            b'R' if !self.is_secure && head == CLEAR => {
                return Err(ScanError::Authentication {
                    username: self.target.username.clone(),
                    cause: "it asks for the password in clear text".to_owned(),
                    advice: "it was not sent; choose the TLS mode require, or let this login in by scram-sha-256 in pg_hba.conf"
                        .to_owned(),
                });
            }
            // CopyInResponse, CopyOutResponse, CopyBothResponse.
            b'G' | b'H' | b'W' => {
                return Err(self.hostile("asks for data of this machine, or offers a copy (COPY)"));
            }
            b'S' => {
                self.settings += length.max(LEAST_OF_SETTING);
                if self.settings > MOST_OF_SETTINGS {
                    return Err(self.hostile("tells settings without an end"));
                }
            }
            b'D' if self.asks_types => {
                self.types += HEAD + length;
                if self.types > MOST_OF_TYPES {
                    return Err(self.hostile("tells of types without an end"));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn hostile(&self, what: &str) -> ScanError {
        ScanError::hostile(&self.target, what)
    }
}

impl Guard for Answers {
    fn asks(&mut self, mut bytes: &[u8]) {
        while let Some(asks_types) = self.questions.next(&mut bytes) {
            self.asks_types = asks_types;
        }
    }

    fn answers(&mut self, mut bytes: &[u8]) -> Result<(), ScanError> {
        loop {
            let passed = self.rest.min(bytes.len());
            self.rest -= passed;
            bytes = &bytes[passed..];
            let Some((first, others)) = bytes.split_first() else {
                return Ok(());
            };
            bytes = others;
            self.begun.push(*first);
            let [kind, a, b, c, d, head @ ..] = &self.begun[..] else {
                continue;
            };
            let length = self.check_length([*a, *b, *c, *d])?;
            if head.len() < length.min(HEAD - 5) {
                continue;
            }
            self.rest = length - head.len();
            let (kind, head) = (*kind, head.to_vec());
            self.begun.clear();
            self.check(kind, length, &head)?;
        }
    }
}

#[cfg(test)]
#[path = "guard_tests.rs"]
mod tests;
