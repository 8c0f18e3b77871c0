//! The Postman collection: every operation of the `OpenAPI` documents, and a folder to run from one end to the other.
//!
//! Format: Postman Collection v2.1.0, <https://schema.getpostman.com/collection/json/v2.1.0/draft-07/docs/index.html>.

mod document;
mod flow;
mod request;

use std::path::Path;

use serde_json::{Value, json};

use crate::generated::Generated;
use document::Document;

/// The collection.
pub(crate) fn files(root: &Path) -> anyhow::Result<Vec<Generated>> {
    let meta = Document::new("meta", &meta::openapi())?;
    let manager = Document::new("manager", &manager::openapi())?;
    let text = serde_json::to_string_pretty(&collection(&meta, &manager)?)?;
    let path = root.join("docs/postman_collection.json");
    Ok(vec![(path, format!("{text}\n"))])
}

const DESCRIPTION: &str = "The API of Plumbline's two services, generated from their OpenAPI documents by `cargo xtask \
postman`.\n\nSet the variable `token` (`plumb up` writes one to `DIR/env`, `plumb token` prints others) and, where the \
services are elsewhere, `meta_url` and `manager_url`. Better set `token` and `source_password` in an environment than here: \
a collection is easily shared.\n\nThe folder \"Main flow\" registers the server that the variables `source_…` describe, \
manages `source_table` of `source_database`, reads what was found and takes everything back. Run it as a whole, in \
Postman's runner or by `newman run docs/postman_collection.json --folder 'Main flow' --env-var token=…`.";

fn collection(meta: &Document, manager: &Document) -> anyhow::Result<Value> {
    let variables = [
        ("meta_url", "http://127.0.0.1:8082", "Where meta serves"),
        (
            "manager_url",
            "http://127.0.0.1:8081",
            "Where manager serves",
        ),
        ("token", "", "A token of an administrator"),
        (
            "source_type",
            "postgresql",
            "Main flow: postgresql or mysql",
        ),
        ("source_host", "127.0.0.1", "Main flow: the server to read"),
        ("source_port", "5432", "Main flow: its port"),
        (
            "source_username",
            "plumbline",
            "Main flow: a login that may read it",
        ),
        (
            "source_password",
            "",
            "Main flow: its password, as it stands in a JSON text",
        ),
        ("source_database", "shop", "Main flow: a database of it"),
        (
            "source_table",
            "orders",
            "Main flow: a table of that, NAME or SCHEMA.NAME",
        ),
    ];
    let variables = variables.map(|(key, value, description)| {
        json!({ "key": key, "value": value, "type": "string", "description": description })
    });
    Ok(json!({
        "info": {
            "name": "Plumbline",
            "description": DESCRIPTION,
            "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
        },
        "auth": {
            "type": "bearer",
            "bearer": [{ "key": "token", "value": "{{token}}", "type": "string" }],
        },
        "variable": variables,
        "item": [flow::folder(meta, manager)?, service(meta)?, service(manager)?],
    }))
}

/// A folder with a folder for each tag of a document.
fn service(document: &Document) -> anyhow::Result<Value> {
    let mut folders: Vec<(String, Vec<Value>)> = Vec::new();
    for operation in document.operations() {
        let item = request::item(document, &operation)?;
        let tag = operation.tag();
        match folders.iter_mut().find(|(name, _)| name == tag) {
            Some((_, items)) => items.push(item),
            None => folders.push((tag.to_owned(), vec![item])),
        }
    }
    let folders = folders.into_iter().map(|(tag, items)| {
        json!({ "name": tag, "description": document.about_tag(&tag), "item": items })
    });
    Ok(json!({
        "name": document.service,
        "description": document.about(),
        "item": folders.collect::<Vec<_>>(),
    }))
}

#[cfg(test)]
mod tests {
    use models::auth::{CreateApiKey, CreateSignInLink, SignIn};
    use models::datasource::{CreateDatasource, TestConnection, UpdateDatasource};
    use models::lookup::LookupIds;
    use models::managed_object::{Manage, UpdateManagedObject};
    use models::scan::{StartDeepScan, StartSync};
    use serde::de::DeserializeOwned;

