//! What a scan found, in the words of the API: its items without ids and times of a catalog.

#![expect(clippy::struct_field_names, reason = "the names of the API")]

use models::database_object::ObjectDetails;
use models::datasource::Engine;
use models::details::TableDetails;
use models::relation::RelationKind;
use models::scan::{MissingGrant, ScanFailure};
use models::sync_log::Cost;
use scan::{DatabaseRecord, FieldRecord, ObjectRecord, ServerInfo, TableRecord, Target};
use serde::Serialize;

use crate::words::{self, full_name};

/// The server that was read; as [`models::datasource::Datasource`].
#[derive(Debug, Clone, Serialize)]
pub(super) struct Source {
    pub(super) datasource_type: Engine,
    pub(super) flavor: String,
    pub(super) server_version: String,
    pub(super) host: String,
    pub(super) port: u16,
    pub(super) username: String,
    pub(super) default_database: Option<String>,
    pub(super) server_facts: serde_json::Value,
}

impl Source {
    pub(super) fn new(target: &Target, server: ServerInfo) -> Self {
        Self {
            datasource_type: target.engine,
            flavor: server.flavor,
            server_version: server.version,
            host: target.host.clone(),
            port: target.port,
            username: target.username.clone(),
            default_database: target.database.clone(),
            server_facts: server.facts,
        }
    }
}

/// One database with all that is in it; as [`models::database::Database`].
#[derive(Debug, Clone, Serialize)]
pub(super) struct Database {
    pub(super) database_name: String,
    pub(super) charset: Option<String>,
    pub(super) collation: Option<String>,
    pub(super) owner: Option<String>,
    pub(super) table_count: Option<i64>,
    pub(super) total_size_bytes: Option<i64>,
    pub(super) is_accessible: bool,
    pub(super) inaccessible_reason: Option<String>,
    /// Whether the lists below are whole; false where the database could not be read.
    pub(super) is_scanned: bool,
    /// By schema and name.
    pub(super) tables: Vec<Table>,
    /// By kind, schema, name and signature.
    pub(super) objects: Vec<Object>,
    /// By the referring table.
    pub(super) relations: Vec<Relation>,
}

impl From<DatabaseRecord> for Database {
    /// The database before anything in it has been read.
    fn from(record: DatabaseRecord) -> Self {
        Self {
            database_name: record.name,
            charset: record.charset,
            collation: record.collation,
            owner: record.owner,
            table_count: record.table_count,
            total_size_bytes: record.total_size_bytes,
            is_accessible: record.inaccessible_reason.is_none(),
            inaccessible_reason: record.inaccessible_reason,
            is_scanned: false,
            tables: Vec::new(),
            objects: Vec::new(),
            relations: Vec::new(),
        }
    }
}

/// One table, view or other relation; as [`models::table::TableDetail`].
#[derive(Debug, Clone, Serialize)]
pub(super) struct Table {
    pub(super) table_schema: String,
    pub(super) table_name: String,
    pub(super) table_type: String,
    pub(super) engine: Option<String>,
    pub(super) row_count: Option<i64>,
    pub(super) row_count_source: Option<&'static str>,
    pub(super) data_size_bytes: Option<i64>,
    pub(super) index_size_bytes: Option<i64>,
    pub(super) toast_size_bytes: Option<i64>,
    pub(super) auto_increment: Option<i64>,
    pub(super) table_comment: Option<String>,
    pub(super) field_count: usize,
    pub(super) scan_error: Option<String>,
    pub(super) view_definition: Option<String>,
    pub(super) details: TableDetails,
    /// By position.
    pub(super) fields: Vec<Field>,
}

impl From<TableRecord> for Table {
    /// The table without fields, keys and indexes.
    fn from(record: TableRecord) -> Self {
        Self {
            table_schema: record.schema,
            table_name: record.name,
            table_type: record.table_type,
            engine: record.engine,
            row_count: record.row_count,
            row_count_source: record.row_count_source,
            data_size_bytes: record.data_size_bytes,
            index_size_bytes: record.index_size_bytes,
            toast_size_bytes: record.toast_size_bytes,
            auto_increment: record.auto_increment,
            table_comment: record.comment,
            field_count: 0,
            scan_error: record.error,
            view_definition: record.view_definition,
            details: TableDetails {
                facts: record.facts,
                ..TableDetails::default()
            },
            fields: Vec::new(),
        }
    }
}

