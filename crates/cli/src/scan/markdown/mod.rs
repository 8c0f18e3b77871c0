//! A scan as a Markdown document, to keep beside code: without sizes and estimates, so that the same
//! schema makes the same document.

use std::collections::HashMap;
use std::fmt::Write as _;

use models::relation::RelationKind;
use scan::DatabaseRecord;

use super::document::{Database, End, Field, Object, Source, Table};
use super::form::Form;
use crate::output::{PrintError, plain};
use crate::words::{self, full_name};

mod text;

use text::{Anchors, cell, code, fence};

/// A document, database by database.
#[derive(Debug, Default)]
pub(super) struct Markdown {
    anchors: Anchors,
}

impl Form for Markdown {
    fn head(&mut self, source: &Source, _: &[DatabaseRecord]) -> Result<String, PrintError> {
        // Without what packagers put behind the number.
        let version = source.server_version.split([' ', '-']).next();
        let title = format!("{} {}", source.flavor, version.unwrap_or_default());
        self.anchors.add(&title);
        Ok(format!("# {}\n", cell(&title)))
    }

    fn database(&mut self, database: &Database) -> Result<String, PrintError> {
        let name = &database.database_name;
        self.anchors.add(name);
        let mut text = format!("\n## {}\n\n", cell(name));
        let facts = [
            ("charset", &database.charset),
            ("collation", &database.collation),
            ("owner", &database.owner),
        ];
        let facts: Vec<String> = facts
            .into_iter()
            .filter_map(|(word, fact)| Some(format!("{word} {}", code(fact.as_ref()?))))
            .collect();
        write_line(&mut text, &facts.join(", "));
        if !database.is_scanned {
            write_line(&mut text, "**It could not be read.**");
            return Ok(ended(&text));
        }
        let titles: Vec<String> = database.tables.iter().map(title).collect();
        let anchors: Vec<String> = titles.iter().map(|it| self.anchors.add(it)).collect();
        let rows = database.tables.iter().zip(titles.iter().zip(&anchors));
        let rows = rows.map(|(table, (title, anchor))| {
            let name = format!("[{}](#{anchor})", cell(title));
            let comment = table.table_comment.as_deref().unwrap_or_default();
            [
                name,
                cell(&words::kind(&table.table_type, &table.details)),
                cell(comment),
            ]
        });
        write_table(&mut text, ["Table", "Kind", "Comment"], rows);
        let objects = database.objects.iter().map(of_object);
        write_table(&mut text, ["Kind", "Name", "What", "Comment"], objects);
        let reads = reads(database);
        for (table, title) in database.tables.iter().zip(&titles) {
            write_relation(&mut text, table, title);
            if let Some(reads) = reads.get(title) {
                write_line(&mut text, &format!("Reads {}.", reads.join(", ")));
            }
            write_source(&mut text, table);
        }
        Ok(ended(&text))
    }

    fn end(&mut self, end: &End) -> Result<String, PrintError> {
        if end.failures.is_empty() && end.missing_grants.is_empty() {
            return Ok(String::new());
        }
        let mut text = "\n## What could not be read\n\n".to_owned();
        let failures = end.failures.iter().map(|failure| {
            let table = failure.table.as_deref().unwrap_or_default();
            [&failure.database, table, &failure.error].map(cell)
        });
        write_table(&mut text, ["Database", "Object", "Why"], failures);
        let missing = end.missing_grants.iter().map(|missing| {
            let (database, hides) = (cell(&missing.database), cell(&missing.hides));
            [database, hides, code(&missing.grant)]
        });
        write_table(&mut text, ["Database", "Hidden", "To see it"], missing);
        Ok(ended(&text))
    }
}

/// `text` with one line break at its end: the next heading brings an empty line of its own.
fn ended(text: &str) -> String {
    format!("{}\n", text.trim_end())
}

fn title(table: &Table) -> String {
    full_name(&table.table_schema, &table.table_name)
}

/// What each view reads, as code.
fn reads(database: &Database) -> HashMap<String, Vec<String>> {
    let mut reads: HashMap<String, Vec<String>> = HashMap::new();
    for relation in &database.relations {
        if relation.kind == RelationKind::ViewDependency {
            let from = &relation.from;
            let name = full_name(&from.table_schema, &from.table_name);
            let target = relation.to.beside(&database.database_name);
            reads.entry(name).or_default().push(code(&target));
        }
    }
    reads
}

/// A line and an empty one; nothing for nothing.
fn write_line(text: &mut String, line: &str) {
    if !line.is_empty() {
        text.push_str(line);
        text.push_str("\n\n");
    }
}

