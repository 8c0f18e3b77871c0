//! Rows of a query in a table.

use std::time::Duration;

use models::pipeline::FillMode;
use scan::session::Writing;
use test_support::{Server, Source, eventually};
use transfer::{Fill, FillError};

use super::{fill, numbers, reading, rows, source, table, upsert};

/// A table with one column of each kind, and what fills it.
fn kinds(server: Server) -> (&'static str, &'static str) {
    match server {
        Server::Postgres => (
            "create table kinds (id bigint primary key, small int, price numeric(12, 3), ratio float8, yes boolean, \
             words text, code varchar(10), raw bytea, day date, clock time, moment timestamp, instant timestamptz, \
             doc jsonb, tag uuid, flags bit(4))",
            "insert into kinds values \
             (1, -5, 12.5, 1.5, true, 'a ''quote'' \\ ä日🙂', 'x', '\\x00ff10', '2020-02-29', '12:30:00', \
              '2020-01-31 12:30:00.123456', '2020-01-31 12:30:00.5+02', '{\"a\": 1}', \
              '01234567-89ab-cdef-0123-456789abcdef', b'0101'), \
             (9223372036854775807, 0, -0.001, 0.1, false, '', '', '', '1999-12-31', '00:00:01', \
              '1999-12-31 23:59:59', '1999-12-31 23:59:59+00', '[]', null, b'0000'), \
             (3, null, null, null, null, null, null, null, null, null, null, null, null, null, null)",
        ),
        Server::MariaDb | Server::MySql => (
            "create table kinds (id bigint primary key, small int, price decimal(12, 3), ratio double, yes boolean, \
             words text, code varchar(10), raw blob, day date, clock time, moment datetime(6), \
             instant timestamp(6) null default null, doc json, tag char(36), flags bit(4))",
            "set time_zone = '+00:00'; insert into kinds values \
             (1, -5, 12.5, 1.5, true, 'a ''quote'' \\\\ ä日🙂', 'x', x'00ff10', '2020-02-29', '12:30:00', \
              '2020-01-31 12:30:00.123456', '2020-01-31 10:30:00.5', '{\"a\": 1}', \
              '01234567-89ab-cdef-0123-456789abcdef', b'0101'), \
             (9223372036854775807, 0, -0.001, 0.1, false, '', '', '', '1999-12-31', '00:00:01', \
              '1999-12-31 23:59:59', '1999-12-31 23:59:59', '[]', null, b'0000'), \
             (3, null, null, null, null, null, null, null, null, null, null, null, null, null, null)",
        ),
    }
}

/// The same on all servers: how many digits a fraction of a second shows, and how many bits, is their own.
async fn seen(source: &Source) -> Vec<Vec<Option<String>>> {
    let mut rows = rows(source, "select * from kinds order by id").await;
    for row in &mut rows {
        for value in row[10..12].iter_mut().flatten() {
            if value.contains('.') {
                *value = value.trim_end_matches('0').trim_end_matches('.').to_owned();
            }
        }
        if let Some(bits) = &mut row[14] {
            *bits = format!("{bits:0>4}");
        }
    }
    rows
}

pub(super) async fn rows_arrive_from_every_server(server: Server) {
    let (table_of, _) = kinds(server);
    let servers = [Server::Postgres, Server::MariaDb, Server::MySql];
    for from in servers.into_iter().filter_map(Server::available) {
        let (table, values) = kinds(from);
        let (from, to) = (source(from, table).await, source(server, table_of).await);
        from.execute(values).await;
        let order = upsert(&to, "kinds").await;
        let filled = fill(&from, "select * from kinds", &to, order).await;
        assert_eq!(
            filled.expect("it is filled"),
            (3, Vec::new()),
            "{:?}",
            from.server
        );
        let (sent, arrived) = (seen(&from).await, seen(&to).await);
        assert_eq!(sent, arrived, "{:?}", from.server);
        // Bytes are told as text here.
        assert_eq!(arrived[0][7].as_deref(), Some("\0\u{FFFD}\u{10}"));
        assert_eq!(arrived[0][11].as_deref(), Some("2020-01-31 10:30:00.5"));
        assert_eq!(arrived[2][0].as_deref(), Some("9223372036854775807"));
    }
}

