//! Managed tables follow what scans find: they are removed, back, and renamed as their tables are.

use serde_json::{Value, json};
use test_support::{Server, TestStore, assert_has, eventually};

use super::desk::{Desk, OBJECTS, in_state, object, refs, settled, values};

/// A desk with managed tables that have been read, in this order.
async fn managing(server: Server, tables: &[&str]) -> (Desk, Vec<Value>) {
    let desk = Desk::registered(server).await;
    // Nothing else is to depend on the tables.
    desk.source.execute("drop view big_orders").await;
    let managed = desk.manage(&json!({ "tables": tables })).await.expect(202);
    let ids: Vec<Value> = refs(&managed).iter().map(|one| one["id"].clone()).collect();
    for id in &ids {
        let object = settled(&desk.manager.admin(), id).await;
        assert_has(&object, &json!({ "status": "ready", "removed_at": null }));
    }
    (desk, ids)
}

/// Has a scan of the whole database find what statements have done.
async fn after(desk: &Desk, statements: &[&str]) {
    for statement in statements {
        desk.source.execute(statement).await;
    }
    desk.scan().await;
}

/// Waits until an object is called so.
async fn called(desk: &Desk, id: &Value, table: &str) -> Value {
    eventually(&format!("an object that is called {table}"), async || {
        let object = object(&desk.manager.admin(), id).await;
        (object["table"] == table).then_some(object)
    })
    .await
}

/// What the catalog says of the rows of a table.
async fn rows(desk: &Desk, table: &str) -> Value {
    let api = desk.meta.admin();
    let name = &desk.source.database;
    let databases = format!(
        "/api/metadata/databases?resource_id={}&name={name}",
        desk.id
    );
    let databases = api.get(&databases).await.expect(200);
    let tables = format!(
        "/api/metadata/tables?database_id={}&name={table}",
        databases["items"][0]["id"]
    );
    let tables = api.get(&tables).await.expect(200);
    values(tables["items"].as_array().expect("items"), "row_count").remove(0)
}

pub(super) async fn a_dropped_table_is_ready_again_when_it_is_back(server: Server) {
    let (desk, ids) = managing(server, &["orders", "customers"]).await;
    let api = desk.manager.admin();
    after(&desk, &["drop table orders"]).await;
    let removed = in_state(&api, &ids[0], "failed").await;
    assert_eq!(removed["last_error"], "table removed");
    assert!(removed["removed_at"].is_string(), "{removed}");
    let other = object(&api, &ids[1]).await;
    assert_has(&other, &json!({ "status": "ready", "removed_at": null }));
    // Who wants to manage it again is told how it stands.
    let again = desk
        .manage(&json!({ "tables": ["orders"] }))
        .await
        .expect(202);
    assert_has(
        &refs(&again)[0],
        &json!({ "id": ids[0], "status": "failed" }),
    );

    after(
        &desk,
        &["create table orders (id int primary key, customer int)"],
    )
    .await;
    let back = in_state(&api, &ids[0], "ready").await;
    let row_count = rows(&desk, "orders").await;
    let expected = json!({
        "id": ids[0], "table": "orders", "removed_at": null, "last_error": null, "row_count": row_count,
    });
    assert_has(&back, &expected);
}

/// Also where nothing but how it is made tells which table it was.
pub(super) async fn a_renamed_table_stays_managed(server: Server) {
    let (bare, full, renamed) = match server {
        Server::Postgres => ("orders", "public.customers", "public.people"),
        Server::MariaDb | Server::MySql => ("orders", "customers", "people"),
    };
    let (desk, ids) = managing(server, &[bare, full]).await;
    let rename = [
        "alter table orders rename to sales",
        "alter table customers rename to people",
    ];
    after(&desk, &rename).await;
    for (id, name, row_count) in [(&ids[0], "sales", 1), (&ids[1], renamed, 2)] {
        let object = called(&desk, id, name).await;
        let expected = json!({
            "status": "ready", "removed_at": null, "last_error": null, "row_count": row_count,
        });
        assert_has(&object, &expected);
    }
    // The old name is free for another table.
    after(&desk, &["create table orders (other int)"]).await;
    let managed = desk
        .manage(&json!({ "tables": ["orders"] }))
        .await
        .expect(202);
    assert!(!ids.contains(&refs(&managed)[0]["id"]), "{managed}");
}

