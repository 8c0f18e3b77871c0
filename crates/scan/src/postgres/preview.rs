//! Some rows of a table.
//!
//! `format('%s', ...)` prints a value by its type's own output function, whatever casts to text
//! somebody has made; a cast would also take the blanks off a `char(n)`.
//!
//! The session's `search_path` is `pg_catalog`, so that no operator or function of a user's can stand
//! for one of ours, in a condition neither. What rests on operators of an extension (`hstore`, `PostGIS`)
//! can therefore be shown and not compared; `citext` is compared as `text`.

use std::collections::HashMap;
use std::fmt::Write;

use sqlx::AssertSqlSafe;

use super::connect;
use super::session::Session;
use crate::condition::{Dialect, Literal, print};
use crate::preview::{self, Form, ROWS, Shown};
use crate::{
    Column, Preview, PreviewError, PreviewRequest, Refusal, ScanError, Stop, Target, quote,
};

const BEGIN: &str = "-- plumbline preview begins\nbegin transaction read only";

/// What a preview wants otherwise than a reading of the catalogs: the planner's own choice of joins,
/// and times that are printed the same everywhere.
const SETTINGS: &str = "-- plumbline preview settings\n\
    select set_config('enable_nestloop', 'on', true), set_config('enable_mergejoin', 'on', true),\n\
        set_config('work_mem', '4MB', true), set_config('timezone', 'UTC', true),\n\
        set_config('datestyle', 'ISO, YMD', true)";

const COLUMNS: &str = concat!(
    "-- plumbline preview columns\n",
    include_str!("sql/preview_columns.sql")
);

/// A type by its schema and name.
#[derive(Debug, Clone, PartialEq, Eq)]
struct ServerType {
    schema: String,
    name: String,
}

type Types = HashMap<String, ServerType>;

impl ServerType {
    fn built_in(name: &str) -> Self {
        Self {
            schema: "pg_catalog".to_owned(),
            name: name.to_owned(),
        }
    }

    fn is(&self, names: &[&str]) -> bool {
        self.schema == "pg_catalog" && names.contains(&self.name.as_str())
    }

    /// By name alone, so that it has no length: a cast to `varchar(3)` would cut what is compared.
    fn quoted(&self) -> String {
        let (schema, name) = (&self.schema, &self.name);
        format!("{}.{}", quote::postgres(schema), quote::postgres(name))
    }
}

/// Reads the rows that a request asks for.
pub(super) async fn read(
    target: &Target,
    database: &str,
    request: &PreviewRequest,
) -> Result<Preview, PreviewError> {
    let reading = async {
        let target = preview::hasty(target, request.caps);
        let mut session = connect::open_for_text(&target, database).await?;
        let shown = show(&mut session, request).await;
        // Ends the transaction too. Rows that are not wanted any more are not waited for.
        session.close().await;
        shown
    };
    preview::in_time(request.caps, reading).await
}

async fn show(session: &mut Session, request: &PreviewRequest) -> Result<Preview, PreviewError> {
    session.run(ROWS, sqlx::query(BEGIN)).await?;
    session.run(ROWS, sqlx::query(SETTINGS)).await?;
    let types = types(session, request).await?;
    let statement = Statement::new(request, &types)?;
    let mut query = sqlx::query(AssertSqlSafe(statement.sql));
    for value in statement.values {
        query = query.bind(value);
    }
    let failed = |error| failure(error, request);
    let mut shown = Shown::new(statement.forms, request.caps);
    let mut rows = session.rows(ROWS, query)?;
    while let Some(row) = rows.next().await.map_err(|error| failed(error.into()))? {
        let values = request
            .columns
            .iter()
            .map(|_| Ok((row.optional()?, row.number()?)))
            .collect::<Result<Vec<_>, ScanError>>()?;
        // Behind the last row that there is room for comes one more at most: it is cheaper to read it
        // than to have the server stop.
        if !shown.take(values.into_iter()) && shown.stop() == Some(Stop::Bytes) {
            break;
        }
    }
    Ok(shown.into_preview())
}

/// The types of the columns as they are now.
async fn types(session: &mut Session, request: &PreviewRequest) -> Result<Types, PreviewError> {
    let table = &request.table;
    let types = read_types(session, &table.table_schema, &table.table_name).await?;
    if types.is_empty() {
        let (schema, name) = (&table.table_schema, &table.table_name);
        return Err(PreviewError::Gone(format!(
            "the server has no table {schema}.{name} any more"
        )));
    }
    Ok(types)
}

async fn read_types(session: &mut Session, schema: &str, table: &str) -> Result<Types, ScanError> {
    let query = sqlx::query(COLUMNS).bind(schema).bind(table);
    let mut types = Types::new();
    let mut rows = session.rows("the columns of the table", query)?;
    while let Some(row) = rows.next().await.map_err(ScanError::from)? {
        let name = row.text()?;
        let (schema, of_type) = (row.text()?, row.text()?);
        types.insert(
            name,
            ServerType {
                schema,
                name: of_type,
            },
        );
    }
    Ok(types)
}

