//! Odd things that only `MySQL` and `MariaDB` have, or have in their own way.

use std::collections::BTreeSet;

use scan::{Part, Record, ScanError, Selection, scanner};
use test_support::{Listener, Server, Source, unique};

use super::level_two::everything;
use super::{read, read_all};

pub(super) async fn a_thousand_columns_are_read(server: Server) {
    let source = Source::create(server).await;
    let columns: Vec<String> = (1..=1000).map(|n| format!("c{n} int")).collect();
    source
        .execute(&format!("create table wide ({})", columns.join(", ")))
        .await;
    let records = read_all(&source, &Selection::All).await;
    let mut positions: Vec<(i32, &str)> = records
        .iter()
        .filter_map(|record| match record {
            Record::Field(field) => Some((field.position, field.name.as_str())),
            _ => None,
        })
        .collect();
    positions.sort_unstable();
    assert_eq!(positions.len(), 1000);
    assert_eq!((positions[0], positions[999]), ((1, "c1"), (1000, "c1000")));
}

/// Bytes that are no greeting, and the end: nobody there speaks our protocol. The end alone may be
/// a server that is busy.
pub(super) async fn a_port_that_hangs_up_is_a_matter_of_protocol(server: Server) {
    let source = Source::create(server).await;
    for (greeting, is_protocol) in [
        (&b"HTTP/1.1 400 Bad Request\r\n\r\n"[..], true),
        (b"\x15\x03\x01\x00\x02\x02\x0a", true),
        (b"x", true),
        (b"", false),
    ] {
        let listener = Listener::hanging_up_after(greeting).await;
        let mut target = source.target();
        target.host = "127.0.0.1".into();
        target.port = listener.port;
        let error = scanner(target)
            .sync()
            .await
            .expect_err("no server is there");
        let said = String::from_utf8_lossy(greeting);
        assert_eq!(
            matches!(error, ScanError::Protocol { .. }),
            is_protocol,
            "{said}: {error:?}"
        );
        assert_eq!(
            matches!(error, ScanError::Connect { .. }),
            !is_protocol,
            "{said}: {error:?}"
        );
    }
}

/// Where the server tells what views read, its word and what their text names are the same.
pub(super) async fn what_views_read_is_found_in_their_text(server: Server) {
    let (source, other) = everything(server).await;
    let records = read_all(&source, &Selection::All).await;
    let of = |view: &str| -> BTreeSet<String> {
        records
            .iter()
            .filter_map(|record| match record {
                Record::Dependency(found) if found.view == view => {
                    Some(match &found.target_database {
                        Some(database) => format!("{database}/{}", found.target_table),
                        None => found.target_table.clone(),
                    })
                }
                _ => None,
            })
            .collect()
    };
    for (view, expected) in [
        ("customer_view", vec!["customers".to_owned()]),
        ("on_views", vec!["customer_view".to_owned()]),
        (
            "abroad_view",
            vec![
                format!("{other}/target"),
                "listed".to_owned(),
                "orders".to_owned(),
            ],
        ),
        ("with_words", vec!["100%_a b".to_owned()]),
        ("with_cte", vec!["defaults".to_owned()]),
        ("no_table", vec![]),
        ("broken", vec!["for_view".to_owned()]),
        ("orphan", vec!["elsewhere".to_owned()]),
    ] {
        assert_eq!(of(view), expected.into_iter().collect(), "{view}");
    }
}

pub(super) async fn identities_are_all_tables_and_nothing_else(server: Server) {
    let (source, _other) = everything(server).await;
    let mut reader = scanner(source.target())
        .open(&source.database)
        .await
        .expect("a session");
    let mut tables = BTreeSet::new();
    for record in read(&mut *reader, Part::Tables, &Selection::All)
        .await
        .expect("the tables")
    {
        if let Record::Table(table) = record {
            tables.insert(table.name);
        }
    }
    let mut identities = BTreeSet::new();
    for record in read(&mut *reader, Part::Identities, &Selection::All)
        .await
        .expect("the names")
    {
        match record {
            Record::Identity(name) => assert!(identities.insert(name.table_name)),
            other => panic!("{other:?}"),
        }
    }
    assert!(tables.contains("T1") && tables.contains("t1") && !tables.contains("left_out"));
    assert_eq!(identities, tables);
    reader.close().await;
}

