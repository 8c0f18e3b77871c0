//! What a search finds, in which order, and by which indexes.

use ::catalog::search::{After, Filter, Query, search};
use db::Tx;
use models::TenantId;
use models::search::{SearchHit, SearchKind};
use sqlx::{AssertSqlSafe, Connection};
use test_support::{StoreLogin, TENANT, TestStore};

/// A shop whose names are of many styles.
const SHOP: &str = "
    select set_config('app.tenant_id', '1', false);
    insert into metadata.tenants (tenant_id) values (1);
    insert into metadata.datasources (tenant_id, datasource_name, datasource_type, host, port, username, secret,
        secret_key_id)
    values (1, 'sales', 'postgresql', 'db', 5432, 'u', '', 'k1'), (1, 'archive', 'mysql', 'db', 3306, 'u', '', 'k1');
    insert into metadata.databases (tenant_id, datasource_id, database_name)
    select 1, id, datasource_name || '_db' from metadata.datasources;
    insert into metadata.tables (tenant_id, database_id, table_schema, table_name, table_type, table_comment)
    select 1, d.id, 'public', t.name, 'TABLE', t.remark
    from metadata.databases d,
        (values ('customer', null), ('customer_order', '客户订单表'), ('customerOrderLine', 'One line of an order'),
            ('HTTPLog', null), ('PREISGRÖSSE', null), ('t_17', 'What a supplier has promised')) t (name, remark)
    where d.database_name = 'sales_db';
    insert into metadata.fields
        (tenant_id, table_id, field_name, field_position, data_type, column_type, is_nullable, field_comment)
    select 1, t.id, f.name, f.position, 'int', 'int', true, f.remark
    from metadata.tables t,
        (values ('id', 1, null), ('orderNo', 2, '订单编号'), ('created_at', 3, null)) f (name, position, remark)
    where t.table_name = 'customer_order'";

async fn shop() -> TestStore {
    let store = TestStore::create().await;
    let made = sqlx::raw_sql(SHOP).execute(&mut store.admin().await).await;
    made.expect("a shop");
    store
}

fn everything() -> Filter {
    Filter {
        kinds: SearchKind::ALL.to_vec(),
        datasource_id: None,
    }
}

async fn found(tx: &mut Tx, query: &str) -> Vec<SearchHit> {
    let found = search(tx, &Query::new(query), &everything(), None, 100).await;
    let found = found.expect("a search").into_iter();
    found.map(|found| found.hit).collect()
}

async fn names(tx: &mut Tx, query: &str) -> Vec<String> {
    let found = found(tx, query).await.into_iter();
    found.map(|hit| hit.name).collect()
}

#[tokio::test]
async fn the_best_answers_come_first() {
    let store = shop().await;
    let mut tx = store.open().begin(TENANT).await.expect("a transaction");
    let answers: [(&str, &[&str]); 20] = [
        // The name itself, then its beginning.
        (
            "customer",
            &["customer", "customer_order", "customerOrderLine"],
        ),
        ("CUSTOMER_ORDER", &["customer_order", "customerOrderLine"]),
        // Words, however they are joined, before parts of words and comments.
        ("customer order", &["customer_order", "customerOrderLine"]),
        ("order", &["orderNo", "customer_order", "customerOrderLine"]),
        ("line order", &["customerOrderLine"]),
        (
            "tomer",
            &["customer", "customer_order", "customerOrderLine"],
        ),
        ("http log", &["HTTPLog"]),
        ("log", &["HTTPLog"]),
        ("preisgrösse", &["PREISGRÖSSE"]),
        ("id", &["id"]),
        // Comments, alone and with the name.
        ("supplier", &["t_17"]),
        ("t promised", &["t_17"]),
        ("订单", &["customer_order", "orderNo"]),
        ("客户", &["customer_order"]),
        ("单", &["customer_order", "orderNo"]),
        ("编号订单", &[]),
        // All levels.
        ("sales", &["sales", "sales_db"]),
        ("nothing", &[]),
        ("%", &[]),
        ("' | x", &[]),
    ];
    for (query, expected) in answers {
        assert_eq!(names(&mut tx, query).await, expected, "{query}");
    }
}

#[tokio::test]
async fn typing_errors_are_forgiven() {
    let store = shop().await;
    let mut tx = store.open().begin(TENANT).await.expect("a transaction");
    for (query, expected) in [
        // A letter too few, too many, wrong, and two swapped.
        ("custmer", "customer"),
        ("custoomer", "customer"),
        ("custamer", "customer"),
        ("cutsomer", "customer"),
        ("costumer", "customer"),
        ("ordre", "customer_order"),
        ("suplier", "t_17"),
        ("createdat", "created_at"),
        ("craeted_at", "created_at"),
    ] {
        let found = names(&mut tx, query).await;
        assert_eq!(found.first().map(String::as_str), Some(expected), "{query}");
    }
}

#[tokio::test]
async fn what_answers_is_shown_where_it_lies() {
    let store = shop().await;
    let mut tx = store.open().begin(TENANT).await.expect("a transaction");
    let hits = found(&mut tx, "订单").await;
    let [table, field] = &hits[..] else {
        panic!("two: {hits:?}")
    };
    assert_eq!(
        (table.kind, field.kind),
        (SearchKind::Table, SearchKind::Field)
    );
    assert_eq!(table.comment.as_deref(), Some("客户订单表"));
    assert_eq!(table.highlights.comment, [(2, 4)]);
    assert_eq!(table.highlights.name, []);
    assert_eq!(field.highlights.comment, [(0, 2)]);
    let path = &field.path;
    assert_eq!(path.datasource_name, "sales");
    assert_eq!(path.database_name.as_deref(), Some("sales_db"));
    assert_eq!(path.table_schema.as_deref(), Some("public"));
    assert_eq!(path.table_name.as_deref(), Some("customer_order"));
    assert_eq!(path.table_id, Some(table.id));
    let line = found(&mut tx, "order line").await;
    assert_eq!(line[0].highlights.name, [(8, 17)]);
}

