//! Whoever gives up in the middle leaves the connections as they were.

use db::Store;
use sqlx::Row;
use test_support::{StoreLogin, TestStore};

/// A `begin` that is dropped while the server answers leaves a transaction that the driver knows nothing of.
#[tokio::test]
async fn a_beginning_that_is_given_up_leaves_no_transaction() {
    let test_store = TestStore::create().await;
    let url = test_store.url(StoreLogin::Meta);
    // There is only one connection.
    let store = Store::open(&url, "given up", 1).expect("a sound URL");
    let mut connection = store.connection().await.expect("a connection");
    sqlx::raw_sql("begin")
        .execute(&mut *connection)
        .await
        .expect("a transaction");
    drop(connection);
    let mut connection = store.connection().await.expect("a connection");
    let row = sqlx::raw_sql("select now() = statement_timestamp()")
        .fetch_one(&mut *connection)
        .await
        .expect("an answer");
    assert!(row.get::<bool, _>(0), "it is in a transaction");
}
