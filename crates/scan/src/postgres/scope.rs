//! Which schemas and tables of a database a statement is about: `$1` of every statement that starts
//! with `relation.sql`.

use serde::Serialize;
use sqlx::types::Json;

use crate::{NameFilter, Selection};

/// The parameter `$1`. An absent member restricts nothing.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct Scope<'a> {
    /// A regular expression that the schema must match.
    #[serde(skip_serializing_if = "Option::is_none")]
    include: Option<String>,
    /// One that it must not match.
    #[serde(skip_serializing_if = "Option::is_none")]
    exclude: Option<String>,
    /// `name` in any schema, or `schema.name`.
    #[serde(skip_serializing_if = "Option::is_none")]
    tables: Option<Vec<&'a str>>,
    /// Oids.
    #[serde(skip_serializing_if = "Option::is_none")]
    oids: Option<Vec<i64>>,
}

impl<'a> Scope<'a> {
    /// All tables in the schemas that a filter takes.
    pub(super) fn schemas(filter: &NameFilter) -> Self {
        Self {
            include: filter.include_regex(),
            exclude: filter.exclude_regex(),
            tables: None,
            oids: None,
        }
    }

    /// The tables of a selection in the schemas that a filter takes.
    pub(super) fn new(filter: &NameFilter, selection: &'a Selection) -> Self {
        let tables = match selection {
            Selection::All | Selection::Chosen(_) => None,
            // No name has a NUL, and the server takes no text with one.
            Selection::Tables(selectors) => Some(
                selectors
                    .iter()
                    .map(String::as_str)
                    .filter(|name| !name.contains('\0'))
                    .collect(),
            ),
        };
        let oids = match selection {
            Selection::Chosen(chosen) => Some(
                chosen
                    .iter()
                    .filter_map(|table| table.source_identity)
                    .collect(),
            ),
            _ => None,
        };
        Self {
            tables,
            oids,
            ..Self::schemas(filter)
        }
    }

    /// Whether some tables are named.
    pub(super) fn names_tables(&self) -> bool {
        self.tables.is_some() || self.oids.is_some()
    }

    /// The value of `$1`; None for all tables of the database.
    pub(super) fn parameter(&self) -> Option<Json<Self>> {
        let restricts = self.include.is_some() || self.exclude.is_some() || self.names_tables();
        restricts.then(|| Json(self.clone()))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use models::details::TableName;

    use super::*;
    use crate::Chosen;

    fn parameter(filter: &NameFilter, selection: &Selection) -> Value {
        let scope = Scope::new(filter, selection);
        serde_json::to_value(scope.parameter()).expect("plain data")
    }

    #[test]
    fn only_what_restricts_is_sent() {
        let all = NameFilter::default();
        assert_eq!(parameter(&all, &Selection::All), json!(null));
        let selection = Selection::Tables(vec!["a.b".to_owned(), "x\0y".to_owned()]);
        assert_eq!(parameter(&all, &selection), json!({ "tables": ["a.b"] }));
        let some = NameFilter::new(vec!["app_*".to_owned()], vec!["*_old".to_owned()]);
        assert_eq!(
            parameter(&some, &Selection::All),
            json!({ "include": r"^(?:app\_.*)$", "exclude": r"^(?:.*\_old)$" })
        );
        let chosen = Selection::Chosen(vec![Chosen {
            name: TableName {
                table_schema: "public".to_owned(),
                table_name: "orders".to_owned(),
            },
            source_identity: Some(16_384),
        }]);
        assert_eq!(parameter(&all, &chosen), json!({ "oids": [16_384] }));
    }
}
