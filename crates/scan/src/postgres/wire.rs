//! The way to a server: TLS where that is wanted, and a guard for all that follows.

use std::io;

use futures::FutureExt;
use models::datasource::TlsMode;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UnixStream;

use super::greeting;
use super::guard::Answers;
use crate::passage::{self, Guard, Passage, Wire};
use crate::probe::Offer;
use crate::session::Purpose;
use crate::{ScanError, Target, tls};

/// The most bytes of the driver's first message.
const MOST: usize = 64 * 1024;

/// A passage to the server, in the target's TLS mode.
pub(super) async fn passage(purpose: Purpose, target: &Target) -> Result<Passage, ScanError> {
    let stream = passage::reach(target).await?;
    let greeted = greeting::dialogue(target, stream).await?;
    let (mut wire, is_secure): (Box<dyn Wire>, bool) = match (target.tls.mode, greeted.offer) {
        (TlsMode::Disable, _) | (TlsMode::Prefer, Offer::None | Offer::Unknown) => {
            (Box::new(greeted.stream), false)
        }
        (_, Offer::None | Offer::Unknown) => return Err(tls::not_offered(target)),
        // The server waits for the handshake, and for nothing before it.
        (_, Offer::After(_)) => (Box::new(tls::shake(target, greeted.stream).await?), true),
    };
    let mut guard = Answers::new(target.clone(), is_secure);
    Passage::open(target.port, move |driver| {
        async move {
            if purpose == Purpose::Statement
                && introduce(driver, &mut wire, &mut guard).await.is_err()
            {
                return Ok(None);
            }
            Ok(Some((wire, Box::new(guard) as _)))
        }
        .boxed()
    })
}

/// Passes the driver's first message on without its time zone: it asks for UTC whatever it is told, and a statement of
/// somebody's own is to have the server's.
async fn introduce(
    driver: &mut UnixStream,
    wire: &mut Box<dyn Wire>,
    guard: &mut Answers,
) -> io::Result<()> {
    let length = usize::try_from(driver.read_u32().await?).unwrap_or(MOST);
    let mut said = vec![0; length.saturating_sub(4).min(MOST)];
    driver.read_exact(&mut said).await?;
    let said = without_time_zone(&said);
    guard.asks(&said);
    wire.write_all(&said).await?;
    wire.flush().await
}

/// The message with its length. It has the number of the protocol, names and values that end with NUL, and a last NUL.
fn without_time_zone(said: &[u8]) -> Vec<u8> {
    let (protocol, settings) = said.split_at(said.len().min(4));
    let mut kept = protocol.to_vec();
    let mut words = settings.split_inclusive(|byte| *byte == 0);
    while let Some(name) = words.next() {
        let value = words.next().unwrap_or_default();
        if name != b"TimeZone\0" {
            kept.extend(name);
            kept.extend(value);
        }
    }
    let length = u32::try_from(kept.len() + 4).unwrap_or(u32::MAX);
    [&length.to_be_bytes(), kept.as_slice()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_zone_alone_is_left_out() {
        let said = b"\0\x03\0\0user\0x\0database\0\0TimeZone\0UTC\0options\0-c a=b\0\0";
        let kept = b"\0\0\0\x29\0\x03\0\0user\0x\0database\0\0options\0-c a=b\0\0";
        assert_eq!(without_time_zone(said), kept);
    }
}
