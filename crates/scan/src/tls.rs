//! TLS to data sources, and what its errors mean.
//!
//! The driver knows nothing of it: it says what it says inside of a passage, which shakes hands with the server. So the
//! guard of the passage sees what the server says.

use std::io;
use std::sync::Arc;

use models::datasource::{Tls, TlsMode};
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{self, WebPkiSupportedAlgorithms, ring};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme,
};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::error::cut;
use crate::{ScanError, Target};

/// Shakes hands on a connection whose server waits for that.
pub(crate) async fn shake(
    target: &Target,
    stream: TcpStream,
) -> Result<TlsStream<TcpStream>, ScanError> {
    let name = ServerName::try_from(target.plain_host().to_owned())
        .map_err(|error| told(target, error.to_string(), ADVICE_ON_NAME))?;
    let config = config(&target.tls).map_err(|error| explain(target, &error))?;
    TlsConnector::from(Arc::new(config))
        .connect(name, stream)
        .await
        .map_err(|error| explain_io(target, &error))
}

/// The same for the connection test: hangs up, and says in words what was agreed on and checked.
pub(crate) async fn handshake(target: &Target, stream: TcpStream) -> Result<String, ScanError> {
    let mut stream = shake(target, stream).await?;
    let session = stream.get_ref().1;
    let version = session
        .protocol_version()
        .map(|version| format!("{version:?}").replacen('_', ".", 1))
        .unwrap_or_default();
    let cipher = session
        .negotiated_cipher_suite()
        .map(|suite| format!("{:?}", suite.suite()).replacen("TLS13_", "TLS_", 1))
        .unwrap_or_default();
    let checked = match target.tls.mode {
        TlsMode::VerifyCa => "the certificate's authority was checked",
        TlsMode::VerifyFull => "the certificate's authority and host name were checked",
        TlsMode::Disable | TlsMode::Prefer | TlsMode::Require => "the certificate was not checked",
    };
    // The good-bye is a courtesy: what was asked is known.
    let _ = stream.shutdown().await;
    Ok(format!("encrypted with {version}, {cipher}; {checked}"))
}

/// Whether the authorities of a data source can be read; before a server is asked for anything.
pub(crate) fn check_authorities(target: &Target) -> Result<(), ScanError> {
    if !checks(target.tls.mode) {
        return Ok(());
    }
    authorities(&target.tls)
        .map(drop)
        .map_err(|error| explain(target, &error))
}

/// What an error on the socket means, where it is one of TLS.
fn explain_socket(target: &Target, error: &io::Error) -> Option<ScanError> {
    let tls = error.get_ref()?.downcast_ref::<Error>()?;
    Some(explain(target, tls))
}

/// There is no secure connection, for a reason that the server or the driver told.
pub(crate) fn told(
    target: &Target,
    cause: impl Into<String>,
    advice: impl Into<String>,
) -> ScanError {
    ScanError::Tls {
        address: target.address(),
        cause: cause.into(),
        advice: advice.into(),
    }
}

/// The server does not offer TLS, and the mode asks for it.
pub(crate) fn not_offered(target: &Target) -> ScanError {
    told(
        target,
        "the server does not offer TLS",
        "switch TLS on in the server, or choose the TLS mode prefer or disable if the network between is trusted",
    )
}

const ADVICE_ON_NAME: &str = "give the host as the certificate names it";

fn explain_io(target: &Target, error: &io::Error) -> ScanError {
    explain_socket(target, error).unwrap_or_else(|| {
        let cause = match error.kind() {
            io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset => {
                "the server hung up during the handshake".to_owned()
            }
            _ => error.to_string(),
        };
        told(
            target,
            cause,
            "look for the reason in the server's log, and at what stands between, such as a proxy",
        )
    })
}

/// The cause and what to change.
fn explain(target: &Target, error: &Error) -> ScanError {
    let advice = match error {
        Error::InvalidCertificate(error) => return refused(target, error),
        Error::General(cause) => return told(target, cause, CERTIFICATE_OF_AUTHORITY),
        Error::PeerIncompatible(_) | Error::AlertReceived(_) => {
            "TLS 1.2 or 1.3 is needed: update the server or its TLS settings, or choose the TLS mode disable if the network between is trusted"
        }
        Error::InvalidMessage(_) => {
            "what came back is no TLS: check the port, and what stands between, such as a proxy"
        }
        _ => "check the TLS mode and the server's certificate",
    };
    told(target, error.to_string(), advice)
}

const CERTIFICATE_OF_AUTHORITY: &str = "give the certificates of the authority as PEM, beginning with -----BEGIN CERTIFICATE-----, in tls.ca_certificate (sslrootcert in a URL)";

/// A certificate of the server that does not pass.
fn refused(target: &Target, error: &CertificateError) -> ScanError {
    let host = target.plain_host();
    let (cause, advice) = match error {
        CertificateError::UnknownIssuer => (
            "the server's certificate comes from an authority that is not known".to_owned(),
            "give the certificate of the authority that issued it in tls.ca_certificate (sslrootcert in a URL); on MySQL it is ca.pem in the data directory".to_owned(),
        ),
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => (
            "the server's certificate has expired".to_owned(),
            "renew it on the server; if it is not, check the clock of this machine".to_owned(),
        ),
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => (
            "the server's certificate is not valid yet".to_owned(),
            "check the clocks of this machine and of the one that issued it".to_owned(),
        ),
        CertificateError::NotValidForNameContext { presented, .. } => (
            format!("the server's certificate is not for {host} but for {}", cut(&names(presented))),
            "give the host by a name in the certificate, have it issued for this one too, or choose the TLS mode verify-ca".to_owned(),
        ),
        CertificateError::NotValidForName => (
            format!("the server's certificate is not for {host}"),
            "give the host by a name in the certificate, have it issued for this one too, or choose the TLS mode verify-ca".to_owned(),
        ),
        other => (
            format!("the server's certificate is not accepted: {other}"),
            "have one of version 3 issued for the server by an authority, whose own certificate is another one".to_owned(),
        ),
    };
    told(target, cause, advice)
}

