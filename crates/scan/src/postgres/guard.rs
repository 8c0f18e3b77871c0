//! What a server may say (`PostgreSQL` manual, "Message Formats").
//!
//! The driver makes room for as many bytes as a message declares, sends the password as it is to whoever asks for that,
//! and keeps each setting that is told.

use super::errors;
use crate::passage::Guard;
use crate::{ScanError, Target};

/// The most that one message before the end of the login has: a challenge, a setting, or an error.
const MOST_OF_LOGIN: usize = 64 * 1024;

/// The most settings that a session is told. Servers tell fifteen.
const MOST_SETTINGS: u32 = 1000;

/// A type, a length and a number.
const HEAD: usize = 9;

/// `AuthenticationCleartextPassword`
const CLEAR: [u8; 4] = [0, 0, 0, 3];

/// Follows what the server says.
#[derive(Debug)]
pub(super) struct Answers {
    target: Target,
    /// Whether it comes through TLS.
    is_secure: bool,
    is_logged_in: bool,
    settings: u32,
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

    fn check(&mut self, kind: u8, head: &[u8]) -> Result<(), ScanError> {
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
                self.settings += 1;
                if self.settings > MOST_SETTINGS {
                    return Err(self.hostile("tells settings without an end"));
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
    fn asks(&mut self, _: &[u8]) {}

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
            self.check(kind, &head)?;
        }
    }
}

#[cfg(test)]
mod tests {
    use models::datasource::{Engine, Tls};
    use proptest::prelude::*;

    use super::*;
    use crate::{Filters, Limits, Route};

    fn guard(is_secure: bool) -> Answers {
        let target = Target {
            engine: Engine::Postgresql,
            host: "db.example".to_owned(),
            port: 5432,
            username: "reader".to_owned(),
            password: "hunter2".into(),
            database: None,
            tls: Tls::default(),
            filters: Filters::default(),
            limits: Limits::default(),
            route: Route::default(),
        };
        Answers::new(target, is_secure)
    }

    fn message(kind: u8, content: &[u8]) -> Vec<u8> {
        let length = u32::try_from(content.len() + 4).unwrap().to_be_bytes();
        [&[kind], &length[..], content].concat()
    }

    fn heard(guard: &mut Answers, messages: &[Vec<u8>], piece: usize) -> Result<(), String> {
        for piece in messages.concat().chunks(piece) {
            guard.answers(piece).map_err(|error| error.to_string())?;
        }
        Ok(())
    }

    /// A login by SCRAM, as far as a guard looks at it.
    fn login() -> Vec<Vec<u8>> {
        vec![
            message(b'R', b"\0\0\0\x0aSCRAM-SHA-256\0\0"),
            message(b'R', b"\0\0\0\0"),
            message(b'S', b"server_version\x0015.4\0"),
            message(b'K', b"\0\0\0\x01\0\0\0\x02"),
            message(b'Z', b"I"),
        ]
    }

    #[test]
    fn what_real_servers_say_passes() {
        for piece in [1, 3, 8, 1000] {
            let mut guard = guard(false);
            let row = message(b'D', &vec![b'x'; 100_000]);
            assert_eq!(heard(&mut guard, &login(), piece), Ok(()));
            assert_eq!(
                heard(
                    &mut guard,
                    &[row, message(b'C', b"SELECT 1\0"), message(b'Z', b"I")],
                    piece
                ),
                Ok(())
            );
        }
    }

    #[test]
    fn the_password_goes_as_it_is_only_through_tls() {
        let asks = [message(b'R', &CLEAR)];
        assert_eq!(heard(&mut guard(true), &asks, 1), Ok(()));
        for piece in [1, 1000] {
            let error = heard(&mut guard(false), &asks, piece).unwrap_err();
            assert!(
                error.contains("the password in clear text; it was not sent"),
                "{error}"
            );
        }
    }

    #[test]
    fn what_no_server_says_is_stopped() {
        let too_long = [b'D', 0x40, 0, 0, 0].to_vec();
        for (message, expected) in [
            (too_long.clone(), "larger messages"),
            (vec![b'D', 0, 0, 0, 3], "no messages"),
            (message(b'G', b"\0\0\0"), "asks for data of this machine"),
            (
                message(b'S', b"a\0b\0").repeat(1000),
                "settings without an end",
            ),
        ] {
            let mut guard = guard(false);
            heard(&mut guard, &login(), 1000).unwrap();
            let error = heard(&mut guard, &[message], 1000).unwrap_err();
            assert!(error.contains(expected), "{error}");
        }
        // Before the login it is rather somebody else.
        let error = heard(&mut guard(false), &[too_long], 1).unwrap_err();
        assert!(
            error.contains("does not speak the protocol of PostgreSQL"),
            "{error}"
        );
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(answer in any::<Vec<u8>>(), piece in 1usize..50, logged_in: bool) {
            let mut guard = guard(false);
            guard.is_logged_in = logged_in;
            for piece in answer.chunks(piece) {
                if guard.answers(piece).is_err() {
                    break;
                }
            }
        }
    }
}
