//! Who refers to a table, among many.

use sqlx::AssertSqlSafe;
use test_support::{StoreLogin, TestStore};

/// A thousand tables, each of which refers to the one before and to the first.
const MANY: &str = "
    select set_config('app.tenant_id', '1', false);
    insert into metadata.tenants (tenant_id) values (1);
    insert into metadata.datasources (tenant_id, datasource_name, datasource_type, host, port, username, secret,
        secret_key_id)
    values (1, 'shop', 'postgresql', 'db', 5432, 'u', '', 'k1');
    insert into metadata.databases (tenant_id, datasource_id, database_name) select 1, id, 'shop' from metadata.datasources;
    insert into metadata.tables (tenant_id, database_id, table_schema, table_name, table_type)
    select 1, d.id, 'public', 't' || n, 'TABLE' from metadata.databases d, generate_series(1, 1000) n;
    insert into metadata.relations (tenant_id, datasource_id, table_id, relation_kind, relation_name, to_database,
        to_schema, to_table)
    select 1, s.id, t.id, 'foreign_key', 'fk' || n, 'shop', 'public', 't' || n
    from metadata.datasources s, metadata.tables t, generate_series(1, 20) n;
    analyze metadata.tables, metadata.relations, metadata.databases, metadata.datasources";

#[tokio::test]
async fn who_refers_to_a_table_is_one_indexed_read() {
    let store = TestStore::create().await;
    let mut admin = store.admin().await;
    sqlx::raw_sql(MANY)
        .execute(&mut admin)
        .await
        .expect("many tables");
    let lonely: i64 =
        sqlx::query_scalar("select id from metadata.tables where table_name = 't500'")
            .fetch_one(&mut admin)
            .await
            .expect("a table");
    let mut login = store.connect(StoreLogin::Meta).await;
    sqlx::query("select set_config('app.tenant_id', '1', false)")
        .execute(&mut login)
        .await
        .expect("a tenant");
    let statement = include_str!("../../../crates/catalog/sql/relations_to.sql")
        .replace("$1", &lonely.to_string())
        .replace("$2", "null")
        .replace("$3", "51");
    let plan: Vec<String> =
        sqlx::query_scalar(AssertSqlSafe(format!("explain (costs off) {statement}")))
            .fetch_all(&mut login)
            .await
            .expect("a plan");
    let plan = plan.join("\n");
    assert!(
        plan.contains("relations_to") && !plan.contains("Seq Scan on relations"),
        "{plan}"
    );
}
