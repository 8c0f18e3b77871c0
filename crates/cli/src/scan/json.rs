//! A scan as one JSON document.

use scan::DatabaseRecord;
use serde::Serialize;

use super::document::{Database, End, Source};
use super::form::Form;
use crate::output::PrintError;

/// One document, whose members are written as they become known.
#[derive(Debug, Default)]
pub(super) struct Json {
    /// Whether a database has been written.
    has_database: bool,
}

impl Form for Json {
    fn head(&mut self, source: &Source, _: &[DatabaseRecord]) -> Result<String, PrintError> {
        Ok(format!(r#"{{"source":{},"databases":["#, json(source)?))
    }

    fn database(&mut self, database: &Database) -> Result<String, PrintError> {
        let comma = if self.has_database { "," } else { "" };
        self.has_database = true;
        Ok(format!("{comma}{}", json(database)?))
    }

    fn end(&mut self, end: &End) -> Result<String, PrintError> {
        // The members of the document's end, without the brace before them.
        let members = json(end)?;
        Ok(format!("],{}\n", &members[1..]))
    }
}

fn json<T: Serialize>(value: &T) -> Result<String, PrintError> {
    serde_json::to_string(value).map_err(PrintError::Json)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use models::database::Database;
    use models::database_object::DatabaseObject;
    use models::datasource::Datasource;
    use models::field::Field;
    use models::relation::Relation;
    use models::table::TableDetail;
    use serde::de::DeserializeOwned;
    use serde_json::{Value, json};

    use super::*;
    use crate::args::AnyFormat;
    use crate::scan::sample;

    fn document() -> Value {
        let text = sample::printed(AnyFormat::Json);
        assert!(!text.contains("hunter2"), "the password is not printed");
        serde_json::from_str(&text).unwrap()
    }

    /// `item` with what only a catalog knows, as the API's own type reads and writes it.
    fn of_api<T: DeserializeOwned + Serialize>(item: &Value, mut catalog: Value) -> Value {
        for (name, value) in item.as_object().unwrap() {
            assert_eq!(catalog.get(name), None, "{name} is the catalog's");
            catalog[name] = value.clone();
        }
        let item: T = serde_json::from_value(catalog).unwrap();
        serde_json::to_value(item).unwrap()
    }

    /// The names in `item` and in `of_api`, without those that only one of them has on purpose.
    fn assert_same_names(item: &Value, of_api: &Value, ours: &[&str], theirs: &[&str]) {
        let names = |value: &Value, but: &[&str]| -> BTreeSet<String> {
            let names = value.as_object().unwrap().keys();
            names
                .filter(|it| !but.contains(&it.as_str()))
                .cloned()
                .collect()
        };
        assert_eq!(names(item, ours), names(of_api, theirs));
    }

    #[test]
    fn members_have_the_names_of_the_api() {
        const TIMES: [&str; 3] = ["created_at", "updated_at", "removed_at"];
        let times = |mut catalog: Value| {
            for name in TIMES {
                catalog[name] = "2026-01-02T12:00:00Z".into();
            }
            catalog
        };
        let all = |more: &[&'static str]| [&TIMES[..], more].concat();
        let document = document();

        let mine = json!({
            "id": 1, "datasource_name": "", "tls": {}, "options": {}, "paused": false, "sync_status": "",
        });
        let source = of_api::<Datasource>(&document["source"], times(mine));
        let theirs = [
            "id",
            "datasource_name",
            "password_from",
            "tls",
            "options",
            "paused",
            "sync_status",
            "sync_level",
            "last_sync_at",
            "error_message",
        ];
        assert_same_names(&document["source"], &source, &[], &all(&theirs));

        let database = &document["databases"][0];
        let found = of_api::<Database>(database, times(json!({ "id": 1, "datasource_id": 1 })));
        let theirs = all(&["id", "datasource_id", "last_sync_at", "last_scan_at"]);
        assert_same_names(
            database,
            &found,
            &["tables", "objects", "relations"],
            &theirs,
        );

        let table = &database["tables"][1];
        let mine = json!({
            "id": 1, "database_id": 1, "is_scanned": true, "datasource_id": 1, "datasource_name": "", "database_name": "",
        });
        let place = mine.as_object().unwrap().keys().map(String::as_str);
        let theirs: Vec<&str> = place
            .chain(TIMES)
            .chain(["last_scan_at", "row_count_at"])
            .collect();
        let found = of_api::<TableDetail>(table, times(mine.clone()));
        assert_same_names(table, &found, &["fields"], &theirs);
        assert_eq!(table["details"], found["details"]);

        let field = &table["fields"][0];
        let found = of_api::<Field>(field, times(json!({ "id": 1, "table_id": 1 })));
        assert_same_names(field, &found, &[], &all(&["id", "table_id", "statistics"]));

        let object = &database["objects"][1];
        let found = of_api::<DatabaseObject>(object, times(json!({ "id": 1, "database_id": 1 })));
        assert_same_names(object, &found, &[], &all(&["id", "database_id"]));
        assert_eq!(object["details"], found["details"]);

        let relation = &database["relations"][0];
        let found = of_api::<Relation>(relation, json!({ "id": 1 }));
        assert_same_names(relation, &found, &[], &["id"]);
        assert_same_names(&relation["from"], &found["from"], &[], &["table_id"]);
    }

    #[test]
    fn everything_has_its_place() {
        let document = document();
        let names = |list: &Value, name: &str| -> Vec<Value> {
            list.as_array()
                .unwrap()
                .iter()
                .map(|it| it[name].clone())
                .collect()
        };
        let database = &document["databases"][0];
        let tables = ["big\u{1b}[2J orders", "orders", "parts", "parts_1"];
        assert_eq!(names(&database["tables"], "table_name"), tables);
        let orders = &database["tables"][1];
        assert_eq!(
            names(&orders["fields"], "field_name"),
            ["id", "订单", "code"]
        );
        assert_eq!(orders["field_count"], 3);
        assert_eq!(
            names(&orders["details"]["keys"], "name"),
            ["a_customer", "orders_pkey"]
        );
        let parts = &database["tables"][2]["details"]["partitioning"]["parts"];
        assert_eq!(names(parts, "name"), ["p1", "p2"]);
        let relations = &database["relations"];
        assert_eq!(names(relations, "kind"), ["view_dependency", "foreign_key"]);
        assert_eq!(relations[1]["to"]["database_name"], "crm");
        assert_eq!(document["databases"][1]["is_scanned"], false);
        let failed = names(&document["failures"], "table");
        let expected = [
            json!("trigger broken in sales"),
            json!("sales.big\u{1b}[2J orders"),
            json!("sales.absent"),
            Value::Null,
        ];
        assert_eq!(failed, expected);
        assert_eq!(document["cost"]["rows"], 1204);
        assert_eq!(document["missing_grants"][0]["database"], "shop");
    }
}
