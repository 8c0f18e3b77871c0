//! Databases that change or vanish while they are read, and names that look like statements.

use scan::{Part, Record, ScanError, Selection, scanner};
use test_support::{Server, Source};

use super::{read, read_all};

pub(super) async fn a_database_dropped_during_a_scan_is_told(server: Server) {
    let source = Source::create(server).await;
    source.create_tables(5).await;
    let mut reader = scanner(source.target())
        .open(&source.database)
        .await
        .expect("a session");
    let tables = read(&mut *reader, Part::Tables, &Selection::All)
        .await
        .expect("the tables");
    assert_eq!(tables.len(), 5);
    let database = &source.database;
    let drop = if server == Server::Postgres {
        format!("drop database {database} with (force)")
    } else {
        format!("drop database {database}")
    };
    source.admin().await.execute(&drop).await;
    for part in Part::CONTENT {
        match read(&mut *reader, part, &Selection::All).await {
            // MySQL's catalog is one for all databases.
            Ok(records) => assert!(
                records.is_empty() && server != Server::Postgres,
                "{records:?}"
            ),
            Err(error) => assert!(
                matches!(
                    error,
                    ScanError::Interrupted { .. } | ScanError::UnknownDatabase { .. }
                ),
                "{error:?}"
            ),
        }
    }
    reader.close().await;
    let error = scanner(source.target()).open(database).await.err();
    assert!(
        matches!(error, Some(ScanError::UnknownDatabase { .. })),
        "{error:?}"
    );
}

pub(super) async fn a_table_named_like_sql_is_a_table(server: Server) {
    let source = Source::create(server).await;
    source.create_tables(1).await;
    let names = [
        "'; drop table t001; --",
        "\"; drop table t001; --",
        "\\'; --",
    ];
    for name in names {
        let quoted = server.quote(name);
        source
            .execute(&format!("create table {quoted} ({quoted} int primary key)"))
            .await;
    }
    let all = read_all(&source, &Selection::All).await;
    let tables = all.iter().filter_map(|record| match record {
        Record::Table(table) => Some(table.name.as_str()),
        _ => None,
    });
    let mut tables: Vec<&str> = tables.collect();
    let mut expected = names.to_vec();
    expected.push("t001");
    expected.sort_unstable();
    tables.sort_unstable();
    assert_eq!(tables, expected);
    for name in names {
        let selection = Selection::Tables(vec![name.to_owned()]);
        let fields: Vec<String> = read_all(&source, &selection)
            .await
            .into_iter()
            .filter_map(|record| match record {
                Record::Field(field) => Some(format!("{}.{}", field.table, field.name)),
                _ => None,
            })
            .collect();
        assert_eq!(fields, [format!("{name}.{name}")]);
    }
}

/// What another session does meanwhile, again and again.
fn changes(server: Server) -> Vec<&'static str> {
    let mut changes = vec![
        "create table coming (id int primary key, a int, b int generated always as (a * 2) stored, check (a > 0))",
        "create view seen as select a, b from coming",
        "alter table t001 add column extra int",
        "alter table t001 drop column extra",
        "create table going (id int primary key references t002 (id))",
        "drop table going",
        "drop view seen",
        "drop table coming",
    ];
    if server == Server::Postgres {
        changes.insert(1, "create index on coming ((a + 1)) where b > 0");
        changes.insert(
            1,
            "create trigger t before insert on coming for each row when (new.a > 1) \
             execute function suppress_redundant_updates_trigger()",
        );
    }
    changes
}

pub(super) async fn tables_that_come_and_go_do_no_harm(server: Server) {
    let source = Source::create(server).await;
    source.create_tables(20).await;
    let changing = async {
        let mut session = source.session().await;
        loop {
            for change in changes(server) {
                session.execute(change).await;
            }
        }
    };
    let reading = async {
        for _ in 0..20 {
            let records = read_all(&source, &Selection::All).await;
            let mut of_stable = Vec::new();
            for record in &records {
                match record {
                    Record::Table(table) if table.name.starts_with("t0") => {
                        assert_eq!(table.error, None);
                        of_stable.push("table");
                    }
                    Record::Field(field) if field.table.starts_with("t0") => {
                        of_stable.extend((field.name != "extra").then_some("field"));
                    }
                    Record::Key(key) if key.table.starts_with("t0") => of_stable.push("key"),
                    Record::Index(index) if index.table.starts_with("t0") => {
                        of_stable.push("index");
                    }
                    _ => {}
                }
            }
            let count = |what| of_stable.iter().filter(|&&word| word == what).count();
            let counts = ["table", "field", "key", "index"].map(count);
            assert_eq!(counts, [20, 60, 20, 20]);
        }
    };
    tokio::select! {
        () = changing => {}
        () = reading => {}
    }
}
