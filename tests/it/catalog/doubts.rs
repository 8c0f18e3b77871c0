//! What nobody can be sure of waits for a person, and just that is confirmed.

use models::{Role, TenantId};
use serde_json::{Value, json};
use test_support::{Answer, Installation, Proxy, Server, Source, TENANT};

use super::{Scans, source};

const ANOTHER_SERVER: &str = "another server answers at the address";

/// What a scan doubted, as the API lists it: the names and the reason.
pub(super) async fn doubted(scans: &Scans, scan: &Value) -> Vec<(String, String)> {
    let path = format!("/api/metadata/scan/{}/removals", scan["scan_id"]);
    let page = scans.meta.admin().get(&path).await.expect(200);
    let items = page["items"].as_array().expect("items").iter();
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let named = items.map(|item| {
        let name = text(&item["field_name"]).or_else(|| text(&item["object_name"]));
        let name = name.or_else(|| text(&item["database_name"]));
        let reason = text(&item["reason"]).expect("a reason");
        (name.expect("a name"), reason)
    });
    named.collect()
}

/// What is expected of [`doubted`].
pub(super) fn doubts(names: &[&str], reason: &str) -> Vec<(String, String)> {
    let own = |name: &&str| ((*name).to_owned(), reason.to_owned());
    names.iter().map(own).collect()
}

fn confirmation(scan: &Value) -> String {
    format!("/api/metadata/scan/{}/confirm-removals", scan["scan_id"])
}

pub(super) async fn confirm(scans: &Scans, scan: &Value) -> Answer {
    let path = confirmation(scan);
    scans.meta.admin().post(&path, &json!({})).await
}

fn table(n: usize) -> String {
    format!("create table t{n:03} (id int primary key, parent int not null, name varchar(20))")
}

/// Ten tables that were scanned, and a scan that missed the first six.
async fn doubting(server: Server) -> (Scans, Value) {
    let source = source(server).await;
    source.create_tables(10).await;
    let scans = Scans::of(source).await;
    let first = scans.scan_well().await;
    assert!(doubted(&scans, &first).await.is_empty());
    let _ = confirm(&scans, &first)
        .await
        .problem(409, "nothing-to-confirm");
    scans
        .execute("drop table t001, t002, t003, t004, t005, t006")
        .await;
    let status = scans.scan().await;
    assert_eq!(status["status"], "PARTIAL", "{status}");
    (scans, status)
}

/// Just what a person saw is marked, and nothing that was made or dropped meanwhile.
pub(super) async fn what_is_confirmed_is_marked(server: Server) {
    let (scans, status) = doubting(server).await;
    let reason = "half or more of them vanished at once";
    let names = ["t001", "t002", "t003", "t004", "t005", "t006"];
    assert_eq!(doubted(&scans, &status).await, doubts(&names, reason));
    let path = format!(
        "/api/metadata/scan/{}/removals?limit=4&with_total=true",
        status["scan_id"]
    );
    let page = scans.meta.admin().get(&path).await.expect(200);
    assert_eq!(page["total"], 6, "{page}");
    let cursor = page["next_cursor"].as_str().expect("a cursor");
    let page = scans
        .meta
        .admin()
        .get(&format!("{path}&cursor={cursor}"))
        .await;
    let page = page.expect(200);
    let rest = page["items"].as_array().expect("items").iter();
    let rest: Vec<_> = rest.map(|item| &item["object_name"]).collect();
    assert_eq!(rest, ["t005", "t006"], "{page}");

    scans.execute("drop table t010").await;
    scans.execute(&table(11)).await;
    assert_eq!(scans.tables().await.len(), 10);
    let confirmed = confirm(&scans, &status).await.expect(200);
    assert_eq!(confirmed["removed"], 6, "{confirmed}");
    assert_eq!(scans.tables().await.len(), 4);
    let removed = "select object_name from metadata.changes where change_type = 'removed'";
    assert_eq!(scans.rows(removed).await.len(), 6);
    let again = confirm(&scans, &status).await.expect(200);
    assert_eq!(again["removed"], 0, "{again}");
    let status = scans.scan_well().await;
    assert_eq!(
        status["changes"],
        json!({ "added": 4, "changed": 0, "removed": 1, "renamed": 0 }),
        "{status}"
    );
}

