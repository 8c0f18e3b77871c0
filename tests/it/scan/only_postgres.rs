//! What only `PostgreSQL` has.

use std::collections::HashMap;
use std::time::Duration;

use scan::{Part, Record, ScanError, Selection, Target, scanner};
use test_support::{Listener, Server, Session, Source};

use super::level_two::everything;
use super::render::render;
use super::{read, read_all};

/// The target with the login that may do everything.
fn of_admin(source: &Source) -> Target {
    let url = Server::Postgres.url();
    Target {
        username: url.username().to_owned(),
        password: url.password().unwrap_or_default().into(),
        ..source.target()
    }
}

pub(super) async fn a_definition_of_an_index_is_the_servers_own(server: Server) {
    let (source, _) = everything(server).await;
    let records = read_all(&source, &Selection::All).await;
    let read: HashMap<String, String> = records
        .into_iter()
        .filter_map(|record| match record {
            Record::Index(index) => Some((
                format!("{}.{}", index.schema, index.index.name),
                index.index.definition.expect("a definition"),
            )),
            _ => None,
        })
        .collect();
    let Session::Postgres(mut connection) = source.session().await else {
        unreachable!("the server is PostgreSQL");
    };
    let of_server: Vec<(String, String)> = sqlx::query_as(
        "select schemaname || '.' || indexname, indexdef from pg_indexes
         where schemaname not in ('pg_catalog', 'information_schema')",
    )
    .fetch_all(&mut connection)
    .await
    .expect("the server prints");
    assert!(of_server.len() > 50, "{}", of_server.len());
    assert_eq!(read, of_server.into_iter().collect());
}

/// No grant shows more than CONNECT does: there is none to report as missing.
pub(super) async fn a_login_that_may_only_connect_reads_all(server: Server) {
    let (source, _) = everything(server).await;
    source
        .execute("revoke all on schema public from public")
        .await;
    let mut texts = Vec::new();
    for target in [source.target(), of_admin(&source)] {
        let mut reader = scanner(target)
            .open(&source.database)
            .await
            .expect("a session");
        assert_eq!(reader.missing_grants().await.expect("the rights"), []);
        let mut records = Vec::new();
        for part in Part::CONTENT.into_iter().chain([Part::Identities]) {
            let part = read(&mut *reader, part, &Selection::All).await;
            records.extend(part.expect("the part is read"));
        }
        reader.close().await;
        texts.push(render(&records));
    }
    assert!(texts[0] == texts[1], "{}\n\nbut\n\n{}", texts[0], texts[1]);
}

pub(super) async fn a_temporary_table_is_left_out(server: Server) {
    let source = Source::create(server).await;
    let mut session = source.session().await;
    session
        .execute("create temporary table fleeting (id serial primary key); create temporary view seen as select id from fleeting")
        .await;
    let records = read_all(&source, &Selection::All).await;
    assert!(!render(&records).contains("fleeting"), "{records:?}");
    assert!(!render(&records).contains("seen"), "{records:?}");
}

pub(super) async fn a_thousand_columns_are_read(server: Server) {
    let source = Source::create(server).await;
    let columns: Vec<String> = (1..=1000).map(|n| format!("c{n} integer")).collect();
    source
        .execute(&format!("create table wide ({})", columns.join(", ")))
        .await;
    let records = read_all(&source, &Selection::All).await;
    let mut read: Vec<(i32, String)> = records
        .into_iter()
        .filter_map(|record| match record {
            Record::Field(field) => Some((field.position, field.name)),
            _ => None,
        })
        .collect();
    read.sort();
    let expected: Vec<(i32, String)> = (1..=1000).map(|n| (n, format!("c{n}"))).collect();
    assert_eq!(read, expected);
}

