//! `GET /api/manager/managed-objects`

use serde_json::{Value, json};
use test_support::Api;

use crate::manager::desk::{IdleDesk, MANAGE, OBJECTS, in_state, items, refs, values};

/// Two sources: five tables of `Ledger` in one, the whole of `archive` in the other.
async fn filled() -> (IdleDesk, i64, i64) {
    let desk = IdleDesk::new().await;
    let (one, two) = (desk.register("one").await, desk.register("two").await);
    desk.manage(
        one,
        "Ledger",
        &["alpha", "beta", "gamma", "delta", "A_rchive"],
    )
    .await;
    let body = json!({ "resource_id": two, "database": "archive", "trigger_deep_scan": false });
    let _ = desk.manager.admin().post(MANAGE, &body).await.expect(202);
    (desk, one, two)
}

async fn listed(api: &Api, query: &str) -> Vec<Value> {
    values(&items(api, &format!("{OBJECTS}?{query}")).await, "table")
}

#[tokio::test]
async fn filters_narrow_it_down() {
    let (desk, one, two) = filled().await;
    let api = desk.manager.admin();
    for (query, expected) in [
        (
            String::new(),
            vec!["alpha", "beta", "gamma", "delta", "A_rchive", ""],
        ),
        (format!("resource_id={two}"), vec![""]),
        ("resource_id=424242".to_owned(), vec![]),
        (
            "status=pending".to_owned(),
            vec!["alpha", "beta", "gamma", "delta", "A_rchive", ""],
        ),
        ("status=ready".to_owned(), vec![]),
        (
            "q=LEDGER".to_owned(),
            vec!["alpha", "beta", "gamma", "delta", "A_rchive"],
        ),
        ("q=et".to_owned(), vec!["beta"]),
        ("q=rchive".to_owned(), vec!["A_rchive", ""]),
        ("q=a_r".to_owned(), vec!["A_rchive"]),
        ("q=%25".to_owned(), vec![]),
        (
            format!("q=a&resource_id={one}&status=pending&limit=500"),
            vec!["alpha", "beta", "gamma", "delta", "A_rchive"],
        ),
    ] {
        let expected: Vec<_> = expected
            .iter()
            .map(|name| {
                if name.is_empty() {
                    json!(null)
                } else {
                    json!(name)
                }
            })
            .collect();
        // Every name contains an "a" or lies in the database of this name.
        assert_eq!(listed(&api, &query).await, expected, "{query}");
    }
    let names = items(&api, &format!("{OBJECTS}?limit=500")).await;
    let first = &names[0];
    assert_eq!(
        (&first["resource_name"], &first["database"]),
        (&json!("one"), &json!("Ledger"))
    );
    assert_eq!(names[5]["resource_name"], "two");
}

#[tokio::test]
async fn what_failed_can_be_found_by_its_status() {
    let (desk, one, two) = filled().await;
    let api = desk.manager.admin();
    let path = format!("/api/metadata/datasources/{two}?confirm=two");
    assert_eq!(desk.meta.admin().delete(&path).await.status, 204);
    let id = items(&api, &format!("{OBJECTS}?resource_id={two}")).await[0]["id"].clone();
    in_state(&api, &id, "failed").await;
    assert_eq!(listed(&api, "status=failed").await, [json!(null)]);
    let pending = items(&api, &format!("{OBJECTS}?status=pending")).await;
    assert!(
        pending.len() == 5 && pending.iter().all(|object| object["resource_id"] == one),
        "{pending:?}"
    );
}

#[tokio::test]
async fn pages_are_the_whole_list_in_order() {
    let (desk, ..) = filled().await;
    let api = desk.manager.admin();
    let whole = items(&api, OBJECTS).await;
    let mut paged = Vec::new();
    let mut cursor = String::new();
    loop {
        let page = api
            .get(&format!("{OBJECTS}?limit=4{cursor}"))
            .await
            .expect(200);
        paged.extend_from_slice(page["items"].as_array().expect("items"));
        let Some(next) = page["next_cursor"].as_str() else {
            break;
        };
        assert_eq!(paged.len(), 4, "only the last page is short");
        // What is managed meanwhile comes at the end.
        let source = whole[0]["resource_id"].as_i64().expect("an id");
        desk.manage(source, "Ledger", &["late"]).await;
        cursor = format!("&cursor={next}");
    }
    let late = paged.pop().expect("an item");
    assert_eq!((paged, &late["table"]), (whole, &json!("late")));
}

#[tokio::test]
async fn a_cursor_belongs_to_its_filters() {
    let (desk, one, _) = filled().await;
    let api = desk.manager.admin();
    let page = api
        .get(&format!("{OBJECTS}?limit=1&resource_id={one}"))
        .await
        .expect(200);
    let cursor = page["next_cursor"].as_str().expect("there is more");
    for query in [
        format!("cursor={cursor}"),
        format!("cursor={cursor}&resource_id={one}&q=a"),
        format!("cursor={cursor}x&resource_id={one}"),
        "cursor=x".to_owned(),
        "cursor=".to_owned(),
    ] {
        let _ = api
            .get(&format!("{OBJECTS}?{query}"))
            .await
            .problem(400, "invalid-cursor");
    }
    let rest = listed(&api, &format!("limit=50&resource_id={one}&cursor={cursor}")).await;
    assert_eq!(rest, ["beta", "gamma", "delta", "A_rchive"]);
}

#[tokio::test]
async fn what_is_managed_twice_is_listed_once() {
    let (desk, one, _) = filled().await;
    let api = desk.manager.admin();
    let before = items(&api, OBJECTS).await;
    let body = json!({
        "resource_id": one, "database": "Ledger", "tables": ["beta", "alpha"], "trigger_deep_scan": false,
    });
    let managed = api.post(MANAGE, &body).await.expect(202);
    assert_eq!(
        values(refs(&managed), "id"),
        [before[1]["id"].clone(), before[0]["id"].clone()]
    );
    assert_eq!(items(&api, OBJECTS).await, before);
}