/// The same for what writes: each type as it stands in a cast.
pub(super) async fn types_of(
    session: &mut Session,
    schema: &str,
    table: &str,
) -> Result<Vec<(String, String)>, ScanError> {
    let types = read_types(session, schema, table).await?;
    let quoted = types
        .into_iter()
        .map(|(name, of_type)| (name, of_type.quoted()));
    Ok(quoted.collect())
}

/// What a failure of the statement itself means. The server's words stay out of it.
fn failure(error: ScanError, request: &PreviewRequest) -> PreviewError {
    let ScanError::Statement { cause, .. } = &error else {
        return PreviewError::Scan(preview::without_words(error));
    };
    let code = preview::code(cause);
    if request.condition.is_some() {
        // Error codes of the manual, appendix A.
        let refused = match code {
            "42883" | "42725" | "42804" | "42846" | "42P18" => {
                "a column has a type that the server cannot compare in this way"
            }
            "22P02" | "22003" | "22007" | "22008" | "22023" | "22025" | "22018" | "22P03" => {
                "a value is none of the type of the column that it is compared with"
            }
            _ => return PreviewError::Scan(preview::without_words(error)),
        };
        return PreviewError::Refused(format!("{refused} (SQLSTATE {code})"));
    }
    PreviewError::Scan(preview::without_words(error))
}

/// The one statement on the table.
struct Statement {
    sql: String,
    values: Vec<String>,
    forms: Vec<Form>,
}

impl Statement {
    fn new(request: &PreviewRequest, types: &Types) -> Result<Self, PreviewError> {
        let cell = request.caps.cell(request.columns.len());
        let mut printer = Printer {
            types,
            values: Vec::new(),
        };
        let (mut list, mut forms) = (Vec::new(), Vec::new());
        for column in &request.columns {
            let Some(of_type) = types.get(&column.name) else {
                let name = &column.name;
                return Err(PreviewError::Gone(format!(
                    "the table has no column {name} any more"
                )));
            };
            let (text, form) = text(&quote::postgres(&column.name), of_type, cell);
            list.push(text);
            forms.push(form);
        }
        let condition = match &request.condition {
            Some(condition) => format!("\nwhere {}", print(condition, &mut printer)?),
            None => String::new(),
        };
        let (schema, name) = (&request.table.table_schema, &request.table.table_name);
        let sql = format!(
            "-- plumbline preview\nselect {}\nfrom {}.{}{condition}\nlimit {}",
            list.join(", "),
            quote::postgres(schema),
            quote::postgres(name),
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
fn text(name: &str, of_type: &ServerType, cell: usize) -> (String, Form) {
    if of_type.is(&["bytea"]) {
        let most = cell / 2 + 1;
        let text = format!(
            "encode(substring({name} from 1 for {most}), 'hex'), octet_length({name})::int8"
        );
        return (text, Form::Bytes);
    }
    let most = cell + 1;
    if of_type.is(&["text", "varchar"]) {
        let text = format!("left({name}::text, {most}), octet_length({name}::text)::int8");
        return (text, Form::Text);
    }
    let form = if of_type.is(&["int2", "int4", "int8", "oid"]) {
        Form::Integer
    } else if of_type.is(&["bool"]) {
        Form::Boolean
    } else {
        Form::Text
    };
    // Unlike IS NULL this is not true of a row of nothing but NULLs.
    let text = format!(
        "case when {name} is distinct from null then left(format('%s', {name}), {most}) end, null::int8"
    );
    (text, form)
}

/// Bytes as `bytea` reads them.
fn in_hex(bytes: &[u8]) -> String {
    let mut text = String::from("\\x");
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// Prints conditions. Values are bound as text and cast by name to the type that is compared.
struct Printer<'a> {
    types: &'a Types,
    values: Vec<String>,
}

impl Printer<'_> {
    fn bind(&mut self, value: String, of_type: &ServerType) -> String {
        self.values.push(value);
        format!("${}::text::{}", self.values.len(), of_type.quoted())
    }
}

impl Dialect for Printer<'_> {
    fn column(&mut self, column: &Column) -> Result<String, Refusal> {
        Ok(quote::postgres(&column.name))
    }

    fn value(&mut self, column: &Column, value: &Literal) -> Result<String, Refusal> {
        let Some(of_type) = self.types.get(&column.name) else {
            let what = format!("the table has no column {} any more", column.name);
            return Err(Refusal { at: 1, what });
        };
        let of_type = match value {
            // A fraction or a very large number compares with whole ones too.
            Literal::Number(digits) if of_type.is(&["int2", "int4", "int8"]) => {
                let is_whole = digits.parse::<i64>().is_ok();
                &ServerType::built_in(if is_whole { "int8" } else { "numeric" })
            }
            _ => of_type,
        };
        let text = match value {
            Literal::Text(text) | Literal::Number(text) => text.clone(),
            Literal::Boolean(truth) => truth.to_string(),
            Literal::Bytes(bytes) => in_hex(bytes),
        };
        Ok(self.bind(text, of_type))
    }

    fn pattern(&mut self, pattern: &str) -> String {
        self.bind(pattern.to_owned(), &ServerType::built_in("text"))
    }
}

#[cfg(test)]
#[path = "preview_tests.rs"]
mod tests;