    use super::*;

    /// Fails unless the service reads the example of a body.
    fn is_read<T: DeserializeOwned>(document: &Document, method: &str, path: &str) {
        let operation = document.operation(method, path).unwrap();
        let (media_type, example) = document.example_body(&operation).unwrap();
        assert_eq!(media_type, "application/json");
        let text = example.to_string();
        let read: Result<T, _> = serde_json::from_value(example);
        assert!(read.is_ok(), "{method} {path}: {:?}: {text}", read.err());
    }

    #[test]
    fn example_bodies_are_read() {
        let meta = Document::new("meta", &meta::openapi()).unwrap();
        let manager = Document::new("manager", &manager::openapi()).unwrap();
        is_read::<CreateDatasource>(&meta, "post", "/api/metadata/datasources");
        is_read::<UpdateDatasource>(&meta, "patch", "/api/metadata/datasources/{id}");
        is_read::<TestConnection>(&meta, "post", "/api/metadata/datasources/test");
        is_read::<StartSync>(&meta, "post", "/api/metadata/sync/auto");
        is_read::<LookupIds>(&meta, "post", "/api/metadata/lookup");
        is_read::<StartDeepScan>(&meta, "post", "/api/metadata/scan/deep");
        is_read::<CreateApiKey>(&meta, "post", "/api/metadata/auth/keys");
        is_read::<CreateSignInLink>(&meta, "post", "/api/metadata/auth/sign-in-links");
        is_read::<SignIn>(&meta, "post", "/api/metadata/auth/sign-in");
        is_read::<Manage>(&manager, "post", "/api/manager/manage");
        is_read::<UpdateManagedObject>(&manager, "patch", "/api/manager/managed-objects/{id}");
    }

    #[test]
    fn every_kind_of_parameter_has_its_place() {
        let document = json!({
            "paths": { "/api/x/things/{id}": {
                "parameters": [{ "name": "id", "in": "path", "required": true, "schema": { "type": "integer" } }],
                "post": {
                    "tags": ["things"],
                    "parameters": [
                        { "name": "must", "in": "query", "required": true, "schema": { "enum": ["a", "b"] } },
                        { "name": "may", "in": "query", "schema": { "type": ["boolean", "null"] } },
                        { "name": "Idempotency-Key", "in": "header", "example": "k" },
                    ],
                    "requestBody": { "$ref": "#/components/requestBodies/Thing" },
                },
            }},
            "components": {
                "requestBodies": { "Thing": { "content": { "application/json": {
                    "schema": { "$ref": "#/components/schemas/Thing" },
                }}}},
                "schemas": { "Thing": {
                    "type": "object",
                    "required": ["self"],
                    "properties": {
                        "self": { "oneOf": [{ "$ref": "#/components/schemas/Id" }, { "type": "null" }] },
                        "more": { "type": "string" },
                    },
                }, "Id": { "type": "integer", "minimum": 7 } },
            },
        });
        let document = Document::new("meta", &document).unwrap();
        let operation = document.operation("post", "/api/x/things/{id}").unwrap();
        let mut item = request::item(&document, &operation).unwrap();
        let request = &item["request"];
        assert_eq!(
            request["url"]["raw"],
            "{{meta_url}}/api/x/things/:id?must=a"
        );
        assert_eq!(request["url"]["variable"][0]["value"], "1");
        let off: Vec<bool> = request["url"]["query"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| it["disabled"] == true)
            .collect();
        assert_eq!(off, [false, true]);
        assert_eq!(request["header"][0]["disabled"], true);
        assert_eq!(request["header"][1]["key"], "Content-Type");
        assert_eq!(request["auth"]["type"], "noauth");
        assert_eq!(request["body"]["raw"], "{\n  \"self\": 7\n}");

        request::set(&mut item, &[("id", "{{id}}"), ("may", "true")]).unwrap();
        let url = &item["request"]["url"];
        assert_eq!(url["raw"], "{{meta_url}}/api/x/things/:id?must=a&may=true");
        assert_eq!(url["variable"][0]["value"], "{{id}}");
        assert!(request::set(&mut item, &[("absent", "1")]).is_err());
    }
}
