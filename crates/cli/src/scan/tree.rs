//! A scan as a tree, for people.

use std::collections::{BTreeMap, HashMap};

use models::relation::RelationKind;
use scan::DatabaseRecord;
use unicode_width::UnicodeWidthStr as _;

use super::document::{Database, End, Field, Object, Relation, Source, Table};
use super::form::Form;
use crate::output::{PrintError, bytes, count, duration, plain};
use crate::words;

/// Columns of fields are not made wider than this for the sake of one that is.
const WIDEST: usize = 32;

/// A tree, database by database.
#[derive(Debug, Default)]
pub(super) struct Tree {
    /// How many databases are to come.
    left: usize,
    tables: i64,
    fields: i64,
    objects: i64,
}

impl Form for Tree {
    fn head(
        &mut self,
        source: &Source,
        databases: &[DatabaseRecord],
    ) -> Result<String, PrintError> {
        self.left = databases.len();
        let Source {
            flavor,
            server_version,
            host,
            port,
            ..
        } = source;
        let host = if host.contains(':') {
            format!("[{host}]")
        } else {
            host.clone()
        };
        let text = format!("{flavor} {server_version} at {host}:{port}");
        Ok(format!("{}\n", plain(&text)))
    }

    fn database(&mut self, database: &Database) -> Result<String, PrintError> {
        self.left = self.left.saturating_sub(1);
        self.tables += len(&database.tables);
        self.objects += len(&database.objects);
        let tables = database.tables.iter();
        self.fields += tables.map(|table| len(&table.fields)).sum::<i64>();
        let mut text = String::new();
        of_database(database).write(&mut text, "", self.left == 0);
        Ok(text)
    }

    fn end(&mut self, end: &End) -> Result<String, PrintError> {
        let number = |number: u64| count(i64::try_from(number).unwrap_or(i64::MAX));
        Ok(format!(
            "\n{} tables, {} fields, {} other objects; {} statements, {} rows, {}\n",
            count(self.tables),
            count(self.fields),
            count(self.objects),
            number(end.cost.statements),
            number(end.cost.rows),
            duration(end.cost.seconds),
        ))
    }
}

fn len<T>(items: &[T]) -> i64 {
    i64::try_from(items.len()).unwrap_or(i64::MAX)
}

/// A line and what hangs on it.
#[derive(Debug)]
struct Node {
    text: String,
    children: Vec<Node>,
}

impl Node {
    fn leaf(text: String) -> Self {
        Self {
            text,
            children: Vec::new(),
        }
    }

    fn write(&self, out: &mut String, indent: &str, is_last: bool) {
        let (branch, below) = if is_last {
            ("└─ ", "   ")
        } else {
            ("├─ ", "│  ")
        };
        out.push_str(indent);
        out.push_str(branch);
        out.push_str(&plain(&self.text));
        out.push('\n');
        let indent = format!("{indent}{below}");
        for (index, child) in self.children.iter().enumerate() {
            child.write(out, &indent, index + 1 == self.children.len());
        }
    }
}

/// `text` with a comment behind it.
fn commented(text: String, comment: Option<&String>) -> String {
    match comment {
        Some(comment) => format!("{text}  -- {comment}"),
        None => text,
    }
}

fn of_database(database: &Database) -> Node {
    let mut facts: Vec<String> = Vec::new();
    facts.extend(database.charset.clone());
    facts.extend(database.collation.clone());
    facts.extend(database.owner.iter().map(|owner| format!("owner {owner}")));
    facts.extend(
        database
            .table_count
            .map(|it| format!("{} tables", count(it))),
    );
    facts.extend(database.total_size_bytes.map(bytes));
    if !database.is_scanned {
        facts.push("could not be read".to_owned());
    }
    Node {
        text: format!("{}  {}", database.database_name, facts.join(", ")),
        children: of_schemas(database),
    }
}

/// A node for each schema; what has none hangs on the database.
fn of_schemas(database: &Database) -> Vec<Node> {
    let reads = reads(database);
    let mut schemas: BTreeMap<&str, Vec<Node>> = BTreeMap::new();
    let mut comments = HashMap::new();
    for object in &database.objects {
        if object.object_kind == "SCHEMA" {
            schemas.entry(&object.object_name).or_default();
            comments.insert(object.object_name.as_str(), object.object_comment.as_ref());
        }
    }
    for table in &database.tables {
        let name = (table.table_schema.as_str(), table.table_name.as_str());
        let reads = reads.get(&name).map(Vec::as_slice).unwrap_or_default();
        let node = of_table(table, reads, &database.database_name);
        schemas.entry(&table.table_schema).or_default().push(node);
    }
    for object in &database.objects {
        if object.object_kind != "SCHEMA" {
            let node = Node::leaf(of_object(object));
            schemas.entry(&object.object_schema).or_default().push(node);
        }
    }
    let mut nodes = schemas.remove("").unwrap_or_default();
    nodes.extend(schemas.into_iter().map(|(name, children)| Node {
        text: commented(name.to_owned(), comments.remove(name).flatten()),
        children,
    }));
    nodes
}

