//! What a transaction of a tenant is bound to.

use db::Store;
use futures::FutureExt;
use sqlx::Row;
use test_support::{StoreLogin, TENANT, TestStore};

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

/// Neither those of a tenant nor the queue's own: whoever looks for dead workers holds a lock that all replicas need.
#[tokio::test]
async fn no_transaction_stands_still_for_ever() {
    let test_store = TestStore::create().await;
    let store = test_store.open();
    let setting = "select current_setting('idle_in_transaction_session_timeout') as pause";
    let mut tx = store.pool().begin().await.expect("a transaction");
    let pause = sqlx::raw_sql(setting).fetch_one(&mut *tx).await;
    assert_eq!(pause.expect("an answer").get::<String, _>("pause"), "20s");
}

/// How a transaction may end.
#[derive(Debug)]
enum Ending {
    Commit,
    Drop,
    /// Its statement is refused.
    Error,
    /// Whoever waits for its statement gives up.
    Cancel,
}

async fn end(store: &Store, ending: &Ending) {
    let mut tx = store.begin(TENANT).await.expect("a transaction");
    let seen = "select metadata.current_tenant() is not null";
    let seen = sqlx::raw_sql(seen).fetch_one(&mut *tx).await;
    assert!(seen.expect("an answer").get::<bool, _>(0), "it is bound");
    match ending {
        Ending::Commit => tx.commit().await.expect("a commit"),
        Ending::Drop => drop(tx),
        Ending::Error => {
            let outcome = sqlx::raw_sql("select 1 / 0").execute(&mut *tx).await;
            assert!(outcome.is_err());
        }
        Ending::Cancel => {
            let statement = sqlx::raw_sql("select pg_sleep(0.2)").execute(&mut *tx);
            assert!(statement.now_or_never().is_none(), "it takes its time");
        }
    }
}

/// Whoever gets the connection next is bound to nobody, however the transaction before ended.
#[tokio::test]
async fn a_connection_keeps_no_tenant() {
    let test_store = TestStore::create().await;
    let sources = "insert into metadata.tenants (tenant_id) values (1);
        insert into metadata.datasources (tenant_id, datasource_name, datasource_type, host, port, username, secret,
            secret_key_id) values (1, 'shop', 'mysql', 'db', 3306, 'u', '', 'k1')";
    let mut admin = test_store.admin().await;
    sqlx::raw_sql(sources)
        .execute(&mut admin)
        .await
        .expect("rows");
    let url = test_store.url(StoreLogin::Meta);
    // There is only one connection.
    let store = Store::open(&url, "bound", 1).expect("a sound URL");
    let pid = async || {
        let mut connection = store.connection().await.expect("a connection");
        let row = sqlx::raw_sql(
            "select pg_backend_pid(), coalesce(current_setting('app.tenant_id', true), ''),
                (select count(*) from metadata.datasources)",
        );
        let row = row.fetch_one(&mut *connection).await.expect("an answer");
        let bound = (row.get::<String, _>(1), row.get::<i64, _>(2));
        (row.get::<i32, _>(0), bound)
    };
    let (first, _) = pid().await;
    for ending in [Ending::Commit, Ending::Drop, Ending::Error, Ending::Cancel] {
        end(&store, &ending).await;
        let (now, bound) = pid().await;
        assert_eq!(bound, (String::new(), 0), "after {ending:?}");
        assert_eq!(now, first, "it is the same connection after {ending:?}");
    }
}
