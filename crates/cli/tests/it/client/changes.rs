//! `plumb changes`.

use super::{Desk, ledger};

#[tokio::test]
async fn what_changed_is_told_newest_first() {
    let desk = Desk::scanned(ledger().await).await;
    let database = desk.source.database.as_str();
    let ddl = "alter table customers alter name type text;
               alter table orders add note text;
               drop view big_orders";
    desk.source.execute(ddl).await;
    desk.run(&["deep-scan", "shop", database, "--follow"])
        .await
        .exits(0);

    let all = desk.run(&["changes", "shop", database]).await.exits(0);
    desk.settings()
        .bind(|| insta::assert_snapshot!("changes", all.stdout));
    let one = ["changes", "shop", database, "customers", "--format", "json"];
    let document = desk.run(&one).await.exits(0).json();
    let items = document["items"].as_array().expect("items");
    assert_eq!(items.len(), 1, "{document}");
    assert_eq!(items[0]["field_name"], "name", "{document}");
    let api = format!("/api/metadata/changes?table_id={}", items[0]["table_id"]);
    assert_eq!(document, desk.meta.admin().get(&api).await.expect(200));

    let recent = ["changes", "shop", "--since", "1h", "--format", "json"];
    let recent = desk.run(&recent).await.exits(0).json();
    assert_eq!(
        recent["items"].as_array().map(Vec::len),
        Some(4),
        "{recent}"
    );
    let none = ["changes", "shop", "--since", "2999-01-01"];
    desk.run(&none)
        .await
        .only_says(0, &["no changes since then"]);
    let wrong = ["changes", "shop", "--since", "yesterday"];
    desk.run(&wrong).await.only_says(2, &["--since", "7d"]);
}
