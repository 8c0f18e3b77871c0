//! A database that has one of everything, for the tests of the forms.

mod constraints;
mod objects;

use models::details::{TableFacts, TableName};
use models::scan::{MissingGrant, ScanFailure};
use models::sync_log::Cost;
use scan::{DatabaseRecord, FieldRecord, Record, Selection, ServerInfo, TableRecord, Target};

use super::assemble::Assembly;
use super::document::{Database, End, Source};
use super::form::{Form, form};
use crate::args::AnyFormat;

/// The whole output for [`database()`].
pub(super) fn printed(format: AnyFormat) -> String {
    let mut form: Box<dyn Form> = form(format);
    let target = Target::from_url("postgresql://reader:hunter2@[::1]/shop").unwrap();
    let server = ServerInfo {
        flavor: "PostgreSQL".to_owned(),
        version: "18.1 (Debian 18.1-1)".to_owned(),
        facts: serde_json::json!({}),
    };
    let other = DatabaseRecord {
        inaccessible_reason: Some("no CONNECT".to_owned()),
        ..record("locked")
    };
    let (database, mut failures) = database();
    let (locked, more) = Assembly::new(other.clone()).failed("no CONNECT".to_owned());
    failures.extend(more);
    let end = End {
        failures,
        missing_grants: vec![MissingGrant {
            database: "shop".to_owned(),
            hides: "source of 2 routines".to_owned(),
            grant: "GRANT SHOW_ROUTINE ON *.* TO `reader`@`%`".to_owned(),
        }],
        cost: Cost {
            statements: 19,
            rows: 1204,
            bytes: 48_213,
            seconds: 0.25,
        },
    };
    let parts = [
        form.head(&Source::new(&target, server), &[record("shop"), other]),
        form.database(&database),
        form.database(&locked),
        form.end(&end),
    ];
    parts.into_iter().map(Result::unwrap).collect()
}

/// The database, and what of it could not be read.
pub(super) fn database() -> (Database, Vec<ScanFailure>) {
    let mut assembly = Assembly::new(record("shop"));
    let mut records = tables();
    records.extend(fields());
    records.extend(constraints::constraints());
    records.extend(objects::objects());
    for record in records {
        assembly.add(record);
    }
    let selection = Selection::Tables(vec!["orders".to_owned(), "sales.absent".to_owned()]);
    assembly.finish(&selection)
}

fn record(name: &str) -> DatabaseRecord {
    DatabaseRecord {
        name: name.to_owned(),
        charset: Some("UTF8".to_owned()),
        collation: Some("C.UTF-8".to_owned()),
        owner: Some("ada".to_owned()),
        table_count: Some(1204),
        total_size_bytes: Some(1_638_400),
        inaccessible_reason: None,
        source_identity: None,
    }
}

fn table(name: &str, table_type: &str) -> TableRecord {
    TableRecord {
        schema: "sales".to_owned(),
        name: name.to_owned(),
        table_type: table_type.to_owned(),
        engine: Some("heap".to_owned()),
        row_count: Some(1200),
        row_count_source: Some("estimate"),
        data_size_bytes: Some(40_960),
        index_size_bytes: Some(8192),
        toast_size_bytes: None,
        auto_increment: None,
        comment: None,
        view_definition: None,
        source_identity: Some(7),
        facts: TableFacts::default(),
        error: None,
    }
}

/// Not in their order.
fn tables() -> Vec<Record> {
    let parts = TableName {
        table_schema: "sales".to_owned(),
        table_name: "parts".to_owned(),
    };
    let tables = [
        TableRecord {
            comment: Some("what is sold | `often`\nand *how*".to_owned()),
            ..table("orders", "TABLE")
        },
        TableRecord {
            row_count: None,
            data_size_bytes: None,
            index_size_bytes: None,
            view_definition: Some("select id\n  from sales.orders -- ```".to_owned()),
            error: Some("its definer is gone".to_owned()),
            ..table("big\u{1b}[2J orders", "VIEW")
        },
        table("parts", "PARTITIONED_TABLE"),
        TableRecord {
            row_count_source: Some("exact"),
            facts: TableFacts {
                persistence: Some("unlogged".to_owned()),
                parents: vec![parts],
                partition_bound: Some("FOR VALUES IN (1)".to_owned()),
                ..TableFacts::default()
            },
            ..table("parts_1", "PARTITION")
        },
    ];
    tables.into_iter().map(Record::Table).collect()
}

fn field(name: &str, position: i32, column_type: &str) -> FieldRecord {
    FieldRecord {
        schema: "sales".to_owned(),
        table: "orders".to_owned(),
        name: name.to_owned(),
        position,
        data_type: "integer",
        column_type: column_type.to_owned(),
        is_nullable: true,
        column_key: None,
        column_default: None,
        extra: None,
        comment: None,
        generation_expression: None,
        generation_kind: None,
        identity: None,
        charset: None,
        collation: None,
        is_invisible: false,
        enum_values: None,
        domain_base_type: None,
        is_array: false,
        source_identity: None,
    }
}

fn fields() -> Vec<Record> {
    let fields = [
        FieldRecord {
            column_default: Some("now()".to_owned()),
            extra: Some("on update now()".to_owned()),
            ..field("订单", 2, "timestamp with time zone")
        },
        FieldRecord {
            is_nullable: false,
            column_key: Some("PRI"),
            identity: Some("always"),
            extra: Some("identity always".to_owned()),
            comment: Some("who".to_owned()),
            ..field("id", 1, "integer")
        },
        FieldRecord {
            generation_expression: Some("id || '`'".to_owned()),
            generation_kind: Some("stored"),
            is_invisible: true,
            ..field("code", 3, "enum('a','b','c','d','e','f','g','h')")
        },
        FieldRecord {
            table: "made_meanwhile".to_owned(),
            ..field("id", 1, "integer")
        },
    ];
    fields.into_iter().map(Record::Field).collect()
}
