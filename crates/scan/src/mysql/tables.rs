//! Tables and views: names, kinds, estimates, comments, definitions.

use std::collections::{BTreeMap, HashMap, HashSet};

use models::details::TableFacts;

use super::row::Row;
use super::scope::Scope;
use super::server::{Flavor, Server};
use super::session::Session;
use super::statement::Statement;
use super::views;
use crate::produce::Out;
use crate::{Figures, Record, ScanError, TableRecord};

/// Structure and statistics in one pass, since each pass opens all tables.
pub(super) const TABLES: Statement = Statement::new(include_str!("sql/tables.sql"), 12);

/// The same columns, without the statistics.
pub(super) const STRUCTURE: Statement = Statement::new(include_str!("sql/structure.sql"), 8);

/// From a data dictionary, statistics come apart: asking for them opens those tables of which the
/// server has none in store. `information_schema_stats_expiry` stays as the server has it.
const STATISTICS: &str = "/* plumbline statistics */ \
    SELECT TABLE_NAME, CAST(TABLE_ROWS AS SIGNED), CAST(DATA_LENGTH AS SIGNED), \
    CAST(INDEX_LENGTH AS SIGNED), CAST(AUTO_INCREMENT AS SIGNED) FROM information_schema.TABLES \
    WHERE TABLE_SCHEMA = ? AND CAST(TABLE_SCHEMA AS BINARY) = ? /* selected tables */ \
    AND TABLE_TYPE = 'BASE TABLE'";

const SEQUENCES: &str = "/* plumbline sequences */ \
    SELECT TABLE_NAME FROM information_schema.TABLES \
    WHERE TABLE_SCHEMA = ? AND CAST(TABLE_SCHEMA AS BINARY) = ? /* selected tables */ \
    AND TABLE_TYPE = 'SEQUENCE'";

/// What the tables of a database told about the parts that are read after them.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// The sequences, whose columns are no fields.
    pub(super) sequences: HashSet<String>,
    /// Whether any table has partitions.
    pub(super) partitioned: bool,
    /// Whether there are views.
    pub(super) views: bool,
}

/// Rows, bytes of data, bytes of indexes, the next number of an `AUTO_INCREMENT`.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Statistics {
    rows: Option<i64>,
    data: Option<i64>,
    indexes: Option<i64>,
    next_number: Option<i64>,
}

impl Statistics {
    pub(super) fn read(row: &Row, first: usize) -> Result<Self, ScanError> {
        Ok(Self {
            rows: row.size(first)?,
            data: row.size(first + 1)?,
            indexes: row.size(first + 2)?,
            next_number: row.size(first + 3)?,
        })
    }

    /// As the figures of a table; `source` is where its rows are from.
    pub(super) fn figures(self, source: &'static str) -> Figures {
        Figures {
            row_count: self.rows,
            row_count_source: self.rows.map(|_| source),
            data_size_bytes: self.data,
            index_size_bytes: self.indexes,
            toast_size_bytes: None,
            auto_increment: self.next_number,
        }
    }
}

/// Sends the tables and views, those that have an id with it.
pub(super) async fn read(
    session: &mut Session,
    server: &Server,
    scope: &Scope<'_>,
    ids: &HashMap<String, i64>,
    out: &mut Out,
) -> Result<Seen, ScanError> {
    let mut apart = if server.has_dictionary() {
        Some(statistics(session, scope).await?)
    } else {
        None
    };
    let mut seen = Seen::default();
    // Views wait for their definitions; what waits is small, the definitions are not.
    let mut views = BTreeMap::new();
    let statement = if apart.is_some() { STRUCTURE } else { TABLES };
    let mut rows = session.rows(scope.what("tables"), scope.query(statement.sql))?;
    while let Some(row) = rows.next().await? {
        let name = row.text(0)?;
        if !scope.has(&name) {
            continue;
        }
        let kind = row.text(1)?;
        if kind == "SEQUENCE" {
            seen.sequences.insert(name);
            continue;
        }
        seen.partitioned |= row.text(7)?.contains("partitioned");
        let (statistics, source) = match &mut apart {
            Some(apart) => (apart.remove(&name).unwrap_or_default(), CACHED),
            None => (Statistics::read(&row, 8)?, ESTIMATE),
        };
        let mut record = table(&row, name, &kind, statistics, source)?;
        record.source_identity = ids.get(&record.name).copied();
        if record.table_type == VIEW {
            views.insert(record.name.clone(), record);
        } else {
            out.send(Record::Table(record)).await;
        }
    }
    drop(rows);
    if !views.is_empty() {
        seen.views = true;
        views::read(session, server, scope, views, out).await?;
    }
    Ok(seen)
}

/// The names of the sequences, where the tables have not been read before.
pub(super) async fn sequences(
    session: &mut Session,
    scope: &Scope<'_>,
) -> Result<HashSet<String>, ScanError> {
    let mut sequences = HashSet::new();
    let mut rows = session.rows(scope.what("sequences"), scope.query(SEQUENCES))?;
    while let Some(row) = rows.next().await? {
        sequences.insert(row.text(0)?);
    }
    Ok(sequences)
}

