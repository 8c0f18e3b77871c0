//! How far the connection to a data source must be protected.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use models::datasource::{Tls, TlsMode};

use crate::client::ClientError;

/// `--tls` and `--tls-ca`.
#[derive(Debug, Args)]
pub(crate) struct TlsArguments {
    /// How far the connection must be protected; prefer unless set.
    #[arg(
        long,
        value_parser = mode(),
        value_name = "disable|prefer|require|verify-ca|verify-full",
        hide_possible_values = true
    )]
    tls: Option<TlsMode>,
    /// A file with certificates (PEM) of authorities to trust, besides the public ones.
    #[arg(long, value_name = "FILE", requires = "tls")]
    tls_ca: Option<PathBuf>,
}

impl TlsArguments {
    /// Whether nothing is said.
    pub(crate) fn is_empty(&self) -> bool {
        self.tls.is_none()
    }

    /// What is said; None when nothing is. The certificates stay as they were `before` unless others
    /// are named.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(crate) fn over(&self, before: &Tls) -> Result<Option<Tls>, ClientError> {
        let Some(mode) = self.tls else {
            return Ok(None);
        };
        let ca_certificate = match &self.tls_ca {
            None => before.ca_certificate.clone(),
            Some(path) => {
                let read = std::fs::read_to_string(path);
                let unread = |source| ClientError::Certificate(path.display().to_string(), source);
                Some(read.map_err(unread)?)
            }
        };
        Ok(Some(Tls {
            mode,
            ca_certificate,
        }))
    }
}

/// The words are those of the API.
fn mode() -> impl TypedValueParser<Value = TlsMode> {
    let words = ["disable", "prefer", "require", "verify-ca", "verify-full"];
    PossibleValuesParser::new(words).try_map(|word| serde_json::from_value::<TlsMode>(word.into()))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Debug, Parser)]
    struct Line {
        #[command(flatten)]
        tls: TlsArguments,
    }

    fn read(line: &str) -> Result<TlsArguments, clap::Error> {
        Line::try_parse_from(line.split(' ')).map(|line| line.tls)
    }

    #[test]
    fn words_are_those_of_the_api() {
        let over = |line: &str| read(line).unwrap().over(&Tls::default()).unwrap();
        assert_eq!(over("x --tls verify-ca").unwrap().mode, TlsMode::VerifyCa);
        assert_eq!(over("x --tls prefer").unwrap(), Tls::default());
        assert!(read("x --tls verify").is_err() && read("x --tls-ca file").is_err());
        let named = over(concat!(
            "x --tls require --tls-ca ",
            env!("CARGO_MANIFEST_DIR"),
            "/Cargo.toml"
        ));
        assert!(named.unwrap().ca_certificate.unwrap().contains("[package]"));
        let absent = read("x --tls require --tls-ca absent").unwrap();
        let error = absent.over(&Tls::default()).unwrap_err().to_string();
        assert!(error.contains("absent"), "{error}");
    }

    #[test]
    fn certificates_stay_unless_others_are_named() {
        let before = Tls {
            mode: TlsMode::Require,
            ca_certificate: Some("PEM".to_owned()),
        };
        let changed = read("x --tls verify-full").unwrap().over(&before).unwrap();
        let expected = Tls {
            mode: TlsMode::VerifyFull,
            ..before.clone()
        };
        assert_eq!(changed, Some(expected));
        assert_eq!(read("x").unwrap().over(&before).unwrap(), None);
    }
}