/// A table of cells that are Markdown already; nothing without rows.
fn write_table<const N: usize>(
    text: &mut String,
    headings: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
) {
    let mut rows = rows.peekable();
    if rows.peek().is_none() {
        return;
    }
    // Writing to a `String` cannot fail.
    let _ = writeln!(text, "| {} |", headings.join(" | "));
    let _ = writeln!(text, "|{}", " --- |".repeat(N));
    for row in rows {
        let _ = writeln!(text, "| {} |", row.join(" | "));
    }
    text.push('\n');
}

fn write_relation(text: &mut String, table: &Table, title: &str) {
    let _ = writeln!(text, "### {}\n", cell(title));
    let kind = words::kind(&table.table_type, &table.details);
    let engine = table.engine.as_deref().map(|engine| format!(", {engine}"));
    write_line(text, &cell(&(kind + &engine.unwrap_or_default())));
    if let Some(comment) = &table.table_comment {
        write_line(text, &cell(comment));
    }
    if let Some(error) = &table.scan_error {
        write_line(text, &format!("**It could not be read:** {}", cell(error)));
    }
    let headings = ["Field", "Type", "Null", "Key", "Default", "Comment"];
    write_table(text, headings, table.fields.iter().map(of_field));
    write_constraints(text, table);
    write_indexes(text, table);
    let triggers = table.details.triggers.iter().map(|trigger| {
        let runs = trigger.statement.as_deref().map(code).unwrap_or_default();
        let when = cell(&words::trigger(trigger));
        [
            code(&trigger.name),
            when,
            runs,
            comment(trigger.comment.as_ref()),
        ]
    });
    write_table(text, ["Trigger", "When", "Runs", "Comment"], triggers);
    let partitioning = table.details.partitioning.iter();
    let parts = partitioning.flat_map(|it| &it.parts).map(|part| {
        let optional = |it: &Option<String>| it.as_deref().map(code).unwrap_or_default();
        let (of_part, bound) = (optional(&part.sub_name), optional(&part.bound));
        [
            code(&part.name),
            of_part,
            bound,
            comment(part.comment.as_ref()),
        ]
    });
    write_table(text, ["Part", "Its part", "Bound", "Comment"], parts);
}

fn comment(comment: Option<&String>) -> String {
    cell(comment.map_or("", String::as_str))
}

fn write_constraints(text: &mut String, table: &Table) {
    let keys = words::keys(&table.details).into_iter().map(|key| {
        let kind = words::key_kind(key.kind).to_owned();
        let what = code(&words::key(key));
        [kind, code(&key.name), what, comment(key.comment.as_ref())]
    });
    let checks = table.details.checks.iter().map(|check| {
        let (kind, what) = ("check".to_owned(), code(&words::check(check)));
        [
            kind,
            code(&check.name),
            what,
            comment(check.comment.as_ref()),
        ]
    });
    let headings = ["Constraint", "Name", "What", "Comment"];
    write_table(text, headings, keys.chain(checks));
}

fn write_indexes(text: &mut String, table: &Table) {
    let indexes = table.details.indexes.iter();
    let indexes = indexes.filter(|index| !words::is_told_by_key(index, &table.details));
    let indexes = indexes.map(|index| {
        let unique = if index.unique { "unique" } else { "" }.to_owned();
        let what = code(&words::index(index));
        [
            code(&index.name),
            unique,
            what,
            comment(index.comment.as_ref()),
        ]
    });
    write_table(text, ["Index", "Unique", "What", "Comment"], indexes);
}

fn of_field(field: &Field) -> [String; 6] {
    [
        code(&field.field_name),
        code(&field.column_type),
        if field.is_nullable { "yes" } else { "no" }.to_owned(),
        field.column_key.unwrap_or_default().to_owned(),
        code(&words::value(field.value())),
        cell(field.field_comment.as_deref().unwrap_or_default()),
    ]
}

fn of_object(object: &Object) -> [String; 4] {
    [
        cell(&object.object_kind.to_lowercase()),
        code(&full_name(&object.object_schema, &object.object_name)),
        code(&object.particulars()),
        cell(object.object_comment.as_deref().unwrap_or_default()),
    ]
}

/// The statement behind a view.
fn write_source(text: &mut String, table: &Table) {
    if let Some(definition) = &table.view_definition {
        let lines: Vec<_> = definition.trim().lines().map(plain).collect();
        text.push_str(&fence("sql", &lines.join("\n")));
        text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use crate::args::AnyFormat;
    use crate::scan::sample;

    #[test]
    fn everything_has_its_place() {
        insta::assert_snapshot!(sample::printed(AnyFormat::Markdown));
    }
}
