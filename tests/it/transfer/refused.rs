//! Rows that a table does not take.

use models::pipeline::FillMode;
use test_support::Server;

use super::{fill, rows, source, upsert};

/// Two thousand and five hundred rows, some of which no table takes.
const QUERY: &str = "select case when n = 2000 then null else n end as id, \
    case n when 7 then 'far too long for it' when 1500 then null else 'ok' end as name, \
    case n when 1501 then -1 else 1 end as amount \
    from generate_series(1, 2500) n order by n";

const TABLE: &str =
    "create table t (id int primary key, name varchar(10) not null, amount int check (amount > 0))";

pub(super) async fn rows_that_are_to_blame_fail_alone(server: Server) {
    let from = source(Server::Postgres, "select 1").await;
    let to = source(server, TABLE).await;
    let order = upsert(&to, "t").await;
    let (written, failed) = fill(&from, QUERY, &to, order)
        .await
        .expect("the rest goes on");
    let keys: Vec<_> = failed.iter().map(|row| row.key.as_str()).collect();
    assert_eq!(keys, ["id=7", "id=NULL", "id=1500", "id=1501"]);
    assert_eq!(failed[1].reason, "id: NULL tells no row from others");
    for (row, word) in [
        (&failed[0], "long"),
        (&failed[2], "null"),
        (&failed[3], "check"),
    ] {
        let reason = row.reason.to_lowercase();
        assert!(
            reason.contains(word) || reason.contains("constraint"),
            "{reason}"
        );
    }
    assert_eq!(written, 2496);
    let count = rows(&to, "select count(*) from t").await;
    assert_eq!(count, [[Some("2496".to_owned())]]);
}

