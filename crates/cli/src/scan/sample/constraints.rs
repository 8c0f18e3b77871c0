//! Keys, checks, indexes and triggers of the sample.

use models::details::{Check, Index, IndexColumn, Key, KeyKind, Reference, Trigger};
use scan::{CheckRecord, IndexRecord, KeyRecord, Record, TriggerRecord};

pub(super) fn constraints() -> Vec<Record> {
    let (schema, table) = ("sales".to_owned(), "orders".to_owned());
    let keys = keys().map(|key| {
        let (schema, table) = (schema.clone(), table.clone());
        Record::Key(KeyRecord { schema, table, key })
    });
    let indexes = indexes().map(|index| {
        let (schema, table) = (schema.clone(), table.clone());
        Record::Index(IndexRecord {
            schema,
            table,
            index,
        })
    });
    let check = Record::Check(CheckRecord {
        schema: schema.clone(),
        table: table.clone(),
        check: check(),
    });
    let trigger = Record::Trigger(TriggerRecord {
        schema,
        table,
        trigger: trigger(),
    });
    keys.into_iter()
        .chain(indexes)
        .chain([check, trigger])
        .collect()
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

fn keys() -> [Key; 2] {
    let key = |name: &str, kind, columns: &[&str]| Key::new(name.to_owned(), kind, names(columns));
    let foreign = Key {
        references: Some(Reference {
            database_name: Some("crm".to_owned()),
            table_schema: "public".to_owned(),
            table_name: "customers".to_owned(),
            columns: names(&["id", "kind"]),
            on_update: "NO ACTION".to_owned(),
            on_delete: "SET NULL".to_owned(),
            on_delete_columns: Vec::new(),
            match_type: "SIMPLE".to_owned(),
        }),
        validated: false,
        comment: Some("who pays".to_owned()),
        ..key("a_customer", KeyKind::Foreign, &["customer_id", "kind"])
    };
    [foreign, key("orders_pkey", KeyKind::Primary, &["id"])]
}

fn check() -> Check {
    Check {
        name: "positive".to_owned(),
        expression: "total > 0 or a | b".to_owned(),
        column: None,
        enforced: false,
        validated: true,
        no_inherit: false,
        comment: None,
    }
}

fn indexes() -> [Index; 2] {
    let index = |name: &str, columns| Index {
        name: name.to_owned(),
        method: "gin".to_owned(),
        unique: true,
        valid: true,
        columns,
        predicate: Some("total > 0".to_owned()),
        included: names(&["code"]),
        ..Index::default()
    };
    let columns = vec![
        IndexColumn {
            name: Some("订单".to_owned()),
            prefix_length: Some(10),
            descending: true,
            ..IndexColumn::default()
        },
        IndexColumn {
            expression: Some("lower(code)".to_owned()),
            operator_class: Some("text_ops".to_owned()),
            ..IndexColumn::default()
        },
    ];
    [
        index("orders_found", columns),
        index("orders_pkey", Vec::new()),
    ]
}

fn trigger() -> Trigger {
    Trigger {
        name: "audit".to_owned(),
        timing: "AFTER".to_owned(),
        events: names(&["INSERT", "UPDATE"]),
        columns: names(&["code"]),
        level: "ROW".to_owned(),
        condition: Some("(new.id > 0)".to_owned()),
        statement: Some("execute function audit()".to_owned()),
        ..Trigger::default()
    }
}
