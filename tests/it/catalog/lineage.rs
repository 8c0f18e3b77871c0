//! What is kept of lineage, and a step of it among many tables, views, jobs and datasets.

use std::collections::BTreeSet;

use ::catalog::lineage;
use ::jobs::observed;
use db::Tx;
use models::lineage::{Lineage, LineageKind};
use models::openlineage::{Event, History, Subject};
use serde_json::json;
use sqlx::AssertSqlSafe;
use test_support::{StoreLogin, TENANT, TestStore};
use uuid::Uuid;

/// One server that is registered under two names, in one of which a table is known.
const TWICE: &str = "
    select set_config('app.tenant_id', '1', false);
    insert into metadata.tenants (tenant_id) values (1);
    insert into metadata.datasources (tenant_id, datasource_name, datasource_type, host, port, username, secret,
        secret_key_id)
    select 1, name, 'postgresql', host, 5432, 'u', '', 'k1' from (values ('shop', 'DB'), ('again', 'db')) s (name, host);
    insert into metadata.databases (tenant_id, datasource_id, database_name)
    select 1, id, 'shop' from metadata.datasources;
    insert into metadata.tables (tenant_id, database_id, table_schema, table_name, table_type)
    select 1, d.id, 'public', 'orders', 'TABLE'
    from metadata.databases d join metadata.datasources s on s.id = d.datasource_id and s.datasource_name = 'shop'";

/// A run of this number that has ended at this minute, as it is kept with the job of this number that stands for it.
async fn ended(tx: &mut Tx, number: u128, minute: u32, job_number: u128) -> Uuid {
    let orders = json!({ "namespace": "postgres://db:5432", "name": "shop.public.orders" });
    let event: Event = serde_json::from_value(json!({
        "eventType": "COMPLETE", "eventTime": format!("2026-01-31T08:{minute:02}:00Z"),
        "run": { "runId": Uuid::from_u128(number) }, "job": { "namespace": "nightly", "name": "load" },
        "inputs": [orders], "outputs": [orders],
    }))
    .expect("an event");
    let Ok(Subject::Run(run, job)) = event.subject() else {
        panic!("of a run: {event:?}")
    };
    let history = History::of(&event, run, job);
    let id = Uuid::from_u128(job_number);
    sqlx::query(
        "insert into metadata.log_data_jobs
            (tenant_id, id, job_type, target_scope, trigger, status, completed_at)
         values (1, $1, 'EXTERNAL', 'nightly/load', 'external', 'SUCCESS', $2)",
    )
    .bind(id)
    .bind(history.ended_at())
    .execute(&mut **tx)
    .await
    .expect("a job");
    let kept = lineage::put_run(tx, run.run_id, id, &history).await;
    kept.expect("a run");
    let kept = lineage::put_edges(tx, history.job(), &event).await;
    kept.expect("edges");
    id
}

/// The graph around the only table.
async fn around(tx: &mut Tx) -> Lineage {
    let table: i64 = sqlx::query_scalar("select id from metadata.tables")
        .fetch_one(&mut **tx)
        .await
        .expect("a table");
    let graph = lineage::around(tx, table, 1).await;
    graph.expect("a graph")
}

/// Late events make nothing newer than it is.
#[tokio::test]
async fn the_newest_run_is_the_one_that_began_last() {
    for order in [[(1, 5), (2, 1)], [(2, 1), (1, 5)]] {
        let store = TestStore::create().await;
        let made = sqlx::raw_sql(TWICE).execute(&mut store.admin().await).await;
        made.expect("a table");
        let mut tx = store.open().begin(TENANT).await.expect("a transaction");
        let mut newest = None;
        // Ids of jobs follow the order in which they are heard of.
        for ((number, minute), heard) in order.into_iter().zip(1..) {
            let id = ended(&mut tx, number, minute, heard).await;
            if minute == 5 {
                newest = Some(id);
            }
        }
        let graph = around(&mut tx).await;
        let mut runs = graph.nodes.iter().filter_map(|node| node.last_run.as_ref());
        let run = runs.next().expect("a job that has run");
        assert_eq!(Some(run.job_id), newest, "{order:?}");
        assert_eq!(
            run.completed_at.map(|at| at.timestamp()),
            Some(1_769_846_700)
        );
        assert_eq!(runs.next(), None);
    }
}

