//! Bodies may hold passwords: what was read of one does not stay in memory when it is done with.

use axum::body::Bytes;
use secrecy::zeroize::Zeroize;
use serde_json::Value;

/// A document whose texts are overwritten when it is dropped.
pub(super) struct Wiped(pub(super) Value);

impl Drop for Wiped {
    fn drop(&mut self) {
        texts(&mut self.0);
    }
}

fn texts(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(items) => items.iter_mut().for_each(texts),
        Value::Object(members) => members.values_mut().for_each(texts),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Overwrites a body that nobody else holds.
pub(super) fn bytes(bytes: Bytes) {
    if let Ok(mut bytes) = bytes.try_into_mut() {
        bytes.as_mut().zeroize();
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_text_goes() {
        let mut value = json!({ "a": ["x", { "b": "y" }], "c": 7, "d": null });
        texts(&mut value);
        assert_eq!(value, json!({ "a": ["", { "b": "" }], "c": 7, "d": null }));
    }
}
