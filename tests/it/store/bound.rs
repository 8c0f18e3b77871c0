//! What a transaction of a tenant is bound to.

use sqlx::Row;
use test_support::{TENANT, TestStore};

/// What a long statement with few rows would be compiled for takes longer than the statement.
#[tokio::test]
async fn statements_of_a_tenant_are_not_compiled() {
    let test_store = TestStore::create().await;
    // As it is by itself; the servers of the tests have it off.
    let on =
        "do $$ begin execute format('alter database %I set jit = on', current_database()); end $$";
    let mut admin = test_store.admin().await;
    sqlx::raw_sql(on)
        .execute(&mut admin)
        .await
        .expect("a setting");
    let store = test_store.open();
    let setting = "select current_setting('jit') as jit";
    let mut connection = store.connection().await.expect("a connection");
    let before = sqlx::raw_sql(setting).fetch_one(&mut *connection).await;
    let before: String = before.expect("an answer").get("jit");
    assert_eq!(before, "on");
    drop(connection);
    let mut tx = store.begin(TENANT).await.expect("a transaction");
    let within = sqlx::raw_sql(setting).fetch_one(&mut *tx).await;
    let within: String = within.expect("an answer").get("jit");
    assert_eq!(within, "off");
}