/// Each is marked once, and told once.
pub(super) async fn two_confirm_at_once(server: Server) {
    let (scans, status) = doubting(server).await;
    let (one, other) = tokio::join!(confirm(&scans, &status), confirm(&scans, &status));
    let removed = [one, other].map(|answer| {
        let answer = answer.expect(200);
        answer["removed"].as_i64().expect("a number")
    });
    assert_eq!(removed.iter().sum::<i64>(), 6, "{removed:?}");
    let told = "select object_name from metadata.changes where change_type = 'removed'";
    assert_eq!(scans.rows(told).await.len(), 6);
    assert_eq!(scans.tables().await.len(), 4);
}

pub(super) async fn who_may_not_confirms_nothing(server: Server) {
    let (scans, status) = doubting(server).await;
    let path = confirmation(&status);
    let viewer = scans.meta.user(TENANT, Role::Viewer);
    let answer = viewer.post(&path, &json!({})).await;
    let _ = answer.problem(403, "forbidden");
    let stranger = scans.meta.user(TenantId(TENANT.0 + 1), Role::Admin);
    let answer = stranger.post(&path, &json!({})).await;
    let _ = answer.problem(404, "scan-not-found");
    let listed = format!("/api/metadata/scan/{}/removals", status["scan_id"]);
    let _ = stranger.get(&listed).await.problem(404, "scan-not-found");
    assert_eq!(scans.tables().await.len(), 10);

    let path = format!("/api/metadata/datasources/{}?confirm=", scans.id);
    let name = scans
        .rows("select datasource_name as n from metadata.datasources")
        .await;
    let name: Value = serde_json::from_str(&name[0]).expect("JSON");
    let path = format!("{path}{}", name["n"].as_str().expect("a name"));
    let answer = scans.meta.admin().delete(&path).await;
    assert!(answer.status < 300, "{answer:?}");
    let _ = confirm(&scans, &status)
        .await
        .problem(404, "scan-not-found");
}

/// A scan that found them again, or doubts anew, is the one to ask.
pub(super) async fn what_came_back_is_not_confirmed(server: Server) {
    let (scans, old) = doubting(server).await;
    let before = scans.tables().await;
    let new = scans.scan().await;
    assert!(doubted(&scans, &old).await.is_empty());
    assert_eq!(doubted(&scans, &new).await.len(), 6);
    for n in 1..=6 {
        scans.execute(&table(n)).await;
    }
    scans.scan_well().await;
    for scan in [&old, &new] {
        let answer = confirm(&scans, scan).await;
        let _ = answer.problem(409, "nothing-to-confirm");
    }
    assert_eq!(scans.tables().await, before);
}

/// It has looked since, if not at all of them: the next whole one will tell.
pub(super) async fn what_a_scan_of_some_tables_found_is_not_confirmed(server: Server) {
    let (scans, doubting) = doubting(server).await;
    scans.execute(&table(1)).await;
    let some =
        json!({ "resource_id": scans.id, "database": scans.source.database, "tables": ["t001"] });
    let status = scans.meta.scan(&some).await;
    assert_eq!(status["status"], "SUCCESS", "{status}");
    let answer = confirm(&scans, &doubting).await;
    let _ = answer.problem(409, "nothing-to-confirm");
    assert_eq!(scans.tables().await.len(), 10);
    let status = scans.scan().await;
    assert_eq!(confirm(&scans, &status).await.expect(200)["removed"], 5);
}

