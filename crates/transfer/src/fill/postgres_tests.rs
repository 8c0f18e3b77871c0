use std::collections::BTreeMap;

use models::details::TableName;
use models::pipeline::FillMode;
use scan::session::{Form, Heading};

use super::super::plan::{FillTable, Order, TargetColumn};
use super::*;

/// A plan for columns with their neutral types.
pub(in super::super) fn plan(columns: &[(&str, &str)], key: &[&str], is_postgres: bool) -> Plan {
    let heading = |(name, _): &(&str, &str)| Heading {
        name: (*name).to_owned(),
        form: Form::Text,
    };
    let column = |(name, data_type): &(&str, &str)| TargetColumn {
        name: (*name).to_owned(),
        data_type: (*data_type).to_owned(),
        column_type: String::new(),
        is_generated: false,
        is_nullable: true,
    };
    let key: Vec<String> = key.iter().map(|name| (*name).to_owned()).collect();
    let order = Order {
        table: FillTable {
            database: "d`b".to_owned(),
            name: TableName {
                table_schema: "a\"b".to_owned(),
                table_name: "t".to_owned(),
            },
            engine: None,
            columns: columns.iter().map(column).collect(),
            unique_keys: vec![key.clone()],
        },
        mapping: BTreeMap::new(),
        mode: if key.is_empty() {
            FillMode::Replace
        } else {
            FillMode::Upsert
        },
        key,
    };
    let headings: Vec<_> = columns.iter().map(heading).collect();
    Plan::new(&headings, order, is_postgres).expect("it fits")
}

#[test]
fn a_row_that_is_there_is_changed() {
    let columns = [("id", "integer"), ("x\"; drop", "binary")];
    let text = statement(
        &plan(&columns, &["id"], true),
        &["\"pg_catalog\".\"int4\"", "\"pg_catalog\".\"bytea\""],
    );
    assert_eq!(
        text,
        "-- plumbline fill\n\
         insert into \"a\"\"b\".\"t\" (\"id\", \"x\"\"; drop\") overriding system value\n\
         select r.c0::\"pg_catalog\".\"int4\", r.c1::\"pg_catalog\".\"bytea\"\n\
         from unnest($1::text[], $2::bytea[]) with ordinality r(c0, c1, place)\n\
         order by r.place\n\
         on conflict (\"id\") do update set \"x\"\"; drop\" = excluded.\"x\"\"; drop\""
    );
    let text = statement(&plan(&[("id", "integer")], &["id"], true), &["x"]);
    assert!(text.ends_with("on conflict (\"id\") do nothing"), "{text}");
    let text = statement(&plan(&[("id", "integer")], &[], true), &["x"]);
    assert!(text.ends_with("order by r.place"), "{text}");
}
