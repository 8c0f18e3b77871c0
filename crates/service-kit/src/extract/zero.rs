//! U+0000, which is in no name of a server and which `PostgreSQL` neither stores nor compares
//! (`PostgreSQL` manual, "Character Types"). It is refused for all requests in one place: what gets
//! past would be an error of the store.

use serde_json::Value;

use super::pointer::Pointer;

/// What to say of a text that has it.
pub(super) const DETAIL: &str = "must not contain the character U+0000";

/// Where a body has it.
pub(super) fn in_body(body: &Value) -> Vec<Pointer> {
    let mut found = Vec::new();
    look(body, &Pointer::default(), &mut found);
    found
}

fn look(value: &Value, at: &Pointer, found: &mut Vec<Pointer>) {
    match value {
        Value::String(text) if text.contains('\0') => found.push(at.clone()),
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                look(item, &at.join(&index.to_string()), found);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                look(member, &at.join(name), found);
            }
        }
        _ => {}
    }
}

/// Whether a path has it.
pub(super) fn is_in_path(path: &str) -> bool {
    path.contains("%00")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_place_is_found() {
        let body = json!({ "a": "x\0", "b": ["y", "\0", { "c": "\0" }], "d": 0, "e": "0" });
        let found = in_body(&body);
        let pointers: Vec<_> = found.iter().map(ToString::to_string).collect();
        assert_eq!(pointers, ["/a", "/b/1", "/b/2/c"]);
    }
}
