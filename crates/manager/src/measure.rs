//! What the catalog says of the tables of managed objects: whether they are there, and their rows.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use models::table::Table;

use crate::gateway::Meta;
use crate::selector::selectors;

/// What the catalog says of one database.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Measure {
    /// Rows of all tables together; None when no table's are known.
    pub(crate) rows: Option<i64>,
    /// How many tables there are.
    count: usize,
    /// The tables that were asked for, by selector; those that the catalog lacks are not `found`.
    pub(crate) tables: HashMap<String, TableMeasure>,
}

/// What the catalog says of the tables of one selector.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct TableMeasure {
    /// Whether there is one at least.
    pub(crate) found: bool,
    /// Whether the fields of one at least have been read.
    pub(crate) scanned: bool,
    /// Their rows together; None when unknown.
    pub(crate) rows: Option<i64>,
    /// The one that there is; None where there are several.
    living: Option<i64>,
    /// The one that was there last, and since when it no longer is.
    gone: Option<(DateTime<Utc>, i64)>,
}

impl TableMeasure {
    /// Whether there is one or, as far as gone ones were asked for, was one.
    pub(crate) fn is_known(&self) -> bool {
        self.found || self.gone.is_some()
    }

    /// The id of the only table, or where there is none, of the one that was there last, as far as gone ones
    /// were asked for.
    pub(crate) fn id(&self) -> Option<i64> {
        if self.found {
            self.living
        } else {
            self.gone.map(|(_, id)| id)
        }
    }
}

impl Measure {
    fn of<'a>(wanted: impl IntoIterator<Item = &'a str>) -> Self {
        let tables = wanted
            .into_iter()
            .map(|name| (name.to_owned(), TableMeasure::default()));
        // A database without tables has no rows, which is known.
        Self {
            rows: Some(0),
            count: 0,
            tables: tables.collect(),
        }
    }

    fn add(&mut self, table: &Table) {
        if let Some(removed_at) = table.removed_at {
            for selector in selectors(&table.table_schema, &table.table_name) {
                if let Some(measure) = self.tables.get_mut(&selector) {
                    measure.gone = measure.gone.max(Some((removed_at, table.id)));
                }
            }
            return;
        }
        if self.count == 0 {
            self.rows = None;
        }
        self.count += 1;
        // Its partitions are tables of the list themselves.
        if table.table_type != "PARTITIONED_TABLE" {
            add_rows(&mut self.rows, table.row_count);
        }
        for selector in selectors(&table.table_schema, &table.table_name) {
            if let Some(measure) = self.tables.get_mut(&selector) {
                // A second one makes it none of them.
                measure.living = (!measure.found).then_some(table.id);
                measure.found = true;
                measure.scanned |= table.is_scanned;
                add_rows(&mut measure.rows, table.row_count);
            }
        }
    }
}

fn add_rows(sum: &mut Option<i64>, rows: Option<i64>) {
    if let Some(rows) = rows {
        *sum = Some(sum.unwrap_or(0).saturating_add(rows));
    }
}

/// Reads the list of a database's tables, once for all that is wanted of it.
pub(crate) async fn measure<'a>(
    meta: &Meta,
    database_id: i64,
    wanted: impl IntoIterator<Item = &'a str>,
) -> Result<Measure, meta_client::Error> {
    measure_tables(meta, database_id, wanted, false).await
}

/// As [`measure`], with what tables there were, for those that are there no longer.
pub(crate) async fn measure_with_gone<'a>(
    meta: &Meta,
    database_id: i64,
    wanted: impl IntoIterator<Item = &'a str>,
) -> Result<Measure, meta_client::Error> {
    measure_tables(meta, database_id, wanted, true).await
}

async fn measure_tables<'a>(
    meta: &Meta,
    database_id: i64,
    wanted: impl IntoIterator<Item = &'a str>,
    with_gone: bool,
) -> Result<Measure, meta_client::Error> {
    let mut measure = Measure::of(wanted);
    meta.each_table(database_id, with_gone, |table| measure.add(table))
        .await?;
    Ok(measure)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(table_type: &str, schema: &str, name: &str, row_count: Option<i64>) -> Table {
        Table {
            id: 1,
            database_id: 1,
            table_schema: schema.to_owned(),
            table_name: name.to_owned(),
            table_type: table_type.to_owned(),
            engine: None,
            row_count,
            row_count_source: None,
            row_count_at: None,
            data_size_bytes: None,
            index_size_bytes: None,
            toast_size_bytes: None,
            auto_increment: None,
            table_comment: None,
            field_count: 1,
            is_scanned: name != "unread",
            last_scan_at: None,
            scan_error: None,
            removed_at: None,
            created_at: DateTime::UNIX_EPOCH,
            updated_at: DateTime::UNIX_EPOCH,
        }
    }

    fn measured(tables: &[Table], wanted: &[&str]) -> Measure {
        let mut measure = Measure::of(wanted.iter().copied());
        for table in tables {
            measure.add(table);
        }
        measure
    }

    #[test]
    fn rows_are_summed_and_unknown_ones_left_out() {
        let tables = [
            table("TABLE", "a", "t", Some(3)),
            table("TABLE", "b", "t", Some(4)),
            table("VIEW", "a", "v", None),
            table("PARTITIONED_TABLE", "a", "p", Some(9)),
            table("PARTITION", "a", "p1", Some(9)),
        ];
        let measure = measured(&tables, &["t", "b.t", "v", "p"]);
        assert_eq!(measure.rows, Some(16));
        let rows = |name: &str| measure.tables[name].rows;
        assert_eq!(
            (rows("t"), rows("b.t"), rows("v"), rows("p")),
            (Some(7), Some(4), None, Some(9))
        );
        assert_eq!(measured(&tables[2..3], &[]).rows, None);
        assert_eq!(measured(&[], &[]).rows, Some(0));
    }

    #[test]
    fn what_is_not_there_or_not_read_is_told() {
        let tables = [
            table("TABLE", "", "t", None),
            table("TABLE", "", "unread", None),
        ];
        let measure = measured(&tables, &["t", "unread", "gone"]);
        let seen = |name: &str| (measure.tables[name].found, measure.tables[name].scanned);
        assert_eq!(
            (seen("t"), seen("unread"), seen("gone")),
            ((true, true), (true, false), (false, false))
        );
    }

    #[test]
    fn only_one_table_has_an_id() {
        let gone = |id, seconds| Table {
            id,
            removed_at: DateTime::from_timestamp(seconds, 0),
            ..table("TABLE", "a", "gone", Some(5))
        };
        let living = |id, schema, name| Table {
            id,
            ..table("TABLE", schema, name, None)
        };
        let tables = [
            living(1, "a", "t"),
            living(2, "b", "t"),
            living(3, "b", "u"),
            gone(4, 7),
            gone(5, 9),
            gone(6, 8),
            Table {
                table_name: "u".to_owned(),
                ..gone(7, 9)
            },
        ];
        let measure = measured(&tables, &["t", "b.t", "u", "gone", "absent"]);
        let id = |name: &str| measure.tables[name].id();
        let ids = ["t", "b.t", "u", "gone", "absent"].map(id);
        assert_eq!(ids, [None, Some(2), Some(3), Some(5), None]);
        assert!(!measure.tables["gone"].found);
        assert_eq!(measure.rows, None, "what is gone has no rows");
    }
}