#[tokio::test]
async fn what_is_a_table_of_one_source_is_no_dataset_of_another() {
    let store = TestStore::create().await;
    let made = sqlx::raw_sql(TWICE).execute(&mut store.admin().await).await;
    made.expect("a table");
    let mut tx = store.open().begin(TENANT).await.expect("a transaction");
    ended(&mut tx, 1, 0, 1).await;
    let graph = around(&mut tx).await;
    let nodes: BTreeSet<_> = graph
        .nodes
        .iter()
        .map(|node| (node.kind, node.name.as_deref()))
        .collect();
    let expected = [(LineageKind::Table, None), (LineageKind::Job, Some("load"))];
    assert_eq!(nodes, BTreeSet::from(expected));
}

/// A view in another schema reads the table, and another one that of another database, as on `MySQL`.
const ELSEWHERE: &str = "
    select set_config('app.tenant_id', '1', false);
    insert into metadata.databases (tenant_id, datasource_id, database_name)
    select 1, id, 'reports' from metadata.datasources where datasource_name = 'shop';
    insert into metadata.tables (tenant_id, database_id, table_schema, table_name, table_type)
    select 1, d.id, v.schema, v.name, 'VIEW'
    from (values ('shop', 'sales', 'orders'), ('reports', 'public', 'totals')) v (database, schema, name)
    join metadata.databases d on d.database_name = v.database
    join metadata.datasources s on s.id = d.datasource_id and s.datasource_name = 'shop';
    insert into metadata.relations (tenant_id, datasource_id, table_id, relation_kind, relation_name, to_database,
        to_schema, to_table)
    select 1, d.datasource_id, t.id, 'view_dependency', '', 'shop', 'public', 'orders'
    from metadata.databases d join metadata.tables t on t.database_id = d.id and t.table_type = 'VIEW'";

#[tokio::test]
async fn views_are_found_across_schemas_and_databases() {
    let store = TestStore::create().await;
    let made = sqlx::raw_sql(AssertSqlSafe(format!("{TWICE};{ELSEWHERE}")))
        .execute(&mut store.admin().await)
        .await;
    made.expect("a table and two views");
    let mut tx = store.open().begin(TENANT).await.expect("a transaction");
    let tables: Vec<i64> = sqlx::query_scalar("select id from metadata.tables order by id")
        .fetch_all(&mut *tx)
        .await
        .expect("tables");
    let mut told = Vec::new();
    for table in tables {
        let graph = lineage::around(&mut tx, table, 1).await.expect("a graph");
        let table = |id: &str| {
            let mut nodes = graph.nodes.iter();
            let node = nodes.find(|node| node.id == id);
            let table = node.and_then(|node| node.table.as_ref());
            let table = table.expect("a table");
            format!(
                "{}.{}.{}",
                table.database_name, table.table_schema, table.table_name
            )
        };
        let edges = graph.edges.iter();
        let edges = edges.map(|edge| format!("{} > {}", table(&edge.from), table(&edge.to)));
        told.push(edges.collect::<BTreeSet<_>>());
    }
    let [sales, totals] = ["shop.sales.orders", "reports.public.totals"]
        .map(|view| format!("shop.public.orders > {view}"));
    let expected = [
        BTreeSet::from([sales.clone(), totals.clone()]),
        BTreeSet::from([sales]),
        BTreeSet::from([totals]),
    ];
    assert_eq!(told, expected);
}

/// Else each of the two might find that the other one is not there yet, and none be the other's parent.
#[tokio::test]
async fn a_run_waits_for_those_that_it_has_started() {
    let store = TestStore::create().await;
    let opened = store.open();
    for parent in ["openlineage:a", "openlineage:z"] {
        let mut children = Vec::new();
        for child in ["openlineage:m", "openlineage:n"] {
            let mut tx = opened.begin(TENANT).await.expect("a transaction");
            let locked = observed::lock(&mut tx, child, Some(parent)).await;
            locked.expect("no child waits for another");
            children.push(tx);
        }
        let mut tx = opened.begin(TENANT).await.expect("a transaction");
        sqlx::query("select set_config('lock_timeout', '50ms', true)")
            .execute(&mut *tx)
            .await
            .expect("a setting");
        let waited = observed::lock(&mut tx, parent, None).await;
        let error = waited.expect_err("it waits");
        assert!(format!("{error:?}").contains("55P03"), "{error:?}");
    }
}

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
