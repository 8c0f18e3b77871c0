//! `GET /api/manager/managed-objects/{id}/preview`

use models::{Role, TenantId};
use serde_json::{Value, json};
use test_support::{Answer, Api, Server, TENANT};

use super::super::desk::{Desk, OBJECTS, in_state, refs};

/// A desk whose login may read rows, and the id of what is managed.
async fn managed(server: Server, what: &Value, settings: &[(&str, &str)]) -> (Desk, Value) {
    let desk = Desk::with(server, settings).await;
    if server == Server::Postgres {
        let grant = format!(
            "grant usage on schema public to {0}; grant select on all tables in schema public to {0}",
            desk.source.username
        );
        desk.source.execute(&grant).await;
    }
    let managed = desk.manage(what).await.expect(202);
    let id = refs(&managed)[0]["id"].clone();
    in_state(&desk.manager.admin(), &id, "ready").await;
    (desk, id)
}

async fn preview(api: &Api, id: &Value, query: &str) -> Answer {
    api.get(&format!("{OBJECTS}/{id}/preview?{query}")).await
}

/// The pointer of the only field that has to be changed.
fn pointer(answer: Answer) -> Value {
    answer.problem(422, "validation-failed")["errors"][0]["pointer"].clone()
}

pub(in super::super) async fn whoever_may_read_sees_rows(server: Server) {
    let what = json!({ "tables": ["customers"] });
    let (desk, id) = managed(server, &what, &[]).await;
    let viewer = desk.manager.user(TENANT, Role::Viewer);
    let shown = preview(&viewer, &id, "where=name+%3D+%27b%27&columns=name,id").await;
    let shown = shown.expect(200);
    assert_eq!(shown["rows"], json!([["b", 2]]), "{shown}");
    assert_eq!(
        (&shown["table_name"], &shown["truncated"]),
        (&json!("customers"), &json!(false))
    );
    // The table's own door is for services and administrators.
    let path = format!("/api/metadata/tables/{}/preview", shown["table_id"]);
    let _ = viewer.get(&path).await.problem(403, "forbidden");
    let _ = desk.manager.admin().get(&path).await.expect(200);
    let theirs = desk.manager.user(TenantId(2), Role::Admin);
    let answer = preview(&theirs, &id, "").await;
    let _ = answer.problem(404, "managed-object-not-found");
    let answer = preview(&viewer, &id, "where=id%3D1%3Bdrop+table+customers").await;
    assert_eq!(pointer(answer), "/where");
    let answer = preview(&viewer, &id, "table=orders").await;
    assert_eq!(pointer(answer), "/table");
    let answer = preview(&viewer, &id, "format=xml").await;
    assert_eq!(pointer(answer), "/format");
}

pub(in super::super) async fn a_whole_database_is_asked_for_a_table(server: Server) {
    let (desk, id) = managed(server, &json!({}), &[("MANAGER__PREVIEW__MAX_ROWS", "1")]).await;
    let api = desk.manager.user(TENANT, Role::Viewer);
    assert_eq!(pointer(preview(&api, &id, "").await), "/table");
    let answer = preview(&api, &id, "table=nothing").await;
    let _ = answer.problem(404, "table-not-found");
    let shown = preview(&api, &id, "table=orders").await.expect(200);
    assert_eq!(shown["rows"], json!([[1, 1, "5.00"]]));
    // As many rows as the service is set to, where nobody asks for fewer.
    let shown = preview(&api, &id, "table=customers").await.expect(200);
    assert_eq!(
        (
            shown["rows"].as_array().map(Vec::len),
            &shown["truncated_by"]
        ),
        (Some(1), &json!("rows"))
    );
    let answer = preview(&api, &id, "table=customers&limit=2").await;
    assert_eq!(pointer(answer), "/limit");
}

pub(in super::super) async fn rows_come_as_csv_too(server: Server) {
    let (desk, id) = managed(server, &json!({ "tables": ["customers"] }), &[]).await;
    desk.source
        .execute("delete from customers; insert into customers values (-1, '=1+1'), (3, ''), (4, 'say \"hi\", you')")
        .await;
    let api = desk.manager.user(TENANT, Role::Viewer);
    let csv = preview(&api, &id, "format=csv").await;
    assert_eq!(
        (
            csv.status,
            csv.header("content-type"),
            csv.header("x-preview-truncated")
        ),
        (200, "text/csv; charset=utf-8; header=present", "")
    );
    let mut lines: Vec<_> = csv.text.split_terminator("\r\n").collect();
    assert_eq!(lines.remove(0), "id,name");
    lines.sort_unstable();
    assert_eq!(
        lines,
        ["-1,\"'=1+1\"", "3,\"\"", "4,\"say \"\"hi\"\", you\""]
    );
    let csv = preview(&api, &id, "format=csv&limit=1").await;
    assert_eq!(csv.header("x-preview-truncated"), "rows");
}

/// A name without a schema may mean several tables.
#[tokio::test]
async fn one_of_several_tables_is_named_with_its_schema() {
    let what = json!({ "tables": ["customers"], "trigger_deep_scan": false });
    let desk = Desk::registered(Server::Postgres).await;
    let sql = format!(
        "create schema other; create table other.customers (id int); insert into other.customers values (7);
         grant usage on schema other to {0}; grant select on other.customers to {0}",
        desk.source.username
    );
    desk.source.execute(&sql).await;
    let managed = desk.manage(&what).await.expect(202);
    desk.scan().await;
    let id = &refs(&managed)[0]["id"];
    let api = desk.manager.user(TENANT, Role::Viewer);
    let problem = preview(&api, id, "")
        .await
        .problem(422, "validation-failed");
    let detail = problem["errors"][0]["detail"].as_str().unwrap_or_default();
    assert_eq!(
        detail,
        "customers means several tables: name one of other.customers, public.customers"
    );
    let shown = preview(&api, id, "table=other.customers").await.expect(200);
    assert_eq!(shown["rows"], json!([[7]]));
}

pub(in super::super) async fn what_was_removed_is_not_shown(server: Server) {
    let (desk, id) = managed(server, &json!({ "tables": ["customers"] }), &[]).await;
    let api = desk.manager.user(TENANT, Role::Viewer);
    desk.source.execute("drop table customers").await;
    let answer = preview(&api, &id, "").await;
    let _ = answer.problem(409, "table-changed");
    desk.scan().await;
    in_state(&desk.manager.admin(), &id, "failed").await;
    let answer = preview(&api, &id, "").await;
    let _ = answer.problem(409, "table-changed");
}
