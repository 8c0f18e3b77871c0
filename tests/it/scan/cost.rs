//! Cheap for the source: what the server itself counts.

use models::sync_log::Cost;
use scan::{Part, Selection, scanner};
use test_support::{Server, Session, Source, eventually};

use super::{only_postgres, read, read_all};

/// The statements of a deep reading, as the server counts them, and as the scanner says.
async fn statements(source: &Source) -> (i64, Cost) {
    let before = source.statements().await;
    let mut reader = scanner(source.target())
        .open(&source.database)
        .await
        .expect("a session");
    for part in Part::CONTENT {
        read(&mut *reader, part, &Selection::All)
            .await
            .expect("the part is read");
    }
    let cost = reader.cost();
    reader.close().await;
    (source.statements().await - before, cost)
}

pub(super) async fn the_number_of_statements_does_not_depend_on_the_number_of_tables(
    server: Server,
) {
    let (few, many) = (Source::create(server).await, Source::create(server).await);
    few.create_tables(3).await;
    many.create_tables(300).await;
    few.count_statements().await;
    let (of_few, cost_of_few) = statements(&few).await;
    let (of_many, cost_of_many) = statements(&many).await;
    assert_eq!(of_few, of_many);
    assert!(
        (8..=18).contains(&of_few),
        "{of_few} statements for eight parts"
    );
    assert_eq!(cost_of_few.statements, cost_of_many.statements);
    let told = i64::try_from(cost_of_few.statements).expect("a small number");
    assert!(told <= of_few, "told {told} of {of_few}");
    // 300 tables with 3 fields, a key and an index each; MySQL 8 tells a key in two rows.
    let rows = cost_of_many.rows - cost_of_few.rows;
    assert!(rows == 297 * 6 || rows == 297 * 7, "{rows} rows more");
    assert!(cost_of_many.seconds > 0.0);
}

pub(super) async fn level_one_is_counted_too(server: Server) {
    let (few, many) = (Source::create(server).await, Source::create(server).await);
    few.create_tables(1).await;
    many.create_tables(50).await;
    few.count_statements().await;
    let mut counted = Vec::new();
    for source in [&few, &many] {
        let before = source.statements().await;
        let inventory = scanner(source.target())
            .sync()
            .await
            .expect("the server is read");
        assert!(
            inventory
                .databases
                .iter()
                .any(|database| database.name == source.database)
        );
        counted.push(source.statements().await - before);
    }
    if server == Server::Postgres {
        // It enters every database that lets it in: a few statements for each of two.
        assert!(
            counted.iter().all(|count| (2..=40).contains(count)),
            "{counted:?}"
        );
    } else {
        assert_eq!(counted[0], counted[1]);
        assert!((2..=12).contains(&counted[0]), "{counted:?}");
    }
}

/// A scan cannot change the source, whatever its login may do, and its session says what it is.
pub(super) async fn the_session_reads_only(server: Server) {
    let source = Source::create(server).await;
    source.create_tables(2).await;
    read_all(&source, &Selection::All).await;
    let reader = scanner(source.target())
        .open(&source.database)
        .await
        .expect("a session");
    let mut admin: Session = source.admin().await;
    let (username, database) = (&source.username, &source.database);
    let sessions = match server {
        Server::Postgres => format!(
            "select count(*) from pg_stat_activity where usename = '{username}' and datname = '{database}'
             and application_name ilike '%plumbline%'"
        ),
        Server::MariaDb | Server::MySql => {
            let processes = server.processes();
            format!("select count(*) from {processes} where user = '{username}'")
        }
    };
    assert_eq!(
        admin.number(&sessions).await,
        1,
        "one session for a database"
    );
    reader.close().await;
    if server == Server::Postgres {
        only_postgres::a_session_refuses_to_write(&source).await;
    }
    eventually("the session to be gone", async || {
        (admin.number(&sessions).await == 0).then_some(())
    })
    .await;
}
