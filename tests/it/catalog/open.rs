//! `PostgreSQL` shows its catalogs to all who may connect; who has the address is another matter.

use serde_json::json;
use sqlx::Executor as _;
use test_support::{Cluster, Installation, Proxy, Server, Source};

use super::doubts::{confirm, doubted, doubts};
use super::{Scans, source};

/// Two tables, in schemas that only their owner may use.
async fn shut_schemas() -> Scans {
    let source = source(Server::Postgres).await;
    source
        .execute("create table t1 (id int); create schema app; create table app.t2 (id int)")
        .await;
    Scans::of(source).await
}

#[tokio::test]
async fn a_schema_that_is_shut_hides_nothing() {
    let scans = shut_schemas().await;
    let login = scans.source.username.clone();
    scans
        .execute(&format!(
            "grant usage on schema app to {login}; grant select on app.t2 to {login}"
        ))
        .await;
    scans.scan_well().await;
    let before = scans.tables().await;
    assert_eq!(before.len(), 2);
    scans
        .execute(&format!(
            "revoke all on app.t2 from {login}; revoke all on schema app from {login};
             revoke usage on schema public from public"
        ))
        .await;
    let status = scans.scan_well().await;
    assert_eq!(status["changes"]["removed"], 0, "{status}");
    assert_eq!(scans.tables().await, before);
}

/// Level 1 keeps the database and says why nobody gets in; level 2 fails and marks nothing.
#[tokio::test]
async fn a_database_that_is_shut_stays() {
    let mut source: Source = source(Server::Postgres).await;
    let second = source.add_database().await;
    let create = "create table kept (id int)";
    source.session_in(&second).await.execute(create).await;
    let meta = Installation::new().await.meta().await;
    let mut body = source.registration("shop");
    body["options"] = json!({ "include_databases": [source.database, second] });
    let created = meta.admin().post("/api/metadata/datasources", &body).await;
    let id = meta.registered(created.expect(201)).await;
    let scans = Scans { meta, source, id };
    let deep = json!({ "resource_id": id, "database": second });
    assert_eq!(scans.meta.scan(&deep).await["status"], "SUCCESS");
    let before = scans.tables().await;

    let login = &scans.source.username;
    let revoke = format!("revoke connect on database {second} from {login}");
    scans.source.admin().await.execute(&revoke).await;
    let status = scans.sync().await;
    assert_eq!(status["status"], "SUCCESS", "{status}");
    assert_eq!(status["changes"]["removed"], 0, "{status}");
    let shut = "select inaccessible_reason from metadata.databases
        where removed_at is null and inaccessible_reason like '%no CONNECT privilege%'";
    assert_eq!(scans.rows(shut).await.len(), 1);
    let status = scans.meta.scan(&deep).await;
    assert_eq!(status["status"], "FAILED", "{status}");
    assert_eq!(scans.tables().await, before);
}

/// A real one, with a database and a login of the same names.
#[tokio::test]
async fn another_cluster_at_the_address_removes_nothing() {
    let source = source(Server::Postgres).await;
    source.create_tables(4).await;
    let proxy = Proxy::to(Server::Postgres).await;
    let meta = Installation::new().await.meta().await;
    let mut body = source.registration_through("moved", proxy.port);
    body["options"] = json!({ "include_databases": [source.database, "gone"] });
    let created = meta.admin().post("/api/metadata/datasources", &body).await;
    let id = meta.registered(created.expect(201)).await;
    let scans = Scans { meta, source, id };
    scans.scan_well().await;
    let before = scans.tables().await;
    let identity = "select distinct server_identity from metadata.sync_logs";
    assert_eq!(scans.rows(identity).await.len(), 1);

    let Source {
        database,
        username,
        password,
        ..
    } = &scans.source;
    let cluster = Cluster::start().await;
    let mut other = cluster.connect("postgres").await;
    for sql in [
        format!("create role {username} login password '{password}'"),
        format!("create database {database}"),
    ] {
        other
            .execute(sqlx::AssertSqlSafe(sql))
            .await
            .expect("it is ours");
    }
    let mut other = cluster.connect(database).await;
    let create = "create table t001 (id int primary key, parent int not null)";
    other.execute(create).await.expect("it is ours");
    proxy.lead_to(cluster.url().port().expect("a port"));
    let status = scans.scan().await;
    assert_eq!(status["status"], "PARTIAL", "{status}");
    assert_eq!(status["changes"]["removed"], 0, "{status}");
    assert_eq!(
        doubted(&scans, &status).await,
        doubts(
            &["name", "t002", "t003", "t004"],
            "another server answers at the address"
        )
    );
    assert_eq!(scans.tables().await, before);
    assert_eq!(scans.rows(identity).await.len(), 2);
    assert_eq!(confirm(&scans, &status).await.expect(200)["removed"], 4);
    scans.scan_well().await;
    assert_eq!(scans.tables().await.len(), 1);
}