/// One column; as [`models::field::Field`].
#[derive(Debug, Clone, Serialize)]
pub(super) struct Field {
    pub(super) field_name: String,
    pub(super) field_position: i32,
    pub(super) data_type: &'static str,
    pub(super) column_type: String,
    pub(super) is_nullable: bool,
    pub(super) column_key: Option<&'static str>,
    pub(super) column_default: Option<String>,
    pub(super) extra: Option<String>,
    pub(super) field_comment: Option<String>,
    pub(super) generation_expression: Option<String>,
    pub(super) generation_kind: Option<&'static str>,
    pub(super) identity: Option<&'static str>,
    pub(super) charset: Option<String>,
    pub(super) collation: Option<String>,
    pub(super) is_invisible: bool,
    pub(super) enum_values: Option<Vec<String>>,
    pub(super) domain_base_type: Option<String>,
    pub(super) is_array: bool,
}

impl From<FieldRecord> for Field {
    fn from(record: FieldRecord) -> Self {
        Self {
            field_name: record.name,
            field_position: record.position,
            data_type: record.data_type,
            column_type: record.column_type,
            is_nullable: record.is_nullable,
            column_key: record.column_key,
            column_default: record.column_default,
            extra: record.extra,
            field_comment: record.comment,
            generation_expression: record.generation_expression,
            generation_kind: record.generation_kind,
            identity: record.identity,
            charset: record.charset,
            collation: record.collation,
            is_invisible: record.is_invisible,
            enum_values: record.enum_values,
            domain_base_type: record.domain_base_type,
            is_array: record.is_array,
        }
    }
}

impl Field {
    /// For the phrase on where its value comes from.
    pub(super) fn value(&self) -> words::Value<'_> {
        words::Value {
            generation_expression: self.generation_expression.as_deref(),
            generation_kind: self.generation_kind,
            identity: self.identity,
            column_default: self.column_default.as_deref(),
            extra: self.extra.as_deref(),
            is_invisible: self.is_invisible,
        }
    }
}

/// What is no table; as [`models::database_object::DatabaseObject`].
#[derive(Debug, Clone, Serialize)]
pub(super) struct Object {
    pub(super) object_kind: String,
    pub(super) object_schema: String,
    pub(super) object_name: String,
    pub(super) signature: String,
    pub(super) owner: Option<String>,
    pub(super) object_comment: Option<String>,
    pub(super) definition: Option<String>,
    pub(super) details: ObjectDetails,
}

impl From<ObjectRecord> for Object {
    fn from(record: ObjectRecord) -> Self {
        Self {
            object_kind: record.kind,
            object_schema: record.schema,
            object_name: record.name,
            signature: record.signature,
            owner: record.owner,
            object_comment: record.comment,
            definition: record.definition,
            details: record.details,
        }
    }
}

impl Object {
    /// What is particular to it, such as `(integer, text) returns boolean`.
    pub(super) fn particulars(&self) -> String {
        words::object(&self.object_kind, &self.signature, &self.details)
    }
}

/// A foreign key, or what a view reads; as [`models::relation::Relation`].
#[derive(Debug, Clone, Serialize)]
pub(super) struct Relation {
    pub(super) kind: RelationKind,
    pub(super) name: Option<String>,
    pub(super) from: RelationEnd,
    pub(super) to: RelationEnd,
}

/// One side of a relation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct RelationEnd {
    pub(super) database_name: String,
    pub(super) table_schema: String,
    pub(super) table_name: String,
    pub(super) fields: Vec<String>,
}

impl RelationEnd {
    /// The table with the columns where they are known; with its database where that is not `here`.
    pub(super) fn beside(&self, here: &str) -> String {
        let mut name = full_name(&self.table_schema, &self.table_name);
        if self.database_name != here {
            name = full_name(&self.database_name, &name);
        }
        words::columns_of(name, &self.fields)
    }
}

/// What is known at the end of a scan.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct End {
    /// What could not be read.
    pub(super) failures: Vec<ScanFailure>,
    /// What the login may not see.
    pub(super) missing_grants: Vec<MissingGrant>,
    /// What all of it cost the server.
    pub(super) cost: Cost,
}
