//! Sound values of a schema, and values that it does not allow.

use serde_json::{Map, Value, json};

/// A text longer than any that a request may have.
const LONG: usize = 100_000;
/// More items than any list of a request may have.
const MANY: usize = 50_000;

/// A value in a body that must be refused, and where.
#[derive(Debug)]
pub(super) struct Wrong {
    /// The whole body.
    pub(super) body: Value,
    /// The field that the answer must name, as a JSON pointer.
    pub(super) pointer: String,
    /// What is wrong with it, for messages.
    pub(super) what: String,
}

/// The kind of a schema, and whether null is allowed.
fn kind(schema: &Value) -> (&Value, &str, bool) {
    if let Some(choices) = schema["oneOf"].as_array() {
        let is_null = |one: &&Value| one["type"] == "null";
        let mut others = choices.iter().filter(|one| !is_null(one));
        let (Some(other), None) = (others.next(), others.next()) else {
            panic!("teach tests/it/contract/values.rs about the choices of {schema}");
        };
        let (inner, word, nullable) = kind(other);
        return (
            inner,
            word,
            nullable || choices.iter().any(|one| is_null(&one)),
        );
    }
    let words: Vec<&str> = match &schema["type"] {
        Value::String(word) => vec![word],
        Value::Array(words) => words.iter().filter_map(Value::as_str).collect(),
        _ => panic!("teach tests/it/contract/values.rs about {schema}"),
    };
    let mut others = words.iter().filter(|word| **word != "null");
    let (Some(word), None) = (others.next(), others.next()) else {
        panic!("teach tests/it/contract/values.rs about the types of {schema}");
    };
    (schema, word, words.contains(&"null"))
}

/// A value that the schema allows; of an object, the members that are required.
pub(super) fn sound(schema: &Value) -> Value {
    let (schema, word, _) = kind(schema);
    if let Some(first) = schema["enum"].as_array().and_then(|words| words.first()) {
        return first.clone();
    }
    match word {
        "boolean" => json!(true),
        "integer" | "number" => schema["minimum"].as_i64().unwrap_or_default().max(1).into(),
        "array" => json!([sound(&schema["items"])]),
        "object" => {
            let required = schema["required"].as_array().into_iter().flatten();
            let required = required.filter_map(Value::as_str);
            let members =
                required.map(|name| (name.to_owned(), sound(&schema["properties"][name])));
            Value::Object(members.collect::<Map<_, _>>())
        }
        "string" => match schema["format"].as_str() {
            None | Some("password") => json!("x"),
            Some("uuid") => json!("019e0000-0000-7000-8000-000000000000"),
            Some("date-time") => json!("2026-01-02T12:00:05Z"),
            Some(other) => panic!("teach tests/it/contract/values.rs about the format {other}"),
        },
        other => panic!("teach tests/it/contract/values.rs about the type {other}"),
    }
}

/// Every body with one thing wrong in it.
pub(super) fn wrong_bodies(schema: &Value) -> Vec<Wrong> {
    let mut found = Vec::new();
    let whole = sound(schema);
    let (schema, word, _) = kind(schema);
    assert_eq!(word, "object", "a body is an object: {schema}");
    members(schema, &whole, "", &|body| body, &mut found);
    found
}

/// What may be wrong with the members of an object. `place` puts it where it belongs in the body.
fn members(
    schema: &Value,
    object: &Value,
    pointer: &str,
    place: &dyn Fn(Value) -> Value,
    found: &mut Vec<Wrong>,
) {
    let with = |name: &str, value: Value| {
        let mut changed = object.clone();
        changed[name] = value;
        place(changed)
    };
    for name in schema["required"].as_array().into_iter().flatten() {
        let name = name.as_str().expect("a name");
        let mut changed = object.clone();
        changed.as_object_mut().expect("an object").remove(name);
        found.push(Wrong {
            body: place(changed),
            pointer: format!("{pointer}/{name}"),
            what: "missing".to_owned(),
        });
    }
    // Open is what says so: a document of another's specification.
    if schema["additionalProperties"] != true {
        assert_eq!(
            schema["additionalProperties"], false,
            "an open object: {schema}"
        );
        found.push(Wrong {
            body: with("no_such_member", json!(1)),
            pointer: format!("{pointer}/no_such_member"),
            what: "unknown".to_owned(),
        });
    }
    for (name, member) in schema["properties"].as_object().into_iter().flatten() {
        let pointer = format!("{pointer}/{name}");
        value(member, &pointer, &|value| with(name, value), found);
    }
}

