//! Puts the records of a database together.

use std::collections::HashMap;

use models::details::{Key, KeyKind, TableName};
use models::relation::RelationKind;
use models::scan::ScanFailure;
use scan::{DatabaseRecord, DependencyRecord, FailureRecord, PartitionRecord, Record, Selection};

use super::document::{Database, Relation, RelationEnd, Table};
use crate::words::full_name;

/// The records of a database so far.
#[derive(Debug)]
pub(super) struct Assembly {
    database: Database,
    /// Where in `database.tables` a table is.
    places: HashMap<TableName, usize>,
    failures: Vec<ScanFailure>,
}

impl Assembly {
    /// Nothing has been read of the database yet.
    pub(super) fn new(record: DatabaseRecord) -> Self {
        Self {
            database: record.into(),
            places: HashMap::new(),
            failures: Vec::new(),
        }
    }

    /// Puts a record where it belongs. One of a table that was not listed is left out: the table was
    /// made after the list had been read.
    pub(super) fn add(&mut self, record: Record) {
        match record {
            Record::Table(table) => {
                let name = name(table.schema.clone(), table.name.clone());
                self.places.insert(name, self.database.tables.len());
                self.database.tables.push(table.into());
            }
            Record::Field(mut field) => {
                let of = (take(&mut field.schema), take(&mut field.table));
                self.with(of, |table| table.fields.push(field.into()));
            }
            Record::Key(key) => self.with((key.schema, key.table), |table| {
                table.details.keys.push(key.key);
            }),
            Record::Check(check) => self.with((check.schema, check.table), |table| {
                table.details.checks.push(check.check);
            }),
            Record::Index(index) => self.with((index.schema, index.table), |table| {
                table.details.indexes.push(index.index);
            }),
            Record::Trigger(trigger) => self.with((trigger.schema, trigger.table), |table| {
                table.details.triggers.push(trigger.trigger);
            }),
            Record::Partition(record) => self.partition(record),
            Record::Dependency(record) => self.dependency(record),
            Record::Object(object) => self.database.objects.push(object.into()),
            Record::Failure(record) => self.failure(record),
            Record::Identity(_) | Record::Digest(_) => {}
        }
    }

    fn with(&mut self, (schema, table): (String, String), change: impl FnOnce(&mut Table)) {
        if let Some(&place) = self.places.get(&name(schema, table)) {
            change(&mut self.database.tables[place]);
        }
    }

    fn partition(&mut self, record: PartitionRecord) {
        let PartitionRecord {
            schema,
            table,
            scheme,
            part,
            ..
        } = record;
        self.with((schema, table), |table| {
            let partitioning = table.details.partitioning.get_or_insert(scheme);
            partitioning.parts.extend(part);
        });
    }

    fn dependency(&mut self, record: DependencyRecord) {
        let here = &self.database.database_name;
        let relation = Relation {
            kind: RelationKind::ViewDependency,
            name: None,
            from: RelationEnd {
                database_name: here.clone(),
                table_schema: record.schema,
                table_name: record.view,
                fields: Vec::new(),
            },
            to: RelationEnd {
                database_name: record.target_database.unwrap_or_else(|| here.clone()),
                table_schema: record.target_schema,
                table_name: record.target_table,
                fields: record.target_fields,
            },
        };
        self.database.relations.push(relation);
    }

    fn failure(&mut self, record: FailureRecord) {
        let what = if record.schema.is_empty() {
            record.what
        } else {
            format!("{} in {}", record.what, record.schema)
        };
        self.fail(Some(what), record.error);
    }

    fn fail(&mut self, table: Option<String>, error: String) {
        self.failures.push(ScanFailure {
            database: self.database.database_name.clone(),
            table,
            error,
        });
    }

    /// The database as far as it is known without what is in it, because of `error`.
    pub(super) fn failed(mut self, error: String) -> (Database, Vec<ScanFailure>) {
        self.database.tables.clear();
        self.database.objects.clear();
        self.database.relations.clear();
        self.failures.clear();
        self.fail(None, error);
        (self.database, self.failures)
    }

    /// The database with all that is in it, in order, and what of it could not be read.
    pub(super) fn finish(mut self, selection: &Selection) -> (Database, Vec<ScanFailure>) {
        self.told_errors(selection);
        let database = &mut self.database;
        for table in &mut database.tables {
            sort(table);
            let keys = table.details.keys.iter();
            let foreign = keys.filter_map(|key| foreign_key(&database.database_name, table, key));
            database.relations.extend(foreign);
        }
        database.tables.sort_by(|a, b| {
            (&a.table_schema, &a.table_name).cmp(&(&b.table_schema, &b.table_name))
        });
        database.objects.sort_by(|a, b| {
            let a = (
                &a.object_kind,
                &a.object_schema,
                &a.object_name,
                &a.signature,
            );
            a.cmp(&(
                &b.object_kind,
                &b.object_schema,
                &b.object_name,
                &b.signature,
            ))
        });
        database
            .relations
            .sort_by(|a, b| (&a.from, &a.name, &a.to).cmp(&(&b.from, &b.name, &b.to)));
        database.is_scanned = true;
        (self.database, self.failures)
    }

    /// Tells of tables that carry an error, and of selected ones that are not there.
    fn told_errors(&mut self, selection: &Selection) {
        let tables = self.database.tables.iter();
        let mut told: Vec<(String, String)> = tables
            .filter_map(|table| {
                let error = table.scan_error.clone()?;
                Some((full_name(&table.table_schema, &table.table_name), error))
            })
            .collect();
        told.sort_unstable();
        if let Selection::Tables(selectors) = selection {
            let absent = selectors.iter().filter(|selector| {
                !self.places.keys().any(|name| {
                    **selector == name.table_name
                        || **selector == full_name(&name.table_schema, &name.table_name)
                })
            });
            let error = "there is no such table, or the login may not see it";
            told.extend(absent.map(|selector| (selector.clone(), error.to_owned())));
        }
        for (table, error) in told {
            self.fail(Some(table), error);
        }
    }
}

fn take(text: &mut String) -> String {
    std::mem::take(text)
}

fn name(table_schema: String, table_name: String) -> TableName {
    TableName {
        table_schema,
        table_name,
    }
}

fn sort(table: &mut Table) {
    table.field_count = table.fields.len();
    table.fields.sort_by_key(|field| field.field_position);
    let details = &mut table.details;
    details.keys.sort_by(|a, b| a.name.cmp(&b.name));
    details.checks.sort_by(|a, b| a.name.cmp(&b.name));
    details.indexes.sort_by(|a, b| a.name.cmp(&b.name));
    details.triggers.sort_by(|a, b| a.name.cmp(&b.name));
}

fn foreign_key(database: &str, table: &Table, key: &Key) -> Option<Relation> {
    let to = key
        .references
        .as_ref()
        .filter(|_| key.kind == KeyKind::Foreign)?;
    let to_database = to.database_name.as_deref().unwrap_or(database);
    Some(Relation {
        kind: RelationKind::ForeignKey,
        name: Some(key.name.clone()),
        from: RelationEnd {
            database_name: database.to_owned(),
            table_schema: table.table_schema.clone(),
            table_name: table.table_name.clone(),
            fields: key.columns.clone(),
        },
        to: RelationEnd {
            database_name: to_database.to_owned(),
            table_schema: to.table_schema.clone(),
            table_name: to.table_name.clone(),
            fields: to.columns.clone(),
        },
    })
}
