//! Records as lines of text that a person can hold against the DDL.

use std::fmt::Write as _;

use models::details::{Index, TableFacts, TableName};
use scan::{FieldRecord, IndexRecord, KeyRecord, PartitionRecord, Record, TableRecord};

/// A line for each record, those of one table together.
pub(super) fn render(records: &[Record]) -> String {
    let mut lines: Vec<(String, u8, String, String)> = records.iter().map(line).collect();
    lines.sort();
    let mut text = String::new();
    for (_, rank, _, line) in lines {
        let indent = if rank == 0 { "\n" } else { "    " };
        let _ = writeln!(text, "{indent}{line}");
    }
    text
}

fn line(record: &Record) -> (String, u8, String, String) {
    match record {
        Record::Table(table) => (
            name(&table.schema, &table.name),
            0,
            String::new(),
            table_line(table),
        ),
        Record::Field(field) => {
            let order = format!("{:05}", field.position);
            (
                name(&field.schema, &field.table),
                1,
                order,
                field_line(field),
            )
        }
        Record::Key(key) => (
            name(&key.schema, &key.table),
            2,
            key.name.clone(),
            key_line(key),
        ),
        Record::Index(index) => (
            name(&index.schema, &index.table),
            3,
            index.index.name.clone(),
            index_line(index),
        ),
        Record::Partition(part) => {
            let order = format!("{:05}", part.position);
            (
                name(&part.schema, &part.table),
                4,
                order,
                partition_line(part),
            )
        }
    }
}

fn name(schema: &str, name: &str) -> String {
    if schema.is_empty() {
        format!("{name:?}")
    } else {
        format!("{schema:?}.{name:?}")
    }
}

/// ` word=VALUE` for what is there.
fn given(text: &mut String, word: &str, value: Option<impl std::fmt::Debug>) {
    if let Some(value) = value {
        let _ = write!(text, " {word}={value:?}");
    }
}

fn table_line(table: &TableRecord) -> String {
    let mut text = format!("{} {}", table.table_type, name(&table.schema, &table.name));
    given(&mut text, "engine", table.engine.as_ref());
    given(&mut text, "rows_from", table.row_count_source);
    // Figures differ from run to run: that there is one is what matters.
    for (word, figure) in [
        ("rows", table.row_count),
        ("data", table.data_size_bytes),
        ("indexes", table.index_size_bytes),
    ] {
        if figure.is_some_and(|figure| figure >= 0) {
            let _ = write!(text, " {word}");
        }
    }
    given(&mut text, "comment", table.comment.as_ref());
    given(&mut text, "view", table.view_definition.as_ref());
    if table.source_identity.is_some() {
        text.push_str(" has_identity");
    }
    given(&mut text, "error", table.error.as_ref());
    text + &facts(&table.facts)
}

fn facts(facts: &TableFacts) -> String {
    let mut text = String::new();
    given(&mut text, "owner", facts.owner.as_ref());
    given(&mut text, "persistence", facts.persistence.as_ref());
    given(&mut text, "row_format", facts.row_format.as_ref());
    given(&mut text, "collation", facts.collation.as_ref());
    if facts.create_time.is_some() {
        text.push_str(" has_create_time");
    }
    given(&mut text, "foreign_server", facts.foreign_server.as_ref());
    for TableName {
        table_schema,
        table_name,
    } in &facts.parents
    {
        let _ = write!(text, " parent={}", name(table_schema, table_name));
    }
    given(&mut text, "bound", facts.partition_bound.as_ref());
    if facts.row_security == Some(true) {
        text.push_str(" row_security");
    }
    text
}

fn field_line(field: &FieldRecord) -> String {
    let mut text = format!(
        "{} {:?} {} ({})",
        field.position, field.name, field.column_type, field.data_type
    );
    text.push_str(if field.is_nullable { "" } else { " not null" });
    text.push_str(if field.is_invisible { " invisible" } else { "" });
    text.push_str(if field.is_array { " array" } else { "" });
    given(&mut text, "key", field.column_key);
    given(&mut text, "default", field.column_default.as_ref());
    given(&mut text, "extra", field.extra.as_ref());
    given(&mut text, "identity", field.identity);
    given(
        &mut text,
        field.generation_kind.unwrap_or("generated"),
        field.generation_expression.as_ref(),
    );
    given(&mut text, "charset", field.charset.as_ref());
    given(&mut text, "collation", field.collation.as_ref());
    given(&mut text, "values", field.enum_values.as_ref());
    given(&mut text, "domain_of", field.domain_base_type.as_ref());
    given(&mut text, "comment", field.comment.as_ref());
    text
}

fn key_line(key: &KeyRecord) -> String {
    let mut text = format!("{:?} key {:?} {:?}", key.kind, key.name, key.columns);
    if let Some(to) = &key.references {
        let database = to
            .database_name
            .as_ref()
            .map(|database| format!("{database:?}."))
            .unwrap_or_default();
        let table = name(&to.table_schema, &to.table_name);
        let (update, delete) = (&to.on_update, &to.on_delete);
        let _ = write!(
            text,
            " -> {database}{table} {:?} update {update} delete {delete} match {}",
            to.columns, to.match_type
        );
    }
    text
}

fn index_line(IndexRecord { index, .. }: &IndexRecord) -> String {
    let Index {
        name,
        method,
        unique,
        primary,
        valid,
        visible,
        columns,
        included,
        predicate,
        comment,
    } = index;
    let mut text = format!("index {name:?} {method}");
    for (is, word) in [
        (*unique, " unique"),
        (*primary, " primary"),
        (!valid, " invalid"),
        (!visible, " invisible"),
    ] {
        text.push_str(if is { word } else { "" });
    }
    for column in columns {
        let what = column.name.as_ref().map_or_else(
            || format!("({})", column.expression.as_deref().unwrap_or("nothing")),
            |name| format!("{name:?}"),
        );
        let length = column
            .prefix_length
            .map(|length| format!("({length})"))
            .unwrap_or_default();
        let _ = write!(
            text,
            " {what}{length}{}",
            if column.descending { " desc" } else { "" }
        );
    }
    if !included.is_empty() {
        let _ = write!(text, " include {included:?}");
    }
    given(&mut text, "where", predicate.as_ref());
    given(&mut text, "comment", comment.as_ref());
    text
}

fn partition_line(part: &PartitionRecord) -> String {
    let scheme = &part.scheme;
    let mut text = format!("partition by {} {:?}", scheme.method, scheme.expression);
    given(&mut text, "sub_method", scheme.sub_method.as_ref());
    given(&mut text, "sub_expression", scheme.sub_expression.as_ref());
    if let Some(own) = &part.part {
        let _ = write!(text, " #{} {:?}", part.position, own.name);
        given(&mut text, "sub", own.sub_name.as_ref());
        given(&mut text, "bound", own.bound.as_ref());
        given(&mut text, "comment", own.comment.as_ref());
    }
    text
}
