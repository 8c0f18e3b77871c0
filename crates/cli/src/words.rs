//! What a catalog says, in short phrases that are near to SQL. Names and texts stand as they are: who
//! prints a phrase makes it harmless.

use models::database_object::ObjectDetails;
use models::details::{
    Check, Index, IndexColumn, Key, KeyKind, Partition, Partitioning, Reference, TableDetails,
    Trigger,
};

/// A name with what it lies in, if it lies in anything: `schema.name`.
pub(crate) fn full_name(schema: &str, name: &str) -> String {
    if schema.is_empty() {
        name.to_owned()
    } else {
        format!("{schema}.{name}")
    }
}

/// table, materialized view, ...; a partition's bound with it.
pub(crate) fn kind(table_type: &str, details: &TableDetails) -> String {
    let mut text = table_type.to_lowercase().replace('_', " ");
    let facts = &details.facts;
    if let Some(partitioning) = &details.partitioning {
        text = format!("{text} by {}", partitioning_key(partitioning));
    }
    if !facts.parents.is_empty() {
        let parents = facts.parents.iter();
        let parents: Vec<_> = parents
            .map(|parent| full_name(&parent.table_schema, &parent.table_name))
            .collect();
        let verb = match facts.partition_bound {
            Some(_) => "of",
            None => "inherits",
        };
        text = format!("{text} {verb} {}", parents.join(", "));
    }
    if let Some(bound) = &facts.partition_bound {
        text = format!("{text} {bound}");
    }
    match facts.persistence.as_deref() {
        None | Some("permanent") => text,
        Some(other) => format!("{other} {text}"),
    }
}

/// `RANGE (expression)`, with the parts' own parts.
fn partitioning_key(partitioning: &Partitioning) -> String {
    let key = |method: &str, expression: &str| {
        if expression.is_empty() {
            method.to_owned()
        } else {
            format!("{method} ({expression})")
        }
    };
    let text = key(&partitioning.method, &partitioning.expression);
    match &partitioning.sub_method {
        None => text,
        Some(method) => {
            let expression = partitioning.sub_expression.as_deref().unwrap_or_default();
            format!("{text}, then {}", key(method, expression))
        }
    }
}

/// What is said of a field besides its name, type and keys.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Value<'a> {
    pub(crate) generation_expression: Option<&'a str>,
    pub(crate) generation_kind: Option<&'a str>,
    pub(crate) identity: Option<&'a str>,
    pub(crate) column_default: Option<&'a str>,
    pub(crate) extra: Option<&'a str>,
    pub(crate) is_invisible: bool,
}

/// Where a field's value comes from when it is not given, and what else is particular to it.
pub(crate) fn value(field: Value<'_>) -> String {
    let mut parts = Vec::new();
    if let Some(expression) = field.generation_expression {
        let kind = field.generation_kind.unwrap_or_default();
        parts.push(
            format!("generated ({expression}) {kind}")
                .trim_end()
                .to_owned(),
        );
    } else if let Some(identity) = field.identity {
        parts.push(format!("identity {identity}"));
    } else {
        if let Some(default) = field.column_default {
            parts.push(format!("default {default}"));
        }
        parts.extend(field.extra.map(str::to_owned));
    }
    if field.is_invisible {
        parts.push("invisible".to_owned());
    }
    parts.join(", ")
}

/// `(a, b) -> target (x, y) on delete cascade`, without the name; the definition where the columns
/// do not tell all.
pub(crate) fn key(key: &Key) -> String {
    let mut text = match &key.definition {
        Some(definition) => definition.clone(),
        None => format!("({})", key.columns.join(", ")),
    };
    if let Some(target) = &key.references {
        text = format!("{text} -> {}", reference(target));
    }
    for (holds, word) in [
        (key.deferrable && !key.initially_deferred, "deferrable"),
        (key.initially_deferred, "initially deferred"),
        (!key.validated, "not valid"),
        (!key.enforced, "not enforced"),
    ] {
        if holds {
            text = format!("{text} {word}");
        }
    }
    text
}

/// The keys of a table in the order of people: primary, unique, foreign, exclusion; then by name.
pub(crate) fn keys(details: &TableDetails) -> Vec<&Key> {
    let mut keys: Vec<&Key> = details.keys.iter().collect();
    keys.sort_by_key(|key| key.kind as u8);
    keys
}

/// The word for the kind of a key.
pub(crate) fn key_kind(kind: KeyKind) -> &'static str {
    match kind {
        KeyKind::Primary => "primary key",
        KeyKind::Unique => "unique",
        KeyKind::Foreign => "foreign key",
        KeyKind::Exclusion => "exclusion",
    }
}

