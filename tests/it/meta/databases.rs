//! `/api/metadata/databases`

use serde_json::json;
use test_support::{Installation, Server, Source};

use super::shop::{Shop, texts};

pub(super) async fn are_listed_after_registering(server: Server) {
    let mut source = Source::create(server).await;
    let closed = source.add_closed_database().await;
    let empty = source.add_database().await;
    source.execute(super::shop::SHOP).await;
    let meta = Installation::new().await.meta().await;
    let id = meta.register(&source).await;
    let shop = Shop { meta, source, id };

    let full = shop.database(&shop.source.database).await;
    assert_eq!(full["table_count"], 3, "{full}");
    assert!(
        full["total_size_bytes"]
            .as_i64()
            .is_some_and(|size| size > 0),
        "{full}"
    );
    assert_eq!(full["is_accessible"], true);
    assert_eq!(full["is_scanned"], false);
    assert_eq!(
        full["charset"],
        if server == Server::Postgres {
            "UTF8"
        } else {
            "utf8mb4"
        }
    );
    assert!(
        full["collation"].is_string() && full["last_sync_at"].is_string(),
        "{full}"
    );
    assert_eq!(shop.database(&empty).await["table_count"], 0);

    let of_closed = shop
        .list(&format!("databases?resource_id={id}&name={closed}"))
        .await;
    if server == Server::Postgres {
        let database = &of_closed[0];
        assert_eq!(
            (&database["is_accessible"], &database["table_count"]),
            (&json!(false), &json!(null))
        );
        let reason = database["inaccessible_reason"].as_str().unwrap_or_default();
        assert!(
            reason.contains(&format!("GRANT CONNECT ON DATABASE {closed}")),
            "{reason}"
        );
    } else {
        assert_eq!(
            of_closed,
            Vec::<serde_json::Value>::new(),
            "MySQL does not list what is not granted"
        );
    }
    let single = shop
        .meta
        .admin()
        .get(&format!("/api/metadata/databases/{}", full["id"]))
        .await
        .expect(200);
    assert_eq!(single, full);
}

pub(super) async fn table_names_are_read_live(server: Server) {
    let shop = Shop::registered(server).await;
    let database = shop.database(&shop.source.database).await;
    shop.source
        .execute("create table added_since (id int primary key)")
        .await;
    let path = format!("databases/{}/table-names", database["id"]);
    let names = shop.list(&path).await;
    assert_eq!(
        texts(&names, "table_name"),
        ["added_since", "big_orders", "customers", "orders"]
    );
    assert!(
        names
            .iter()
            .all(|name| name["table_schema"] == server.schema()),
        "{names:?}"
    );
    assert_eq!(shop.tables().await.len(), 0, "nothing is stored by looking");

    let first = shop
        .meta
        .admin()
        .get(&format!("/api/metadata/{path}?limit=3"))
        .await
        .expect(200);
    let cursor = first["next_cursor"].as_str().expect("there is more");
    let second = shop.list(&format!("{path}?limit=3&cursor={cursor}")).await;
    assert_eq!(texts(&second, "table_name"), ["orders"]);
}
