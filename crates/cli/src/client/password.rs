//! The password of a data source, from anywhere but the command line.

use std::io::Read as _;
use std::path::Path;

use models::datasource::Password;

use super::ClientError;
use crate::args::AddArguments;

/// The variable that may hold it.
const VARIABLE: &str = "PLUMB_SOURCE_PASSWORD";

/// Reads the password from where the arguments say, else from the environment.
pub(super) fn read(arguments: &AddArguments) -> Result<Password, ClientError> {
    let text = if arguments.password_stdin {
        let mut text = String::new();
        std::io::stdin()
            .read_to_string(&mut text)
            .map_err(failed(None))?;
        text
    } else if let Some(path) = &arguments.password_file {
        std::fs::read_to_string(path).map_err(failed(Some(path)))?
    } else {
        return crate::variable(VARIABLE)
            .map(|text| Password::from(text.as_str()))
            .ok_or(ClientError::NoPassword);
    };
    Ok(Password::from(without_line_break(&text)))
}

fn failed(path: Option<&Path>) -> impl FnOnce(std::io::Error) -> ClientError {
    let place = path.map_or_else(
        || "standard input".to_owned(),
        |path| path.display().to_string(),
    );
    move |source| ClientError::Password { place, source }
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
