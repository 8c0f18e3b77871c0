//! What the fields of a pipeline must hold, for garde.
#![expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature that garde calls"
)]

use std::collections::{BTreeMap, HashSet};

use super::HEADER_REFERENCES;
use crate::datasource::PasswordReference;
use crate::job::JobType;

/// The longest URL.
const MAX_URL: usize = 2048;
/// The longest value of a header.
const MAX_HEADER: usize = 1024;
/// What the call sets itself.
const OWN_HEADERS: [&str; 7] = [
    "host",
    "content-length",
    "content-type",
    "connection",
    "transfer-encoding",
    "te",
    "upgrade",
];
/// The words in the name of a header whose value opens something.
const SECRET_WORDS: [&str; 9] = [
    "authorization",
    "auth",
    "cookie",
    "token",
    "key",
    "apikey",
    "secret",
    "password",
    "credential",
];

/// Whether a field belongs to the kind that was asked for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Need {
    /// It is needed for this kind.
    Required(&'static str),
    /// It may be given.
    Optional,
    /// It has no meaning for this kind.
    Not(&'static str),
}

pub(super) fn fits<T>(need: Need) -> impl FnOnce(&Option<T>, &()) -> garde::Result {
    move |value, ()| match (need, value) {
        (Need::Required(kind), None) => Err(garde::Error::new(format!("is required for {kind}"))),
        (Need::Not(kind), Some(_)) => Err(garde::Error::new(format!("is not for {kind}"))),
        _ => Ok(()),
    }
}

/// Of two fields that are given together or not at all.
pub(super) fn beside(
    other: &'static str,
    is_there: bool,
) -> impl FnOnce(&Option<String>, &()) -> garde::Result {
    move |value, ()| {
        if value.is_none() && is_there {
            return Err(garde::Error::new(format!("is required beside {other}")));
        }
        Ok(())
    }
}

/// A key has as many columns in one table as in the other.
pub(super) fn as_many_as(
    sync_columns: usize,
) -> impl FnOnce(&Option<Vec<String>>, &()) -> garde::Result {
    move |columns, ()| match columns {
        Some(columns) if columns.len() != sync_columns => Err(garde::Error::new(format!(
            "must have as many columns as the sync table's side, which has {sync_columns}"
        ))),
        None if sync_columns > 1 => Err(garde::Error::new("is required beside sync_columns")),
        _ => Ok(()),
    }
}

pub(super) fn no_control(text: &str, _: &()) -> garde::Result {
    if text.chars().any(char::is_control) {
        return Err(garde::Error::new("must not contain control characters"));
    }
    Ok(())
}

pub(super) fn each_once(columns: &[String], _: &()) -> garde::Result {
    let mut seen = HashSet::new();
    if columns.iter().all(|column| seen.insert(column)) {
        return Ok(());
    }
    Err(garde::Error::new("must name each column once"))
}

pub(super) fn sound_mapping(mapping: &BTreeMap<String, String>, _: &()) -> garde::Result {
    let mut targets = HashSet::new();
    for (column, target) in mapping {
        if [column, target]
            .iter()
            .any(|name| name.is_empty() || name.len() > 255)
        {
            return Err(garde::Error::new("must have names of 1 to 255 bytes"));
        }
        if !targets.insert(target) {
            let error =
                format!("must give each column of the sync table once; {target} comes twice");
            return Err(garde::Error::new(error));
        }
    }
    Ok(())
}

/// The word of a run that is reported from outside.
pub(super) fn reported_type(word: &str, _: &()) -> garde::Result {
    let mut letters = word.bytes();
    let is_word = letters
        .next()
        .is_some_and(|first| first.is_ascii_uppercase())
        && letters.all(|it| it.is_ascii_uppercase() || it.is_ascii_digit() || it == b'_');
    if !is_word || word.len() > 64 {
        return Err(garde::Error::new(
            "must be a word of at most 64 capital letters, digits and underscores that begins with a letter",
        ));
    }
    let own = [JobType::MetadataSync, JobType::DeepScan, JobType::Measure];
    if own.iter().any(|own| own.as_str() == word) {
        return Err(garde::Error::new("is run by Plumbline alone"));
    }
    Ok(())
}

pub(super) fn plain_url(text: &str, _: &()) -> garde::Result {
    let error = |detail: &str| Err(garde::Error::new(detail));
    if text.len() > MAX_URL {
        return Err(garde::Error::new(format!(
            "must have at most {MAX_URL} bytes"
        )));
    }
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    let Some(rest) = rest else {
        return error("must begin with http:// or https://");
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    if authority.is_empty() || text.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return error("must be a URL with a host and without blanks");
    }
    if authority.contains('@') {
        return error("must not hold a user or a password: send them in a header");
    }
    if rest.contains('#') {
        return error("must not have a fragment");
    }
    Ok(())
}

pub(super) fn sound_headers(headers: &BTreeMap<String, String>, _: &()) -> garde::Result {
    for (name, value) in headers {
        sound_header(name, value)
            .map_err(|detail| garde::Error::new(format!("{name}: {detail}")))?;
    }
    Ok(())
}

fn sound_header(name: &str, value: &str) -> Result<(), String> {
    let lower = name.to_ascii_lowercase();
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    if name.is_empty() || name.len() > 100 || !name.bytes().all(is_token) {
        return Err("is no name of a header".to_owned());
    }
    if OWN_HEADERS.contains(&lower.as_str()) {
        return Err("is set by the call itself".to_owned());
    }
    if value.len() > MAX_HEADER || !value.bytes().all(|it| it == b' ' || it.is_ascii_graphic()) {
        return Err(format!(
            "must have at most {MAX_HEADER} printable characters of ASCII"
        ));
    }
    if HEADER_REFERENCES.iter().any(|it| value.starts_with(it)) {
        return PasswordReference::parse(value)
            .map(drop)
            .map_err(str::to_owned);
    }
    if lower
        .split(['-', '_'])
        .any(|word| SECRET_WORDS.contains(&word))
    {
        return Err(
            "looks like a secret, which everybody could read here: say where it is kept, env:NAME or file:PATH"
                .to_owned(),
        );
    }
    Ok(())
}
