//! What of an `OpenAPI` 3.1 document a collection is made from.

use anyhow::Context;
use serde::Serialize;
use serde_json::{Map, Value, json};

/// The members of a path that are operations. Source: `OpenAPI` 3.1.0, 4.8.9 "Path Item Object".
const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// How deep an example is made where a schema contains itself.
const DEPTH: usize = 8;

/// A service's document.
#[derive(Debug)]
pub(super) struct Document {
    /// The service: the variable `SERVICE_url` says where it is.
    pub(super) service: &'static str,
    root: Value,
}

/// One method of one path.
#[derive(Debug, Clone, Copy)]
pub(super) struct Operation<'a> {
    /// In lower case, as it stands in the document.
    pub(super) method: &'a str,
    pub(super) path: &'a str,
    /// The members that the path has for all of its methods.
    shared: &'a Value,
    body: &'a Value,
}

impl Document {
    pub(super) fn new(service: &'static str, document: &impl Serialize) -> anyhow::Result<Self> {
        let root = serde_json::to_value(document)?;
        Ok(Self { service, root })
    }

    /// What the document says of the service.
    pub(super) fn about(&self) -> &str {
        self.root["info"]["description"]
            .as_str()
            .unwrap_or_default()
    }

    /// What the document says of a tag.
    pub(super) fn about_tag(&self, tag: &str) -> &str {
        let mut tags = self.root["tags"].as_array().into_iter().flatten();
        let found = tags.find(|it| it["name"] == tag);
        found
            .and_then(|it| it["description"].as_str())
            .unwrap_or_default()
    }

    /// All operations, by path.
    pub(super) fn operations(&self) -> impl Iterator<Item = Operation<'_>> {
        let paths = self.root["paths"].as_object().into_iter().flatten();
        paths.flat_map(|(path, shared)| {
            METHODS.iter().filter_map(move |method| {
                let body = shared.get(method)?;
                Some(Operation {
                    method,
                    path,
                    shared,
                    body,
                })
            })
        })
    }

    /// The operation of a path, which must be there.
    pub(super) fn operation(&self, method: &str, path: &str) -> anyhow::Result<Operation<'_>> {
        self.operations()
            .find(|it| it.method == method && it.path == path)
            .with_context(|| format!("{} has no {method} {path}", self.service))
    }

    /// Whether an operation asks for a credential.
    pub(super) fn is_protected(&self, operation: &Operation<'_>) -> bool {
        let security = operation.body.get("security").or(self.root.get("security"));
        security
            .and_then(Value::as_array)
            .is_some_and(|it| !it.is_empty())
    }

    /// The parameters of an operation: its own, and those of its path.
    pub(super) fn parameters<'a>(
        &'a self,
        operation: &Operation<'a>,
    ) -> impl Iterator<Item = &'a Value> {
        [operation.shared, operation.body]
            .into_iter()
            .filter_map(|it| it.get("parameters")?.as_array())
            .flatten()
            .map(|it| self.resolve(it))
    }

    /// The media type of an operation's body, and an example of it.
    pub(super) fn example_body<'a>(
        &'a self,
        operation: &Operation<'a>,
    ) -> Option<(&'a str, Value)> {
        let body = self.resolve(operation.body.get("requestBody")?);
        let (media_type, body) = body["content"].as_object()?.iter().next()?;
        Some((media_type, self.example(body, DEPTH)))
    }

    /// An example of what a parameter, a body or a schema allows: the one that stands there, else one of its form.
    pub(super) fn example_of(&self, described: &Value) -> Value {
        self.example(described, DEPTH)
    }

    fn example(&self, described: &Value, depth: usize) -> Value {
        // What stands beside a reference goes before what it points to.
        let resolved = self.resolve(described);
        if let Some(example) = stated_example(described).or_else(|| stated_example(resolved)) {
            return example.clone();
        }
        let described = resolved;
        if let Some(schema) = described.get("schema") {
            return self.example(schema, depth);
        }
        if depth == 0 {
            return Value::Null;
        }
        // Of alternatives the first: utoipa puts null last.
        for key in ["oneOf", "anyOf"] {
            if let Some(first) = described[key].get(0) {
                return self.example(first, depth - 1);
            }
        }
        if let Some(parts) = described["allOf"].as_array() {
            let parts = parts.iter().map(|it| self.example(it, depth - 1));
            let members = parts.filter_map(|it| it.as_object().cloned()).flatten();
            return Value::Object(members.collect());
        }
        self.example_by_type(described, depth)
    }

    fn example_by_type(&self, schema: &Value, depth: usize) -> Value {
        let types = &schema["type"];
        // Of several types the first: a nullable one has null besides.
        let kind = types.as_str().or_else(|| types[0].as_str());
        match kind {
            Some("object") => Value::Object(self.members(schema, depth)),
            Some("array") => json!([self.example(&schema["items"], depth - 1)]),
            Some("boolean") => json!(true),
            Some("integer" | "number") => {
                let least = schema["minimum"].as_i64().unwrap_or_default();
                json!(least.max(1))
            }
            Some("string") => json!(example_of_text(schema["format"].as_str())),
            _ => Value::Null,
        }
    }

    /// The members that an object must have; of one that need not have any, all.
    fn members(&self, schema: &Value, depth: usize) -> Map<String, Value> {
        let required: Vec<&str> = schema["required"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let members = schema["properties"].as_object().into_iter().flatten();
        members
            .filter(|(name, _)| required.is_empty() || required.contains(&name.as_str()))
            .map(|(name, schema)| (name.clone(), self.example(schema, depth - 1)))
            .collect()
    }

    /// What a reference points to; anything else as it is.
    fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        let target = value["$ref"].as_str().and_then(|it| it.strip_prefix('#'));
        target.and_then(|it| self.root.pointer(it)).unwrap_or(value)
    }
}

impl<'a> Operation<'a> {
    /// The first of its tags.
    pub(super) fn tag(&self) -> &'a str {
        self.body["tags"][0].as_str().unwrap_or("other")
    }

    /// What it does, in full.
    pub(super) fn about(&self) -> String {
        let texts =
            ["summary", "description"].map(|key| self.body[key].as_str().unwrap_or_default());
        texts.join("\n\n").trim().to_owned()
    }
}

/// Source: `OpenAPI` 3.1.0, 4.8.12 "Parameter Object" and 4.8.14 "Media Type Object", and JSON Schema 2020-12.
fn stated_example(described: &Value) -> Option<&Value> {
    let first_of_examples = match described.get("examples") {
        Some(Value::Array(examples)) => examples.first(),
        Some(Value::Object(examples)) => examples.values().next().and_then(|it| it.get("value")),
        _ => None,
    };
    let default = described.get("default").filter(|it| !it.is_null());
    described
        .get("example")
        .or(first_of_examples)
        .or_else(|| described.get("const"))
        .or(default)
        .or_else(|| described["enum"].get(0))
}

fn example_of_text(format: Option<&str>) -> &'static str {
    match format {
        Some("date-time") => "2026-01-01T00:00:00Z",
        Some("uuid") => "01940000-0000-7000-8000-000000000000",
        _ => "",
    }
}