#[tokio::test]
async fn what_is_gone_is_left_out_and_what_is_renamed_is_found() {
    let store = shop().await;
    let mut tx = store.open().begin(TENANT).await.expect("a transaction");
    let changes: [(&str, &[&str]); 7] = [
        (
            "update metadata.fields set removed_at = now() where field_name = 'orderNo'",
            &["customer_order"],
        ),
        (
            "update metadata.tables set table_comment = '客户' where table_name = 'customer_order'",
            &[],
        ),
        (
            "update metadata.tables set table_name = '订单' where table_name = 'customer_order'",
            &["订单"],
        ),
        (
            "update metadata.fields set removed_at = null where field_name = 'orderNo'",
            &["订单", "orderNo"],
        ),
        (
            "update metadata.tables set removed_at = now() where table_name = '订单'",
            &[],
        ),
        (
            "update metadata.tables set removed_at = null where table_name = '订单'",
            &["订单", "orderNo"],
        ),
        ("update metadata.databases set removed_at = now()", &[]),
    ];
    for (change, expected) in changes {
        let done = sqlx::query(change).execute(&mut *tx).await;
        done.expect(change);
        assert_eq!(names(&mut tx, "订单").await, expected, "{change}");
    }
}

#[tokio::test]
async fn pages_and_filters_show_parts_of_the_list() {
    let store = shop().await;
    let mut tx = store.open().begin(TENANT).await.expect("a transaction");
    for text in ["order", "custmer", "a"] {
        let query = Query::new(text);
        let whole = found(&mut tx, text).await;
        let mut walked: Vec<SearchHit> = Vec::new();
        let mut after: Option<After> = None;
        loop {
            let page = search(&mut tx, &query, &everything(), after.as_ref(), 1).await;
            let mut page = page.expect("a page");
            let Some(last) = page.pop() else { break };
            after = Some(last.place);
            walked.push(last.hit);
        }
        assert_eq!(walked, whole, "{text}");
    }
    let tables = Filter {
        kinds: vec![SearchKind::Table],
        datasource_id: None,
    };
    let found = search(&mut tx, &Query::new("order"), &tables, None, 9).await;
    assert_eq!(found.expect("a search").len(), 2);
    let archive: i64 =
        sqlx::query_scalar("select id from metadata.datasources where datasource_name = 'archive'")
            .fetch_one(&mut *tx)
            .await
            .expect("a source");
    let there = Filter {
        datasource_id: Some(archive),
        ..everything()
    };
    let found = search(&mut tx, &Query::new("archive"), &there, None, 9).await;
    assert_eq!(found.expect("a search").len(), 2);
    let found = search(&mut tx, &Query::new("order"), &there, None, 9).await;
    assert_eq!(found.expect("a search").len(), 0);
}

#[tokio::test]
async fn another_tenant_finds_nothing() {
    let store = shop().await;
    let other = TenantId(2);
    let mut tx = store.open().begin(other).await.expect("a transaction");
    for query in ["customer", "custmer", "订单", "sales"] {
        assert_eq!(names(&mut tx, query).await, Vec::<String>::new(), "{query}");
    }
}

/// Forty tables with five hundred fields each, three of which are what is looked for.
const MANY: &str = "
    insert into metadata.tables (tenant_id, database_id, table_schema, table_name, table_type)
    select 1, d.id, 'public', 'part_' || n, 'TABLE'
    from metadata.databases d, generate_series(1, 40) n where d.database_name = 'archive_db';
    insert into metadata.fields
        (tenant_id, table_id, field_name, field_position, data_type, column_type, is_nullable, field_comment)
    select 1, t.id, case when n = 250 and t.table_name like 'part_1_' then 'warehouse' else 'value_' || n end, n, 'int',
        'int', true, case when n % 10 = 0 then 'Measured at noon' end
    from metadata.tables t, generate_series(1, 500) n where t.table_name like 'part_%';
    analyze metadata.fields, metadata.tables, metadata.databases, metadata.datasources";

#[tokio::test]
async fn no_search_reads_the_fields_as_a_whole() {
    let store = shop().await;
    let made = sqlx::raw_sql(AssertSqlSafe(format!(
        "select set_config('app.tenant_id', '1', false); {MANY}"
    )))
    .execute(&mut store.admin().await)
    .await;
    made.expect("many fields");
    let mut login = store.connect(StoreLogin::Meta).await;
    // A statement that is asked often enough is planned once for all.
    for round in 0..8 {
        let mut tx = login.begin().await.expect("a transaction");
        sqlx::query("select set_config('app.tenant_id', '1', true)")
            .execute(&mut *tx)
            .await
            .expect("a tenant");
        for (text, expected) in [
            ("warehouse", 10),
            ("warehuose", 10),
            ("ware", 10),
            ("house", 10),
            ("noon", 9),
        ] {
            let found = search(&mut tx, &Query::new(text), &everything(), None, 10).await;
            let found = found.expect("a search").len();
            assert!(found >= expected, "{text}: {found}");
        }
        let read: i64 = sqlx::query_scalar(
            "select seq_tup_read from pg_stat_xact_user_tables
             where schemaname = 'metadata' and relname = 'fields'",
        )
        .fetch_one(&mut *tx)
        .await
        .expect("what was read");
        assert_eq!(read, 0, "in round {round}");
        tx.rollback().await.expect("an end");
    }
}
