//! Definitions in files.

use std::io::Read as _;
use std::path::Path;

use serde::de::DeserializeOwned;

use crate::client::ClientError;

/// What a file says, or standard input for `-`.
pub(super) fn read<T: DeserializeOwned>(file: &Path) -> Result<T, ClientError> {
    let (place, text) = if file.as_os_str() == "-" {
        let mut text = String::new();
        let read = std::io::stdin().read_to_string(&mut text);
        ("standard input".to_owned(), read.map(|_| text))
    } else {
        (file.display().to_string(), std::fs::read_to_string(file))
    };
    let text = text.map_err(|source| ClientError::File(place.clone(), source))?;
    serde_json::from_str(&text).map_err(|source| ClientError::Document(place, source))
}
