//! A table that is loaded while it is measured.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use test_support::Server;
use transfer::delta::Method;

use super::{columns, measured, source};

/// Rows come into both tables in one transaction each. Were the business table seen first, those that come between the
/// two would wait; were a table not seen in one state, its rows would not be as many as its keys.
pub(super) async fn a_row_that_is_processed_while_it_is_counted_does_not_wait(server: Server) {
    let both = source(
        server,
        "create table sync (id int primary key); create table biz (id int primary key)",
    )
    .await;
    let is_over = Arc::new(AtomicBool::new(false));
    let mut session = both.session().await;
    let loading = tokio::spawn({
        let is_over = Arc::clone(&is_over);
        async move {
            let mut id = 0;
            while !is_over.load(Ordering::Relaxed) {
                id += 1;
                let pair = format!(
                    "begin; insert into sync values ({id}); insert into biz values ({id}); commit"
                );
                session.execute(&pair).await;
            }
            id
        }
    });
    let key = Method::Key {
        sync: columns(&both, "sync", &["id"]).await,
        biz: columns(&both, "biz", &["id"]).await,
    };
    let mut seen = Vec::new();
    while seen.last().is_none_or(|rows| *rows < Some(200)) || seen.len() < 20 {
        let method = [&key, &Method::Count][seen.len() % 2].clone();
        let found = measured(&both, &both, method)
            .await
            .expect("it is measured");
        assert_eq!(found.pending, 0, "of {:?} rows", found.sync_rows);
        seen.push(found.sync_rows);
    }
    is_over.store(true, Ordering::Relaxed);
    let rows = loading.await.expect("rows are loaded");
    assert!(
        seen.is_sorted() && seen[0] < seen[seen.len() - 1],
        "{seen:?}"
    );
    assert!(rows >= 200, "{rows}");
}
