//! `GET /api/manager/datasources/{id}/available-databases`

use serde_json::{Value, json};
use test_support::{Api, Installation, Server};

use crate::manager::desk::{Desk, ledger, refs, settled, values};

fn path(id: i64) -> String {
    format!("/api/manager/datasources/{id}/available-databases")
}

/// The database of this name, which `q` alone finds.
async fn database(api: &Api, id: i64, name: &str) -> Value {
    let page = api.get(&format!("{}?q={name}", path(id))).await.expect(200);
    let databases = page["databases"].as_array().expect("databases");
    assert_eq!(databases.len(), 1, "{page}");
    databases[0].clone()
}

pub(super) async fn show_what_level_one_found_and_what_is_managed(server: Server) {
    let desk = Desk::registered(server).await;
    let (api, name) = (desk.manager.admin(), desk.source.database.as_str());
    let before = database(&api, desk.id, name).await;
    let bytes = before["total_size_bytes"].as_i64().expect("a size");
    #[expect(clippy::cast_precision_loss, reason = "it is a small database")]
    let megabytes = bytes as f64 / 1024.0 / 1024.0;
    let shown = before["total_size_mb"].as_f64().expect("a size");
    assert!(bytes > 0 && (shown - megabytes).abs() <= 0.005, "{before}");
    let expected = |is_scanned: bool, is_managed: bool, managed_tables: i64| {
        json!({
            "database_id": before["database_id"], "database_name": name, "table_count": 3,
            "total_size_bytes": bytes, "total_size_mb": shown, "is_accessible": true,
            "is_scanned": is_scanned, "last_sync_at": before["last_sync_at"], "is_managed": is_managed,
            "managed_tables": managed_tables,
        })
    };
    assert!(
        before["database_id"].is_i64() && before["last_sync_at"].is_string(),
        "{before}"
    );
    assert_eq!(before, expected(false, false, 0));

    let managed = desk
        .manage(&json!({ "tables": ["orders", "customers"] }))
        .await
        .expect(202);
    settled(&api, &refs(&managed)[0]["id"]).await;
    let after = database(&api, desk.id, name).await;
    assert_eq!(
        (
            &after["is_scanned"],
            &after["is_managed"],
            &after["managed_tables"]
        ),
        (&json!(false), &json!(false), &json!(2))
    );
    let managed = desk.manage(&json!({})).await.expect(202);
    settled(&api, &refs(&managed)[0]["id"]).await;
    let after = database(&api, desk.id, name).await;
    assert_eq!(
        (
            &after["is_scanned"],
            &after["is_managed"],
            &after["managed_tables"]
        ),
        (&json!(true), &json!(true), &json!(2))
    );
}

#[tokio::test]
async fn one_that_may_not_be_read_is_told() {
    let mut source = ledger(Server::Postgres).await;
    let closed = source.add_closed_database().await;
    let meta = Installation::new().await.meta().await;
    let id = meta.register(&source).await;
    let manager = meta.installation.manager(&meta.url).await;
    let found = database(&manager.admin(), id, &closed).await;
    assert_eq!(
        (
            &found["is_accessible"],
            &found["is_managed"],
            &found["managed_tables"]
        ),
        (&json!(false), &json!(false), &json!(0))
    );
}

#[tokio::test]
async fn pages_are_in_order_and_lack_nothing() {
    let mut source = ledger(Server::Postgres).await;
    let second = source.add_database().await;
    let meta = Installation::new().await.meta().await;
    let id = meta.register(&source).await;
    let manager = meta.installation.manager(&meta.url).await;
    let api = manager.admin();
    let mut names = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = api
            .get(&format!("{}?limit=2{cursor}", path(id)))
            .await
            .expect(200);
        assert_eq!(
            (&page["resource_id"], &page["resource_name"]),
            (&json!(id), &json!(source.database))
        );
        let databases = page["databases"].as_array().expect("databases");
        names.extend(values(databases, "database_name"));
        let Some(next) = page["next_cursor"].as_str() else {
            break;
        };
        assert_eq!(databases.len(), 2, "only the last page may be short");
        cursor = format!("&cursor={next}");
    }
    let names: Vec<&str> = names
        .iter()
        .map(|name| name.as_str().expect("text"))
        .collect();
    assert!(names.is_sorted(), "{names:?}");
    for ours in [&source.database, &second] {
        assert_eq!(
            names.iter().filter(|name| *name == ours).count(),
            1,
            "{ours} in {names:?}"
        );
    }
    let upper = second.to_uppercase();
    assert_eq!(
        database(&api, id, &upper).await["database_name"],
        second,
        "q knows no case"
    );
    let none = api
        .get(&format!("{}?q=no_such_database", path(id)))
        .await
        .expect(200);
    assert_eq!(
        (&none["databases"], &none["next_cursor"]),
        (&json!([]), &json!(null))
    );
    let _ = api
        .get(&path(424_242))
        .await
        .problem(404, "datasource-not-found");
}
