//! Level 1: the databases of a server.

use scan::{DatabaseRecord, scanner};
use test_support::{Server, Source};

fn find<'a>(databases: &'a [DatabaseRecord], name: &str) -> Option<&'a DatabaseRecord> {
    databases.iter().find(|database| database.name == name)
}

pub(super) async fn the_server_tells_what_it_is(server: Server) {
    let source = Source::create(server).await;
    let inventory = scanner(source.target())
        .sync()
        .await
        .expect("the server is read");
    assert_eq!(inventory.server.flavor, server.flavor());
    let version = &inventory.server.version;
    assert!(
        version.starts_with(|first: char| first.is_ascii_digit()),
        "{version}"
    );
    assert!(inventory.server.facts.is_object());
    assert!(
        inventory.cost.statements > 0 && inventory.cost.rows > 0,
        "{:?}",
        inventory.cost
    );
    let names: Vec<&str> = inventory
        .databases
        .iter()
        .map(|database| database.name.as_str())
        .collect();
    assert!(names.is_sorted(), "{names:?}");
    for own in [
        "template0",
        "template1",
        "information_schema",
        "performance_schema",
        "mysql",
        "sys",
    ] {
        assert!(!names.contains(&own), "{own} is the server's own");
    }
}

pub(super) async fn databases_are_listed(server: Server) {
    let mut source = Source::create(server).await;
    let empty = source.add_database().await;
    source.create_tables(3).await;
    source
        .execute("create view v as select id from t001; insert into t001 values (1, 2, 'x')")
        .await;
    let inventory = scanner(source.target())
        .sync()
        .await
        .expect("the server is read");
    let full = find(&inventory.databases, &source.database).expect("it is listed");
    let (charset, collation) = match server {
        Server::Postgres => ("UTF8", "C.UTF-8"),
        Server::MariaDb => ("utf8mb4", "utf8mb4_general_ci"),
        Server::MySql => ("utf8mb4", "utf8mb4_0900_ai_ci"),
    };
    assert_eq!(
        (full.charset.as_deref(), full.collation.as_deref()),
        (Some(charset), Some(collation))
    );
    assert_eq!(
        (full.table_count, full.inaccessible_reason.as_deref()),
        (Some(4), None)
    );
    assert!(
        full.total_size_bytes.is_some_and(|size| size > 0),
        "{full:?}"
    );
    assert_eq!(full.owner.is_some(), server == Server::Postgres);
    let empty = find(&inventory.databases, &empty).expect("it is listed");
    assert_eq!(
        (empty.table_count, empty.inaccessible_reason.as_deref()),
        (Some(0), None)
    );
    assert!(empty.total_size_bytes < full.total_size_bytes, "{empty:?}");
}

pub(super) async fn what_may_not_be_read_is_told_or_hidden(server: Server) {
    let mut source = Source::create(server).await;
    let closed = source.add_closed_database().await;
    let inventory = scanner(source.target())
        .sync()
        .await
        .expect("the server is read");
    let Some(database) = find(&inventory.databases, &closed) else {
        assert_ne!(
            server,
            Server::Postgres,
            "PostgreSQL lists what one may not enter"
        );
        return;
    };
    assert_eq!(server, Server::Postgres, "MySQL hides what is not granted");
    assert_eq!(database.table_count, None, "unknown is not zero");
    let reason = database.inaccessible_reason.as_deref().expect("a reason");
    let grant = format!("GRANT CONNECT ON DATABASE {closed} TO {}", source.username);
    assert!(reason.contains(&grant), "{reason}");
    for (setting, words) in [
        ("allow_connections false", "datallowconn is false"),
        (
            "allow_connections true connection limit 0",
            "connection limit is 0",
        ),
    ] {
        let admin = format!("alter database {closed} with {setting}");
        source.admin().await.execute(&admin).await;
        let inventory = scanner(source.target())
            .sync()
            .await
            .expect("the server is read");
        let database = find(&inventory.databases, &closed).expect("it is listed");
        let reason = database.inaccessible_reason.as_deref().expect("a reason");
        assert!(reason.contains(words), "{reason}");
    }
}
