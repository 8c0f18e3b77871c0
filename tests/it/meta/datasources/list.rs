//! `GET /api/metadata/datasources`

use crate::meta::shop::texts;

use super::{idle, unreachable};

#[tokio::test]
async fn is_sorted_by_name_byte_for_byte() {
    let meta = idle().await;
    let api = meta.admin();
    for name in ["b", "Ä", "a", "B", "a b", "日本"] {
        let _ = api
            .post("/api/metadata/datasources", &unreachable(name))
            .await
            .expect(201);
    }
    let page = api.get("/api/metadata/datasources").await.expect(200);
    let items = page["items"].as_array().expect("items");
    assert_eq!(
        texts(items, "datasource_name"),
        ["B", "a", "a b", "b", "Ä", "日本"]
    );
    assert!(page["next_cursor"].is_null());
}

#[tokio::test]
async fn is_filtered_by_name() {
    let meta = idle().await;
    let api = meta.admin();
    for name in ["north_shop", "SHOPS", "south%", "stock"] {
        let _ = api
            .post("/api/metadata/datasources", &unreachable(name))
            .await
            .expect(201);
    }
    for (q, expected) in [
        ("shop", vec!["SHOPS", "north_shop"]),
        ("%25", vec!["south%"]),
        ("_", vec!["north_shop"]),
        ("nowhere", vec![]),
    ] {
        let path = format!("/api/metadata/datasources?q={q}&with_total=true");
        let page = api.get(&path).await.expect(200);
        let items = page["items"].as_array().expect("items");
        assert_eq!(texts(items, "datasource_name"), expected, "{q}");
        assert_eq!(page["total"], expected.len(), "{q}");
    }
    let first = api.get("/api/metadata/datasources?q=shop&limit=1").await;
    let cursor = first.expect(200)["next_cursor"].take();
    let cursor = cursor.as_str().expect("a cursor");
    let path = format!("/api/metadata/datasources?q=shop&cursor={cursor}");
    let rest = api.get(&path).await.expect(200);
    let items = rest["items"].as_array().expect("items");
    assert_eq!(texts(items, "datasource_name"), ["north_shop"]);
    // A cursor belongs to its list.
    let path = format!("/api/metadata/datasources?q=south&cursor={cursor}");
    assert_eq!(api.get(&path).await.status, 400);
}
