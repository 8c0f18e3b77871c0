//! The password of a server, from anywhere but the command line.

use std::io::Read as _;
use std::path::PathBuf;

use clap::Args;
use models::datasource::MAX_PASSWORD_BYTES;
use secrecy::SecretString;
use secrecy::zeroize::Zeroizing;

/// Where the password may come from.
#[derive(Debug, Args)]
pub(crate) struct PasswordArguments {
    /// Read the password from standard input.
    #[arg(long, conflicts_with = "password_file")]
    pub(crate) password_stdin: bool,
    /// Read the password from a file.
    #[arg(long, value_name = "FILE")]
    pub(crate) password_file: Option<PathBuf>,
}

/// The password cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot read the password from {place}")]
pub(crate) struct PasswordError {
    /// The file, or standard input.
    place: String,
    /// What the system said.
    #[source]
    source: std::io::Error,
}

impl PasswordArguments {
    /// Whether they do not say where the password is.
    pub(crate) fn is_empty(&self) -> bool {
        !self.password_stdin && self.password_file.is_none()
    }

    /// The password from where the arguments say; `None` if they do not.
    ///
    /// # Errors
    /// When it cannot be read from there.
    pub(crate) fn read(&self) -> Result<Option<SecretString>, PasswordError> {
        let (place, text) = if self.password_stdin {
            // With its room from the start: a text that grows leaves itself behind.
            let mut text = String::with_capacity(2 * MAX_PASSWORD_BYTES);
            let read = std::io::stdin().read_to_string(&mut text);
            ("standard input".to_owned(), read.map(|_| text))
        } else if let Some(path) = &self.password_file {
            (path.display().to_string(), std::fs::read_to_string(path))
        } else {
            return Ok(None);
        };
        let text = text.map_err(|source| PasswordError { place, source })?;
        let text = Zeroizing::new(text);
        Ok(Some(without_line_break(&text).into()))
    }
}

/// Editors and `echo` end a file with a line break; spaces may be part of a password.
fn without_line_break(text: &str) -> &str {
    let text = text.strip_suffix('\n').unwrap_or(text);
    text.strip_suffix('\r').unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::without_line_break;

    #[test]
    fn one_line_break_at_the_end_goes() {
        let texts = ["a b \n", "a\r\n", "a\n\n", "a", ""].map(without_line_break);
        assert_eq!(texts, ["a b ", "a", "a\n", "a", ""]);
    }
}
