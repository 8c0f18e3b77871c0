//! What nobody waits for any more is stopped on the server.

use futures::StreamExt;
use scan::{Part, Selection, scanner};
use test_support::{Proxy, Server, Source, eventually};

/// How many times the login has asked the server to stop a statement.
async fn stops(source: &Source) -> i64 {
    let username = &source.username;
    let sql = match source.server {
        Server::Postgres => format!(
            "select coalesce(sum(calls), 0)::bigint from pg_stat_statements s join pg_roles r on r.oid = s.userid
             where r.rolname = '{username}' and query like '%pg_cancel_backend%'"
        ),
        Server::MariaDb | Server::MySql => format!(
            "select count(*) from mysql.general_log
             where user_host like '{username}[%' and convert(argument using utf8mb4) like 'KILL QUERY %'"
        ),
    };
    source.admin().await.number(&sql).await
}

pub(super) async fn a_statement_that_nobody_waits_for_is_stopped(server: Server) {
    let source = Source::create(server).await;
    source.create_tables(2).await;
    source.count_statements().await;
    let proxy = Proxy::to(server).await;
    let mut target = source.target();
    target.port = proxy.port;
    let scanner = scanner(target);

    // Read to its end, there is nothing to stop.
    let mut reader = scanner.open(&source.database).await.expect("a session");
    let tables = super::read(&mut *reader, Part::Tables, &Selection::All).await;
    assert_eq!(tables.expect("tables").len(), 2);
    reader.close().await;

    let mut reader = scanner.open(&source.database).await.expect("a session");
    proxy.hold();
    {
        let mut tables = reader.read(Part::Tables, &Selection::All);
        // The statement is sent, and its answer is held.
        assert!(futures::poll!(tables.next()).is_pending());
    }
    assert_eq!(stops(&source).await, 0);
    drop(reader);
    proxy.release();
    eventually("the statement to be stopped", async || {
        (stops(&source).await == 1).then_some(())
    })
    .await;
}

/// Held by a lock, the statement would wait for a minute.
pub(super) async fn a_waiting_statement_ends(server: Server) {
    let source = Source::create(server).await;
    source.create_tables(2).await;
    let mut blocker = source.session().await;
    blocker
        .execute("begin; lock table pg_catalog.pg_trigger in access exclusive mode")
        .await;
    let mut target = source.target();
    target.limits.lock_timeout = std::time::Duration::from_mins(1);
    let mut reader = scanner(target)
        .open(&source.database)
        .await
        .expect("a session");
    let waiting = format!(
        "select count(*) from pg_stat_activity where usename = '{}' and wait_event_type = 'Lock'",
        source.username
    );
    let mut admin = source.admin().await;
    {
        let mut triggers = reader.read(Part::Triggers, &Selection::All);
        eventually("the statement to wait", async || {
            let _ = futures::poll!(triggers.next());
            (admin.number(&waiting).await == 1).then_some(())
        })
        .await;
    }
    drop(reader);
    eventually("the statement to end", async || {
        (admin.number(&waiting).await == 0).then_some(())
    })
    .await;
}
