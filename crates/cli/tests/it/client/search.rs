//! `plumb search`.

use super::{Desk, ledger};

#[tokio::test]
async fn what_is_called_so_is_found() {
    let desk = Desk::scanned(ledger().await).await;
    let database = desk.source.database.as_str();

    let tables = ["search", "custmers", "--kind", "table", "--source", "shop"];
    let shown = desk.run(&tables).await.exits(0).stdout;
    for part in ["KIND", "customers", &format!("shop/{database} public")] {
        assert!(shown.contains(part), "{shown}");
    }
    let fields = ["search", "customer", "--kind", "field", "--source", "shop"];
    let shown = desk.run(&fields).await.exits(0).stdout;
    let place = format!("shop/{database} public.orders");
    assert!(shown.contains(&place), "{shown}");

    let one = [
        "search", "big", "orders", "--source", "shop", "--limit", "1", "--format", "json",
    ];
    let document = desk.run(&one).await.exits(0).json();
    let path = format!(
        "/api/metadata/search?q=big%20orders&resource_id={}&limit=1",
        desk.id
    );
    let answer = desk.meta.admin().get(&path).await.expect(200);
    assert_eq!(document, answer);

    let none = ["search", "qqqqqq"];
    let said = &["nothing is called so"];
    desk.run(&none).await.only_says(0, said);
    desk.run(&["search"]).await.only_says(2, &["<WORD>"]);
    let absent = ["search", "orders", "--source", "shap"];
    desk.run(&absent)
        .await
        .only_says(1, &["did you mean \"shop\"?"]);
}
