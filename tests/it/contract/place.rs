//! Both services with one of everything, so that what is refused is refused for its own fault.

use serde_json::{Value, json};
use test_support::{Answer, Api, Installation, Manager, Meta, Server, Source, eventually};

use super::document::{Operation, Parameter};
use super::values::sound;

/// Both services, a source that has been read, and one of its tables managed.
pub(super) struct Place {
    pub(super) meta: Meta,
    pub(super) manager: Manager,
    source: Source,
    ids: Vec<(&'static str, String)>,
}

/// A table whose rows the login may read, and a sequence.
async fn orders() -> Source {
    let source = Source::create(Server::Postgres).await;
    let sql = format!(
        "create table orders (id int primary key); create sequence numbers;
         create table copies (id int primary key);
         grant usage on schema public to {0}; grant select on orders to {0}",
        source.username
    );
    source.execute(&sql).await;
    source
}

impl Place {
    pub(super) async fn new() -> Self {
        let source = orders().await;
        let meta = Installation::new().await.meta().await;
        let id = meta.register(&source).await;
        let scan = meta
            .scan(&json!({ "resource_id": id, "database": source.database }))
            .await;
        let manager = meta.installation.manager(&meta.url).await;
        let manage =
            json!({ "resource_id": id, "database": source.database, "tables": ["orders"] });
        let adopted = manager
            .admin()
            .post("/api/manager/manage", &manage)
            .await
            .expect(202);
        let object = adopted["managed_objects"][0]["id"].to_string();
        let path = format!("/api/manager/managed-objects/{object}");
        eventually("the table to be ready", async || {
            (manager.admin().get(&path).await.expect(200)["status"] == "ready").then_some(())
        })
        .await;
        let made = json!({ "name": "ours", "role": "viewer" });
        let made = meta.admin().post("/api/metadata/auth/keys", &made).await;
        let key = made.expect(201)["id"].to_string();
        let mut place = Self {
            meta,
            manager,
            source,
            ids: Vec::new(),
        };
        place.ids = vec![
            ("resource_id", id.to_string()),
            ("datasources", id.to_string()),
            ("scan_id", scan["scan_id"].to_string()),
            ("jobs", scan["job_id"].as_str().expect("an id").to_owned()),
            ("managed-objects", object),
            ("keys", key),
        ];
        place
            .find(
                "databases",
                "database_id",
                &format!("resource_id={id}&name={}", place.source.database),
            )
            .await;
        let database = format!("database_id={}", place.known("databases"));
        place.find("tables", "table_id", &database).await;
        place.find("objects", "object_id", &database).await;
        place
            .find("schedules", "schedule_id", &format!("resource_id={id}"))
            .await;
        place.pipe().await;
        let table = place.known("tables");
        place
            .find("fields", "field_id", &format!("table_id={table}"))
            .await;
        place
    }

    /// Makes a pipeline of both tables, whose fill and ETL are run outside.
    async fn pipe(&mut self) {
        let api = self.meta.admin();
        let list = format!(
            "/api/metadata/tables?database_id={}",
            self.known("databases")
        );
        let tables = api.get(&list).await.expect(200);
        let body = json!({
            "name": "ours", "sync_table_id": tables["items"][0]["id"], "biz_table_id": tables["items"][1]["id"],
            "fill": { "kind": "external" }, "etl": { "kind": "external" }, "delta": { "method": "count" },
        });
        let made = api.post("/api/metadata/pipelines", &body).await.expect(201);
        self.ids.push(("pipelines", made["id"].to_string()));
    }

    /// Keeps the id of the first of a list under both its names.
    async fn find(&mut self, list: &'static str, name: &'static str, query: &str) {
        let path = format!("/api/metadata/{list}?{query}");
        let found = self.meta.admin().get(&path).await.expect(200);
        let id = found["items"][0]["id"].to_string();
        self.ids.extend([(list, id.clone()), (name, id)]);
    }

    fn known(&self, name: &str) -> String {
        let found = self.ids.iter().find(|(known, _)| *known == name);
        let (_, id) =
            found.unwrap_or_else(|| panic!("teach tests/it/contract/place.rs what {name} is"));
        id.clone()
    }

    /// A value with which the parameter of an operation is sound: ids are of what is there.
    fn value(&self, operation: &Operation, parameter: &Parameter) -> String {
        let Parameter { name, schema, .. } = parameter;
        match name.as_str() {
            "id" => {
                let (before, _) = operation
                    .path
                    .split_once("/{id}")
                    .expect("an id in the path");
                self.known(before.rsplit('/').next().unwrap_or_default())
            }
            "database" | "source" => self.source.database.clone(),
            _ if name.ends_with("_id") => self.known(name),
            _ => match sound(schema) {
                Value::String(text) => text,
                other => other.to_string(),
            },
        }
    }

    /// The path and query of an operation with sound values, but for one.
    pub(super) fn address(
        &self,
        operation: &Operation,
        wrong: Option<(&Parameter, &str)>,
    ) -> String {
        let changed = |one: &Parameter| {
            let wrong =
                wrong.filter(|(other, _)| (&other.place, &other.name) == (&one.place, &one.name));
            wrong.map(|(_, text)| text.to_owned())
        };
        let mut path = operation.path.clone();
        for one in operation.of("path") {
            let value = changed(one).unwrap_or_else(|| self.value(operation, one));
            path = path.replace(&format!("{{{}}}", one.name), &value);
        }
        let pairs: Vec<String> = operation
            .of("query")
            .filter_map(|one| {
                let sound = || one.required.then(|| self.value(operation, one));
                Some(format!("{}={}", one.name, changed(one).or_else(sound)?))
            })
            .collect();
        if pairs.is_empty() {
            path
        } else {
            format!("{path}?{}", pairs.join("&"))
        }
    }
}

/// Sends an operation to this address with this body, or a sound one.
pub(super) async fn send(
    api: &Api,
    operation: &Operation,
    address: &str,
    body: Option<&Value>,
) -> Answer {
    let sound = operation.body.as_ref().map(sound);
    api.send(operation.method.clone(), address, body.or(sound.as_ref()))
        .await
}