/// The names in a certificate, which are printed as in `DnsName("db.example")`.
fn names(presented: &[String]) -> String {
    let plain = |name: &String| match name.split('"').nth(1) {
        Some(name) => name.to_owned(),
        None => name.clone(),
    };
    match presented {
        [] => "no name at all (a name in CN alone does not count)".to_owned(),
        names => names.iter().map(plain).collect::<Vec<_>>().join(", "),
    }
}

fn checks(mode: TlsMode) -> bool {
    matches!(mode, TlsMode::VerifyCa | TlsMode::VerifyFull)
}

fn authorities(tls: &Tls) -> Result<RootCertStore, Error> {
    let mut store = RootCertStore::empty();
    store.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    let Some(text) = &tls.ca_certificate else {
        return Ok(store);
    };
    let wrong = |cause: &str| Error::General(format!("the authority's certificate {cause}"));
    let public = store.len();
    for certificate in CertificateDer::pem_slice_iter(text.as_bytes()) {
        // The parser's message would repeat the text, which may be anything.
        let certificate = certificate.map_err(|_| wrong("is no valid PEM"))?;
        store
            .add(certificate)
            .map_err(|_| wrong("cannot be read"))?;
    }
    if store.len() == public {
        return Err(wrong("is not in PEM format"));
    }
    Ok(store)
}

fn config(tls: &Tls) -> Result<ClientConfig, Error> {
    let provider = Arc::new(ring::default_provider());
    let algorithms = provider.signature_verification_algorithms;
    let authority = if checks(tls.mode) {
        let store = Arc::new(authorities(tls)?);
        let verifier = WebPkiServerVerifier::builder_with_provider(store, provider.clone());
        let verifier = verifier
            .build()
            .map_err(|error| Error::General(error.to_string()))?;
        Some(verifier)
    } else {
        None
    };
    let verifier = Verifier {
        authority,
        checks_name: tls.mode == TlsMode::VerifyFull,
        algorithms,
    };
    Ok(ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth())
}

/// Checks as much of a certificate as the mode asks for.
#[derive(Debug)]
struct Verifier {
    /// Checks the authority and the name; None where neither is asked for.
    authority: Option<Arc<WebPkiServerVerifier>>,
    checks_name: bool,
    algorithms: WebPkiSupportedAlgorithms,
}

impl ServerCertVerifier for Verifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let Some(authority) = &self.authority else {
            return Ok(ServerCertVerified::assertion());
        };
        let verified = authority.verify_server_cert(
            end_entity,
            intermediates,
            server_name,
            ocsp_response,
            now,
        );
        match verified {
            // The name is looked at last: everything else was in order.
            Err(Error::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) if !self.checks_name => Ok(ServerCertVerified::assertion()),
            verified => verified,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        crypto::verify_tls12_signature(message, cert, dss, &self.algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        crypto::verify_tls13_signature(message, cert, dss, &self.algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use models::datasource::Engine;

    use super::*;

    fn target(mode: TlsMode, ca_certificate: &str) -> Target {
        Target {
            tls: Tls {
                mode,
                ca_certificate: Some(ca_certificate.to_owned()),
            },
            ..Target::example(Engine::Mysql)
        }
    }

    #[test]
    fn an_authority_that_cannot_be_read_is_told_and_not_repeated() {
        for (text, expected) in [
            ("ca.pem", "is not in PEM format"),
            ("-----BEGIN CERTIFICATE-----\nhunter2\n", "is no valid PEM"),
            (
                "-----BEGIN CERTIFICATE-----\naHVudGVyMg==\n-----END CERTIFICATE-----\n",
                "cannot be read",
            ),
        ] {
            let target = target(TlsMode::VerifyCa, text);
            let error = check_authorities(&target).expect_err(text).to_string();
            assert!(error.contains(expected), "{error}");
            assert!(error.contains("in tls.ca_certificate"), "{error}");
            assert!(!error.contains("hunter2") && !error.contains("aHVud"));
        }
        assert!(check_authorities(&target(TlsMode::Require, "ca.pem")).is_ok());
    }

    #[test]
    fn what_is_wrong_with_a_certificate_is_told_with_what_to_change() {
        let target = target(TlsMode::VerifyFull, "");
        let text = |error| explain(&target, &Error::InvalidCertificate(error)).to_string();
        let other = CertificateError::NotValidForNameContext {
            expected: ServerName::try_from("db.example").expect("a name"),
            presented: vec![
                "DnsName(\"a.example\")".to_owned(),
                "IpAddress(10.0.0.1)".to_owned(),
            ],
        };
        let other = text(other);
        assert!(other.contains("not for db.example but for a.example, IpAddress(10.0.0.1); give"));
        for (error, expected) in [
            (
                CertificateError::UnknownIssuer,
                "an authority that is not known; give",
            ),
            (CertificateError::Expired, "has expired; renew it"),
            (
                CertificateError::NotValidYet,
                "not valid yet; check the clocks",
            ),
            (CertificateError::BadEncoding, "is not accepted"),
        ] {
            let text = text(error);
            assert!(text.contains(expected), "{text}");
        }
    }
}