/// What may be wrong with one value, and with what is in it.
fn value(schema: &Value, pointer: &str, place: &dyn Fn(Value) -> Value, found: &mut Vec<Wrong>) {
    let (schema, word, nullable) = kind(schema);
    let mut values: Vec<(&str, Value)> = [
        ("a text", json!("no-such-word")),
        ("a number", json!(7)),
        ("a fraction", json!(1.5)),
        ("a truth value", json!(true)),
        ("a list", json!([])),
        ("an object", json!({})),
    ]
    .into_iter()
    .filter(|(_, value)| !is_of(value, word, schema))
    .collect();
    if !nullable {
        values.push(("null", Value::Null));
    }
    match word {
        "integer" | "number" => {
            values.extend([
                ("negative", json!(-1)),
                ("huge", json!(1e300)),
                ("beyond 64 bits", json!(u64::MAX)),
            ]);
            values.extend(outside(schema).map(|(what, value)| (what, json!(value))));
        }
        "string" => {
            values.push(("too long", "x".repeat(LONG).into()));
            values.push(("a zero", json!("a\0b")));
        }
        "array" => {
            let item = sound(&schema["items"]);
            values.push(("too many", vec![item; MANY].into()));
        }
        _ => {}
    }
    found.extend(values.into_iter().map(|(what, value)| Wrong {
        body: place(value),
        pointer: pointer.to_owned(),
        what: what.to_owned(),
    }));
    match word {
        // Names of the caller's own, whose values are texts.
        "object" if schema["additionalProperties"].is_object() => {
            let values = [("a number in it", json!(7)), ("null in it", Value::Null)];
            found.extend(values.into_iter().map(|(what, value)| Wrong {
                body: place(json!({ "x": value })),
                pointer: format!("{pointer}/x"),
                what: what.to_owned(),
            }));
        }
        "object" => members(schema, &sound(schema), pointer, place, found),
        "array" => {
            let first = format!("{pointer}/0");
            value(
                &schema["items"],
                &first,
                &|item| place(json!([item])),
                found,
            );
        }
        _ => {}
    }
}

/// Whether a value is one of the type, as far as types go.
fn is_of(value: &Value, word: &str, schema: &Value) -> bool {
    match word {
        "string" => {
            value.is_string()
                && schema.get("enum").is_none()
                && schema.get("format").is_none_or(|it| it == "password")
        }
        "integer" => value.is_i64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        _ => value.is_object(),
    }
}

/// Texts that a parameter does not take, percent-encoded where needed, each with what it is.
pub(super) fn wrong_texts(schema: &Value) -> Vec<(&'static str, String)> {
    let (schema, word, _) = kind(schema);
    let mut texts = vec![
        ("not UTF-8", "%FF".to_owned()),
        ("half a character", "a%E8%A8".to_owned()),
    ];
    let long = || "x".repeat(5_000);
    let has_words = schema["enum"].is_array() || schema["pattern"].is_string();
    match word {
        "integer" => {
            for (what, text) in [
                ("a word", "many"),
                ("a fraction", "1.5"),
                ("beyond 64 bits", "99999999999999999999"),
                ("empty", ""),
            ] {
                texts.push((what, text.to_owned()));
            }
            texts.extend(outside(schema).map(|(what, value)| (what, value.to_string())));
            texts.push(("too long", long()));
        }
        "boolean" => {
            texts.extend([
                ("a word", "yes".to_owned()),
                ("a number", "1".to_owned()),
                ("empty", String::new()),
            ]);
        }
        "string"
            if has_words || matches!(schema["format"].as_str(), Some("uuid" | "date-time")) =>
        {
            texts.extend([
                ("unknown", "no-such-word".to_owned()),
                ("empty", String::new()),
                ("too long", long()),
            ]);
        }
        // Anything else may be what is looked for.
        "string" => {
            texts.push(("a zero", "a%00b".to_owned()));
            texts.extend(longest(schema).map(|length| ("too long", "x".repeat(length + 1))));
        }
        other => panic!("teach tests/it/contract/values.rs about parameters of type {other}"),
    }
    texts
}

/// The integers next to those that the schema allows.
fn outside(schema: &Value) -> impl Iterator<Item = (&'static str, i64)> {
    let below = schema["minimum"].as_i64().map(|least| ("below", least - 1));
    let above = schema["maximum"].as_i64().map(|most| ("above", most + 1));
    below.into_iter().chain(above)
}

/// Texts that a parameter may take or refuse.
pub(super) fn odd_texts(schema: &Value) -> Vec<(&'static str, String)> {
    let (schema, word, _) = kind(schema);
    let texts = match word {
        "integer" => ["0", "-1", "9223372036854775807", "-9223372036854775808"],
        _ => ["%25_%5C%27%22%3B--", "a%0Ab%09c", "%F0%9F%99%82", ""],
    };
    let mut texts: Vec<_> = texts.map(|text| ("odd", text.to_owned())).into();
    texts.extend(longest(schema).map(|length| ("the longest", "x".repeat(length))));
    texts
}

/// How long the schema allows a text to be.
fn longest(schema: &Value) -> Option<usize> {
    Some(usize::try_from(schema["maxLength"].as_u64()?).expect("a length"))
}
