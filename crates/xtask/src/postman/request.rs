//! An operation as a request of a collection.

use anyhow::ensure;
use serde_json::{Value, json};

use super::document::{Document, Operation};

/// The request with examples for its values. What is optional is there, and switched off.
pub(super) fn item(document: &Document, operation: &Operation<'_>) -> anyhow::Result<Value> {
    let mut query = Vec::new();
    let mut headers = Vec::new();
    let mut variables = Vec::new();
    for parameter in document.parameters(operation) {
        let value = match document.example_of(parameter) {
            Value::String(text) => text,
            other => other.to_string(),
        };
        let described = json!({
            "key": parameter["name"], "value": value, "description": parameter["description"],
        });
        let mut optional = described.clone();
        if parameter["required"] != true {
            optional["disabled"] = json!(true);
        }
        match parameter["in"].as_str() {
            Some("query") => query.push(optional),
            Some("header") => headers.push(optional),
            Some("path") => variables.push(described),
            other => ensure!(
                other == Some("cookie"),
                "{} has a parameter in {other:?}",
                operation.path
            ),
        }
    }
    let mut request = json!({
        "method": operation.method.to_uppercase(),
        "description": operation.about(),
        "url": url(document, operation, &query, variables),
    });
    if let Some((media_type, example)) = document.example_body(operation) {
        headers.push(json!({ "key": "Content-Type", "value": media_type }));
        request["body"] = raw(&serde_json::to_string_pretty(&example)?);
    }
    request["header"] = Value::Array(headers);
    if !document.is_protected(operation) {
        request["auth"] = json!({ "type": "noauth" });
    }
    Ok(json!({ "name": name(operation.path), "request": request, "response": [] }))
}

/// A JSON body. It may have `{{variables}}`.
pub(super) fn raw(text: &str) -> Value {
    json!({ "mode": "raw", "raw": text, "options": { "raw": { "language": "json" } } })
}

/// Postman shows the method beside it.
fn name(path: &str) -> &str {
    let below = path.strip_prefix("/api/").and_then(|it| it.split_once('/'));
    below.map_or(path, |(_, rest)| rest)
}

fn url(
    document: &Document,
    operation: &Operation<'_>,
    query: &[Value],
    variables: Vec<Value>,
) -> Value {
    let host = format!("{{{{{}_url}}}}", document.service);
    // A path's `{id}` is `:id` here.
    let segments = operation.path.split('/').skip(1);
    let segments: Vec<String> = segments
        .map(
            |it| match it.strip_prefix('{').and_then(|it| it.strip_suffix('}')) {
                Some(variable) => format!(":{variable}"),
                None => it.to_owned(),
            },
        )
        .collect();
    let mut url = json!({
        "raw": raw_url(&host, &segments, query),
        "host": [host],
        "path": segments,
    });
    if !query.is_empty() {
        url["query"] = query.into();
    }
    if !variables.is_empty() {
        url["variable"] = Value::Array(variables);
    }
    url
}

/// The address as one text, with the part of the query that is on.
fn raw_url(host: &str, segments: &[String], query: &[Value]) -> String {
    let on = query.iter().filter(|it| it["disabled"] != true);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let pairs = on.map(|it| format!("{}={}", text(&it["key"]), text(&it["value"])));
    let pairs: Vec<String> = pairs.collect();
    let mark = if pairs.is_empty() { "" } else { "?" };
    format!("{host}/{}{mark}{}", segments.join("/"), pairs.join("&"))
}

/// Gives the parameters of a request these values, and switches them on.
pub(super) fn set(item: &mut Value, values: &[(&str, &str)]) -> anyhow::Result<()> {
    let url = &mut item["request"]["url"];
    for (name, value) in values {
        let mut found = false;
        for kind in ["query", "variable"] {
            for parameter in url[kind].as_array_mut().into_iter().flatten() {
                if parameter["key"] == *name {
                    found = true;
                    parameter["value"] = json!(value);
                    if let Some(parameter) = parameter.as_object_mut() {
                        parameter.remove("disabled");
                    }
                }
            }
        }
        ensure!(found, "{} has no parameter {name}", url["raw"]);
    }
    let host = url["host"][0].as_str().unwrap_or_default().to_owned();
    let segments: Vec<String> = serde_json::from_value(url["path"].clone())?;
    let query = url["query"].as_array().cloned().unwrap_or_default();
    url["raw"] = json!(raw_url(&host, &segments, &query));
    Ok(())
}
