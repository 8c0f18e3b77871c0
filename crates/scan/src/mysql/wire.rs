//! From a greeting to a session: TLS, and the login that the driver does through it (`MySQL` internals, "Connection
//! Phase").
//!
//! The driver believes that there is no TLS. What a login by passwords says differently inside of it is said here.

use std::io;

use futures::FutureExt;
use secrecy::ExposeSecret;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::UnixStream;

use super::errors;
use super::guard::Answers;
use crate::passage::{Led, Passage, Wire};
use crate::probe::Greeted;
use crate::session::Purpose;
use crate::{ScanError, Target, tls};

/// The most that one message of a login has: names, a challenge, a key, or an error.
const MOST: usize = 64 * 1024;

/// The most messages that a login has.
const MESSAGES: usize = 32;

/// The capability to change to TLS, in the second byte of a client's capabilities; in the fourth, the one to leave out
/// packets that only end something.
const CLIENT_SSL: u8 = 0x08;
const CLIENT_DEPRECATE_EOF: u8 = 0x01;

/// The plugin that sends the password as it is, and the one that does inside of TLS.
const CLEAR: &[u8] = b"mysql_clear_password\0";
const SHA256: &[u8] = b"sha256_password\0";

/// Asks for another plugin, whose name follows.
const SWITCH: u8 = 0xfe;

/// `caching_sha2_password` says that it remembers the login, and that it does not.
const REMEMBERED: &[u8] = &[1, 3];
const UNKNOWN: &[u8] = &[1, 4];

/// A passage that begins with a greeting, and leads into TLS where that is `secure`.
pub(super) fn passage(
    purpose: Purpose,
    target: &Target,
    greeted: Greeted,
    secure: bool,
) -> Result<Passage, ScanError> {
    refuse_clear(target, &greeted.said)?;
    let whom = target.clone();
    Passage::open(target.port, move |driver| {
        lead(purpose, whom, greeted, secure, driver).boxed()
    })
}

async fn lead(
    purpose: Purpose,
    target: Target,
    greeted: Greeted,
    secure: bool,
    driver: &mut UnixStream,
) -> Result<Led, ScanError> {
    let greeting = with_usual_plugin(greeted.said);
    let Some(mut response) = ask(&target, driver, &greeting).await? else {
        return Ok(None);
    };
    let has_ends = response
        .get(7)
        .is_none_or(|byte| byte & CLIENT_DEPRECATE_EOF == 0);
    let mut stream = greeted.stream;
    let mut wire: Box<dyn Wire> = if secure {
        // What asks for TLS is the beginning of the response, with the capability in it, and counts as a message.
        let Some(beginning) = response.get_mut(..36) else {
            return Ok(None);
        };
        beginning[5] |= CLIENT_SSL;
        let request = [&[32, 0, 0, 1], &beginning[4..]].concat();
        if stream.write_all(&request).await.is_err() {
            return Ok(None);
        }
        response[3] = 2;
        Box::new(tls::shake(&target, stream).await?)
    } else {
        Box::new(stream)
    };
    let mut answer = ask(&target, &mut wire, &response).await?;
    for _ in 0..MESSAGES {
        let Some(said) = answer else {
            return Ok(None);
        };
        let payload = &said[4..];
        if payload.starts_with(&[SWITCH]) {
            refuse_clear(&target, payload)?;
        }
        answer = match payload {
            // Let in, or refused, which the driver is to tell.
            [0 | 0xff, ..] => {
                let guard = Answers::new(purpose, target, has_ends);
                let is_told = driver.write_all(&said).await.is_ok();
                return Ok(is_told.then(|| (wire, Box::new(guard) as _)));
            }
            REMEMBERED => match driver.write_all(&said).await {
                Ok(()) => packet(&target, &mut wire).await?,
                Err(_) => None,
            },
            payload if secure && wants_password(payload) => {
                let password = password(&target, said[3].wrapping_add(1));
                ask(&target, &mut wire, &password).await?
            }
            _ => match ask(&target, driver, &said).await? {
                Some(reply) => ask(&target, &mut wire, &reply).await?,
                None => None,
            },
        };
    }
    Err(errors::foreign(&target, "its login has no end"))
}