pub(super) async fn rows_that_are_there_are_changed_and_others_stay(server: Server) {
    let from = source(Server::Postgres, "select 1").await;
    let to = source(
        server,
        "create table t (id int primary key, name varchar(20), kept int default 5);
         insert into t values (1, 'old', 7), (4, 'other', 8)",
    )
    .await;
    let mut order = upsert(&to, "t").await;
    order.mapping.insert("number".to_owned(), "id".to_owned());
    // A key that comes twice: the later row counts.
    let query = "select * from (values (1, 'new'), (2, 'x'), (2, 'y'), (3, null)) v(number, name)";
    let filled = fill(&from, query, &to, order).await.expect("it is filled");
    assert_eq!(filled, (4, Vec::new()));
    let there = rows(&to, "select id, name, kept from t order by id").await;
    let there: Vec<String> = there
        .iter()
        .map(|row| {
            row.iter()
                .map(|it| it.as_deref().unwrap_or("-"))
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect();
    assert_eq!(there, ["1 new 7", "2 y 5", "3 - 5", "4 other 8"]);
}

pub(super) async fn all_rows_are_replaced_at_once(server: Server) {
    let from = source(Server::Postgres, "select 1").await;
    let to = source(
        server,
        "create table t (n int); insert into t values (-1), (-2)",
    )
    .await;
    let mut order = upsert(&to, "t").await;
    (order.key, order.mode) = (Vec::new(), FillMode::Replace);
    let query = numbers(from.server, 2500);
    {
        let mut reading = reading(&from).await;
        let mut writing = super::writing(&to).await;
        let answer = reading.ask(&query, &[]).await.expect("it is a query");
        let mut half = Fill::begin(answer, &mut writing, order.clone())
            .await
            .expect("it begins");
        let step = half.step().await.expect("a batch").expect("the first");
        assert_eq!(step.written, 1000);
        // Others see nothing of it, and never will: this fill does not end.
        assert_eq!(
            rows(&to, "select count(*), min(n) from t").await,
            [[Some("2".to_owned()), Some("-2".to_owned())]]
        );
    }
    // The transaction is undone when the server has noticed.
    let filled = fill(&from, &query, &to, order).await.expect("it is filled");
    assert_eq!(filled, (2500, Vec::new()));
    let there = rows(&to, "select count(*), min(n), max(n) from t").await;
    assert_eq!(there, [["2500", "1", "2500"].map(|it| Some(it.to_owned()))]);
}

/// It does not ask for the next number, which would be another row with each fill.
pub(super) async fn nought_is_a_number_like_others(server: Server) {
    let from = source(Server::Postgres, "select 1").await;
    let to = source(
        server,
        "create table t (id int auto_increment primary key, name varchar(10))",
    )
    .await;
    let order = upsert(&to, "t").await;
    for name in ["one", "two"] {
        let query = format!("select 0 as id, '{name}' as name");
        let filled = fill(&from, &query, &to, order.clone()).await;
        assert_eq!(filled.expect("it is filled"), (1, Vec::new()));
    }
    let there = rows(&to, "select id, name from t").await;
    assert_eq!(there, [["0", "two"].map(|it| Some(it.to_owned()))]);
}

pub(super) async fn what_does_not_fit_any_more_is_told(server: Server) {
    let from = source(Server::Postgres, "select 1").await;
    let to = source(
        server,
        "create table t (id int primary key, name varchar(20))",
    )
    .await;
    let order = upsert(&to, "t").await;
    // The catalog knows the table as it was.
    to.execute("alter table t drop column name").await;
    let outcome = fill(&from, "select 1 as id, 'x' as name", &to, order.clone()).await;
    let error = outcome.expect_err("the column is gone");
    assert!(
        matches!(error, FillError::Unfit(_) | FillError::Writing(_)),
        "{error:?}"
    );
    assert!(
        error.to_string().contains("name") && !error.is_transient(),
        "{error}"
    );
    to.execute("drop table t").await;
    let error = fill(&from, "select 1 as id", &to, order)
        .await
        .expect_err("the table is gone");
    assert!(
        error.to_string().contains('t') && !error.is_transient(),
        "{error}"
    );
}

/// A lock is waited for, and a batch that had to give way is written again.
pub(super) async fn others_that_stand_in_the_way_are_waited_for(server: Server) {
    let from = source(Server::Postgres, "select 1").await;
    let to = source(
        server,
        "create table t (id int primary key, name varchar(20)); insert into t values (1, 'old')",
    )
    .await;
    let order = upsert(&to, "t").await;
    let mut blocker = to.session().await;
    blocker
        .execute("begin; update t set name = 'locked' where id = 1")
        .await;
    let mut target = to.target();
    target.limits.lock_timeout = Duration::from_secs(1);
    let mut reading = reading(&from).await;
    let answer = reading
        .ask("select 1 as id, 'new' as name", &[])
        .await
        .expect("a query");
    let mut writing = Writing::open(&target, &to.database)
        .await
        .expect("a session");
    let mut under_way = Fill::begin(answer, &mut writing, order)
        .await
        .expect("it begins");
    let step = {
        let step = under_way.step();
        tokio::pin!(step);
        eventually("the lock to have been waited for once", async || {
            let waited = tokio::time::timeout(Duration::from_millis(1500), &mut step).await;
            assert!(waited.is_err(), "nobody waited: {waited:?}");
            Some(())
        })
        .await;
        blocker.execute("commit").await;
        step.await.expect("it goes on").expect("a batch")
    };
    assert_eq!(step.written, 1);
    assert_eq!(table(&to, "t").await.columns.len(), 2);
    assert_eq!(
        rows(&to, "select name from t").await,
        [[Some("new".to_owned())]]
    );
}

/// More columns than a function may have arguments, and more values than one statement may.
pub(super) async fn wide_rows_arrive(server: Server) {
    let from = source(Server::Postgres, "select 1").await;
    let columns: Vec<String> = (1..=150).map(|n| format!("c{n}")).collect();
    let made = columns.iter().map(|name| format!("{name} int"));
    let made = made.collect::<Vec<_>>().join(", ");
    let to = source(
        server,
        &format!("create table t (id int primary key, {made})"),
    )
    .await;
    let order = upsert(&to, "t").await;
    let values = columns.iter().map(|name| format!("n as {name}"));
    let values = values.collect::<Vec<_>>().join(", ");
    let query = format!("select n as id, {values} from generate_series(1, 1000) n");
    let filled = fill(&from, &query, &to, order).await.expect("it is filled");
    assert_eq!(filled, (1000, Vec::new()));
    let there = rows(&to, "select count(*), sum(c150) from t").await;
    assert_eq!(there, [["1000", "500500"].map(|it| Some(it.to_owned()))]);
}
