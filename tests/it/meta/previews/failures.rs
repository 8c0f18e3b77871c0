//! What cannot be shown, and what nobody can do by showing it.

use models::datasource::Engine;
use serde_json::json;
use test_support::{Act, FakeServer, Installation, Proxy, Server, Source};

use super::{Rows, grant_rows};

const TABLE: &str = "create table people (id int primary key, name varchar(40));
     insert into people values (1, 'Ada');";

pub(super) async fn a_table_that_has_changed_is_told(server: Server) {
    let sql =
        format!("{TABLE} create table gone (id int primary key); create table odd (a int, b int);");
    let rows = Rows::of(server, &sql).await;
    let paths = [rows.path("gone").await, rows.path("odd").await];
    rows.source
        .execute("drop table gone; alter table odd drop column b")
        .await;
    for path in paths {
        let answer = rows.meta.admin().get(&path).await;
        let problem = answer.problem(409, "table-changed");
        let detail = problem["detail"].as_str().unwrap_or_default();
        assert!(detail.contains("any more"), "{detail}");
    }
    let path = rows.path("gone").await;
    rows.scan().await;
    let answer = rows.meta.admin().get(&path).await;
    let _ = answer.problem(409, "table-changed");
    let _ = rows.preview("odd", &[]).await.expect(200);
}

pub(super) async fn a_source_that_is_down_is_told(server: Server) {
    let source = Source::create(server).await;
    source.execute(TABLE).await;
    grant_rows(&source).await;
    let proxy = Proxy::to(server).await;
    let meta = Installation::new()
        .await
        .meta_with(&[("META__SOURCES__CONNECT_TIMEOUT_SECONDS", "2")])
        .await;
    let body = source.registration_through(&source.database, proxy.port);
    let created = meta.admin().post("/api/metadata/datasources", &body).await;
    let id = meta.registered(created.expect(201)).await;
    let rows = Rows { meta, source, id };
    rows.scan().await;
    let _ = rows.preview("people", &[]).await.expect(200);
    proxy.cut();
    let answer = rows.preview("people", &[]).await;
    let problem = answer.problem(502, "datasource-unreachable");
    assert!(
        !problem.to_string().contains(&rows.source.password),
        "{problem}"
    );
    proxy.release();
    let recorded = rows.recorded().await;
    assert_eq!(
        recorded[1].problem.as_deref(),
        Some("/problems/datasource-unreachable")
    );
    let _ = rows.preview("people", &[]).await.expect(200);
}

pub(super) async fn a_paused_source_is_left_alone(server: Server) {
    let rows = Rows::of(server, TABLE).await;
    let source = format!("/api/metadata/datasources/{}", rows.id);
    let paused = json!({ "paused": true });
    let _ = rows.meta.admin().patch(&source, &paused).await.expect(200);
    let answer = rows.preview("people", &[]).await;
    let _ = answer.problem(409, "datasource-paused");
}

pub(super) async fn a_table_without_fields_has_to_be_scanned(server: Server) {
    let source = Source::create(server).await;
    source.execute(TABLE).await;
    grant_rows(&source).await;
    let meta = Installation::new().await.meta().await;
    let id = meta.register(&source).await;
    let rows = Rows { meta, source, id };
    let request = json!({
        "resource_id": id, "database": rows.source.database, "include_fields": false,
    });
    let _ = rows.meta.scan(&request).await;
    let answer = rows.preview("people", &[]).await;
    let _ = answer.problem(409, "table-not-scanned");
    rows.scan().await;
    let _ = rows.preview("people", &[]).await.expect(200);
}

