//! Whether a pipeline fits the catalog.

use std::collections::HashSet;

use catalog::pipelines::{ColumnFacts, Definition, Facts, TableFacts, Wanted};
use models::FieldError;
use models::pipeline::{Delta, Etl, Fill, FillMode, SqlFill};

/// Kinds of relations that no rows can be written into.
const READ_ONLY: [&str; 2] = ["VIEW", "MATERIALIZED_VIEW"];
/// What the pointers of a table's columns begin with.
const SYNC: &str = "sync";
const BIZ: &str = "biz";

/// What has to be known of the catalog for checking these.
pub(super) fn wanted<'a>(definitions: impl Iterator<Item = &'a Definition>) -> Wanted {
    let mut wanted = Wanted::default();
    for definition in definitions {
        let (sync, biz) = (definition.sync_table_id, definition.biz_table_id);
        wanted.tables.extend(sync);
        wanted.tables.extend(biz);
        let mut add = |table: Option<i64>, columns: &[String]| {
            let pairs = table
                .into_iter()
                .flat_map(|table| columns.iter().map(move |column| (table, column.clone())));
            wanted.columns.extend(pairs);
        };
        let (of_sync, of_biz) = definition.delta.columns();
        add(sync, of_sync);
        add(biz, of_biz);
        if let Fill::Sql(fill) = &definition.fill {
            add(sync, &fill.key);
            add(sync, &fill.mapping.values().cloned().collect::<Vec<_>>());
            wanted
                .databases
                .push((fill.resource_id, fill.database.clone()));
        }
    }
    wanted
}

/// What does not fit, each with its place in the request; nothing when all does.
pub(super) fn problems(definition: &Definition, facts: &Facts) -> Vec<FieldError> {
    let mut check = Check {
        facts,
        errors: Vec::new(),
    };
    let sync = check.table("/sync_table_id", definition.sync_table_id);
    let biz = check.table("/biz_table_id", definition.biz_table_id);
    if sync.is_some() && definition.sync_table_id == definition.biz_table_id {
        check.wrong("/biz_table_id", "must be another table than the sync table");
        return check.errors;
    }
    if let Fill::Sql(fill) = &definition.fill {
        check.source(fill);
        if let Some(sync) = sync {
            check.fill(fill, sync);
        }
    }
    if let (Some(sync), Some(biz)) = (sync, biz) {
        check.etl(&definition.etl, sync, biz);
        check.delta(&definition.delta, sync, biz);
    }
    check.errors
}

struct Check<'a> {
    facts: &'a Facts,
    errors: Vec<FieldError>,
}

impl<'a> Check<'a> {
    fn wrong(&mut self, pointer: impl Into<String>, detail: impl Into<String>) {
        self.errors.push(FieldError::new(pointer, detail));
    }

