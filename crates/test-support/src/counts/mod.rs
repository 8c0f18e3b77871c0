//! How many objects of each kind a database has, counted in two ways that know nothing of each
//! other: from a scan's records, and by plain queries on the server's own catalogs.

mod mysql;
mod postgres;

use models::details::KeyKind;
use scan::Record;

pub use mysql::of_mysql;
pub use postgres::of_postgres;

/// How many objects of each kind there are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Tables, partitioned ones and partitions included.
    pub tables: i64,
    /// Views.
    pub views: i64,
    /// Materialized views.
    pub materialized_views: i64,
    /// Foreign tables, those that are partitions included.
    pub foreign_tables: i64,
    /// Partitions: tables with a bound (`PostgreSQL`), parts and their own parts (`MySQL`).
    pub partitions: i64,
    /// Columns of all of the above.
    pub fields: i64,
    /// Primary keys.
    pub primary_keys: i64,
    /// Unique constraints.
    pub unique_keys: i64,
    /// Foreign keys.
    pub foreign_keys: i64,
    /// Exclusion constraints.
    pub exclusion_keys: i64,
    /// Check constraints of tables.
    pub checks: i64,
    /// Indexes.
    pub indexes: i64,
    /// Triggers.
    pub triggers: i64,
    /// Functions, procedures and aggregates.
    pub routines: i64,
    /// Sequences.
    pub sequences: i64,
    /// Comments of all that is read: tables, fields, keys, checks, indexes, triggers and other objects.
    pub comments: i64,
}

impl Counts {
    /// Counts what a scan read.
    #[must_use]
    pub fn of_records(records: &[Record]) -> Self {
        let mut counts = Self::default();
        for record in records {
            counts.add(record);
        }
        counts
    }

    fn add(&mut self, record: &Record) {
        let comment = match record {
            Record::Table(table) => {
                match table.table_type.as_str() {
                    "VIEW" => self.views += 1,
                    "MATERIALIZED_VIEW" => self.materialized_views += 1,
                    "FOREIGN_TABLE" => self.foreign_tables += 1,
                    _ => self.tables += 1,
                }
                self.partitions += i64::from(table.facts.partition_bound.is_some());
                &table.comment
            }
            Record::Field(field) => {
                self.fields += 1;
                &field.comment
            }
            Record::Key(key) => {
                match key.key.kind {
                    KeyKind::Primary => self.primary_keys += 1,
                    KeyKind::Unique => self.unique_keys += 1,
                    KeyKind::Foreign => self.foreign_keys += 1,
                    KeyKind::Exclusion => self.exclusion_keys += 1,
                }
                &key.key.comment
            }
            Record::Check(check) => {
                self.checks += 1;
                &check.check.comment
            }
            Record::Index(index) => {
                self.indexes += 1;
                &index.index.comment
            }
            Record::Trigger(trigger) => {
                self.triggers += 1;
                &trigger.trigger.comment
            }
            Record::Object(object) => {
                match object.kind.as_str() {
                    "FUNCTION" | "PROCEDURE" | "AGGREGATE" | "WINDOW" => self.routines += 1,
                    "SEQUENCE" => self.sequences += 1,
                    _ => {}
                }
                &object.comment
            }
            Record::Partition(part) => {
                self.partitions += i64::from(part.part.is_some());
                return;
            }
            Record::Dependency(_)
            | Record::Failure(_)
            | Record::Identity(_)
            | Record::Digest(_) => return,
        };
        self.comments += i64::from(comment.is_some());
    }
}