/// A view may call what writes; in a read-only transaction that fails, and its words stay there.
pub(super) async fn nothing_is_written(server: Server) {
    let sql = match server {
        Server::Postgres => {
            "create table traces (id int);
             create function public.leave() returns int language plpgsql volatile security definer as $$
             begin
                 perform set_config('transaction_read_only', 'off', true);
                 insert into public.traces values (1);
                 return 1;
             exception when others then
                 raise exception 'hidden-word';
             end $$;
             create view sly as select public.leave() as id;"
        }
        Server::MariaDb | Server::MySql => {
            "create table traces (id int); create table base (id int); insert into base values (1);
             create view sly as select id from base;"
        }
    };
    let rows = Rows::of(server, sql).await;
    if server != Server::Postgres {
        // After the scan: MariaDB cannot even describe a view of what writes in a read-only session.
        let writes = "create function leave_trace(n int) returns int modifies sql data
             begin insert into traces values (n); return n; end";
        rows.source.execute(writes).await;
        let (database, reader) = (&rows.source.database, &rows.source.username);
        let shown = format!(
            "create or replace view sly as select leave_trace(id) as id from base;
             grant execute on {database}.* to {reader}"
        );
        rows.source.execute(&shown).await;
    }
    let answer = rows.preview("sly", &[]).await;
    let problem = answer.problem(502, "datasource-unreachable");
    assert!(!problem.to_string().contains("hidden-word"), "{problem}");
    let mut session = rows.source.session().await;
    assert_eq!(session.number("select count(*) from traces").await, 0);
}

/// What a view fails with may repeat values that its reader must not see.
pub(super) async fn the_words_of_a_failure_stay_on_the_server(server: Server) {
    let secrets = "create table secrets (id int, word varchar(40)); insert into secrets values (1, 'hidden-word');";
    let (view, code) = match server {
        Server::Postgres => ("word::int", "22P02"),
        Server::MariaDb | Server::MySql => ("id", "1644"),
    };
    let view = format!("create view broken as select id, {view} as number from secrets;");
    let rows = Rows::of(server, &format!("{secrets} {view}")).await;
    if server != Server::Postgres {
        let tells = "create function tell(word varchar(40)) returns int reads sql data
             begin signal sqlstate '45000' set message_text = word; return 1; end";
        rows.source.execute(tells).await;
        let view = "create or replace view broken as select id, tell(word) as number from secrets";
        rows.source.execute(view).await;
    }
    for query in [vec![], vec![("where", "id = 1")]] {
        let answer = rows.preview("broken", &query).await;
        assert!(matches!(answer.status, 422 | 502), "{}", answer.text);
        assert!(!answer.text.contains("hidden-word"), "{}", answer.text);
        assert!(answer.text.contains(code), "{}", answer.text);
    }
}

/// Even where the driver panics the record says how it ended.
#[tokio::test]
async fn a_server_that_breaks_the_protocol_is_told() {
    let source = Source::create(Server::MySql).await;
    source.execute(TABLE).await;
    let proxy = Proxy::to(Server::MySql).await;
    let meta = Installation::new().await.meta().await;
    let body = source.registration_through(&source.database, proxy.port);
    let created = meta.admin().post("/api/metadata/datasources", &body).await;
    let id = meta.registered(created.expect(201)).await;
    let rows = Rows { meta, source, id };
    rows.scan().await;
    let double = FakeServer::start(Engine::Mysql).await;
    let malformed = b"\x01\0\0\x01\x01\x02\0\0\x02\x03d".to_vec();
    double.on("START TRANSACTION", Act::Says(malformed));
    proxy.lead_to(double.port);
    let answer = rows.preview("people", &[]).await;
    let _ = answer.problem(502, "datasource-unreachable");
    let recorded = &rows.recorded().await[0];
    assert_eq!(
        (recorded.outcome.as_str(), recorded.problem.as_deref()),
        ("failed", Some("/problems/datasource-unreachable"))
    );
}

/// Without the right to its rows a table can be known and not shown.
pub(super) async fn a_login_without_the_right_is_told(server: Server) {
    let rows = Rows::of(server, TABLE).await;
    let username = &rows.source.username;
    let revoke = match server {
        Server::Postgres => format!("revoke select on people from {username}"),
        Server::MariaDb | Server::MySql => {
            let database = &rows.source.database;
            format!("revoke select on {database}.* from {username}")
        }
    };
    rows.source.execute(&revoke).await;
    let answer = rows.preview("people", &[]).await;
    let problem = answer.problem(502, "datasource-unreachable");
    let detail = problem["detail"].as_str().unwrap_or_default();
    assert!(
        detail.contains("the login may not read the rows"),
        "{detail}"
    );
}
