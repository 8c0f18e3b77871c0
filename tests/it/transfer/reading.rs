//! Sessions that read rows.

use scan::ScanError;
use scan::session::{Form, Reading};
use test_support::{Server, eventually};

use super::{numbers, reading, source};

pub(super) async fn an_answer_has_any_length(server: Server) {
    let source = source(server, "create table t (a int)").await;
    let mut target = source.target();
    (target.limits.answer_rows, target.limits.answer_bytes) = (10, 100);
    let mut session = Reading::open(&target, &source.database)
        .await
        .expect("a session");
    let mut answer = session
        .ask(&numbers(server, 20_000), &[])
        .await
        .expect("a query");
    assert_eq!(answer.headings().len(), 1);
    let mut last = 0;
    while let Some(row) = answer.next().await.expect("a row") {
        last += 1;
        assert_eq!(row.text(0).expect("a value"), Some(last.to_string()));
    }
    assert_eq!(last, 20_000);
    drop(answer);
    assert_eq!(session.cost().rows, 20_000 + session.cost().rows % 1000);

    // One row is bounded all the same.
    target.limits.message_bytes = 1000;
    let mut session = Reading::open(&target, &source.database)
        .await
        .expect("a session");
    let mut answer = session
        .ask("select repeat('x', 2000) as x", &[])
        .await
        .expect("a query");
    let error = answer.next().await.expect_err("it is too large");
    assert!(matches!(error, ScanError::Hostile { .. }), "{error:?}");
}

pub(super) async fn whatever_is_asked_sees_one_state(server: Server) {
    const COUNT: &str = "select count(*) from t";
    let source = source(
        server,
        "create table t (a int); insert into t values (1), (2)",
    )
    .await;
    let mut session = reading(&source).await;
    for _ in 0..2 {
        let row = session
            .first(COUNT, &[])
            .await
            .expect("a query")
            .expect("a row");
        assert_eq!(row.text(0).expect("a value").as_deref(), Some("2"));
        source.execute("insert into t values (3)").await;
    }
    session.close().await;
    let row = reading(&source)
        .await
        .first(COUNT, &[])
        .await
        .expect("a query")
        .expect("a row");
    assert_eq!(row.text(0).expect("a value").as_deref(), Some("4"));
}

pub(super) async fn one_query_is_taken_and_nothing_else(server: Server) {
    let source = source(server, "create table t (a int); insert into t values (1)").await;
    let function = match server {
        Server::Postgres => {
            "create function gone() returns int language sql as 'delete from t returning a'"
        }
        Server::MariaDb | Server::MySql => {
            "create function gone() returns int deterministic modifies sql data \
             begin delete from t; return 1; end"
        }
    };
    source.execute(function).await;
    let mut refused = vec![
        "select gone() as a",
        "select 1; delete from t",
        "select 1; select 2",
        "commit",
        "delete from t",
        "insert into t values (2)",
        "drop table t",
        "create table other (a int)",
        "",
        "set transaction read write",
        "selec 1",
    ];
    refused.extend(match server {
        Server::Postgres => [
            "with gone as (delete from t returning a) select a from gone",
            "delete from t returning a",
            "select 1 where $1",
        ],
        Server::MariaDb | Server::MySql => [
            "select a from t into outfile '/tmp/plumbline_never'",
            "select 1 where ?",
            "set session transaction read write",
        ],
    });
    for statement in refused {
        let mut session = reading(&source).await;
        let outcome = match session.ask(statement, &[]).await {
            Ok(mut answer) => answer.next().await.map(drop),
            Err(error) => Err(error),
        };
        assert!(outcome.is_err(), "{statement}");
    }
    let mut session = reading(&source).await;
    let row = session
        .first("select count(*) as n from t -- the end;", &[])
        .await;
    let row = row.expect("a query").expect("a row");
    assert_eq!(row.text(0).expect("a value").as_deref(), Some("1"));
}

pub(super) async fn values_are_bound(server: Server) {
    let source = source(
        server,
        "create table t (a int, b varchar(30)); insert into t values (1, 'x'), (2, 'it''s')",
    )
    .await;
    let query = match server {
        Server::Postgres => "select b from t where b = $1 and a > $2::int",
        Server::MariaDb | Server::MySql => "select b from t where b = ? and a > ?",
    };
    let mut session = reading(&source).await;
    let values = ["it's", "1"].map(str::to_owned);
    let answer = session.ask(query, &values).await.expect("a query");
    assert_eq!(answer.headings()[0].form, Form::Text);
    drop(answer);
    let mut session = reading(&source).await;
    let row = session
        .first(query, &values)
        .await
        .expect("a query")
        .expect("a row");
    assert_eq!(row.text(0).expect("a value").as_deref(), Some("it's"));
    if server != Server::Postgres {
        let error = session
            .ask("select a from t where b = ?", &values[..1])
            .await
            .expect_err("a number");
        assert!(
            error.to_string().contains("must be cast to CHAR"),
            "{error}"
        );
    }
}

pub(super) async fn an_answer_that_nobody_wants_is_stopped(server: Server) {
    let source = source(server, "create table t (a int)").await;
    let slow = match server {
        Server::Postgres => "select pg_sleep(60)::text",
        Server::MariaDb | Server::MySql => "select sleep(60)",
    };
    let mut session = reading(&source).await;
    let mut answer = session.ask(slow, &[]).await.expect("a query");
    eventually("the query to run", async || {
        assert!(futures::FutureExt::now_or_never(answer.next()).is_none());
        (super::etl::running(&source).await == 1).then_some(())
    })
    .await;
    drop(answer);
    drop(session);
    eventually("the query to end", async || {
        (super::etl::running(&source).await == 0).then_some(())
    })
    .await;
}
