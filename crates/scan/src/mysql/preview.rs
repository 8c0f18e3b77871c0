//! Some rows of a table.
//!
//! Values are printed by the server: numbers, times and labels by CAST, `BIT` as its digits, geometry
//! as `SRID=n;` and its well-known text, vectors as their numbers, bytes in hexadecimal. A `TIMESTAMP` is
//! shown in UTC.

use sqlx::AssertSqlSafe;

use super::connect;
use super::server::Flavor;
use super::session::{Query, Session};
use crate::condition::{Dialect, Literal, print};
use crate::preview::{self, Form, ROWS, Shown};
use crate::{
    Column, Preview, PreviewError, PreviewRequest, Refusal, ScanError, Stop, Target, quote,
};

const BEGIN: &str = "START TRANSACTION READ ONLY /* plumbline preview */";

/// Reads the rows that a request asks for.
pub(super) async fn read(
    target: &Target,
    database: &str,
    request: &PreviewRequest,
) -> Result<Preview, PreviewError> {
    let reading = async {
        let target = preview::hasty(target, request.caps);
        let (mut session, server) = connect::open(&target).await?;
        let shown = show(&mut session, server.flavor, database, request).await;
        // Ends the transaction too. Rows that are not wanted any more are not waited for.
        session.close().await;
        shown
    };
    preview::in_time(request.caps, reading).await
}

async fn show(
    session: &mut Session,
    flavor: Flavor,
    database: &str,
    request: &PreviewRequest,
) -> Result<Preview, PreviewError> {
    let zone = "/* plumbline preview settings */ SET time_zone = '+00:00'";
    session.execute(ROWS, sqlx::query(zone)).await?;
    session.begin_read_only(BEGIN).await?;
    let statement = Statement::new(flavor, database, request)?;
    let query = statement
        .values
        .into_iter()
        .fold(sqlx::query(AssertSqlSafe(statement.sql)), |query, value| {
            value.bind(query)
        });
    let mut shown = Shown::new(statement.forms, request.caps);
    let mut rows = session.rows(ROWS, query)?;
    while let Some(row) = rows.next().await.map_err(|error| failure(error, request))? {
        let values = (0..request.columns.len())
            .map(|place| Ok((row.raw(2 * place)?, row.number(2 * place + 1)?)))
            .collect::<Result<Vec<_>, ScanError>>()?;
        // Behind the last row that there is room for comes one more at most: it is cheaper to read it
        // than to have the server stop.
        if !shown.take(values.into_iter()) && shown.stop() == Some(Stop::Bytes) {
            break;
        }
    }
    Ok(shown.into_preview())
}

/// What a failure of the statement itself means. The server's words stay out of it.
fn failure(error: ScanError, request: &PreviewRequest) -> PreviewError {
    let ScanError::Statement { cause, .. } = &error else {
        return PreviewError::Scan(preview::without_words(error));
    };
    let code = preview::code(cause);
    let number = code.strip_prefix("error ").unwrap_or_default();
    let name = &request.table.table_name;
    match number {
        "1146" | "1049" => PreviewError::Gone(format!("the server has no table {name} any more")),
        "1054" => PreviewError::Gone(format!(
            "the table {name} has not all of its columns any more"
        )),
        // Of one collation with another, wrong values of a type, types that do not compare.
        "1267" | "1270" | "1271" | "1292" | "1366" | "1411" | "1525" | "1690" | "1977" | "3140"
        | "3141" | "3854" | "3988" | "4078" | "4079"
            if request.condition.is_some() =>
        {
            PreviewError::Refused(format!(
                "a value is none of the type or character set of the column that it is compared with ({code})"
            ))
        }
        _ => PreviewError::Scan(preview::without_words(error)),
    }
}

/// The one statement on the table.
struct Statement {
    sql: String,
    values: Vec<Value>,
    forms: Vec<Form>,
}

impl Statement {
    fn new(flavor: Flavor, database: &str, request: &PreviewRequest) -> Result<Self, PreviewError> {
        let cell = request.caps.cell(request.columns.len());
        let (list, forms): (Vec<_>, Vec<_>) = request
            .columns
            .iter()
            .map(|column| text(column, flavor, cell))
            .unzip();
        let mut printer = Printer::default();
        let condition = match &request.condition {
            Some(condition) => format!(" WHERE {}", print(condition, &mut printer)?),
            None => String::new(),
        };
        let sql = format!(
            "/* plumbline preview */ SELECT {} FROM {}.{}{condition} LIMIT {}",
            list.join(", "),
            quote::mysql(database),
            quote::mysql(&request.table.table_name),
            u64::from(request.caps.rows) + 1,
        );
        Ok(Self {
            sql,
            values: printer.values,
            forms,
        })
    }
}