/// What each view reads.
fn reads(database: &Database) -> HashMap<(&str, &str), Vec<&Relation>> {
    let mut reads: HashMap<(&str, &str), Vec<&Relation>> = HashMap::new();
    for relation in &database.relations {
        if relation.kind == RelationKind::ViewDependency {
            let from = &relation.from;
            let name = (from.table_schema.as_str(), from.table_name.as_str());
            reads.entry(name).or_default().push(relation);
        }
    }
    reads
}

fn of_table(table: &Table, reads: &[&Relation], database: &str) -> Node {
    let mut facts = vec![words::kind(&table.table_type, &table.details)];
    if let Some(rows) = table.row_count {
        let exact = table.row_count_source == Some("exact");
        let about = if exact { "" } else { "~" };
        facts.push(format!("{about}{} rows", count(rows)));
    }
    let sizes = [table.data_size_bytes, table.index_size_bytes];
    if sizes.iter().any(Option::is_some) {
        let sum = sizes
            .iter()
            .flatten()
            .fold(0i64, |a, b| a.saturating_add(*b));
        facts.push(bytes(sum));
    }
    let text = format!("{}  {}", table.table_name, facts.join(", "));
    let mut lines = Vec::new();
    if let Some(error) = &table.scan_error {
        lines.push(format!("could not be read: {error}"));
    }
    lines.extend(of_fields(&table.fields));
    let details = &table.details;
    for key in words::keys(details) {
        let kind = words::key_kind(key.kind);
        let text = format!("{kind} {} {}", key.name, words::key(key));
        lines.push(commented(text, key.comment.as_ref()));
    }
    for check in &details.checks {
        let text = format!("check {} {}", check.name, words::check(check));
        lines.push(commented(text, check.comment.as_ref()));
    }
    for index in &details.indexes {
        if !words::is_told_by_key(index, details) {
            let unique = if index.unique { "unique " } else { "" };
            let text = format!("{unique}index {} {}", index.name, words::index(index));
            lines.push(commented(text, index.comment.as_ref()));
        }
    }
    for trigger in &details.triggers {
        let text = format!("trigger {} {}", trigger.name, words::trigger(trigger));
        lines.push(commented(text, trigger.comment.as_ref()));
    }
    let parts = details.partitioning.iter().flat_map(|it| &it.parts);
    for part in parts {
        let text = format!("part {}", words::partition(part));
        lines.push(commented(text, part.comment.as_ref()));
    }
    let reads = reads.iter();
    lines.extend(reads.map(|it| format!("reads {}", it.to.beside(database))));
    Node {
        text: commented(text, table.table_comment.as_ref()),
        children: lines.into_iter().map(Node::leaf).collect(),
    }
}

/// A line for each field, in columns: name, type, not null, key, the rest.
fn of_fields(fields: &[Field]) -> Vec<String> {
    let rows = fields.iter().map(|field| {
        let null = if field.is_nullable { "" } else { "not null" };
        [
            plain(&field.field_name).into_owned(),
            plain(&field.column_type).into_owned(),
            null.to_owned(),
            field.column_key.unwrap_or_default().to_owned(),
            words::value(field.value()),
        ]
    });
    let rows: Vec<[String; 5]> = rows.collect();
    let mut widths = [0; 4];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width()).min(WIDEST);
        }
    }
    let line = |row: &[String; 5]| {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(widths) {
            line.push_str(cell);
            if width > 0 {
                line.push_str(&" ".repeat(width.saturating_sub(cell.width()) + 2));
            }
        }
        line.push_str(&row[4]);
        line.trim_end().to_owned()
    };
    let lines = rows.iter().zip(fields);
    lines
        .map(|(row, field)| commented(line(row), field.field_comment.as_ref()))
        .collect()
}

fn of_object(object: &Object) -> String {
    let kind = object.object_kind.to_lowercase();
    let text = format!("{kind} {} {}", object.object_name, object.particulars());
    commented(text.trim_end().to_owned(), object.object_comment.as_ref())
}

#[cfg(test)]
mod tests {
    use crate::args::AnyFormat;
    use crate::scan::sample;

    #[test]
    fn everything_has_its_place() {
        insta::assert_snapshot!(sample::printed(AnyFormat::Table));
    }
}
