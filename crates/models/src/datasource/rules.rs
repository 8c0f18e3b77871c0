//! What the fields of a data source must hold, for garde.
#![expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature that garde calls"
)]

use std::net::Ipv6Addr;

use secrecy::ExposeSecret;

use super::{MAX_PASSWORD_BYTES, Password, PasswordReference};

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
    let never = |c: char| {
        c.is_control() || c.is_whitespace() || matches!(c, '/' | '@' | '?' | '#' | '[' | ']')
    };
    // Of IPv6 an address may name its zone (RFC 4007, section 11).
    let address = text.split_once('%').map_or(text, |(address, _)| address);
    let has_port = text.contains(':') && address.parse::<Ipv6Addr>().is_err();
    if text.contains(never) || has_port {
        return Err(garde::Error::new(
            "must be a host name or an address, without scheme, port, path or brackets",
        ));
    }
    Ok(())
}

pub(super) fn short_password(password: &Password, _: &()) -> garde::Result {
    let length = password.secret().expose_secret().len();
    if length > MAX_PASSWORD_BYTES {
        return Err(garde::Error::new("must have at most 1024 bytes"));
    }
    Ok(())
}

/// Of `password`: without it there must be a reference.
pub(super) fn wanted_unless(
    referred: bool,
) -> impl FnOnce(&Option<Password>, &()) -> garde::Result {
    move |password, ()| {
        if password.is_none() && !referred {
            return Err(garde::Error::new(
                "is required, unless password_from says where it is kept",
            ));
        }
        Ok(())
    }
}

/// Of `password_from`: beside a password it would be in doubt which of the two counts.
pub(super) fn not_beside(password: bool) -> impl FnOnce(&Option<String>, &()) -> garde::Result {
    move |reference, ()| {
        if password && reference.is_some() {
            return Err(garde::Error::new("give either password or password_from"));
        }
        Ok(())
    }
}

pub(super) fn reference(text: &str, _: &()) -> garde::Result {
    match PasswordReference::parse(text) {
        Ok(_) => Ok(()),
        Err(what) => Err(garde::Error::new(what)),
    }
}
