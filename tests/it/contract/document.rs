//! The operations of a served document, with their references followed.

use http::Method;
use serde_json::Value;
use test_support::Api;

/// One operation.
#[derive(Debug, Clone)]
pub(crate) struct Operation {
    pub(crate) method: Method,
    /// With names in braces.
    pub(crate) path: String,
    pub(crate) parameters: Vec<Parameter>,
    /// The schema of its body.
    pub(crate) body: Option<Value>,
    /// The whole of what the document says of it.
    pub(crate) says: Value,
}

/// One parameter of an operation.
#[derive(Debug, Clone)]
pub(crate) struct Parameter {
    /// path, query or header.
    pub(crate) place: String,
    pub(crate) name: String,
    pub(crate) required: bool,
    pub(crate) schema: Value,
}

impl Operation {
    /// Its parameters of this place.
    pub(crate) fn of(&self, place: &str) -> impl Iterator<Item = &Parameter> {
        self.parameters.iter().filter(move |one| one.place == place)
    }
}

/// All operations of the service, except those that pass on what another's document describes.
pub(crate) async fn operations(api: &Api) -> Vec<Operation> {
    let mut operations = all_operations(api).await;
    operations.retain(|operation| operation.path != "/api/metadata/{path}");
    operations
}

/// All operations of the service.
pub(crate) async fn all_operations(api: &Api) -> Vec<Operation> {
    let document = api.get("/api-docs/openapi.json").await.expect(200);
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("operations") {
            let parameters = operation["parameters"].as_array().into_iter().flatten();
            let body = &operation["requestBody"]["content"]["application/json"]["schema"];
            operations.push(Operation {
                method: method.to_uppercase().parse().expect("a method"),
                path: path.clone(),
                parameters: parameters.map(|one| parameter(&document, one)).collect(),
                body: body.is_object().then(|| resolved(&document, body)),
                says: operation.clone(),
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
