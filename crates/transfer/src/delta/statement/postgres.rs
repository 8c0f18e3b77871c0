//! What `PostgreSQL` is asked.

use super::Selected;
use crate::delta::Column;
use crate::delta::bound::Bound;
use crate::delta::domain::{Domain, Form};

/// Nobody's operator or function can stand for the server's own, times are printed the same everywhere, and a sort has
/// some memory before it goes to disk. Answers whether text is kept in such bytes that their order is that of UTF-8;
/// of a database in `SQL_ASCII` nobody knows, and its bytes are taken as they are.
pub(in crate::delta) const SETTINGS: &str = "/* plumbline settings */ select \
    case when current_setting('server_encoding') in ('UTF8', 'SQL_ASCII') then 1 else 0 end, \
    set_config('search_path', 'pg_catalog', false), set_config('datestyle', 'ISO, YMD', false), \
    set_config('timezone', 'UTC', false), set_config('work_mem', '64MB', false)";

pub(super) fn selected(
    column: &Column,
    name: &str,
    domain: Domain,
    sorts_by_utf8: bool,
) -> Selected {
    let data_type = column.data_type.as_str();
    match domain {
        Domain::Integer => Selected::native(name, Form::Integer),
        Domain::Decimal => Selected::cast(name, format!("{name}::numeric"), Form::Decimal),
        // The cast takes the blanks off a `char(n)`, as MySQL does.
        Domain::Text if sorts_by_utf8 => {
            Selected::made(format!("{name}::text collate \"C\""), Form::Bytes)
        }
        Domain::Text => Selected::made(format!("convert_to({name}::text, 'UTF8')"), Form::Bytes),
        Domain::Uuid if data_type == "uuid" => Selected::native(name, Form::Uuid),
        Domain::Uuid if data_type == "binary" => {
            Selected::cast(name, format!("encode({name}, 'hex')"), Form::Uuid)
        }
        Domain::Uuid => {
            let digits = format!("replace(lower({name}::text collate \"C\"), '-', '')");
            Selected::made(digits, Form::Uuid)
        }
        Domain::Binary => Selected::native(name, Form::Bytes),
        Domain::Moment => Selected::native(name, Form::Moment),
        Domain::Time => Selected::native(name, Form::Time),
    }
}

/// A bound as a value of the column's own type, so that an index on it serves.
pub(super) fn literal(column: &Column, bound: &Bound) -> String {
    match bound {
        Bound::Number(digits) => digits.to_string(),
        Bound::Moment(_) if column.column_type.contains("with time zone") => {
            format!("timestamptz '{bound}+00'")
        }
        Bound::Moment(_) => format!("timestamp '{bound}'"),
    }
}