/// It may have merged some of them already, and would not look at these again.
pub(super) async fn a_scan_under_way_is_waited_for(server: Server) {
    let source = source(server).await;
    source.create_tables(10).await;
    let proxy = Proxy::to(server).await;
    let meta = Installation::new().await.meta().await;
    let body = source.registration_through("held", proxy.port);
    let created = meta.admin().post("/api/metadata/datasources", &body).await;
    let id = meta.registered(created.expect(201)).await;
    let scans = Scans { meta, source, id };
    scans.scan_well().await;
    scans
        .execute("drop table t001, t002, t003, t004, t005")
        .await;
    let doubting = scans.scan().await;
    proxy.hold();
    let deep = json!({ "resource_id": id, "database": scans.source.database });
    let started = scans
        .meta
        .admin()
        .post("/api/metadata/scan/deep", &deep)
        .await;
    let started = started.expect(202);
    let problem = confirm(&scans, &doubting).await.problem(409, "scan-active");
    assert_eq!(problem["job_id"], started["job_id"], "{problem}");
    proxy.release();
    let ended = scans
        .meta
        .ended(started["scan_id"].as_i64().expect("a scan"))
        .await;
    assert_eq!(ended["status"], "PARTIAL", "{ended}");
    assert_eq!(scans.tables().await.len(), 10);
    assert_eq!(confirm(&scans, &ended).await.expect(200)["removed"], 5);
}

/// As if another server had had the address so far: who listed them is what the store says.
async fn pretend_another_listed(scans: &Scans, of: &str) {
    let mut admin = scans.meta.installation.store().admin().await;
    let sql =
        format!("update metadata.{of} set witness = witness || '{{\"server\": \"another\"}}'");
    let done = sqlx::query(sqlx::AssertSqlSafe(sql))
        .execute(&mut admin)
        .await;
    assert!(done.expect("it was another").rows_affected() > 0);
}

/// One table that is missing is enough for a doubt.
pub(super) async fn what_another_server_does_not_list_stays(server: Server) {
    let source = source(server).await;
    source.create_tables(4).await;
    let scans = Scans::of(source).await;
    scans.scan_well().await;
    let logs = "select id from metadata.sync_logs where server_identity is null";
    let unknown = scans.rows(logs).await;
    assert!(unknown.is_empty(), "each run tells whom it asked");
    pretend_another_listed(&scans, "databases").await;
    let before = scans.tables().await;
    scans.execute("drop table t001").await;
    scans.execute("alter table t002 drop column name").await;
    let status = scans.scan().await;
    assert_eq!(status["status"], "PARTIAL", "{status}");
    assert_eq!(status["changes"]["removed"], 0, "{status}");
    assert_eq!(
        doubted(&scans, &status).await,
        doubts(&["name", "t001"], ANOTHER_SERVER)
    );
    assert_eq!(scans.tables().await, before);
    // From then on this is the one to compare with.
    assert_eq!(confirm(&scans, &status).await.expect(200)["removed"], 2);
    let fields = "select id from metadata.fields where removed_at is null and field_name = 'name'";
    assert_eq!(
        scans.rows(fields).await.len(),
        3,
        "that of t001 went with it"
    );
    scans.execute("drop table t002").await;
    assert_eq!(scans.scan_well().await["changes"]["removed"], 1);
}

/// The same for the databases of a server.
pub(super) async fn databases_that_another_server_does_not_list_stay(server: Server) {
    let mut source: Source = source(server).await;
    let second = source.add_database().await;
    let meta = Installation::new().await.meta().await;
    let mut body = source.registration("shop");
    body["options"] = json!({ "include_databases": [source.database, second] });
    let created = meta.admin().post("/api/metadata/datasources", &body).await;
    let id = meta.registered(created.expect(201)).await;
    let scans = Scans { meta, source, id };
    pretend_another_listed(&scans, "datasources").await;
    let mut admin = scans.source.admin().await;
    admin.execute(&format!("drop database {second}")).await;
    let status = scans.sync().await;
    assert_eq!(status["status"], "PARTIAL", "{status}");
    assert_eq!(
        doubted(&scans, &status).await,
        doubts(&[&second], ANOTHER_SERVER)
    );
    let gone = "select database_name from metadata.databases where removed_at is not null";
    assert!(scans.rows(gone).await.is_empty());
    assert_eq!(confirm(&scans, &status).await.expect(200)["removed"], 1);
    assert_eq!(scans.rows(gone).await.len(), 1);
    let status = scans.sync().await;
    assert_eq!(status["status"], "SUCCESS", "{status}");
}