/// Garbage is a matter of protocol, and may not be tried again; a server that only hangs up may
/// be one that starts.
pub(super) async fn what_hangs_up_is_told_from_a_server(server: Server) {
    let source = Source::create(server).await;
    for greeting in [&b"\0\0\0\0\0\0\0\0"[..], b"\0", b"what?\r\n", b""] {
        let listener = Listener::hanging_up_after(greeting).await;
        let mut target = source.target();
        target.host = "127.0.0.1".into();
        target.port = listener.port;
        let error = scanner(target).open(&source.database).await.err();
        if greeting.is_empty() {
            assert!(
                matches!(error, Some(ScanError::Connect { .. })),
                "{error:?}"
            );
        } else {
            assert!(
                matches!(error, Some(ScanError::Protocol { .. })),
                "{greeting:?}: {error:?}"
            );
        }
    }
}

/// Tables of which something of every part must be printed.
async fn tables_to_print(names: [&str; 3]) -> Source {
    let source = Source::create(Server::Postgres).await;
    for table in names {
        source
            .execute(&format!(
                "create table {table} (id integer primary key, a integer constraint {table}_check check (a > 0),
                 b integer generated always as (a + 1) stored);
                 create index {table}_index on {table} ((a + 2));
                 create trigger {table}_trigger before update on {table} for each row when (old.a > 3)
                 execute function suppress_redundant_updates_trigger()"
            ))
            .await;
    }
    source
}

/// What failed, in order; each for a lock.
fn locked(records: &[Record]) -> Vec<&str> {
    let mut failed: Vec<&str> = records
        .iter()
        .filter_map(|record| match record {
            Record::Failure(failure) => {
                assert!(failure.error.contains("lock"), "{failure:?}");
                Some(failure.what.as_str())
            }
            _ => None,
        })
        .collect();
    failed.sort_unstable();
    failed
}

/// A table that somebody locks between two parts is listed, with a failure for what could not be printed.
pub(super) async fn what_is_locked_meanwhile_fails_alone(_: Server) {
    let source = tables_to_print(["before", "held", "later"]).await;
    let mut target = source.target();
    target.limits.lock_timeout = Duration::from_millis(50);
    let mut reader = scanner(target)
        .open(&source.database)
        .await
        .expect("a session");
    read(&mut *reader, Part::Tables, &Selection::All)
        .await
        .expect("the tables");
    let mut session = source.session().await;
    session
        .execute("begin; lock table held in access exclusive mode")
        .await;
    let mut records = Vec::new();
    for part in [
        Part::Fields,
        Part::Constraints,
        Part::Indexes,
        Part::Triggers,
    ] {
        let part = read(&mut *reader, part, &Selection::All).await;
        records.extend(part.expect("the part is read"));
    }
    reader.close().await;
    let text = render(&records);
    for expected in [
        "check \"before_check\" (a > 0)",
        "check \"later_check\" (a > 0)",
        "index \"before_index\" btree ((a + 2))",
        "index \"later_index\" btree ((a + 2))",
    ] {
        assert!(text.contains(expected), "{expected} in {text}");
    }
    assert_eq!(text.matches("stored=\"(a + 1)\"").count(), 2, "{text}");
    assert_eq!(text.matches("when=\"(old.a > 3)\"").count(), 2, "{text}");
    assert_eq!(
        locked(&records),
        [
            "constraint held_check of held",
            "field b of held",
            "index held_index",
            "trigger held_trigger of held",
        ]
    );
}

/// A function that the scanner calls is replaced by one that tries to write, in the test's own
/// database, and answers with the error that it gets.
pub(super) async fn a_session_refuses_to_write(source: &Source) {
    source
        .execute(
            "create function public.try_to_write(oid) returns name language plpgsql as $$
             begin
                 insert into public.t001 values (1, 1, 'written');
                 return 'written';
             exception when others then
                 return sqlstate;
             end $$;
             grant insert on public.t001 to public;
             create or replace function pg_catalog.pg_get_userbyid(oid) returns name language sql as
             'select public.try_to_write($1)'",
        )
        .await;
    let records = read_all(source, &Selection::Tables(vec!["t001".to_owned()])).await;
    let owners: Vec<&str> = records
        .iter()
        .filter_map(|record| match record {
            Record::Table(table) => table.facts.owner.as_deref(),
            _ => None,
        })
        .collect();
    // read_only_sql_transaction (manual, appendix A).
    assert_eq!(owners, ["25006"]);
}
