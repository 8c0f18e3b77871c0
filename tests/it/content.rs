//! All that a catalog holds.

use sqlx::AssertSqlSafe;
use test_support::TestStore;

/// The rows of all catalog tables.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Content {
    /// Each row without its ids and times, and with names instead of references.
    rows: Vec<String>,
}

/// What differs between two scans of the same: ids and times; and figures, which the server moves by itself.
const VOLATILE: &str = "array['id', 'tenant_id', 'datasource_id', 'database_id', 'table_id', 'scan_id', 'created_at',
    'updated_at', 'removed_at', 'last_sync_at', 'last_scan_at', 'row_count', 'row_count_at', 'data_size_bytes',
    'index_size_bytes', 'toast_size_bytes', 'total_size_bytes', 'incremental_scans', 'noted_row_count',
    'noted_size_bytes']";

/// Each table, and what names the things that its rows refer to.
const TABLES: [(&str, &str); 6] = [
    (
        "databases r join metadata.databases d on d.id = r.id",
        "null",
    ),
    (
        "tables r join metadata.databases d on d.id = r.database_id",
        "d.database_name",
    ),
    (
        "fields r join metadata.tables t on t.id = r.table_id join metadata.databases d on d.id = t.database_id",
        "concat_ws('.', d.database_name, t.table_schema, t.table_name, t.removed_at is not null)",
    ),
    (
        "relations r join metadata.tables t on t.id = r.table_id join metadata.databases d on d.id = t.database_id",
        "concat_ws('.', d.database_name, t.table_schema, t.table_name)",
    ),
    (
        "database_objects r join metadata.databases d on d.id = r.database_id",
        "d.database_name",
    ),
    (
        "changes r join metadata.databases d on d.id = r.database_id",
        "d.database_name",
    ),
];

impl Content {
    /// Of these databases: a server may list others that belong to other tests.
    pub(crate) async fn of(store: &TestStore, databases: &[String]) -> Self {
        let names: Vec<String> = databases.iter().map(|name| format!("'{name}'")).collect();
        let wanted = format!("d.database_name in ({})", names.join(", "));
        let mut rows = Vec::new();
        for (table, owner) in TABLES {
            let found = select(store, &document(table, owner), table, &wanted).await;
            assert!(!found.is_empty(), "there is something of {table}");
            rows.extend(found);
        }
        Self { rows }
    }

    /// Of what is there of a data source, whatever has been there before. Of a table that the server could not
    /// read the error alone: what was known of it before stays.
    pub(crate) async fn living(store: &TestStore, datasource: i64) -> Self {
        let of_datasource = format!("d.datasource_id = {datasource}");
        let mut rows = Vec::new();
        // Level 1 has listed the databases at different times, and what has changed is told to one of them only.
        for (table, owner) in &TABLES[1..5] {
            let mut wanted = format!("{of_datasource} and (to_jsonb(r) ->> 'removed_at') is null");
            if table.contains(" t on ") {
                wanted.push_str(" and t.removed_at is null and t.scan_error is null");
            } else {
                wanted.push_str(" and (to_jsonb(r) ->> 'scan_error') is null");
            }
            rows.extend(select(store, &document(table, owner), table, &wanted).await);
        }
        let (tables, _) = TABLES[1];
        let wanted =
            format!("{of_datasource} and r.removed_at is null and r.scan_error is not null");
        let error = "concat_ws(' ', r.table_schema, r.table_name, r.table_type, r.scan_error)";
        rows.extend(select(store, error, tables, &wanted).await);
        Self { rows }
    }

    /// Panics with the rows that only one of both has.
    pub(crate) fn must_be(&self, other: &Self) {
        if let Some(difference) = self.difference(other) {
            panic!("{difference}");
        }
    }

    /// The rows that only one of both has; None when they are the same.
    pub(crate) fn difference(&self, other: &Self) -> Option<String> {
        if self == other {
            return None;
        }
        let lacks = |one: &Self, other: &Self| -> Vec<String> {
            let rows = one.rows.iter();
            rows.filter(|row| !other.rows.contains(row))
                .cloned()
                .collect()
        };
        let (more, less) = (lacks(self, other), lacks(other, self));
        Some(format!("only here: {more:#?}\nonly there: {less:#?}"))
    }
}

/// A row as one text, without what is volatile; `owner` is what it belongs to.
fn document(table: &str, owner: &str) -> String {
    format!(
        "concat_ws(' ', split_part('{table}', ' ', 1), {owner}, case when
            (to_jsonb(r) ->> 'removed_at') is not null then 'gone' end, to_jsonb(r) - {VOLATILE})"
    )
}

async fn select(store: &TestStore, what: &str, table: &str, wanted: &str) -> Vec<String> {
    let mut admin = store.admin().await;
    let sql = format!("select {what} from metadata.{table} where {wanted} order by 1");
    sqlx::query_scalar(AssertSqlSafe(sql))
        .fetch_all(&mut admin)
        .await
        .unwrap_or_else(|error| panic!("{error}, of {table}"))
}

/// The ids of the living tables and fields, by name.
pub(crate) async fn ids(store: &TestStore) -> Vec<(String, i64)> {
    let mut admin = store.admin().await;
    sqlx::query_as(
        "select concat_ws('.', d.database_name, t.table_schema, t.table_name), t.id
         from metadata.tables t join metadata.databases d on d.id = t.database_id where t.removed_at is null
         union all
         select concat_ws('.', d.database_name, t.table_schema, t.table_name, f.field_name), f.id
         from metadata.fields f join metadata.tables t on t.id = f.table_id
         join metadata.databases d on d.id = t.database_id
         where t.removed_at is null and f.removed_at is null",
    )
    .fetch_all(&mut admin)
    .await
    .expect("the ids")
}
