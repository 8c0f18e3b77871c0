//! Records as lines of text that a person can hold against the DDL.

mod details;
mod objects;

use std::fmt::Write as _;

use models::details::{TableFacts, TableName};
use scan::{DependencyRecord, FieldRecord, Record, TableRecord};

use self::details::{check_line, index_line, key_line, partition_line, trigger_line};
use self::objects::object_line;

/// A line for each record, those of one table together.
pub(super) fn render(records: &[Record]) -> String {
    let mut lines: Vec<Line> = records.iter().map(line).collect();
    lines.sort();
    let mut text = String::new();
    for (_, rank, _, line) in lines {
        let indent = if rank == 0 { "\n" } else { "    " };
        let _ = writeln!(text, "{indent}{line}");
    }
    text
}

/// What a line is sorted by, its table first, and the line.
type Line = (String, u8, String, String);

fn line(record: &Record) -> Line {
    match record {
        Record::Table(table) => {
            let key = name(&table.schema, &table.name);
            (key, 0, String::new(), table_line(table))
        }
        Record::Field(field) => {
            let key = name(&field.schema, &field.table);
            let order = format!("{:05}", field.position);
            (key, 1, order, field_line(field))
        }
        Record::Key(of) => {
            let key = name(&of.schema, &of.table);
            (key, 2, of.key.name.clone(), key_line(&of.key))
        }
        Record::Check(of) => {
            let key = name(&of.schema, &of.table);
            (key, 3, of.check.name.clone(), check_line(&of.check))
        }
        Record::Index(of) => {
            let key = name(&of.schema, &of.table);
            (key, 4, of.index.name.clone(), index_line(&of.index))
        }
        Record::Trigger(of) => {
            let key = name(&of.schema, &of.table);
            (key, 5, of.trigger.name.clone(), trigger_line(&of.trigger))
        }
        Record::Partition(part) => {
            let key = name(&part.schema, &part.table);
            let order = format!("{:05}", part.position);
            (key, 6, order, partition_line(part))
        }
        Record::Dependency(dependency) => {
            let key = name(&dependency.schema, &dependency.view);
            let line = dependency_line(dependency);
            (key, 7, line.clone(), line)
        }
        Record::Object(_) | Record::Failure(_) | Record::Identity(_) | Record::Digest(_) => {
            line_behind_tables(record)
        }
    }
}

/// A line that belongs to no table.
fn line_behind_tables(record: &Record) -> Line {
    let (key, line) = match record {
        Record::Object(object) => {
            let (kind, signature) = (&object.kind, &object.signature);
            let name = name(&object.schema, &object.name);
            (format!("~{kind} {name} {signature}"), object_line(object))
        }
        Record::Failure(failure) => {
            let key = format!("~~{} {}", failure.schema, failure.what);
            let line = format!("FAILURE {key} {}", failure.error);
            (key, line)
        }
        Record::Identity(table) => {
            let key = format!("~~~{}", name(&table.table_schema, &table.table_name));
            (key.clone(), key)
        }
        of_table => unreachable!("{of_table:?}"),
    };
    (key, 0, String::new(), line)
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
        ("toast", table.toast_size_bytes),
    ] {
        if figure.is_some_and(|figure| figure >= 0) {
            let _ = write!(text, " {word}");
        }
    }
    given(&mut text, "auto_increment", table.auto_increment);
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
    for option in &facts.options {
        given(&mut text, "option", Some(option));
    }
    given(&mut text, "tablespace", facts.tablespace.as_ref());
    given(&mut text, "foreign_server", facts.foreign_server.as_ref());
    given(&mut text, "of_type", facts.of_type.as_ref());
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
    if facts.row_security_forced == Some(true) {
        text.push_str(" row_security_forced");
    }
    if facts.is_populated == Some(false) {
        text.push_str(" not_populated");
    }
    given(&mut text, "definer", facts.view_definer.as_ref());
    given(&mut text, "security", facts.view_security.as_ref());
    given(&mut text, "check_option", facts.view_check_option.as_ref());
    given(&mut text, "updatable", facts.view_is_updatable);
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

/// The words of what is true.
fn words(text: &mut String, words: &[(bool, &str)]) {
    for (is, word) in words {
        if *is {
            let _ = write!(text, " {word}");
        }
    }
}

fn dependency_line(dependency: &DependencyRecord) -> String {
    let database = dependency
        .target_database
        .as_ref()
        .map(|database| format!("{database:?}."))
        .unwrap_or_default();
    let target = name(&dependency.target_schema, &dependency.target_table);
    format!("reads {database}{target} {:?}", dependency.target_fields)
}
