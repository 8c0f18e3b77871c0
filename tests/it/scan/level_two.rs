//! Level 2: tables, fields, keys, indexes and partitions, held against the DDL that made them.

use std::collections::{BTreeMap, HashSet};

use insta::assert_snapshot;
use models::details::TableName;
use scan::{Part, Record, Selection};
use test_support::{Server, Source};

use super::render::render;
use super::{read, read_all};

fn fixture(server: Server, other: &str) -> String {
    let sql = match server {
        Server::Postgres => concat!(
            include_str!("fixtures/postgres/tables.sql"),
            include_str!("fixtures/postgres/types.sql"),
            include_str!("fixtures/postgres/partitions.sql"),
            include_str!("fixtures/postgres/constraints.sql"),
            include_str!("fixtures/postgres/indexes.sql"),
            include_str!("fixtures/postgres/views.sql"),
            include_str!("fixtures/postgres/routines.sql"),
            include_str!("fixtures/postgres/names.sql"),
        ),
        Server::MariaDb => concat!(
            include_str!("fixtures/mariadb/tables.sql"),
            include_str!("fixtures/mysql_family/names.sql"),
            include_str!("fixtures/mysql_family/keys.sql"),
            include_str!("fixtures/mariadb/indexes.sql"),
            include_str!("fixtures/mysql_family/partitions.sql"),
            include_str!("fixtures/mariadb/versioned.sql"),
            include_str!("fixtures/mysql_family/code.sql"),
            include_str!("fixtures/mariadb/code.sql"),
        ),
        Server::MySql => concat!(
            include_str!("fixtures/mysql/tables.sql"),
            include_str!("fixtures/mysql_family/names.sql"),
            include_str!("fixtures/mysql_family/keys.sql"),
            include_str!("fixtures/mysql/indexes.sql"),
            include_str!("fixtures/mysql_family/partitions.sql"),
            include_str!("fixtures/mysql_family/code.sql"),
            include_str!("fixtures/mysql/duality.sql"),
        ),
    };
    sql.replace("OTHER", other)
}

/// A database that has everything, and another that it points to.
pub(super) async fn everything(server: Server) -> (Source, String) {
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
        Record::Table(table) => Some(table.name.as_str()),
        Record::Field(field) => Some(field.table.as_str()),
        Record::Key(key) => Some(key.table.as_str()),
        Record::Check(check) => Some(check.table.as_str()),
        Record::Index(index) => Some(index.table.as_str()),
        Record::Trigger(trigger) => Some(trigger.table.as_str()),
        Record::Partition(part) => Some(part.table.as_str()),
        Record::Dependency(dependency) => Some(dependency.view.as_str()),
        Record::Identity(table) => Some(table.table_name.as_str()),
        Record::Digest(digest) => Some(digest.table.as_str()),
        Record::Object(_) | Record::Failure(_) => None,
    };
    records.iter().filter_map(name).collect()
}

/// The golden document that shows a record: its schema's file of fixtures.
fn document(record: &Record) -> &'static str {
    let schema = match record {
        Record::Table(table) => &table.schema,
        Record::Field(field) => &field.schema,
        Record::Key(key) => &key.schema,
        Record::Check(check) => &check.schema,
        Record::Index(index) => &index.schema,
        Record::Trigger(trigger) => &trigger.schema,
        Record::Partition(part) => &part.schema,
        Record::Dependency(dependency) => &dependency.schema,
        Record::Object(object) if object.kind == "EXTENSION" => return "database",
        Record::Object(object) => &object.schema,
        Record::Failure(failure) => &failure.schema,
        Record::Identity(TableName { table_schema, .. }) => table_schema,
        Record::Digest(digest) => &digest.schema,
    };
    match schema.as_str() {
        "" => "database",
        "public" | "sales" => "tables",
        "types" => "types",
        "parts" => "partitions",
        "rules" => "constraints",
        "idx" => "indexes",
        "views" => "views",
        "code" => "routines",
        _ => "names",
    }
}

/// Records by the document that shows them: one for each file of fixtures, where those have schemas
/// of their own.
fn documents(server: Server, records: Vec<Record>) -> BTreeMap<&'static str, Vec<Record>> {
    let mut documents = BTreeMap::<_, Vec<Record>>::new();
    for record in records {
        let name = match server {
            Server::Postgres => document(&record),
            Server::MariaDb | Server::MySql => "everything",
        };
        documents.entry(name).or_default().push(record);
    }
    documents
}

pub(super) async fn everything_is_read(server: Server) {
    let (source, other) = everything(server).await;
    let records = read_all(&source, &Selection::All).await;
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_suffix(server.word());
    settings.set_omit_expression(true);
    // MariaDB says these two in another way from one patch of a release to the next.
    settings.add_filter("`page_compressed`='1'", "`page_compressed`=1");
    settings.add_filter(r#""n" int\(2\)"#, r#""n" int(1)"#);
    for (name, records) in documents(server, records) {
        let text = render(&records)
            .replace(&source.database, "DATABASE")
            .replace(&other, "OTHER");
        settings.bind(|| assert_snapshot!(name, text));
    }
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
    let records = read_all(&source, &Selection::All).await;
    let names: Vec<(&str, &str)> = records
        .iter()
        .map(|record| match record {
            Record::Object(object) => (object.kind.as_str(), object.name.as_str()),
            other => panic!("{other:?}"),
        })
        .collect();
    if server == Server::Postgres {
        // With which each database begins.
        assert_eq!(names, [("SCHEMA", "public"), ("EXTENSION", "plpgsql")]);
    } else {
        assert_eq!(names, []);
    }
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