    /// The table, if its columns can be looked at.
    fn table(&mut self, pointer: &str, id: Option<i64>) -> Option<&'a TableFacts> {
        let Some(id) = id else {
            self.wrong(
                pointer,
                "the data source of this table has been deleted: name another table",
            );
            return None;
        };
        let Some(table) = self.facts.tables.get(&id) else {
            self.wrong(pointer, format!("there is no table {id}"));
            return None;
        };
        let name = name(table);
        if table.is_removed {
            self.wrong(
                pointer,
                format!("{name} has been removed from its server: name another table"),
            );
            return None;
        }
        if !table.is_scanned {
            self.wrong(
                pointer,
                format!("the columns of {name} have not been read: start a deep scan of it first"),
            );
            return None;
        }
        Some(table)
    }

    fn source(&mut self, fill: &SqlFill) {
        let Some(source) = self.facts.sources.get(&fill.resource_id) else {
            self.wrong(
                "/fill/resource_id",
                format!("there is no data source {}", fill.resource_id),
            );
            return;
        };
        if !source.databases.contains(&fill.database) {
            let detail = format!(
                "the data source {} has no database {} in the catalog",
                source.name, fill.database
            );
            self.wrong("/fill/database", detail);
        }
    }

    fn fill(&mut self, fill: &SqlFill, sync: &TableFacts) {
        if READ_ONLY.contains(&sync.table_type.as_str()) {
            let detail = format!("{} is a view, which cannot be filled", name(sync));
            self.wrong("/sync_table_id", detail);
            return;
        }
        for (column, target) in &fill.mapping {
            // RFC 6901: a name may have what separates the parts of a pointer.
            let part = column.replace('~', "~0").replace('/', "~1");
            let pointer = format!("/fill/mapping/{part}");
            if let Some(facts) = self.column(&pointer, sync, target)
                && facts.is_generated
            {
                self.wrong(pointer, format!("the server computes {target} itself"));
            }
        }
        let mut is_whole = true;
        for (place, column) in fill.key.iter().enumerate() {
            let pointer = format!("/fill/key/{place}");
            is_whole &= self.column(&pointer, sync, column).is_some();
        }
        if is_whole && fill.mode == FillMode::Upsert && !is_unique(sync, &fill.key) {
            let detail = format!(
                "{} has no primary key and no unique index of exactly these columns{}",
                name(sync),
                known_keys(sync)
            );
            self.wrong("/fill/key", detail);
        }
    }

    fn etl(&mut self, etl: &Etl, sync: &TableFacts, biz: &TableFacts) {
        if matches!(etl, Etl::Sql(_)) && sync.engine != biz.engine {
            let detail = format!(
                "a statement runs where the business table is ({}) and cannot read the sync table there ({}): use http \
                 or external",
                biz.engine.as_str(),
                sync.engine.as_str()
            );
            self.wrong("/etl/kind", detail);
        }
    }

    fn delta(&mut self, delta: &Delta, sync: &TableFacts, biz: &TableFacts) {
        match delta {
            Delta::Count => {}
            Delta::Watermark(columns) => {
                let newest = self.watermark(SYNC, sync, &columns.sync_column);
                let mark = self.watermark(BIZ, biz, &columns.biz_column);
                if let (Some(newest), Some(mark)) = (newest, mark)
                    && newest != mark
                {
                    self.incomparable("/delta/biz_column", &columns.biz_column, mark, newest);
                }
            }
            Delta::Key(columns) => {
                if biz.unique.is_empty() {
                    let pointer = match columns.biz_column {
                        Some(_) => "/delta/biz_column",
                        None => "/delta/biz_columns",
                    };
                    let detail = format!(
                        "{} has no primary key and no unique index: give it one, or use the method count or watermark",
                        name(biz)
                    );
                    self.wrong(pointer, detail);
                }
                let pairs = columns.sync_columns.iter().zip(&columns.biz_columns);
                for (place, (of_sync, of_biz)) in pairs.enumerate() {
                    let sync_at = key_pointer(SYNC, columns.sync_column.is_some(), place);
                    let biz_at = key_pointer(BIZ, columns.biz_column.is_some(), place);
                    let left = self.key(&sync_at, sync, of_sync);
                    let right = self.key(&biz_at, biz, of_biz);
                    if let (Some(left), Some(right)) = (left, right)
                        && !left.equals(right)
                    {
                        self.incomparable(&biz_at, of_biz, right, left);
                    }
                }
            }
        }
    }

    fn incomparable(&mut self, pointer: &str, column: &str, kind: Kind, other: Kind) {
        let detail = format!(
            "{column} is {} and cannot be compared with the sync table's column, which is {}",
            kind.words(),
            other.words()
        );
        self.wrong(pointer, detail);
    }

    /// What grows with each row: numbers and times.
    fn watermark(&mut self, side: &str, table: &TableFacts, column: &str) -> Option<Kind> {
        let pointer = format!("/delta/{side}_column");
        let facts = self.column(&pointer, table, column)?;
        let kind = Kind::of(&facts.data_type);
        if matches!(kind, Some(Kind::Number | Kind::Moment)) {
            return kind;
        }
        let detail = format!(
            "{column} is of the type {}, which does not grow with each row: name a column of numbers or of times",
            facts.column_type
        );
        self.wrong(pointer, detail);
        None
    }

    fn key(&mut self, pointer: &str, table: &TableFacts, column: &str) -> Option<Kind> {
        let facts = self.column(pointer, table, column)?;
        let kind = Kind::of(&facts.data_type);
        if kind.is_none() {
            let detail = format!(
                "{column} is of the type {}, which cannot be compared exactly",
                facts.column_type
            );
            self.wrong(pointer, detail);
        }
        kind
    }

    fn column(&mut self, pointer: &str, table: &TableFacts, name: &str) -> Option<&'a ColumnFacts> {
        let found = self.facts.columns.get(&(table.names.id, name.to_owned()));
        if found.is_none() {
            let detail = format!("{} has no column {name}", self::name(table));
            self.wrong(pointer, detail);
        }
        found
    }
}

/// What values can be compared exactly, whatever server they come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Moment,
    TimeOfDay,
    Text,
    Uuid,
    Binary,
    Boolean,
}

impl Kind {
    /// Of the neutral type of a column.
    fn of(data_type: &str) -> Option<Self> {
        Some(match data_type {
            "integer" | "decimal" => Self::Number,
            "date" | "timestamp" => Self::Moment,
            "time" => Self::TimeOfDay,
            "text" | "enum" => Self::Text,
            "uuid" => Self::Uuid,
            "binary" => Self::Binary,
            "boolean" => Self::Boolean,
            _ => return None,
        })
    }

    /// Whether keys of the two kinds can be the same.
    fn equals(self, other: Self) -> bool {
        // MySQL keeps a UUID as text or as bytes, and a boolean as a number.
        let pairs = [
            (Self::Uuid, Self::Text),
            (Self::Uuid, Self::Binary),
            (Self::Boolean, Self::Number),
        ];
        self == other || pairs.contains(&(self, other)) || pairs.contains(&(other, self))
    }

    fn words(self) -> &'static str {
        match self {
            Self::Number => "a number",
            Self::Moment => "a date or a time",
            Self::TimeOfDay => "a time of day",
            Self::Text => "text",
            Self::Uuid => "a UUID",
            Self::Binary => "binary",
            Self::Boolean => "true or false",
        }
    }
}

fn key_pointer(side: &str, is_one: bool, place: usize) -> String {
    if is_one {
        format!("/delta/{side}_column")
    } else {
        format!("/delta/{side}_columns/{place}")
    }
}

fn is_unique(table: &TableFacts, columns: &[String]) -> bool {
    let wanted: HashSet<&String> = columns.iter().collect();
    table
        .unique
        .iter()
        .any(|key| key.len() == columns.len() && key.iter().all(|column| wanted.contains(column)))
}

/// The keys that a table has, for whoever has named none of them.
fn known_keys(table: &TableFacts) -> String {
    let mut keys: Vec<String> = table
        .unique
        .iter()
        .map(|key| format!("({})", key.join(", ")))
        .collect();
    keys.sort();
    keys.dedup();
    if keys.is_empty() {
        String::new()
    } else {
        format!("; it has {}", keys.join(", "))
    }
}

/// What a person calls a table.
pub(super) fn name(table: &TableFacts) -> String {
    let names = &table.names;
    if names.table_schema.is_empty() {
        format!("{}.{}", names.database_name, names.table_name)
    } else {
        format!("{}.{}", names.table_schema, names.table_name)
    }
}

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;