/// A column as text of at most so many bytes and a little more, and the length of the whole value.
fn text(column: &Column, flavor: Flavor, cell: usize) -> (String, Form) {
    let name = quote::mysql(&column.name);
    let most = cell + 1;
    let cut = |text: String| format!("LEFT({text}, {most}), NULL");
    match column.data_type.as_str() {
        "binary" => {
            let most = cell / 2 + 1;
            let text = format!("LOWER(HEX(LEFT({name}, {most}))), CAST(LENGTH({name}) AS SIGNED)");
            (text, Form::Bytes)
        }
        "text" => (
            format!("LEFT({name}, {most}), CAST(LENGTH({name}) AS SIGNED)"),
            Form::Text,
        ),
        "integer" | "boolean" => (format!("CAST({name} AS CHAR), NULL"), Form::Integer),
        "bit" => {
            let digits = width(&column.column_type);
            let text = format!("LPAD(BIN({name} + 0), {digits}, '0'), NULL");
            (text, Form::Text)
        }
        "spatial" => {
            let text = format!("CONCAT('SRID=', ST_SRID({name}), ';', ST_AsText({name}))");
            (cut(text), Form::Text)
        }
        _ if column.column_type.starts_with("vector") => {
            let function = match flavor {
                Flavor::MySql => "VECTOR_TO_STRING",
                Flavor::MariaDb => "VEC_ToText",
            };
            (cut(format!("{function}({name})")), Form::Text)
        }
        _ => (cut(format!("CAST({name} AS CHAR)")), Form::Text),
    }
}

/// The number in the brackets of a type such as `bit(12)`.
fn width(column_type: &str) -> u8 {
    let number = column_type
        .split_once('(')
        .and_then(|(_, rest)| rest.split_once(')'))
        .and_then(|(number, _)| number.parse().ok());
    number.unwrap_or(1)
}

/// A value to be bound.
#[derive(Debug, Clone, PartialEq)]
enum Value {
    Text(String),
    Integer(i64),
    Unsigned(u64),
    Float(f64),
    Bytes(Vec<u8>),
}

impl Value {
    fn bind(self, query: Query<'_>) -> Query<'_> {
        match self {
            Self::Text(text) => query.bind(text),
            Self::Integer(number) => query.bind(number),
            Self::Unsigned(number) => query.bind(number),
            Self::Float(number) => query.bind(number),
            Self::Bytes(bytes) => query.bind(bytes),
        }
    }
}

/// Prints conditions. These servers compare a number with text as if both were inexact, and take text
/// that is no number for 0; so a value for a column of numbers is bound as the number that it is, or
/// refused, and one for any other column as text.
#[derive(Debug, Default)]
struct Printer {
    values: Vec<Value>,
}

impl Printer {
    fn bind(&mut self, value: Value) -> String {
        self.values.push(value);
        "?".to_owned()
    }

    fn number(&mut self, column: &Column, text: &str) -> Result<String, Refusal> {
        let refused = || refuse(column, "a number");
        if let Ok(number) = text.parse() {
            return Ok(self.bind(Value::Integer(number)));
        }
        if let Ok(number) = text.parse() {
            return Ok(self.bind(Value::Unsigned(number)));
        }
        let float: f64 = text.parse().map_err(|_| refused())?;
        // The parser also takes words such as `inf`.
        if !float.is_finite() || !text.contains(|character: char| character.is_ascii_digit()) {
            return Err(refused());
        }
        if column.data_type == "float" {
            return Ok(self.bind(Value::Float(float)));
        }
        self.values.push(Value::Text(text.to_owned()));
        Ok("CAST(? AS DECIMAL(65,30))".to_owned())
    }
}

impl Dialect for Printer {
    fn column(&mut self, column: &Column) -> Result<String, Refusal> {
        Ok(quote::mysql(&column.name))
    }

    fn value(&mut self, column: &Column, value: &Literal) -> Result<String, Refusal> {
        let is_number = matches!(
            column.data_type.as_str(),
            "integer" | "boolean" | "decimal" | "float"
        );
        let is_moment = matches!(column.data_type.as_str(), "date" | "time" | "timestamp");
        let value = match value {
            Literal::Text(text) | Literal::Number(text) if is_number => {
                return self.number(column, text.trim());
            }
            Literal::Text(digits) if column.data_type == "bit" => u64::from_str_radix(digits, 2)
                .map(Value::Unsigned)
                .map_err(|_| refuse(column, "digits 0 and 1"))?,
            Literal::Number(digits) if column.data_type == "bit" => digits
                .parse()
                .map(Value::Unsigned)
                .map_err(|_| refuse(column, "a whole number"))?,
            Literal::Text(text) if is_moment && !could_be_moment(text) => {
                return Err(refuse(
                    column,
                    "a date or time such as '2020-01-31 12:30:00'",
                ));
            }
            Literal::Text(text) | Literal::Number(text) => Value::Text(text.clone()),
            Literal::Boolean(truth) => Value::Integer(i64::from(*truth)),
            Literal::Bytes(bytes) => Value::Bytes(bytes.clone()),
        };
        Ok(self.bind(value))
    }

    fn pattern(&mut self, pattern: &str) -> String {
        self.bind(Value::Text(pattern.to_owned()))
    }
}

/// What is no date at all `MariaDB` takes for 0000-00-00, and `MySQL` for none, which it only tells of
/// where the value stands in the statement.
fn could_be_moment(text: &str) -> bool {
    let is_part = |character: char| {
        character.is_ascii_digit() || matches!(character, '-' | '+' | ':' | '.' | ' ' | 'T')
    };
    text.contains(|character: char| character.is_ascii_digit()) && text.chars().all(is_part)
}

fn refuse(column: &Column, wanted: &str) -> Refusal {
    let (name, of_type) = (&column.name, &column.column_type);
    Refusal {
        at: 1,
        what: format!("the column {name} is of type {of_type}: compare it with {wanted}"),
    }
}

#[cfg(test)]
#[path = "preview_tests.rs"]
mod tests;
