//! What the fields of a data source must hold, for garde.
#![expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature that garde calls"
)]

use secrecy::ExposeSecret;

use super::Password;

pub(super) fn no_control(text: &str, _: &()) -> garde::Result {
    if text.chars().any(char::is_control) {
        return Err(garde::Error::new("must not contain control characters"));
    }
    Ok(())
}

pub(super) fn sound_pattern(pattern: &str, _: &()) -> garde::Result {
    if pattern.is_empty() || pattern.len() > 255 {
        return Err(garde::Error::new("must have 1 to 255 bytes"));
    }
    if pattern.contains('\0') {
        return Err(garde::Error::new("must not contain NUL"));
    }
    // Each backslash takes the character after it, so one too many is an odd number at the end.
    let at_end = pattern.bytes().rev().take_while(|&byte| byte == b'\\');
    if at_end.count() % 2 == 1 {
        return Err(garde::Error::new(
            "ends in a backslash, which takes the next character as it is: write two for one",
        ));
    }
    Ok(())
}

pub(super) fn plain_host(text: &str, _: &()) -> garde::Result {
    if text
        .chars()
        .any(|c| c.is_control() || c.is_whitespace() || matches!(c, '/' | '@' | '?' | '#'))
    {
        return Err(garde::Error::new(
            "must be a host name or an address, without scheme, port or path",
        ));
    }
    Ok(())
}

pub(super) fn short_password(password: &Password, _: &()) -> garde::Result {
    let length = password.secret().expose_secret().len();
    if length > 1024 {
        return Err(garde::Error::new("must have at most 1024 bytes"));
    }
    Ok(())
}
