//! What an overview costs the store.

use std::collections::BTreeMap;

use serde_json::json;
use test_support::{Server, Session};

use super::{PIPELINES, Shop};

const OVERVIEW: &str = "/api/metadata/overview";

/// How often the store has run each statement that is about a tenant, by the name that it carries.
async fn asked(shop: &Shop) -> BTreeMap<String, i64> {
    let store = &shop.meta.installation.store().name;
    let sql = format!(
        "select coalesce(string_agg(name || '=' || calls, ','), '') from (
            select substring(s.query from '-- ([a-z ]*[a-z])') as name, sum(s.calls) as calls
            from pg_stat_statements s join pg_database d on d.oid = s.dbid
            where d.datname = '{store}' and s.query like '%current_tenant%' group by 1
         ) named where name is not null"
    );
    let mut admin = Session::connect(Server::Postgres, None, None)
        .await
        .expect("the server lets its owner in");
    let text = admin.text(&sql).await;
    let pairs = text.split(',').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, calls) = pair.rsplit_once('=').expect("name=calls");
            (name.to_owned(), calls.parse().expect("a number"))
        })
        .collect()
}

/// The statements of one answer, which shows so many pipelines.
async fn asked_by(shop: &Shop, path: &str, pipelines: usize) -> BTreeMap<String, i64> {
    let before = asked(shop).await;
    let answer = shop.api().get(path).await.expect(200);
    let shown = answer["pipelines"]
        .as_array()
        .or(answer["items"].as_array());
    assert_eq!(shown.map(Vec::len), Some(pipelines));
    let run = |(name, calls): (String, i64)| {
        let more = calls - before.get(&name).copied().unwrap_or(0);
        (more > 0).then_some((name, more))
    };
    asked(shop).await.into_iter().filter_map(run).collect()
}

/// A page that shows fifty pipelines takes as many statements as one that shows one.
#[tokio::test]
async fn statements_do_not_grow_with_the_pipelines() {
    let shop = Shop::new(&[]).await;
    let list = format!("{PIPELINES}?limit=500");
    let first = shop.add(&json!({ "name": "p00" })).await;
    let _ = shop.start(&first, "measure").await;
    let one = [
        asked_by(&shop, OVERVIEW, 1).await,
        asked_by(&shop, &list, 1).await,
    ];
    for n in 1..50 {
        let pipeline = shop.add(&json!({ "name": format!("p{n:02}") })).await;
        let _ = shop.start(&pipeline, "measure").await;
    }
    let fifty = [
        asked_by(&shop, OVERVIEW, 50).await,
        asked_by(&shop, &list, 50).await,
    ];
    assert_eq!(one, fifty);
    for statements in one {
        assert_eq!(statements.get("list pipelines"), Some(&1), "{statements:?}");
        assert!(
            statements.values().all(|calls| *calls == 1),
            "{statements:?}"
        );
    }
}
