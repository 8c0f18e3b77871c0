//! What a server says before the login: whether it does TLS.

use models::datasource::TlsMode;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::errors;
use crate::probe::{Greeted, Offer};
use crate::{ScanError, Target};

/// The message `SSLRequest` (`PostgreSQL` manual, "Message Formats").
const SSL_REQUEST: [u8; 8] = [0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f];

/// Asks for TLS as [`dialogue`] does, within the connect time-out.
pub(super) async fn ask(target: &Target, stream: TcpStream) -> Result<Greeted, ScanError> {
    let limit = target.limits.connect_timeout;
    if let Ok(outcome) = timeout(limit, dialogue(target, stream)).await {
        return outcome;
    }
    let silence = format!(
        "it accepted the connection and did not answer within {} s",
        limit.as_secs_f64()
    );
    Err(errors::foreign(target, silence))
}

/// Asks for TLS, which tells as well whether it is `PostgreSQL` that listens.
///
/// Not where TLS is not wanted: a server that is asked and then left writes a line into its log.
pub(super) async fn dialogue(target: &Target, mut stream: TcpStream) -> Result<Greeted, ScanError> {
    let mut offered = Offer::Unknown;
    if target.tls.mode != TlsMode::Disable {
        let mut answer = [0; 64];
        let dialogue = async {
            stream.write_all(&SSL_REQUEST).await?;
            stream.read(&mut answer).await
        };
        let length = dialogue
            .await
            .map_err(|error| ScanError::unreachable(target, &error))?;
        offered = offer(target, &answer[..length])?;
    }
    Ok(Greeted {
        stream,
        offer: offered,
        said: Vec::new(),
    })
}

/// What an answer means. It is one byte: whoever sends more does not speak the protocol, or slips
/// in what would later be taken for encrypted.
fn offer(target: &Target, answer: &[u8]) -> Result<Offer, ScanError> {
    match answer {
        [] => Err(ScanError::hung_up(target)),
        b"S" => Ok(Offer::After(&[])),
        b"N" => Ok(Offer::None),
        // A server that cannot even start a process for us answers with an error.
        [b'E', message @ .., 0] => Err(ScanError::Connect {
            address: target.address(),
            cause: String::from_utf8_lossy(message).trim().to_owned(),
            advice: "look into the server's log".to_owned(),
        }),
        other => {
            let seen = format!("it answers with \"{}\"", other.escape_ascii());
            Err(errors::foreign(target, seen))
        }
    }
}

#[cfg(test)]
mod tests {
    use models::datasource::Engine;

    use super::*;

    #[test]
    fn an_answer_is_one_byte() {
        let target = Target {
            host: "::1".to_owned(),
            ..Target::example(Engine::Postgresql)
        };
        assert_eq!(offer(&target, b"S").unwrap(), Offer::After(&[]));
        assert_eq!(offer(&target, b"N").unwrap(), Offer::None);
        let failure = |answer: &[u8]| offer(&target, answer).unwrap_err().to_string();
        assert!(failure(b"").contains("closed the connection"));
        assert!(
            failure(b"Ecould not fork: memory\n\0").contains("[::1]:5432: could not fork: memory;")
        );
        for foreign in [&b"SSH-2.0"[..], b"No", b"HTTP/1.1 400", b"SS"] {
            assert!(failure(foreign).contains("does not speak the protocol"));
        }
    }
}
