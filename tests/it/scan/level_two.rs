//! Level 2: tables, fields, keys, indexes and partitions, held against the DDL that made them.

use std::collections::HashSet;

use insta::assert_snapshot;
use scan::{Part, Record, Selection};
use test_support::{Server, Source};

use super::render::render;
use super::{read, read_all};

fn fixture(server: Server, other: &str) -> String {
    let sql = match server {
        Server::Postgres => include_str!("fixtures/postgres.sql"),
        Server::MariaDb => include_str!("fixtures/mariadb.sql"),
        Server::MySql => include_str!("fixtures/mysql.sql"),
    };
    sql.replace("OTHER", other)
}

/// A database that has everything, and another that it points to.
async fn everything(server: Server) -> (Source, String) {
    let mut source = Source::create(server).await;
    let other = source.add_database().await;
    if server != Server::Postgres {
        let target = format!("create table {other}.target (id int primary key)");
        source.execute(&target).await;
    }
    source.execute(&fixture(server, &other)).await;
    (source, other)
}

/// The names of all tables that records speak of.
fn tables<'a>(records: &'a [Record]) -> HashSet<&'a str> {
    let name = |record: &'a Record| match record {
        Record::Table(table) => table.name.as_str(),
        Record::Field(field) => field.table.as_str(),
        Record::Key(key) => key.table.as_str(),
        Record::Index(index) => index.table.as_str(),
        Record::Partition(part) => part.table.as_str(),
    };
    records.iter().map(name).collect()
}

pub(super) async fn everything_is_read(server: Server) {
    let (source, other) = everything(server).await;
    let records = read_all(&source, &Selection::All).await;
    let text = render(&records)
        .replace(&source.database, "DATABASE")
        .replace(&other, "OTHER");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_suffix(server.word());
    settings.set_omit_expression(true);
    settings.bind(|| assert_snapshot!("everything", text));
}

pub(super) async fn a_selection_is_kept(server: Server) {
    let (source, _) = everything(server).await;
    for (selectors, expected) in [
        (vec!["t1"], vec!["t1"]),
        (vec!["T1"], vec!["T1"]),
        (vec!["100%_a b", "customers"], vec!["100%_a b", "customers"]),
        (vec!["dot.ted"], vec!["dot.ted"]),
        (vec!["%"], vec![]),
        (vec!["customer_"], vec![]),
        (
            vec!["orders", "measures", "customer_view"],
            vec!["customer_view", "measures", "orders"],
        ),
        (vec!["' or 1=1 --", "\\", ""], vec![]),
    ] {
        let selection = Selection::Tables(selectors.iter().map(|&name| name.to_owned()).collect());
        let records = read_all(&source, &selection).await;
        assert_eq!(
            tables(&records),
            expected.into_iter().collect(),
            "{selectors:?}"
        );
    }
    if server == Server::Postgres {
        for (selector, expected) in [
            ("sales.orders", vec!["orders"]),
            ("public.orders", vec![]),
            ("we.ird.dot.ted", vec!["dot.ted"]),
        ] {
            let selection = Selection::Tables(vec![selector.to_owned()]);
            let records = read_all(&source, &selection).await;
            assert_eq!(
                tables(&records),
                expected.into_iter().collect(),
                "{selector}"
            );
        }
    }
    let all = read_all(&source, &Selection::All).await;
    let one = read_all(&source, &Selection::Tables(vec!["orders".to_owned()])).await;
    let of_orders: Vec<Record> = all
        .into_iter()
        .filter(|record| tables(std::slice::from_ref(record)).contains("orders"))
        .collect();
    assert_eq!(
        render(&one),
        render(&of_orders),
        "alone it is read as among all"
    );
}

pub(super) async fn an_empty_database_has_nothing(server: Server) {
    let source = Source::create(server).await;
    assert_eq!(read_all(&source, &Selection::All).await, Vec::new());
}

/// A view whose base is gone is told as such, and everything else is read all the same.
pub(super) async fn a_view_without_its_base_fails_alone(server: Server) {
    let (source, _) = everything(server).await;
    let mut reader = scan::scanner(source.target())
        .open(&source.database)
        .await
        .expect("a session");
    let records = read(&mut *reader, Part::Tables, &Selection::All)
        .await
        .expect("the tables");
    let failed: Vec<(&str, &str)> = records
        .iter()
        .filter_map(|record| match record {
            Record::Table(table) => table
                .error
                .as_deref()
                .map(|error| (table.name.as_str(), error)),
            _ => None,
        })
        .collect();
    if server == Server::Postgres {
        // There no view outlives its base.
        assert_eq!(failed, []);
    } else {
        assert_eq!(failed.len(), 1, "{failed:?}");
        assert_eq!(failed[0].0, "broken");
        assert!(
            failed[0].1.contains("invalid table(s)") || failed[0].1.contains("no columns"),
            "{failed:?}"
        );
    }
}