/// Level 1 of a server with very many databases. `MySQL` takes half a minute to make and drop as
/// many as `MariaDB` gets.
pub(super) async fn thousands_of_databases_are_listed(server: Server) {
    let count: usize = if server == Server::MariaDb {
        10_000
    } else {
        1_000
    };
    let source = Source::create(server).await;
    let prefix = unique("many");
    let login = &source.username;
    let mut admin = source.admin().await;
    admin
        .execute(&format!("grant select on `{prefix}%`.* to {login}"))
        .await;
    for first in (0..count).step_by(500) {
        let make: Vec<String> = (first..first + 500)
            .map(|number| format!("create database {prefix}_{number}"))
            .collect();
        admin.execute(&make.join("; ")).await;
    }
    let inventory = scanner(source.target()).sync().await;
    for first in (0..count).step_by(500) {
        let drop: Vec<String> = (first..first + 500)
            .map(|number| format!("drop database {prefix}_{number}"))
            .collect();
        admin.execute(&drop.join("; ")).await;
    }
    let inventory = inventory.expect("the server is read");
    let names: BTreeSet<&str> = inventory
        .databases
        .iter()
        .map(|database| database.name.as_str())
        .filter(|name| name.starts_with(&prefix))
        .collect();
    assert_eq!(names.len(), count);
    assert!(inventory.cost.statements < 12, "{:?}", inventory.cost);
}

/// Once it is dropped no part may pretend that a database is empty.
pub(super) async fn a_database_that_goes_is_not_an_empty_one(server: Server) {
    let source = Source::create(server).await;
    source.create_tables(3).await;
    let mut reader = scanner(source.target())
        .open(&source.database)
        .await
        .expect("a session");
    let tables = read(&mut *reader, Part::Tables, &Selection::All).await;
    assert_eq!(tables.expect("the tables").len(), 3);
    let drop = format!("drop database {}", source.database);
    source.admin().await.execute(&drop).await;
    for part in [Part::Objects, Part::Identities] {
        let error = read(&mut *reader, part, &Selection::All)
            .await
            .expect_err("it is gone");
        assert!(
            matches!(&error, ScanError::UnknownDatabase { database } if *database == source.database),
            "{error:?}"
        );
    }
    reader.close().await;
}

/// A table that the server lists and cannot open fails alone. `MySQL` does not open it for what a
/// scan asks, and gives no error.
pub(super) async fn a_corrupt_table_fails_alone(server: Server) {
    let source = Source::create(server).await;
    source
        .execute("create table sound (id int) engine = MyISAM; create table lost (id int) engine = MyISAM; flush tables lost")
        .await;
    let database = &source.database;
    let directory = source.admin().await.text("select @@datadir").await;
    let data = std::path::Path::new(&directory).join(database);
    std::fs::write(data.join("lost.MYI"), "garbage").expect("its file is replaced");
    let records = read_all(&source, &Selection::All).await;
    let errors: Vec<(&str, Option<&str>)> = records
        .iter()
        .filter_map(|record| match record {
            Record::Table(table) => Some((table.name.as_str(), table.error.as_deref())),
            _ => None,
        })
        .collect();
    assert_eq!(errors.len(), 2, "{errors:?}");
    assert!(errors.contains(&("sound", None)), "{errors:?}");
    let lost = errors
        .iter()
        .find(|(name, _)| *name == "lost")
        .expect("it is listed");
    assert_eq!(lost.1.is_some(), server == Server::MariaDb, "{errors:?}");
    let fields = records
        .iter()
        .filter(|record| matches!(record, Record::Field(_)))
        .count();
    assert_eq!(
        fields, 2,
        "both servers keep the structure apart from the data"
    );
}