pub(super) async fn a_row_of_another_key_is_left_alone(server: Server) {
    let from = source(Server::Postgres, "select 1").await;
    let to = source(
        server,
        "create table t (id bigint primary key, mail varchar(20) unique, name varchar(10));
         insert into t values (1234567890123456789, 'one@x', 'one'), (2, 'two@x', 'two')",
    )
    .await;
    let order = upsert(&to, "t").await;
    // More digits than a floating point number has.
    let query = "select * from (values (1234567890123456789, 'one@x', 'changed'), (3, 'two@x', 'taken'), \
        (4, 'four@x', 'new')) v(id, mail, name)";
    let (written, failed) = fill(&from, query, &to, order)
        .await
        .expect("the rest goes on");
    assert_eq!((written, failed.len()), (2, 1), "{failed:?}");
    assert_eq!(failed[0].key, "id=3");
    if server != Server::Postgres {
        assert_eq!(
            failed[0].reason,
            "a row with another key has the same values in another unique key"
        );
    }
    let there = rows(&to, "select id, mail, name from t order by id").await;
    let there: Vec<String> = there
        .into_iter()
        .map(|row| row.into_iter().flatten().collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(
        there,
        [
            "2 two@x two",
            "4 four@x new",
            "1234567890123456789 one@x changed"
        ]
    );
}

/// A unique index of beginnings of values tells rows apart too, and is no key to fill by.
pub(super) async fn a_row_of_another_index_is_left_alone(server: Server) {
    let from = source(Server::Postgres, "select 1").await;
    let to = source(
        server,
        "create table t (id int primary key, code varchar(20), name varchar(10), unique key (code(3)));
         insert into t values (1, 'abc1', 'one')",
    )
    .await;
    let order = upsert(&to, "t").await;
    let query =
        "select * from (values (1, 'abc2', 'changed'), (2, 'abc3', 'taken')) v(id, code, name)";
    let (written, failed) = fill(&from, query, &to, order)
        .await
        .expect("the rest goes on");
    assert_eq!((written, failed.len()), (1, 1), "{failed:?}");
    assert_eq!(failed[0].key, "id=2");
    let there = rows(&to, "select code, name from t where id = 1").await;
    assert_eq!(there, [["abc2", "changed"].map(|it| Some(it.to_owned()))]);
}

pub(super) async fn bad_rows_do_not_end_a_replacement(server: Server) {
    let from = source(Server::Postgres, "select 1").await;
    let to = source(server, TABLE).await;
    to.execute("insert into t values (0, 'old', 1)").await;
    let mut order = upsert(&to, "t").await;
    order.mode = FillMode::Replace;
    let (written, failed) = fill(&from, QUERY, &to, order)
        .await
        .expect("the rest goes on");
    assert_eq!((written, failed.len()), (2496, 4));
    let there = rows(&to, "select count(*), min(id) from t").await;
    assert_eq!(there, [[Some("2496".to_owned()), Some("1".to_owned())]]);
}

/// No row is to the table's liking: what was there stays.
pub(super) async fn a_replacement_by_nothing_replaces_nothing(server: Server) {
    let from = source(Server::Postgres, "select 1").await;
    let to = source(server, TABLE).await;
    to.execute("insert into t values (0, 'old', 1)").await;
    let mut order = upsert(&to, "t").await;
    order.mode = FillMode::Replace;
    let bad = "select n as id, 'ok' as name, -1 as amount from generate_series(1, 3) n";
    let (written, failed) = fill(&from, bad, &to, order.clone())
        .await
        .expect("it is told");
    assert_eq!((written, failed.len()), (0, 3));
    let old = [["0", "old", "1"].map(|it| Some(it.to_owned()))];
    assert_eq!(rows(&to, "select * from t").await, old);
    // An answer without rows is another matter: so is the table.
    let none = "select 1 as id, 'ok' as name, 1 as amount where false";
    let filled = fill(&from, none, &to, order).await.expect("it is filled");
    assert_eq!(filled, (0, Vec::new()));
    assert_eq!(rows(&to, "select * from t").await.len(), 0);
}

/// Each server has values that another has not.
pub(super) async fn values_that_the_table_cannot_have_fail_alone(server: Server) {
    let from = source(Server::Postgres, "select 1").await;
    let float = match server {
        Server::Postgres => "float8",
        Server::MariaDb | Server::MySql => "double",
    };
    let table = format!(
        "create table t (id int primary key, ratio {float}, day date, small smallint, price decimal(6, 2))"
    );
    let to = source(server, &table).await;
    let order = upsert(&to, "t").await;
    let query = "select * from (values \
        (1, 'NaN'::float8, null::date, 1, 1.5), (2, 'infinity', null, 1, 1.5), (3, 1, 'infinity', 1, 1.5), \
        (4, 1, '0044-03-15 BC', 1, 1.5), (5, 1, '2020-02-29', 40000, 1.5), (6, 1, '2020-02-29', 1, 10000), \
        (7, 1.5, '2020-02-29', -32768, 9999.99)) v(id, ratio, day, small, price)";
    let (written, failed) = fill(&from, query, &to, order)
        .await
        .expect("the rest goes on");
    let keys: Vec<_> = failed.iter().map(|row| row.key.as_str()).collect();
    let expected = match server {
        Server::Postgres => &["id=5", "id=6"][..],
        Server::MariaDb | Server::MySql => &["id=1", "id=2", "id=3", "id=4", "id=5", "id=6"],
    };
    assert_eq!(keys, expected, "{failed:?}");
    assert_eq!(written, 7 - expected.len() as u64);
    let there = rows(&to, "select day, small, price from t where id = 7").await;
    assert_eq!(
        there,
        [["2020-02-29", "-32768", "9999.99"].map(|it| Some(it.to_owned()))]
    );
}

pub(super) async fn texts_outside_of_the_character_set_fail_alone(server: Server) {
    let from = source(Server::Postgres, "select 1").await;
    let table = "create table t (id int primary key, name varchar(10) character set latin1)";
    let to = source(server, table).await;
    let order = upsert(&to, "t").await;
    let query = "select * from (values (1, 'ä'), (2, '日本'), (3, 'é')) v(id, name)";
    let (written, failed) = fill(&from, query, &to, order)
        .await
        .expect("the rest goes on");
    let keys: Vec<_> = failed.iter().map(|row| row.key.as_str()).collect();
    assert_eq!((written, keys), (2, vec!["id=2"]), "{failed:?}");
    let there = rows(&to, "select name from t order by id").await;
    assert_eq!(there, [[Some("ä".to_owned())], [Some("é".to_owned())]]);
}

/// `MySQL` has days that no calendar has.
pub(super) async fn days_that_are_none_fail_alone(server: Server) {
    let from = source(
        Server::MariaDb,
        "create table days (id int primary key, day date); set sql_mode = '';
         insert into days values (1, '0000-00-00'), (2, '2020-02-29'), (3, '2020-02-00')",
    )
    .await;
    let to = source(server, "create table t (id int primary key, day date)").await;
    let order = upsert(&to, "t").await;
    let (written, failed) = fill(&from, "select id, day from days order by id", &to, order)
        .await
        .expect("the rest goes on");
    let keys: Vec<_> = failed.iter().map(|row| row.key.as_str()).collect();
    assert_eq!((written, keys), (1, vec!["id=1", "id=3"]), "{failed:?}");
}

pub(super) async fn what_is_larger_than_a_packet_fails_alone(server: Server) {
    let from = source(Server::Postgres, "select 1").await;
    let to = source(server, "create table t (id int primary key, doc longtext)").await;
    let packet = to
        .admin()
        .await
        .number("select cast(@@global.max_allowed_packet as signed)")
        .await;
    let query = format!(
        "select n as id, case n when 2 then repeat('x', {packet}) else 'small' end as doc from generate_series(1, 3) n"
    );
    let order = upsert(&to, "t").await;
    let (written, failed) = fill(&from, &query, &to, order)
        .await
        .expect("the rest goes on");
    assert_eq!((written, failed.len()), (2, 1));
    assert!(
        failed[0].reason.contains("more than the server takes"),
        "{failed:?}"
    );
}
