//! The graph around a table.

use serde_json::{Value, json};
use sqlx::AssertSqlSafe;
use test_support::{Server, assert_has};

use super::{dataset, event, told, with};
use crate::meta::shop::Shop;

/// A run of this number that reads and writes these.
async fn flow(shop: &Shop, number: u32, inputs: &[Value], outputs: &[Value]) {
    let members = json!({
        "/run/runId": format!("019e0000-0000-7000-8000-{number:012}"), "/job/name": format!("load-{number}"),
        "/inputs": inputs, "/outputs": outputs,
    });
    told(
        &shop.meta.admin(),
        &with(event("COMPLETE", number), &members),
    )
    .await;
}

async fn graph(shop: &Shop, table: &str, depth: u32) -> Value {
    let id = &shop.table(table).await["id"];
    let path = format!("/api/metadata/lineage?table_id={id}&depth={depth}");
    shop.meta.admin().get(&path).await.expect(200)
}

/// What a node is called: its table, or its name less the database of the test.
fn called(graph: &Value, id: &Value) -> String {
    let nodes = graph["nodes"].as_array().expect("nodes");
    let node = nodes.iter().find(|node| node["id"] == *id);
    let node = node.unwrap_or_else(|| panic!("no node {id} in {graph}"));
    let name = node["table"]["table_name"]
        .as_str()
        .or(node["name"].as_str());
    let name = name.expect("a name");
    let short = name.rsplit('.').next().unwrap_or(name);
    if node["kind"] == "dataset" {
        format!("?{short}")
    } else {
        short.to_owned()
    }
}

/// `from > to` of each edge, sorted.
fn edges(graph: &Value) -> Vec<String> {
    let edges = graph["edges"].as_array().expect("edges").iter();
    let mut edges: Vec<String> = edges
        .map(|edge| {
            format!(
                "{} > {}",
                called(graph, &edge["from"]),
                called(graph, &edge["to"])
            )
        })
        .collect();
    edges.sort();
    edges
}

/// What lies in the lake becomes customers, and those become orders, which a view reads.
async fn chained(shop: &Shop) {
    let (customers, orders) = (
        dataset(&shop.source, "customers"),
        dataset(&shop.source, "orders"),
    );
    let lake = json!({ "namespace": "s3://lake", "name": "crm" });
    flow(shop, 1, &[lake], std::slice::from_ref(&customers)).await;
    flow(shop, 2, &[customers], &[orders]).await;
}

pub(in crate::meta) async fn joins_views_and_events(server: Server) {
    let shop = Shop::scanned(server).await;
    chained(&shop).await;
    let whole = graph(&shop, "orders", 3).await;
    let chain = [
        "?crm > load-1",
        "customers > load-2",
        "load-1 > customers",
        "load-2 > orders",
        "orders > big_orders",
    ];
    assert_eq!(edges(&whole), chain);
    assert_has(
        &whole,
        &json!({ "depth": 3, "truncated": false, "root": whole["nodes"][0]["id"] }),
    );
    // From one end, the other way, and not farther than was asked for. A job is no step of its own.
    assert_eq!(edges(&graph(&shop, "big_orders", 20).await), chain);
    assert_eq!(edges(&graph(&shop, "customers", 1).await), &chain[..4]);
    assert_eq!(edges(&graph(&shop, "big_orders", 1).await), &chain[4..]);
}

pub(in crate::meta) async fn names_its_nodes_and_edges(server: Server) {
    let shop = Shop::scanned(server).await;
    chained(&shop).await;
    let whole = graph(&shop, "orders", 3).await;
    let nodes = whole["nodes"].as_array().expect("nodes");
    let expected = json!({ "kind": "table", "distance": 0, "namespace": null, "last_run": null });
    assert_has(&nodes[0], &expected);
    let expected = json!({
        "table_id": shop.table("orders").await["id"], "datasource_id": shop.id,
        "datasource_name": shop.source.database, "database_name": shop.source.database,
        "table_schema": server.schema(), "table_name": "orders", "table_type": "TABLE", "removed_at": null,
    });
    assert_has(&nodes[0]["table"], &expected);
    let of_kind = |kind: &str| {
        let found = nodes.iter().filter(|node| node["kind"] == kind);
        found.collect::<Vec<_>>()
    };
    let expected = json!({ "namespace": "s3://lake", "name": "crm", "distance": 2, "table": null });
    assert_has(of_kind("dataset")[0], &expected);
    let jobs = of_kind("job");
    assert_eq!(jobs.len(), 2);
    let expected = json!({ "status": "SUCCESS", "completed_at": "2026-01-31T08:02:00Z" });
    assert_has(&jobs[0]["last_run"], &expected);
    let all = whole["edges"].as_array().expect("edges");
    let view = all.iter().find(|edge| edge["kind"] == "view_dependency");
    let expected = json!({ "pipeline_id": null, "pipeline_name": null, "last_seen_at": null });
    assert_has(view.expect("the view"), &expected);
    let told = all.iter().find(|edge| edge["from"] == jobs[0]["id"]);
    let expected = json!({ "kind": "openlineage", "last_seen_at": "2026-01-31T08:02:00Z" });
    assert_has(told.expect("what the job writes"), &expected);
}

