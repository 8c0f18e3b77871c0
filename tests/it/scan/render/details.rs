//! Keys, checks, indexes, triggers, partitions.

use std::fmt::Write as _;

use models::details::{Check, Index, IndexColumn, Key, Trigger};
use scan::PartitionRecord;

use super::{given, name, words};

pub(super) fn key_line(key: &Key) -> String {
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
        if !to.on_delete_columns.is_empty() {
            let _ = write!(text, " only {:?}", to.on_delete_columns);
        }
    }
    words(
        &mut text,
        &[
            (key.deferrable, "deferrable"),
            (key.initially_deferred, "initially_deferred"),
            (!key.validated, "not_valid"),
            (!key.enforced, "not_enforced"),
        ],
    );
    given(&mut text, "definition", key.definition.as_ref());
    given(&mut text, "comment", key.comment.as_ref());
    text
}

pub(super) fn check_line(check: &Check) -> String {
    let mut text = format!("check {:?} {}", check.name, check.expression);
    given(&mut text, "column", check.column.as_ref());
    words(
        &mut text,
        &[
            (!check.enforced, "not_enforced"),
            (!check.validated, "not_valid"),
            (check.no_inherit, "no_inherit"),
        ],
    );
    given(&mut text, "comment", check.comment.as_ref());
    text
}

pub(super) fn index_line(index: &Index) -> String {
    let mut text = format!("index {:?} {}", index.name, index.method);
    words(
        &mut text,
        &[
            (index.unique, "unique"),
            (index.primary, "primary"),
            (!index.valid, "invalid"),
            (!index.visible, "invisible"),
            (index.nulls_not_distinct, "nulls_not_distinct"),
        ],
    );
    for column in &index.columns {
        text.push(' ');
        text.push_str(&index_column(column));
    }
    if !index.included.is_empty() {
        let _ = write!(text, " include {:?}", index.included);
    }
    given(&mut text, "where", index.predicate.as_ref());
    given(&mut text, "definition", index.definition.as_ref());
    given(&mut text, "comment", index.comment.as_ref());
    text
}

fn index_column(column: &IndexColumn) -> String {
    let mut text = column.name.as_ref().map_or_else(
        || format!("({})", column.expression.as_deref().unwrap_or("nothing")),
        |name| format!("{name:?}"),
    );
    if let Some(length) = column.prefix_length {
        let _ = write!(text, "({length})");
    }
    for (what, word) in [
        (&column.collation, "collate"),
        (&column.operator_class, "class"),
    ] {
        if let Some(what) = what {
            let _ = write!(text, " {word} {what}");
        }
    }
    words(&mut text, &[(column.descending, "desc")]);
    // Told where it is not what the order brings with it.
    if column
        .nulls_first
        .is_some_and(|first| first != column.descending)
    {
        text.push_str(if column.descending {
            " nulls last"
        } else {
            " nulls first"
        });
    }
    text
}

pub(super) fn trigger_line(trigger: &Trigger) -> String {
    let mut text = format!(
        "trigger {:?} {} {} {}",
        trigger.name,
        trigger.timing,
        trigger.events.join(" or "),
        trigger.level
    );
    if !trigger.columns.is_empty() {
        let _ = write!(text, " of {:?}", trigger.columns);
    }
    words(&mut text, &[(trigger.is_constraint, "constraint")]);
    given(&mut text, "when", trigger.condition.as_ref());
    given(&mut text, "runs", trigger.statement.as_ref());
    given(&mut text, "enabled", trigger.enabled.as_ref());
    given(&mut text, "order", trigger.action_order);
    given(&mut text, "definer", trigger.definer.as_ref());
    given(&mut text, "comment", trigger.comment.as_ref());
    text
}

pub(super) fn partition_line(part: &PartitionRecord) -> String {
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