#[tokio::test]
async fn managed_tables_swap_names() {
    let (desk, ids) = managing(Server::Postgres, &["orders", "public.customers"]).await;
    let swap = [
        "alter table orders rename to away",
        "alter table customers rename to orders",
        "alter table away rename to customers",
    ];
    after(&desk, &swap).await;
    let orders = called(&desk, &ids[0], "customers").await;
    let customers = called(&desk, &ids[1], "public.orders").await;
    assert_has(&orders, &json!({ "status": "ready", "row_count": 1 }));
    assert_has(&customers, &json!({ "status": "ready", "row_count": 2 }));
}

#[tokio::test]
async fn names_of_one_kind_are_swapped() {
    let (desk, ids) = managing(Server::Postgres, &["orders", "customers"]).await;
    let swap = [
        "alter table orders rename to away",
        "alter table customers rename to orders",
        "alter table away rename to customers",
    ];
    after(&desk, &swap).await;
    let orders = called(&desk, &ids[0], "customers").await;
    // Both at once: nobody sees two of one name.
    let customers = object(&desk.manager.admin(), &ids[1]).await;
    assert_has(&orders, &json!({ "status": "ready", "removed_at": null }));
    assert_has(&customers, &json!({ "status": "ready", "table": "orders" }));
}

#[tokio::test]
async fn who_has_the_new_name_already_takes_the_table_over() {
    let (desk, ids) = managing(Server::Postgres, &["orders", "customers"]).await;
    let api = desk.manager.admin();
    after(&desk, &["drop table orders"]).await;
    in_state(&api, &ids[0], "failed").await;
    after(&desk, &["alter table customers rename to orders"]).await;
    let taken = in_state(&api, &ids[0], "ready").await;
    let expected =
        json!({ "table": "orders", "removed_at": null, "last_error": null, "row_count": 2 });
    assert_has(&taken, &expected);
    let given_up = object(&api, &ids[1]).await;
    let why = format!(
        "it is now called orders, which managed object {} is",
        ids[0]
    );
    assert_has(
        &given_up,
        &json!({ "table": "customers", "status": "failed", "last_error": why }),
    );
    assert!(given_up["removed_at"].is_string(), "{given_up}");

    // When that one is released, the name is free.
    let answer = api.delete(&format!("{OBJECTS}/{}", ids[0])).await;
    assert_eq!(answer.status, 204, "{}", answer.text);
    let moved = called(&desk, &ids[1], "orders").await;
    assert_has(
        &moved,
        &json!({ "status": "ready", "removed_at": null, "last_error": null }),
    );
}

/// create-copy-rename: the table that was managed is gone, and another one has its name.
#[tokio::test]
async fn a_copy_that_takes_the_name_is_managed() {
    let (desk, ids) = managing(Server::Postgres, &["orders"]).await;
    let copy = [
        "create table copied as table orders; insert into copied select * from orders; analyze copied",
        "drop table orders; alter table copied rename to orders",
    ];
    after(&desk, &copy[..1]).await;
    after(&desk, &copy[1..]).await;
    let object = eventually("the object to be the copy", async || {
        let object = object(&desk.manager.admin(), &ids[0]).await;
        (object["row_count"] == 2).then_some(object)
    })
    .await;
    assert_has(
        &object,
        &json!({ "table": "orders", "status": "ready", "removed_at": null }),
    );
}

/// What of objects is known in the catalog.
async fn catalog_ids(store: &TestStore) -> Vec<(Option<i64>, Option<i64>)> {
    let sql = "select database_id, table_id from manager.managed_objects order by id";
    let mut admin = store.admin().await;
    sqlx::query_as(sql)
        .fetch_all(&mut admin)
        .await
        .expect("the ids")
}