/// Names are held against the catalog when somebody asks.
pub(in crate::meta) async fn follows_the_catalog(server: Server) {
    let shop = Shop::scanned(server).await;
    let (orders, totals) = (
        dataset(&shop.source, "orders"),
        dataset(&shop.source, "totals"),
    );
    flow(&shop, 1, &[orders], &[totals]).await;
    let unknown = ["load-1 > ?totals", "orders > big_orders", "orders > load-1"];
    assert_eq!(edges(&graph(&shop, "orders", 1).await), unknown);
    shop.source
        .execute("create table totals (id int primary key)")
        .await;
    shop.scan().await;
    let known = ["load-1 > totals", "orders > big_orders", "orders > load-1"];
    assert_eq!(edges(&graph(&shop, "orders", 1).await), known);
    shop.source.execute("drop table totals").await;
    shop.scan().await;
    assert_eq!(edges(&graph(&shop, "orders", 1).await), unknown);
}

#[tokio::test]
async fn circles_end() {
    let shop = Shop::scanned(Server::Postgres).await;
    let (customers, orders) = (
        dataset(&shop.source, "customers"),
        dataset(&shop.source, "orders"),
    );
    flow(
        &shop,
        1,
        std::slice::from_ref(&customers),
        std::slice::from_ref(&orders),
    )
    .await;
    flow(
        &shop,
        2,
        std::slice::from_ref(&orders),
        std::slice::from_ref(&customers),
    )
    .await;
    flow(
        &shop,
        3,
        std::slice::from_ref(&orders),
        std::slice::from_ref(&orders),
    )
    .await;
    let circle = [
        "customers > load-1",
        "load-1 > orders",
        "load-2 > customers",
        "load-3 > orders",
        "orders > big_orders",
        "orders > load-2",
        "orders > load-3",
    ];
    let around = graph(&shop, "orders", 20).await;
    assert_eq!(
        (edges(&around), &around["truncated"]),
        (circle.map(str::to_owned).into(), &json!(false))
    );
    assert_eq!(around["nodes"].as_array().map(Vec::len), Some(6));
}

#[tokio::test]
async fn pipelines_lead_from_sync_to_business_tables() {
    let shop = Shop::scanned(Server::Postgres).await;
    let (customers, orders) = (
        shop.table("customers").await["id"].clone(),
        shop.table("orders").await["id"].clone(),
    );
    let made = format!(
        "insert into metadata.pipelines (tenant_id, name, sync_table_id, biz_table_id, fill, etl, delta)
         values (1, 'nightly', {customers}, {orders}, '{{}}', '{{}}', '{{}}'),
             (1, 'cut off', {customers}, null, '{{}}', '{{}}', '{{}}')
         returning id"
    );
    let pipeline: i64 = sqlx::query_scalar(AssertSqlSafe(made))
        .fetch_one(&mut shop.meta.installation.store().admin().await)
        .await
        .expect("a pipeline");
    let chain = ["customers > orders", "orders > big_orders"];
    for table in ["customers", "big_orders"] {
        assert_eq!(edges(&graph(&shop, table, 2).await), chain);
    }
    let near = graph(&shop, "customers", 1).await;
    let expected = json!([{
        "from": format!("table-{customers}"), "to": format!("table-{orders}"), "kind": "pipeline",
        "pipeline_id": pipeline, "pipeline_name": "nightly", "last_seen_at": null,
    }]);
    assert_eq!(near["edges"], expected);
}

#[tokio::test]
async fn a_graph_that_is_too_large_is_cut_at_its_far_end() {
    let shop = Shop::scanned(Server::Postgres).await;
    let files = |side: &str| {
        let name = |index| json!({ "namespace": "s3://lake", "name": format!("{side}-{index}") });
        (0..999).map(name).collect::<Vec<Value>>()
    };
    let mut inputs = files("in");
    inputs.push(dataset(&shop.source, "orders"));
    flow(&shop, 1, &inputs, &files("out")).await;
    let cut = graph(&shop, "orders", 20).await;
    assert_eq!(cut["truncated"], true);
    let nodes = cut["nodes"].as_array().expect("nodes");
    assert_eq!(nodes.len(), 1000);
    // What is near is all there, and no edge hangs in the air.
    let edges = edges(&cut);
    for near in ["orders > load-1", "orders > big_orders"] {
        assert!(edges.iter().any(|edge| edge == near), "{near}");
    }
}

#[tokio::test]
async fn what_is_asked_wrongly_is_named() {
    let shop = Shop::scanned(Server::Postgres).await;
    let api = shop.meta.admin();
    let id = &shop.table("orders").await["id"];
    for depth in ["0", "21", "-1", "many"] {
        let asked = api
            .get(&format!(
                "/api/metadata/lineage?table_id={id}&depth={depth}"
            ))
            .await;
        let problem = asked.problem(422, "validation-failed");
        assert_eq!(problem["errors"][0]["pointer"], "/depth", "{problem}");
    }
    let asked = api.get("/api/metadata/lineage?table_id=987654").await;
    let _ = asked.problem(404, "table-not-found");
    let alone = graph(&shop, "customers", 3).await;
    assert_eq!(
        (alone["nodes"].as_array().map(Vec::len), &alone["edges"]),
        (Some(1), &json!([]))
    );
}
