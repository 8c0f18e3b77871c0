//! What is no table of the sample, its partitions, and what a view reads.

use models::database_object::{DataType, FieldName, ObjectDetails, Routine, Sequence};
use models::details::{Partition, Partitioning};
use scan::{DependencyRecord, FailureRecord, ObjectRecord, PartitionRecord, Record};

pub(super) fn objects() -> Vec<Record> {
    vec![
        object("SCHEMA", "", "sales", ObjectDetails::default()),
        object("SCHEMA", "", "empty", ObjectDetails::default()),
        object("EXTENSION", "", "pgcrypto", extension()),
        object("FUNCTION", "sales", "audit", routine()),
        object("SEQUENCE", "sales", "orders_id_seq", sequence()),
        object("TYPE", "sales", "mood", data_type()),
        part(1, "p1"),
        part(2, "p2"),
        Record::Dependency(DependencyRecord {
            schema: "sales".to_owned(),
            view: "big\u{1b}[2J orders".to_owned(),
            target_database: None,
            target_schema: "sales".to_owned(),
            target_table: "orders".to_owned(),
            target_fields: vec!["id".to_owned()],
        }),
        Record::Failure(FailureRecord {
            schema: "sales".to_owned(),
            what: "trigger broken".to_owned(),
            error: "denied".to_owned(),
        }),
    ]
}

fn object(kind: &str, schema: &str, name: &str, details: ObjectDetails) -> Record {
    Record::Object(ObjectRecord {
        kind: kind.to_owned(),
        schema: schema.to_owned(),
        name: name.to_owned(),
        signature: String::new(),
        owner: None,
        comment: Some(format!("a {kind}")),
        definition: None,
        source_identity: None,
        details,
    })
}

fn extension() -> ObjectDetails {
    ObjectDetails {
        version: Some("1.3".to_owned()),
        ..ObjectDetails::default()
    }
}

fn routine() -> ObjectDetails {
    ObjectDetails {
        routine: Some(Routine {
            language: Some("sql".to_owned()),
            arguments: Some("a integer".to_owned()),
            returns: Some("text".to_owned()),
            ..Routine::default()
        }),
        ..ObjectDetails::default()
    }
}

fn sequence() -> ObjectDetails {
    ObjectDetails {
        sequence: Some(Sequence {
            data_type: Some("bigint".to_owned()),
            owned_by: Some(FieldName {
                table_schema: "sales".to_owned(),
                table_name: "orders".to_owned(),
                field_name: "id".to_owned(),
            }),
            ..Sequence::default()
        }),
        ..ObjectDetails::default()
    }
}

fn data_type() -> ObjectDetails {
    ObjectDetails {
        data_type: Some(DataType {
            category: "enum".to_owned(),
            labels: vec!["sad".to_owned(), "glad".to_owned()],
            ..DataType::default()
        }),
        ..ObjectDetails::default()
    }
}

fn part(position: i32, name: &str) -> Record {
    Record::Partition(PartitionRecord {
        schema: "sales".to_owned(),
        table: "parts".to_owned(),
        position,
        scheme: Partitioning {
            method: "LIST".to_owned(),
            expression: "region".to_owned(),
            sub_method: None,
            sub_expression: None,
            parts: Vec::new(),
        },
        part: Some(Partition {
            name: name.to_owned(),
            sub_name: None,
            bound: Some(format!("IN ({position})")),
            comment: None,
        }),
    })
}
