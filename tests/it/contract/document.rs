//! The operations of a served document, with their references followed.

use http::Method;
use serde_json::Value;
use test_support::Api;

/// One operation.
#[derive(Debug, Clone)]
pub(super) struct Operation {
    pub(super) method: Method,
    /// With names in braces.
    pub(super) path: String,
    pub(super) parameters: Vec<Parameter>,
    /// The schema of its body.
    pub(super) body: Option<Value>,
}

/// One parameter of an operation.
#[derive(Debug, Clone)]
pub(super) struct Parameter {
    /// path, query or header.
    pub(super) place: String,
    pub(super) name: String,
    pub(super) required: bool,
    pub(super) schema: Value,
}

impl Operation {
    /// Its parameters of this place.
    pub(super) fn of(&self, place: &str) -> impl Iterator<Item = &Parameter> {
        self.parameters.iter().filter(move |one| one.place == place)
    }
}

/// All operations of the service, except those that pass on what another's document describes.
pub(super) async fn operations(api: &Api) -> Vec<Operation> {
    let document = api.get("/api-docs/openapi.json").await.expect(200);
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        if path == "/api/metadata/{path}" {
            continue;
        }
        for (method, operation) in item.as_object().expect("operations") {
            let parameters = operation["parameters"].as_array().into_iter().flatten();
            let body = &operation["requestBody"]["content"]["application/json"]["schema"];
            operations.push(Operation {
                method: method.to_uppercase().parse().expect("a method"),
                path: path.clone(),
                parameters: parameters.map(|one| parameter(&document, one)).collect(),
                body: body.is_object().then(|| resolved(&document, body)),
            });
        }
    }
    operations
}

fn parameter(document: &Value, one: &Value) -> Parameter {
    let text = |key: &str| one[key].as_str().expect("a word").to_owned();
    Parameter {
        place: text("in"),
        name: text("name"),
        required: one["required"] == true,
        schema: resolved(document, &one["schema"]),
    }
}

/// A schema with what it refers to in the place of its references.
fn resolved(document: &Value, schema: &Value) -> Value {
    match schema {
        Value::Object(members) => {
            if let Some(target) = schema["$ref"].as_str() {
                let pointer = target.strip_prefix('#').expect("inside the document");
                let found = document.pointer(pointer);
                return resolved(document, found.expect("what is referred to"));
            }
            let members = members.iter();
            members
                .map(|(name, member)| (name.clone(), resolved(document, member)))
                .collect()
        }
        Value::Array(items) => items.iter().map(|item| resolved(document, item)).collect(),
        plain => plain.clone(),
    }
}
