//! What a server says before the login (`MySQL` internals, "Connection Phase").

use std::io;
use std::time::Duration;

use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::errors;
use crate::probe::{Greeted, Offer};
use crate::{ScanError, Target};

/// The most that a greeting may have: it is a version, a few numbers and two short texts.
const MOST: usize = 1024;

/// The capability to change to TLS.
const CLIENT_SSL: u16 = 0x0800;

/// The packet `SSLRequest`: what the client can do (`PROTOCOL_41`, `SSL`, `SECURE_CONNECTION`, `PLUGIN_AUTH`),
/// the size of packets, the character set utf8mb4, and room.
const SSL_REQUEST: [u8; 36] = {
    let mut packet = [0; 36];
    packet[0] = 32; // bytes after this header
    packet[3] = 1; // the second packet of the dialogue
    packet[5] = 0x8a;
    packet[6] = 0x08;
    packet[11] = 1; // 16 MiB
    packet[12] = 45;
    packet
};

/// Waits for the greeting, which tells as well whether it is `MySQL` or `MariaDB` that listens.
pub(super) async fn read(
    target: &Target,
    mut stream: TcpStream,
    within: Duration,
) -> Result<Greeted, ScanError> {
    let limit = target.limits.connect_timeout;
    match timeout(within, packet(&mut stream)).await {
        Ok(Ok(said)) => Ok(Greeted {
            offer: offer(target, &said)?,
            stream,
            said,
        }),
        Ok(Err(error)) => Err(ScanError::unreachable(target, &error)),
        Err(_) => {
            let silence = format!(
                "it accepted the connection and sent no greeting within {} s",
                limit.as_secs_f64()
            );
            Err(errors::foreign(target, silence))
        }
    }
}

/// The first packet with its header; less where the other side hangs up or begins otherwise.
async fn packet(stream: &mut TcpStream) -> io::Result<Vec<u8>> {
    let mut seen = Vec::new();
    loop {
        if stream.read_buf(&mut seen).await? == 0 {
            return Ok(seen);
        }
        if let [low, high, 0, 0, 10 | 0xff, ..] = seen[..] {
            let length = 4 + usize::from(u16::from_le_bytes([low, high]));
            if seen.len() >= length || seen.len() >= MOST {
                return Ok(seen);
            }
        } else if seen.len() > 4 {
            return Ok(seen);
        }
    }
}

fn offer(target: &Target, packet: &[u8]) -> Result<Offer, ScanError> {
    match packet {
        [] => Err(ScanError::hung_up(target)),
        [_, _, _, 0, 0xff, low, high, message @ ..] => {
            let message = String::from_utf8_lossy(message);
            let number = u16::from_le_bytes([*low, *high]);
            Err(errors::refusal(number, &message, target))
        }
        // What comes after it belongs to no dialogue yet.
        [low, high, _, 0, 10, ..]
            if packet.len() != 4 + usize::from(u16::from_le_bytes([*low, *high])) =>
        {
            Err(errors::foreign(target, "it sent a malformed greeting"))
        }
        [_, _, _, 0, 10, greeting @ ..] => {
            let offers = capabilities(greeting).is_some_and(|can| can & CLIENT_SSL != 0);
            Ok(if offers {
                Offer::After(&SSL_REQUEST)
            } else {
                Offer::None
            })
        }
        other => {
            let seen = format!("it greets with \"{}\"", other.escape_ascii());
            Err(errors::foreign(target, seen))
        }
    }
}

/// The lower half of what the server can do: it stands after the version, which ends with NUL, the
/// number of the connection (4 bytes), the challenge (8) and a NUL.
fn capabilities(greeting: &[u8]) -> Option<u16> {
    let version = greeting.iter().position(|byte| *byte == 0)?;
    let at = version + 1 + 4 + 8 + 1;
    let bytes = greeting.get(at..at + 2)?;
    Some(u16::from_le_bytes([bytes[0], bytes[1]]))
}

#[cfg(test)]
mod tests {
    use models::datasource::Engine;

    use super::*;

    fn offered(packet: &[u8]) -> Result<Offer, ScanError> {
        offer(&Target::example(Engine::Mysql), packet)
    }

    #[test]
    fn a_greeting_says_whether_tls_is_offered() {
        let greeting = |capabilities: &[u8]| {
            let length = 21 + u8::try_from(capabilities.len()).unwrap();
            [
                &[length, 0, 0, 0],
                &b"\x0a8.0.36\x00abcd12345678\x00"[..],
                capabilities,
            ]
            .concat()
        };
        let offer = |capabilities| offered(&greeting(capabilities)).unwrap();
        assert_eq!(offer(b"\xff\xff"), Offer::After(&SSL_REQUEST));
        assert_eq!(offer(b"\xff\xf7"), Offer::None);
        assert_eq!(offer(b""), Offer::None);
    }

    #[test]
    fn what_stands_in_place_of_a_greeting_is_told() {
        let failure = |packet: &[u8]| offered(packet).unwrap_err();
        let busy = failure(b"\x17\x00\x00\x00\xff\x10\x04Too many connections");
        assert!(matches!(busy, ScanError::Connect { .. }), "{busy}");
        assert!(
            busy.to_string()
                .contains("Too many connections (error 1040)")
        );
        let mail = failure(b"220 mail.example.org ESMTP\r\n");
        assert!(matches!(mail, ScanError::Protocol { .. }), "{mail}");
        assert!(matches!(failure(b""), ScanError::Connect { .. }));
    }
}
