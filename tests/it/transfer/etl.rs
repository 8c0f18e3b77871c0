//! One statement in the target.

use std::time::Duration;

use scan::session::WriteError;
use test_support::{Server, Source, eventually};
use transfer::{EtlError, etl};

use super::{rows, source};

const TABLES: &str = "create table sync (id int primary key, name varchar(10)); \
    create table biz (id int primary key, name varchar(10) not null); \
    insert into sync values (1, 'a'), (2, 'b'), (3, 'c')";

/// How many statements of the login sleep.
pub(super) async fn running(source: &Source) -> i64 {
    let username = &source.username;
    let sql = match source.server {
        Server::Postgres => format!(
            "select count(*) from pg_stat_activity where usename = '{username}' and state = 'active' and wait_event = 'PgSleep'"
        ),
        server @ (Server::MariaDb | Server::MySql) => format!(
            "select count(*) from {} where user = '{username}' and info like '%sleep(%'",
            server.processes()
        ),
    };
    source.admin().await.number(&sql).await
}

pub(super) async fn a_statement_tells_how_many_rows_it_changed(server: Server) {
    let source = source(server, TABLES).await;
    let (target, database) = (source.target(), &source.database);
    let run = async |statement: &str| etl(&target, database, statement).await.expect("it runs");
    assert_eq!(
        run("insert into biz select id, name from sync where id > 1").await,
        2
    );
    assert_eq!(run("update biz set name = 'x'; ").await, 2);
    assert_eq!(run("delete from biz where id = 7").await, 0);
    assert_eq!(
        rows(&source, "select id from biz where name = 'x'")
            .await
            .len(),
        2
    );
}

pub(super) async fn what_the_server_refuses_is_told(server: Server) {
    let source = source(server, TABLES).await;
    source.execute("insert into sync values (4, null)").await;
    for statement in [
        "insert into biz select id, name from sync",
        "insert into nowhere select id, name from sync",
        "insert into biz select id, missing from sync",
        "insert into biz values (1, 'far too long for it')",
        "delete from biz; delete from sync",
        "this is no statement",
        "create table other (a int)",
    ] {
        let error = etl(&source.target(), &source.database, statement)
            .await
            .expect_err(statement);
        assert!(
            matches!(
                error,
                EtlError::Statement(WriteError::Rows { .. } | WriteError::Refused { .. })
            ),
            "{statement}: {error:?}"
        );
        assert!(!error.is_safe_to_repeat(), "{statement}");
    }
    assert_eq!(rows(&source, "select id from biz").await.len(), 0);
    assert_eq!(rows(&source, "select id from sync").await.len(), 4);
}

pub(super) async fn a_statement_has_its_time(server: Server) {
    let source = source(server, TABLES).await;
    let mut target = source.target();
    target.limits.statement_timeout = Duration::from_millis(300);
    let error = etl(&target, &source.database, slow(server))
        .await
        .expect_err("it is too slow");
    assert!(
        matches!(
            error,
            EtlError::Statement(WriteError::Stopped { .. } | WriteError::Timeout { .. })
        ),
        "{error:?}"
    );
    assert!(!error.is_safe_to_repeat());
    eventually("the statement to end", async || {
        (running(&source).await == 0).then_some(())
    })
    .await;
    assert_eq!(rows(&source, "select id from biz").await.len(), 0);
}

pub(super) async fn a_statement_that_nobody_waits_for_ends(server: Server) {
    let source = source(server, TABLES).await;
    let target = source.target();
    {
        let statement = etl(&target, &source.database, slow(server));
        tokio::pin!(statement);
        tokio::select! {
            ended = &mut statement => panic!("it ended: {ended:?}"),
            () = eventually("the statement to run", async || (running(&source).await == 1).then_some(())) => {}
        }
    }
    eventually("the statement to end", async || {
        (running(&source).await == 0).then_some(())
    })
    .await;
    assert_eq!(rows(&source, "select id from biz").await.len(), 0);
}

/// It does what it would do in anybody's session.
pub(super) async fn a_statement_has_the_servers_own_time_zone(server: Server) {
    let source = source(server, TABLES).await;
    let (statement, expected) = match server {
        Server::Postgres => {
            let zone = format!(
                "alter database {} set timezone = 'Asia/Tokyo'",
                source.database
            );
            source.execute(&zone).await;
            (
                "insert into biz select 1, current_setting('timezone')",
                "Asia/Tokyo",
            )
        }
        Server::MariaDb | Server::MySql => (
            "insert into biz select 1, if(@@session.time_zone = @@global.time_zone, 'own', 'other')",
            "own",
        ),
    };
    etl(&source.target(), &source.database, statement)
        .await
        .expect("it runs");
    let there = rows(&source, "select name from biz").await;
    assert_eq!(there, [[Some(expected.to_owned())]]);
}

fn slow(server: Server) -> &'static str {
    match server {
        Server::Postgres => "insert into biz select 1, 'x' from pg_sleep(60)",
        Server::MariaDb | Server::MySql => {
            "insert into biz select 1, 'x' from sync where id = 1 and sleep(60) = 0"
        }
    }
}

pub(super) async fn a_procedure_may_answer_with_rows(server: Server) {
    let source = source(server, TABLES).await;
    source
        .execute(
            "create procedure refresh() begin select * from sync; insert into biz select * from sync; select 1; end",
        )
        .await;
    etl(&source.target(), &source.database, "call refresh()")
        .await
        .expect("it runs");
    assert_eq!(rows(&source, "select id from biz").await.len(), 3);
}