/// Whether the plugin wants the password as it is, since TLS encrypts it.
fn wants_password(payload: &[u8]) -> bool {
    payload == UNKNOWN
        || payload
            .strip_prefix(&[SWITCH])
            .is_some_and(|plugin| plugin.starts_with(SHA256))
}

/// The password and a NUL, as the packet of a number.
fn password(target: &Target, number: u8) -> Vec<u8> {
    let password = target.password.expose_secret().as_bytes();
    let [low, middle, high, ..] = (password.len() + 1).to_le_bytes();
    [&[low, middle, high, number], password, &[0]].concat()
}

/// The driver would send the password as it is to whoever names this plugin in a greeting, TLS or not.
fn refuse_clear(target: &Target, said: &[u8]) -> Result<(), ScanError> {
    let name = &CLEAR[..CLEAR.len() - 1];
    if said.windows(name.len()).any(|window| window == name) {
        return Err(ScanError::Authentication {
            username: target.username.clone(),
            cause: "it asks for the password in clear text (mysql_clear_password)".to_owned(),
            advice: "it was not sent; find out who answers there, and let the account log in by another plugin".to_owned(),
        });
    }
    Ok(())
}

/// The driver cannot begin with `sha256_password`; a server asks for it again where an account has it.
fn with_usual_plugin(mut greeting: Vec<u8>) -> Vec<u8> {
    let Some(plain) = greeting.strip_suffix(SHA256) else {
        return greeting;
    };
    let kept = plain.len();
    greeting.truncate(kept);
    greeting.extend(b"mysql_native_password\0");
    // A greeting is short.
    let [low, high, ..] = (greeting.len() - 4).to_le_bytes();
    (greeting[0], greeting[1]) = (low, high);
    greeting
}

/// Says a packet and reads the next one. None when the other side hung up.
async fn ask(
    target: &Target,
    whom: &mut (impl AsyncRead + AsyncWrite + Unpin),
    said: &[u8],
) -> Result<Option<Vec<u8>>, ScanError> {
    let sent = async {
        whom.write_all(said).await?;
        whom.flush().await
    };
    // Who hung up may have said why.
    let _ = sent.await;
    packet(target, whom).await
}

/// The next packet with its header. None when the other side hung up.
async fn packet(
    target: &Target,
    from: &mut (impl AsyncRead + Unpin),
) -> Result<Option<Vec<u8>>, ScanError> {
    let mut packet = vec![0; 4];
    let read = async {
        from.read_exact(&mut packet).await?;
        let length = u32::from_le_bytes([packet[0], packet[1], packet[2], 0]) as usize;
        if !(1..=MOST).contains(&length) {
            return io::Result::Ok(false);
        }
        packet.resize(4 + length, 0);
        from.read_exact(&mut packet[4..]).await?;
        Ok(true)
    };
    match read.await {
        Ok(true) => Ok(Some(packet)),
        Ok(false) => Err(errors::foreign(
            target,
            "a message of its login is empty or too long",
        )),
        Err(_) => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_name_of_a_plugin_that_the_driver_cannot_begin_with_is_replaced() {
        let greeting = |plugin: &[u8]| {
            let payload = [b"\x0a8.0.36\0 and more\0", plugin].concat();
            let length = u8::try_from(payload.len()).expect("it is short");
            [&[length, 0, 0, 0], &payload[..]].concat()
        };
        assert_eq!(
            with_usual_plugin(greeting(b"sha256_password\0")),
            greeting(b"mysql_native_password\0")
        );
        for usual in [
            &b"caching_sha2_password\0"[..],
            b"mysql_native_password\0",
            b"",
        ] {
            assert_eq!(with_usual_plugin(greeting(usual)), greeting(usual));
        }
    }

    #[test]
    fn the_password_goes_as_it_is_only_where_it_is_asked_for() {
        assert!(wants_password(&[1, 4]));
        assert!(wants_password(b"\xfesha256_password\0challenge"));
        for other in [
            &b"\x01\x03"[..],
            b"\x01",
            b"\xfemysql_native_password\0",
            b"\xfe",
        ] {
            assert!(!wants_password(other), "{other:?}");
        }
    }
}
