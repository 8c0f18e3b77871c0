//! What `MySQL` and `MariaDB` are asked.

use super::Selected;
use crate::delta::Column;
use crate::delta::bound::Bound;
use crate::delta::domain::{Domain, Form};

pub(super) fn selected(column: &Column, name: &str, domain: Domain) -> Selected {
    let data_type = column.data_type.as_str();
    match domain {
        Domain::Integer => Selected::native(name, Form::Integer),
        Domain::Decimal => Selected::native(name, Form::Decimal),
        // The sum has no ZEROFILL.
        Domain::Text if data_type == "integer" => {
            Selected::made(utf8(&format!("{name} + 0")), Form::Bytes)
        }
        Domain::Text => Selected::made(utf8(name), Form::Bytes),
        Domain::Uuid if data_type == "binary" => Selected::native(name, Form::UuidBytes),
        // MariaDB sorts its own `uuid` by its groups of digits from the last to the first.
        Domain::Uuid => {
            let digits = format!("replace(lower(convert({name} using utf8mb4)), '-', '')");
            Selected::made(format!("cast({digits} as binary)"), Form::Uuid)
        }
        Domain::Binary => Selected::native(name, Form::Bytes),
        Domain::Moment => Selected::native(name, Form::Moment),
        Domain::Time => Selected::native(name, Form::Time),
    }
}

/// Text as its bytes in UTF-8, which compare without any collation.
fn utf8(text: &str) -> String {
    format!("cast(convert({text} using utf8mb4) as binary)")
}

/// A bound in the session's zone, which is UTC.
pub(super) fn literal(bound: &Bound) -> String {
    match bound {
        Bound::Number(digits) => digits.to_string(),
        Bound::Moment(_) => format!("timestamp'{bound}'"),
    }
}