/// A release before did not note what objects are in the catalog, and nobody looked at what was removed.
#[tokio::test]
async fn what_an_earlier_release_adopted_follows() {
    let (desk, ids) = managing(Server::Postgres, &["orders", "customers"]).await;
    let (api, store) = (desk.manager.admin(), desk.meta.installation.store());
    let all = desk.manage(&json!({ "trigger_deep_scan": false })).await;
    let whole = refs(&all.expect(202))[0]["id"].clone();
    desk.scan().await;
    let before = catalog_ids(store).await;
    assert!(before[..2].iter().all(|ids| ids.1.is_some()), "{before:?}");

    let Desk {
        manager,
        meta,
        source,
        id,
    } = desk;
    manager.stop().await;
    drop(api);
    let forget = "update manager.managed_objects
        set database_id = null, table_id = null, status = 'ready', wants_scan = true";
    let done = sqlx::query(forget)
        .execute(&mut meta.installation.store().admin().await)
        .await;
    assert_eq!(done.expect("an update").rows_affected(), 3);
    source.execute("drop table orders").await;
    let manager = meta.installation.manager(&meta.url).await;
    let desk = Desk {
        manager,
        meta,
        source,
        id,
    };
    desk.scan().await;
    let api = desk.manager.admin();
    let removed = in_state(&api, &ids[0], "failed").await;
    assert_eq!(removed["last_error"], "table removed");
    let expected = [before[0], before[1], (before[0].0, None)];
    assert_eq!(catalog_ids(desk.meta.installation.store()).await, expected);
    assert_eq!(object(&api, &whole).await["status"], "ready");
}

/// A source is looked after although nothing of it is there.
#[tokio::test]
async fn a_source_whose_tables_are_gone_may_be_deleted() {
    let (desk, ids) = managing(Server::Postgres, &["orders"]).await;
    let api = desk.manager.admin();
    after(&desk, &["drop table orders"]).await;
    let removed = in_state(&api, &ids[0], "failed").await;
    let path = format!("/api/metadata/datasources/{}", desk.id);
    let source = desk.meta.admin().get(&path).await.expect(200);
    let name = source["datasource_name"].as_str().expect("a name");
    let answer = desk
        .meta
        .admin()
        .delete(&format!("{path}?confirm={name}"))
        .await;
    assert_eq!(answer.status, 204, "{}", answer.text);
    let deleted = eventually("the object to be the source's", async || {
        let object = object(&api, &ids[0]).await;
        (object["last_error"] == "source deleted").then_some(object)
    })
    .await;
    assert_eq!(deleted["status"], "failed");
    assert_ne!(deleted["removed_at"], removed["removed_at"]);
}

/// Whoever asked for the scan that reads it.
#[tokio::test]
async fn what_failed_is_ready_once_a_scan_has_read_it() {
    let mut desk = Desk::registered(Server::Postgres).await;
    let api = desk.manager.admin();
    let path = format!("/api/metadata/datasources/{}", desk.id);
    let login = |password: &str| json!({ "password": password });
    let wrong = desk.meta.admin().patch(&path, &login("not this one")).await;
    let _ = wrong.expect(200);
    let managed = desk
        .manage(&json!({ "tables": ["orders", "absent"] }))
        .await
        .expect(202);
    let ids: Vec<Value> = refs(&managed).iter().map(|one| one["id"].clone()).collect();
    for id in &ids {
        let failed = settled(&api, id).await;
        assert_has(&failed, &json!({ "status": "failed", "removed_at": null }));
    }
    desk.source.set_password("the right one").await;
    let right = desk
        .meta
        .admin()
        .patch(&path, &login("the right one"))
        .await;
    let _ = right.expect(200);

    desk.scan().await;
    let read = in_state(&api, &ids[0], "ready").await;
    assert_has(&read, &json!({ "row_count": 1, "last_error": null }));
    assert_eq!(object(&api, &ids[1]).await["status"], "failed");
    after(&desk, &["create table absent (id int primary key)"]).await;
    in_state(&api, &ids[1], "ready").await;
}
