//! A table as a page for people.

use models::details::TableDetails;
use models::field::Field;
use models::relation::{Relation, RelationKind};
use models::table::{Table, TableDetail};

use super::rows;
use crate::client::field::field_table;
use crate::output::{self, Facts, bytes, plain, time};
use crate::words::{self, full_name};

/// All that is known of a table.
pub(super) struct Known<'a> {
    pub(super) source: &'a str,
    pub(super) database: &'a str,
    pub(super) table: &'a TableDetail,
    pub(super) fields: &'a [Field],
    pub(super) referenced_by: &'a [Relation],
}

/// Data and indexes in bytes, as far as they are known.
pub(super) fn size(table: &Table) -> Option<i64> {
    let sizes = [table.data_size_bytes, table.index_size_bytes];
    let known = sizes.into_iter().flatten();
    known.reduce(i64::saturating_add)
}

/// The page: what it is, fields, and then whatever there is of each kind.
pub(super) fn page(known: &Known<'_>) -> String {
    let TableDetail { table, details, .. } = known.table;
    let name = full_name(&table.table_schema, &table.table_name);
    let kind = words::kind(&table.table_type, details);
    let mut text = format!("{}  {}\n", plain(&name), plain(&kind));
    text.push_str(&facts(known).render());
    if !known.fields.is_empty() {
        text.push_str("\nFields\n");
        text.push_str(&indented(&field_table(known.fields).render()));
    }
    let parts = details.partitioning.iter().flat_map(|it| &it.parts);
    let parts = parts.map(|part| {
        let what = part.sub_name.iter().chain(&part.bound);
        let what = what.map(String::as_str).collect::<Vec<_>>().join(" ");
        [part.name.clone(), what, comment(part.comment.as_ref())]
    });
    for (title, rows) in [
        ("Keys", keys(details)),
        ("Checks", checks(details)),
        ("Indexes", indexes(details)),
        ("Triggers", triggers(details)),
        ("Partitions", parts.collect()),
        ("Referenced by", references(known)),
    ] {
        text.push_str(&section(title, &rows));
    }
    if let Some(definition) = &known.table.view_definition {
        text.push_str("\nDefinition\n");
        for line in definition.lines() {
            text.push_str(&indented(&format!("{}\n", plain(line))));
        }
    }
    text
}

fn facts(known: &Known<'_>) -> Facts {
    let TableDetail { table, details, .. } = known.table;
    let mut facts = Facts::default();
    facts.add("comment", table.table_comment.clone());
    facts.add("in", format!("{}, {}", known.source, known.database));
    facts.add("id", table.id.to_string());
    facts.add("rows", row_fact(table));
    facts.add("size", size_fact(table));
    facts.add("engine", table.engine.clone());
    facts.add("collation", details.facts.collation.clone());
    facts.add("owner", details.facts.owner.clone());
    facts.add("next id", table.auto_increment.map(output::count));
    facts.add("parts", parts_elsewhere(known));
    let secured = details.facts.row_security.unwrap_or_default();
    facts.add("row security", secured.then(|| "on".to_owned()));
    facts.add("options", details.facts.options.join(", "));
    facts.add("read", table.last_scan_at.as_ref().map(|at| time(Some(at))));
    facts.add("error", table.scan_error.clone());
    facts.add("gone", table.removed_at.as_ref().map(|at| time(Some(at))));
    facts
}

/// Where the parts are that are tables of their own, as on `PostgreSQL`.
fn parts_elsewhere(known: &Known<'_>) -> Option<String> {
    let partitioning = known.table.details.partitioning.as_ref()?;
    let (source, database) = (known.source, known.database);
    let list =
        format!("tables of their own: plumb table list {source} {database} --type PARTITION");
    partitioning.parts.is_empty().then_some(list)
}

/// `~12,000, an estimate of 2026-01-02 12:00:05 UTC`
fn row_fact(table: &Table) -> Option<String> {
    let rows = rows(table)?;
    let source = match table.row_count_source.as_deref() {
        Some("estimate") => "an estimate",
        Some("exact") => "counted",
        Some("cached") => "the server's own note",
        _ => "of unknown origin",
    };
    let at = table.row_count_at.as_ref();
    let at = at.map(|at| format!(" of {}", time(Some(at))));
    Some(format!("{rows}, {source}{}", at.unwrap_or_default()))
}

/// `1.5 MiB data (0.5 MiB of it TOAST), 48 KiB indexes`
fn size_fact(table: &Table) -> Option<String> {
    let toast = table.toast_size_bytes.filter(|size| *size > 0);
    let toast = toast.map(|size| format!(" ({} of it TOAST)", bytes(size)));
    let data = table.data_size_bytes;
    let data = data.map(|size| format!("{} data{}", bytes(size), toast.unwrap_or_default()));
    let indexes = table.index_size_bytes;
    let indexes = indexes.map(|size| format!("{} indexes", bytes(size)));
    let sizes: Vec<String> = data.into_iter().chain(indexes).collect();
    (!sizes.is_empty()).then(|| sizes.join(", "))
}

/// A name, what it is, and a comment.
type Row = [String; 3];

fn comment(comment: Option<&String>) -> String {
    comment.cloned().unwrap_or_default()
}

fn keys(details: &TableDetails) -> Vec<Row> {
    let keys = words::keys(details).into_iter().map(|key| {
        let what = format!("{} {}", words::key_kind(key.kind), words::key(key));
        [key.name.clone(), what, comment(key.comment.as_ref())]
    });
    keys.collect()
}

fn checks(details: &TableDetails) -> Vec<Row> {
    let checks = details.checks.iter().map(|check| {
        let what = words::check(check);
        [check.name.clone(), what, comment(check.comment.as_ref())]
    });
    checks.collect()
}

fn indexes(details: &TableDetails) -> Vec<Row> {
    let indexes = details.indexes.iter().map(|index| {
        let unique = if index.unique { "unique " } else { "" };
        let what = format!("{unique}{}", words::index(index));
        [index.name.clone(), what, comment(index.comment.as_ref())]
    });
    indexes.collect()
}

fn triggers(details: &TableDetails) -> Vec<Row> {
    let triggers = details.triggers.iter().map(|trigger| {
        let mut what = words::trigger(trigger);
        if let Some(statement) = &trigger.statement {
            what = format!("{what}: {statement}");
        }
        [
            trigger.name.clone(),
            what,
            comment(trigger.comment.as_ref()),
        ]
    });
    triggers.collect()
}

fn references(known: &Known<'_>) -> Vec<Row> {
    let rows = known.referenced_by.iter().map(|relation| {
        let (from, to) = (&relation.from, &relation.to);
        let mut name = full_name(&from.table_schema, &from.table_name);
        if from.database_name != known.database {
            name = full_name(&from.database_name, &name);
        }
        let what = match relation.kind {
            RelationKind::ForeignKey => {
                let name = relation.name.as_deref().unwrap_or_default();
                let (own, ours) = (from.fields.join(", "), to.fields.join(", "));
                format!("foreign key {name} ({own}) -> ({ours})")
            }
            RelationKind::ViewDependency => words::columns_of("reads it".to_owned(), &to.fields),
        };
        [name, what, String::new()]
    });
    rows.collect()
}

fn section(title: &str, rows: &[Row]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let mut table = output::Table::bare();
    for row in rows {
        table.row(&row.each_ref().map(String::as_str));
    }
    format!("\n{title}\n{}", indented(&table.render()))
}

fn indented(lines: &str) -> String {
    let lines = lines.lines().flat_map(|line| ["  ", line, "\n"]);
    lines.collect()
}
