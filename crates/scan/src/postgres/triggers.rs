//! Triggers.
//!
//! Those that a partition has from its parent are listed with the partition, as the server does:
//! they fire there, and can be switched off there alone.

use models::details::Trigger;

use super::row::Row;
use crate::{Record, ScanError, TriggerRecord};

/// The statement; its parameters are those of [`super::resume::Source`].
pub(super) const STATEMENT: &str = concat!(
    "-- plumbline triggers\n",
    include_str!("sql/relation.sql"),
    include_str!("sql/exclusive.sql"),
    include_str!("sql/triggers.sql"),
);

/// The events of `tgtype` (`PostgreSQL` source, `catalog/pg_trigger.h`), in the order in which the
/// server prints them.
const EVENTS: [(i32, &str); 4] = [
    (1 << 2, "INSERT"),
    (1 << 3, "DELETE"),
    (1 << 4, "UPDATE"),
    (1 << 5, "TRUNCATE"),
];

/// The record of a row.
pub(super) fn record(row: &Row) -> Result<Record, ScanError> {
    let (schema, table, name) = (row.text()?, row.text()?, row.text()?);
    let kind = row.small()?;
    let columns = row.texts()?;
    let is_constraint = row.flag()?;
    let enabled = enabled(row.word()?).to_owned();
    let comment = row.optional()?;
    let function = row.text()?;
    let statement = format!(
        "EXECUTE FUNCTION {function}({})",
        arguments(row.zero_ended()?)
    );
    let printed = row.optional()?;
    let events = EVENTS.iter().filter(|(bit, _)| kind & bit != 0);
    let trigger = Trigger {
        name,
        timing: timing(kind).to_owned(),
        events: events.map(|&(_, word)| word.to_owned()).collect(),
        columns,
        level: if kind & 1 != 0 { "ROW" } else { "STATEMENT" }.to_owned(),
        condition: printed.as_deref().and_then(condition).map(str::to_owned),
        statement: Some(statement),
        enabled: Some(enabled),
        is_constraint,
        action_order: None,
        definer: None,
        comment,
    };
    Ok(Record::Trigger(TriggerRecord {
        schema,
        table,
        trigger,
    }))
}

/// The word for bits of `tgtype` (`PostgreSQL` source, `catalog/pg_trigger.h`).
fn timing(kind: i32) -> &'static str {
    if kind & (1 << 1) != 0 {
        "BEFORE"
    } else if kind & (1 << 6) != 0 {
        "INSTEAD OF"
    } else {
        "AFTER"
    }
}

/// The word for `tgenabled`; an unknown code stays as it is.
fn enabled(code: &str) -> &str {
    match code {
        "O" => "ORIGIN",
        "A" => "ALWAYS",
        "R" => "REPLICA",
        "D" => "DISABLED",
        other => other,
    }
}

/// Arguments as the server prints them: each a string.
fn arguments(arguments: Vec<String>) -> String {
    let quoted = arguments
        .into_iter()
        .map(|argument| format!("'{}'", argument.replace('\'', "''")));
    quoted.collect::<Vec<_>>().join(", ")
}

/// The condition of WHEN in what `pg_get_triggerdef` prints: the only function that prints it.
fn condition(definition: &str) -> Option<&str> {
    // What comes before has names, which may contain anything between their quotes, and no strings.
    let mut rest = definition;
    loop {
        let quote = rest.find('"').unwrap_or(rest.len());
        if let Some((_, condition)) = rest[..quote]
            .find(" WHEN (")
            .map(|place| rest.split_at(place + " WHEN (".len()))
        {
            let end = end_of_parentheses(condition)?;
            return Some(&condition[..end]);
        }
        let (_, after) = rest.get(quote + 1..)?.split_once('"')?;
        rest = after;
    }
}

/// Where in an expression of the server the parenthesis is closed that was opened just before it;
/// None when it is not closed. Parentheses in strings and quoted names are data.
fn end_of_parentheses(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut quote = None;
    for (place, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            // A doubled quote ends the text and begins it anew.
            (Some(open), _) => quote = quote.filter(|_| open != byte),
            (None, b'\'' | b'"') => quote = Some(byte),
            (None, b'(') => depth += 1,
            (None, b')') if depth == 0 => return Some(place),
            (None, b')') => depth -= 1,
            (None, _) => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_become_the_words_of_sql() {
        assert_eq!(
            [3, 5, 65, 2].map(timing),
            ["BEFORE", "AFTER", "INSTEAD OF", "BEFORE"]
        );
        assert_eq!(
            ["O", "A", "R", "D", "?"].map(enabled),
            ["ORIGIN", "ALWAYS", "REPLICA", "DISABLED", "?"]
        );
        assert_eq!(
            arguments(vec!["it's".to_owned(), String::new()]),
            "'it''s', ''"
        );
    }

    #[test]
    fn a_condition_is_cut_out_of_names_and_strings() {
        assert_eq!(
            condition(
                "CREATE TRIGGER t BEFORE UPDATE ON public.t FOR EACH ROW WHEN ((old.a <> new.a)) \
                 EXECUTE FUNCTION f()"
            ),
            Some("(old.a <> new.a)")
        );
        assert_eq!(
            condition(
                "CREATE TRIGGER \"x\"\" WHEN (\" BEFORE UPDATE ON \"s p\".\"t)\" FOR EACH ROW \
                 WHEN ((new.\"a)\" = ') EXECUTE FUNCTION ('::text)) EXECUTE FUNCTION f(') x')"
            ),
            Some("(new.\"a)\" = ') EXECUTE FUNCTION ('::text)")
        );
        assert_eq!(
            condition("CREATE TRIGGER t BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f()"),
            None
        );
    }
}
