//! A step of lineage, among many tables, views, jobs and datasets.

use sqlx::AssertSqlSafe;
use test_support::{StoreLogin, TestStore};

/// Ten thousand tables, each with a view on it and a job that makes the next one from it.
const MANY: &str = "
    select set_config('app.tenant_id', '1', false);
    insert into metadata.tenants (tenant_id) values (1);
    insert into metadata.datasources (tenant_id, datasource_name, datasource_type, host, port, username, secret,
        secret_key_id)
    select 1, 'shop' || n, 'postgresql', 'db' || n, 5432, 'u', '', 'k1' from generate_series(1, 20) n;
    insert into metadata.databases (tenant_id, datasource_id, database_name)
    select 1, id, 'shop' from metadata.datasources;
    insert into metadata.tables (tenant_id, database_id, table_schema, table_name, table_type)
    select 1, d.id, 'public', kind || n, 'TABLE'
    from metadata.databases d, generate_series(1, 500) n, unnest('{t,v}'::text[]) kind;
    insert into metadata.relations (tenant_id, datasource_id, table_id, relation_kind, relation_name, to_database,
        to_schema, to_table)
    select 1, d.datasource_id, t.id, 'view_dependency', '', 'shop', 'public', 't' || substr(t.table_name, 2)
    from metadata.databases d join metadata.tables t on t.database_id = d.id and t.table_name like 'v%';
    insert into metadata.lineage_jobs (tenant_id, namespace, name)
    select 1, 'nightly', 'j' || n from generate_series(1, 10000) n;
    insert into metadata.lineage_datasets
        (tenant_id, namespace, name, engine, host, port, database_name, table_schema, table_name)
    select 1, 'postgres://db' || s || ':5432', 'shop.public.t' || n, 'postgresql', 'db' || s, 5432, 'shop', 'public',
        't' || n
    from generate_series(1, 20) s, generate_series(1, 500) n;
    insert into metadata.lineage_edges
        (tenant_id, lineage_job_id, direction, dataset_id, first_seen_at, last_seen_at)
    select 1, j.id, w.direction, d.id, now(), now()
    from metadata.lineage_jobs j, (values ('input', 0), ('output', 1)) w (direction, ahead)
    join metadata.lineage_datasets d on true
    where d.id = j.id + w.ahead;
    analyze metadata.tables, metadata.relations, metadata.databases, metadata.datasources, metadata.lineage_jobs,
        metadata.lineage_datasets, metadata.lineage_edges";

#[tokio::test]
async fn a_step_reads_no_table_as_a_whole() {
    let store = TestStore::create().await;
    let mut admin = store.admin().await;
    sqlx::raw_sql(MANY)
        .execute(&mut admin)
        .await
        .expect("many tables");
    let near: Vec<i64> =
        sqlx::query_scalar("select id from metadata.tables where table_name = 't250'")
            .fetch_all(&mut admin)
            .await
            .expect("tables");
    assert_eq!(near.len(), 20);
    let mut login = store.connect(StoreLogin::Meta).await;
    sqlx::query("select set_config('app.tenant_id', '1', false)")
        .execute(&mut login)
        .await
        .expect("a tenant");
    for way in ["true", "false"] {
        let statement = include_str!("../../../crates/catalog/sql/lineage_step.sql")
            .replace(
                "$1",
                &format!(
                    "'{{{}}}'",
                    near.iter()
                        .map(ToString::to_string)
                        .collect::<Vec<_>>()
                        .join(",")
                ),
            )
            .replace("$2", "'{1,2,3}'")
            .replace("$3", way)
            .replace("$4", "5001");
        let found = sqlx::query(AssertSqlSafe(statement.clone()))
            .fetch_all(&mut login)
            .await;
        assert!(found.expect("a step").len() >= 40, "{way}");
        let plan: Vec<String> =
            sqlx::query_scalar(AssertSqlSafe(format!("explain (costs off) {statement}")))
                .fetch_all(&mut login)
                .await
                .expect("a plan");
        let plan = plan.join("\n");
        for table in ["tables", "relations", "lineage_datasets", "lineage_edges"] {
            assert!(
                !plan.contains(&format!("Seq Scan on {table}")),
                "{way}: {plan}"
            );
        }
    }
}
