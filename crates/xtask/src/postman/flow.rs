//! The folder "Main flow": its requests run one after the other, and each checks what was answered.

use serde_json::{Value, json};

use super::document::Document;
use super::request;

const DESCRIPTION: &str = "From a server's address to the fields of a table, and back. Needs `token`, `source_password` \
and the other variables `source_…`; run it as a whole.";

/// What a connection is made of, as members of a body. The port is a number, so it stands without quotation marks.
const CONNECTION: &str = r#"  "datasource_type": "{{source_type}}",
  "host": "{{source_host}}",
  "port": {{source_port}},
  "username": "{{source_username}}",
  "password": "{{source_password}}",
  "database": "{{source_database}}""#;

const MANAGE: &str = r#"{
  "resource_id": {{resource_id}},
  "database": "{{source_database}}",
  "tables": ["{{source_table}}"],
  "permission": "read"
}"#;

/// A request of the flow.
#[derive(Default)]
struct Step {
    name: &'static str,
    /// Whose operation it is.
    of_manager: bool,
    method: &'static str,
    /// As in the document.
    path: &'static str,
    /// Parameters that are sent.
    values: &'static [(&'static str, &'static str)],
    body: Option<String>,
    /// A script that runs before it is sent.
    before: &'static str,
    /// A script that checks the answer.
    test: &'static str,
    /// Whether the test may send it again.
    polls: bool,
}

pub(super) fn folder(meta: &Document, manager: &Document) -> anyhow::Result<Value> {
    let steps = connect()
        .into_iter()
        .chain(adopt())
        .chain(read())
        .chain(take_back());
    let items = steps.enumerate().map(|(index, step)| {
        let document = if step.of_manager { manager } else { meta };
        item(document, index + 1, &step)
    });
    Ok(json!({
        "name": "Main flow",
        "description": DESCRIPTION,
        "item": items.collect::<anyhow::Result<Vec<_>>>()?,
    }))
}

fn item(document: &Document, number: usize, step: &Step) -> anyhow::Result<Value> {
    let operation = document.operation(step.method, step.path)?;
    let mut item = request::item(document, &operation)?;
    item["name"] = json!(format!("{number:02} {}", step.name));
    request::set(&mut item, step.values)?;
    if let Some(body) = &step.body {
        item["request"]["body"] = request::raw(body);
    }
    let polling = if step.polls {
        include_str!("flow/polling.js")
    } else {
        ""
    };
    let test = [polling, step.test].join(if step.polls { "\n" } else { "" });
    let scripts = [("prerequest", step.before), ("test", &test)];
    let scripts = scripts.into_iter().filter(|(_, text)| !text.is_empty());
    let events = scripts.map(|(listen, text)| {
        let lines: Vec<&str> = text.lines().collect();
        json!({ "listen": listen, "script": { "type": "text/javascript", "exec": lines } })
    });
    item["event"] = events.collect();
    Ok(item)
}

fn connect() -> [Step; 3] {
    [
        Step {
            name: "Test the connection",
            method: "post",
            path: "/api/metadata/datasources/test",
            body: Some(format!("{{\n{CONNECTION}\n}}")),
            test: include_str!("flow/test_connection.js"),
            ..Step::default()
        },
        Step {
            name: "Register the server",
            method: "post",
            path: "/api/metadata/datasources",
            // A name that is free, also after a run that did not come to its end.
            body: Some(format!(
                "{{\n  \"name\": \"main flow {{{{$guid}}}}\",\n{CONNECTION}\n}}"
            )),
            test: include_str!("flow/register.js"),
            ..Step::default()
        },
        Step {
            name: "Wait for the end of level 1",
            method: "get",
            path: "/api/metadata/scan/status/{scan_id}",
            values: &[("scan_id", "{{sync_id}}")],
            test: include_str!("flow/level_one.js"),
            polls: true,
            ..Step::default()
        },
    ]
}

fn adopt() -> [Step; 3] {
    [
        Step {
            name: "Find the database",
            of_manager: true,
            method: "get",
            path: "/api/manager/datasources/{id}/available-databases",
            values: &[("id", "{{resource_id}}"), ("q", "{{source_database}}")],
            test: include_str!("flow/available_databases.js"),
            ..Step::default()
        },
        Step {
            name: "Manage a table",
            of_manager: true,
            method: "post",
            path: "/api/manager/manage",
            body: Some(MANAGE.to_owned()),
            test: include_str!("flow/manage.js"),
            ..Step::default()
        },
        Step {
            name: "Watch it until it is ready",
            of_manager: true,
            method: "get",
            path: "/api/manager/managed-objects/{id}",
            values: &[("id", "{{managed_id}}")],
            test: include_str!("flow/managed_object.js"),
            polls: true,
            ..Step::default()
        },
    ]
}

fn read() -> [Step; 5] {
    [
        Step {
            name: "Find the table",
            method: "get",
            path: "/api/metadata/tables",
            values: &[
                ("database_id", "{{database_id}}"),
                ("name", "{{table_name}}"),
            ],
            before: include_str!("flow/tables_before.js"),
            test: include_str!("flow/tables.js"),
            ..Step::default()
        },
        Step {
            name: "Read its fields",
            method: "get",
            path: "/api/metadata/fields",
            values: &[("table_id", "{{table_id}}")],
            test: include_str!("flow/fields.js"),
            ..Step::default()
        },
        Step {
            name: "Look the table up by its names",
            method: "get",
            path: "/api/metadata/lookup",
            values: &[
                ("source", "{{source_name}}"),
                ("database", "{{source_database}}"),
                ("schema", "{{table_schema}}"),
                ("table", "{{table_name}}"),
            ],
            before: include_str!("flow/lookup_before.js"),
            test: include_str!("flow/lookup.js"),
            ..Step::default()
        },
        Step {
            name: "See what has changed",
            method: "get",
            path: "/api/metadata/changes",
            values: &[("database_id", "{{database_id}}")],
            test: include_str!("flow/changes.js"),
            ..Step::default()
        },
        Step {
            name: "See the jobs",
            method: "get",
            path: "/api/metadata/jobs",
            values: &[("limit", "500")],
            test: include_str!("flow/jobs.js"),
            ..Step::default()
        },
    ]
}

fn take_back() -> [Step; 2] {
    [
        Step {
            name: "Release the table",
            of_manager: true,
            method: "delete",
            path: "/api/manager/managed-objects/{id}",
            values: &[("id", "{{managed_id}}")],
            test: include_str!("flow/release.js"),
            ..Step::default()
        },
        Step {
            name: "Delete the data source",
            method: "delete",
            path: "/api/metadata/datasources/{id}",
            values: &[("id", "{{resource_id}}"), ("confirm", "{{source_name}}")],
            test: include_str!("flow/delete.js"),
            ..Step::default()
        },
    ]
}