pub(super) async fn statistics(
    session: &mut Session,
    scope: &Scope<'_>,
) -> Result<HashMap<String, Statistics>, ScanError> {
    let mut statistics = HashMap::new();
    let mut rows = session.rows(scope.what("statistics"), scope.query(STATISTICS))?;
    while let Some(row) = rows.next().await? {
        let name = row.text(0)?;
        if scope.has(&name) {
            statistics.insert(name, Statistics::read(&row, 1)?);
        }
    }
    Ok(statistics)
}

/// Where numbers come from that the data dictionary keeps, up to a day by default
/// (`information_schema_stats_expiry`).
pub(super) const CACHED: &str = "cached";

/// Where numbers come from that the storage engine tells when it is asked.
pub(super) const ESTIMATE: &str = "estimate";

pub(super) const VIEW: &str = "VIEW";

fn table(
    row: &Row,
    name: String,
    kind: &str,
    statistics: Statistics,
    source: &'static str,
) -> Result<TableRecord, ScanError> {
    let engine = row.optional(2)?;
    let (comment, error) = comment_or_error(kind, engine.is_some(), row.filled(6)?);
    Ok(TableRecord {
        schema: String::new(),
        name,
        table_type: table_type(kind),
        engine,
        row_count: statistics.rows,
        row_count_source: statistics.rows.map(|_| source),
        data_size_bytes: statistics.data,
        index_size_bytes: statistics.indexes,
        toast_size_bytes: None,
        auto_increment: statistics.next_number,
        comment,
        view_definition: None,
        source_identity: None,
        facts: TableFacts {
            row_format: row.optional(3)?,
            collation: row.optional(4)?,
            create_time: row.optional(5)?,
            options: options(&row.text(7)?),
            ..TableFacts::default()
        },
        error,
    })
}

/// The word of [`models::table::Table::table_type`] for a `TABLE_TYPE`.
fn table_type(kind: &str) -> String {
    match kind {
        "BASE TABLE" => "TABLE".to_owned(),
        other => other.replace(' ', "_"),
    }
}

/// Tells a comment from an error: the servers put the reason why a table or view cannot be opened
/// in the place of its comment. A view has no comment of its own, and a table that cannot be
/// opened has no engine.
fn comment_or_error(
    kind: &str,
    has_engine: bool,
    text: Option<String>,
) -> (Option<String>, Option<String>) {
    match kind {
        VIEW => (None, text.filter(|text| text != VIEW)),
        "BASE TABLE" if !has_engine => (None, text),
        _ => (text, None),
    }
}

/// The words of `CREATE_OPTIONS` that nothing else tells. A value in quotes may hold blanks.
fn options(text: &str) -> Vec<String> {
    let mut options = vec![String::new()];
    let mut quote = None;
    for character in text.chars() {
        match quote {
            None if character == ' ' => options.push(String::new()),
            None if matches!(character, '"' | '\'' | '`') => quote = Some(character),
            Some(open) if open == character => quote = None,
            _ => {}
        }
        if let Some(option) = options
            .last_mut()
            .filter(|_| quote.is_some() || character != ' ')
        {
            option.push(character);
        }
    }
    options.retain(|option| {
        !(option.is_empty() || option == "partitioned" || option.starts_with("row_format="))
    });
    options
}

/// Whether a server tells by a table's options that it has partitions. `MySQL` leaves out those by
/// KEY ().
pub(super) fn tells_partitioned(server: &Server) -> bool {
    server.flavor == Flavor::MariaDb
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_tables() {
        assert_eq!(table_type("BASE TABLE"), "TABLE");
        assert_eq!(table_type("VIEW"), "VIEW");
        assert_eq!(table_type("SYSTEM VERSIONED"), "SYSTEM_VERSIONED");
        assert_eq!(table_type("SOMETHING QUITE NEW"), "SOMETHING_QUITE_NEW");
    }

    #[test]
    fn options_without_what_is_told_elsewhere() {
        assert_eq!(
            options(
                "max_rows=10 row_format=COMPRESSED KEY_BLOCK_SIZE=8 COMPRESSION=\"none\" partitioned"
            ),
            ["max_rows=10", "KEY_BLOCK_SIZE=8", "COMPRESSION=\"none\""]
        );
        assert_eq!(
            options("`FILE_NAME`='a b' `x``y`=1"),
            ["`FILE_NAME`='a b'", "`x``y`=1"]
        );
        assert_eq!(options(""), Vec::<String>::new());
    }

    #[test]
    fn an_error_in_place_of_a_comment() {
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(
            comment_or_error("BASE TABLE", true, text("orders")),
            (text("orders"), None)
        );
        assert_eq!(
            comment_or_error("BASE TABLE", false, text("is corrupt")),
            (None, text("is corrupt"))
        );
        assert_eq!(comment_or_error("VIEW", false, text("VIEW")), (None, None));
        assert_eq!(comment_or_error("VIEW", false, None), (None, None));
        assert_eq!(
            comment_or_error("VIEW", false, text("View 'a.b' references")),
            (None, text("View 'a.b' references"))
        );
        assert_eq!(
            comment_or_error("SYSTEM VERSIONED", true, None),
            (None, None)
        );
    }
}