fn reference(target: &Reference) -> String {
    let name = full_name(&target.table_schema, &target.table_name);
    let name = full_name(target.database_name.as_deref().unwrap_or_default(), &name);
    let mut text = format!("{name} ({})", target.columns.join(", "));
    for (event, action) in [("delete", &target.on_delete), ("update", &target.on_update)] {
        // What happens where nothing is said; MariaDB and MySQL mean the same by both.
        if !matches!(action.as_str(), "NO ACTION" | "RESTRICT") {
            text = format!("{text} on {event} {}", action.to_lowercase());
        }
    }
    text
}

/// `(condition)`, and where it does not hold.
pub(crate) fn check(check: &Check) -> String {
    let mut text = format!("({})", check.expression);
    for (holds, word) in [
        (check.no_inherit, "no inherit"),
        (!check.validated, "not valid"),
        (!check.enforced, "not enforced"),
    ] {
        if holds {
            text = format!("{text} {word}");
        }
    }
    text
}

/// `(a desc, lower(b)) where ...`, without the name.
pub(crate) fn index(index: &Index) -> String {
    let columns: Vec<_> = index.columns.iter().map(index_column).collect();
    let mut text = format!("({})", columns.join(", "));
    if !index.included.is_empty() {
        text = format!("{text} include ({})", index.included.join(", "));
    }
    if !index.method.eq_ignore_ascii_case("btree") {
        text = format!("{} {text}", index.method.to_lowercase());
    }
    if let Some(predicate) = &index.predicate {
        text = format!("{text} where {predicate}");
    }
    for (holds, word) in [
        (index.nulls_not_distinct, "nulls not distinct"),
        (!index.valid, "invalid"),
        (!index.visible, "invisible"),
    ] {
        if holds {
            text = format!("{text} {word}");
        }
    }
    text
}

fn index_column(column: &IndexColumn) -> String {
    let mut text = match (&column.name, &column.expression) {
        (Some(name), _) => name.clone(),
        (None, Some(expression)) => expression.clone(),
        (None, None) => "?".to_owned(),
    };
    if let Some(length) = column.prefix_length {
        text = format!("{text}({length})");
    }
    text.extend(column.operator_class.iter().flat_map(|class| [" ", class]));
    if column.descending {
        text.push_str(" desc");
    }
    text
}

/// `before insert or update for each row`, without the name.
pub(crate) fn trigger(trigger: &Trigger) -> String {
    let mut text = format!("{} {}", trigger.timing, trigger.events.join(" or ")).to_lowercase();
    if !trigger.columns.is_empty() {
        text = format!("{text} of {}", trigger.columns.join(", "));
    }
    text = format!("{text} for each {}", trigger.level.to_lowercase());
    if let Some(condition) = &trigger.condition {
        text = format!("{text} when {condition}");
    }
    text
}

/// `name bound`, with the name of the part's own part.
pub(crate) fn partition(part: &Partition) -> String {
    let names = [
        Some(&part.name),
        part.sub_name.as_ref(),
        part.bound.as_ref(),
    ];
    let names: Vec<&str> = names.into_iter().flatten().map(String::as_str).collect();
    names.join(" ")
}

/// A table with the columns where they are known.
pub(crate) fn columns_of(table: String, columns: &[String]) -> String {
    if columns.is_empty() {
        table
    } else {
        format!("{table} ({})", columns.join(", "))
    }
}

/// What is particular to an object, such as `(integer, text) returns boolean`.
pub(crate) fn object(kind: &str, signature: &str, details: &ObjectDetails) -> String {
    let mut parts = Vec::new();
    if let Some(routine) = &details.routine {
        let arguments = routine.arguments.as_deref().unwrap_or(signature);
        if kind != "EVENT" {
            parts.push(format!("({arguments})"));
        }
        parts.extend(routine.returns.iter().map(|it| format!("returns {it}")));
        parts.extend(routine.language.iter().map(|it| format!("language {it}")));
        parts.extend(routine.schedule.clone());
    }
    if let Some(sequence) = &details.sequence {
        parts.extend(sequence.data_type.clone());
        if let Some(field) = &sequence.owned_by {
            let table = full_name(&field.table_schema, &field.table_name);
            parts.push(format!("of {table}.{}", field.field_name));
        }
    }
    if let Some(data_type) = &details.data_type {
        parts.push(data_type.category.clone());
        if !data_type.labels.is_empty() {
            parts.push(format!("({})", data_type.labels.join(", ")));
        }
        let attributes = data_type.attributes.iter();
        let attributes: Vec<_> = attributes
            .map(|attribute| format!("{} {}", attribute.name, attribute.column_type))
            .collect();
        if !attributes.is_empty() {
            parts.push(format!("({})", attributes.join(", ")));
        }
        parts.extend(data_type.base_type.iter().map(|it| format!("of {it}")));
    }
    parts.extend(details.version.iter().map(|it| format!("version {it}")));
    parts.join(" ")
}

/// Whether an index is told by a key of the same name already.
pub(crate) fn is_told_by_key(index: &Index, details: &TableDetails) -> bool {
    let mut keys = details.keys.iter();
    keys.any(|key| key.name == index.name && key.kind != KeyKind::Foreign)
}
