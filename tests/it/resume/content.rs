//! All that a catalog holds.

use sqlx::AssertSqlSafe;
use test_support::TestStore;

/// The rows of all catalog tables.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Content {
    /// Each row without its ids and times, and with names instead of references.
    rows: Vec<String>,
}

/// What differs between two scans of the same: ids and times; and figures, which the server moves by itself.
const VOLATILE: &str = "array['id', 'tenant_id', 'datasource_id', 'database_id', 'table_id', 'scan_id', 'created_at',
    'updated_at', 'removed_at', 'last_sync_at', 'last_scan_at', 'row_count', 'row_count_at', 'data_size_bytes',
    'index_size_bytes', 'toast_size_bytes', 'total_size_bytes']";

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
    pub(super) async fn of(store: &TestStore, databases: &[String]) -> Self {
        let mut admin = store.admin().await;
        let mut rows = Vec::new();
        for (table, owner) in TABLES {
            let sql = format!(
                "select concat_ws(' ', split_part('{table}', ' ', 1), {owner}, case when
                        (to_jsonb(r) ->> 'removed_at') is not null then 'gone' end, to_jsonb(r) - {VOLATILE})
                 from metadata.{table} where d.database_name = any ($1) order by 1"
            );
            let found: Vec<String> = sqlx::query_scalar(AssertSqlSafe(sql))
                .bind(databases)
                .fetch_all(&mut admin)
                .await
                .unwrap_or_else(|error| panic!("{error}, of {table}"));
            assert!(!found.is_empty(), "there is something of {table}");
            rows.extend(found);
        }
        Self { rows }
    }

    /// Panics with the rows that only one of both has.
    pub(super) fn must_be(&self, other: &Self) {
        let lacks = |one: &Self, other: &Self| -> Vec<String> {
            let rows = one.rows.iter();
            rows.filter(|row| !other.rows.contains(row))
                .cloned()
                .collect()
        };
        let (more, less) = (lacks(self, other), lacks(other, self));
        assert!(
            more.is_empty() && less.is_empty() && self.rows.len() == other.rows.len(),
            "only here: {more:#?}\nonly there: {less:#?}"
        );
    }
}

/// The ids of the living tables and fields, by name.
pub(super) async fn ids(store: &TestStore) -> Vec<(String, i64)> {
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
