//! Schemas, routines, sequences, extensions, types.

use std::fmt::Write as _;

use models::database_object::{DataType, ObjectDetails, Routine, Sequence};
use scan::ObjectRecord;

use super::details::check_line;
use super::{given, name, words};

pub(super) fn object_line(object: &ObjectRecord) -> String {
    let mut text = format!("{} {}", object.kind, name(&object.schema, &object.name));
    if !object.signature.is_empty() {
        let _ = write!(text, "({})", object.signature);
    }
    given(&mut text, "owner", object.owner.as_ref());
    let ObjectDetails {
        routine,
        sequence,
        data_type,
        version,
    } = &object.details;
    if let Some(routine) = routine {
        routine_words(&mut text, routine);
    }
    if let Some(sequence) = sequence {
        sequence_words(&mut text, sequence);
    }
    if let Some(data_type) = data_type {
        data_type_words(&mut text, data_type);
    }
    if version.is_some() {
        text.push_str(" has_version");
    }
    given(&mut text, "comment", object.comment.as_ref());
    given(&mut text, "source", object.definition.as_ref());
    text
}

fn routine_words(text: &mut String, routine: &Routine) {
    given(text, "language", routine.language.as_ref());
    given(text, "arguments", routine.arguments.as_ref());
    given(text, "returns", routine.returns.as_ref());
    given(text, "security", routine.security.as_ref());
    given(text, "definer", routine.definer.as_ref());
    given(text, "volatility", routine.volatility.as_ref());
    given(text, "deterministic", routine.deterministic);
    given(text, "data", routine.data_access.as_ref());
    given(text, "schedule", routine.schedule.as_ref());
}

fn sequence_words(text: &mut String, sequence: &Sequence) {
    given(text, "type", sequence.data_type.as_ref());
    given(text, "start", sequence.start);
    given(text, "increment", sequence.increment);
    given(text, "minimum", sequence.minimum);
    given(text, "maximum", sequence.maximum);
    given(text, "cache", sequence.cache);
    given(text, "cycle", sequence.cycle);
    if let Some(field) = &sequence.owned_by {
        let table = name(&field.table_schema, &field.table_name);
        let _ = write!(text, " owned_by={table}.{:?}", field.field_name);
    }
}

fn data_type_words(text: &mut String, data_type: &DataType) {
    let _ = write!(text, " {}", data_type.category);
    if !data_type.labels.is_empty() {
        given(text, "labels", Some(&data_type.labels));
    }
    for attribute in &data_type.attributes {
        let _ = write!(text, " {:?} {}", attribute.name, attribute.column_type);
    }
    given(text, "base", data_type.base_type.as_ref());
    given(text, "default", data_type.default.as_ref());
    words(text, &[(data_type.not_null, "not null")]);
    for check in &data_type.checks {
        text.push(' ');
        text.push_str(&check_line(check));
    }
}
