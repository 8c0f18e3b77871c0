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
