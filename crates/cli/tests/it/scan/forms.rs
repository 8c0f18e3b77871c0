//! What is printed.

use insta::assert_snapshot;
use serde_json::Value;
use test_support::{Server, Source};

use super::{scan, shop, url};

/// Compares with the snapshot of the server, without what differs from run to run.
fn compare(name: &str, source: &Source, text: &str) {
    let text = text
        .replace(&source.database, "DATABASE")
        .replace(&source.username, "LOGIN");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_suffix(source.server.word());
    settings.set_omit_expression(true);
    settings.add_filter(r"(PostgreSQL|MariaDB|MySQL) \d\S*( \(.*\))?", "$1 VERSION");
    settings.add_filter(r"127\.0\.0\.1:\d+", "ADDRESS");
    settings.add_filter(r"~\d+ rows", "~N rows");
    settings.add_filter(r"[\d.]+ ([KM]i)?B\b", "SIZE");
    settings.add_filter(r"\d+ statements, \d+ rows, [\d.]+ s", "COST");
    settings.bind(|| assert_snapshot!(name, text));
}

pub(super) async fn a_tree_is_for_people(server: Server) {
    let source = shop(server).await;
    let ran = scan(&source, &[&url(&source)]).await.exits(0);
    assert_eq!(ran.stderr, "", "{ran}");
    compare("a_tree", &source, &ran.stdout);
}

pub(super) async fn markdown_is_for_a_repository(server: Server) {
    let source = shop(server).await;
    let arguments = ["--format", "markdown", &url(&source)];
    let ran = scan(&source, &arguments).await.exits(0);
    assert_eq!(ran.stderr, "", "{ran}");
    compare("a_document", &source, &ran.stdout);
    // More rows are the same schema.
    let schema = if server == Server::Postgres {
        "sales."
    } else {
        ""
    };
    let row = format!("insert into {schema}customers (id, email) values (1, 'a')");
    source.execute(&row).await;
    let again = scan(&source, &arguments).await.exits(0);
    assert_eq!(again.stdout, ran.stdout);
}

pub(super) async fn json_is_for_programs(server: Server) {
    let source = shop(server).await;
    let ran = scan(&source, &[&url(&source), "--format", "json"]).await;
    let mut document = ran.exits(0).json();
    let (host, port) = server.address();
    let about = &document["source"];
    assert_eq!(
        (&about["host"], &about["port"]),
        (&host.into(), &port.into())
    );
    assert_eq!(about["flavor"], server.flavor());
    let cost = &document["cost"];
    assert!(
        cost["statements"].as_i64() > Some(5) && cost["rows"].as_i64() > Some(10),
        "{cost}"
    );
    hide(&mut document);
    let text = serde_json::to_string_pretty(&document).expect("it was JSON before");
    compare("json", &source, &text);
}

/// Hides what differs from run to run, and what belongs to the server and not to the fixture.
fn hide(value: &mut Value) {
    const VARIES: [&str; 9] = [
        "port",
        "server_version",
        "server_facts",
        "total_size_bytes",
        "data_size_bytes",
        "index_size_bytes",
        "row_count",
        "create_time",
        "cost",
    ];
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                if VARIES.contains(&name.as_str()) && !member.is_null() {
                    *member = "...".into();
                } else {
                    hide(member);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(hide),
        _ => {}
    }
}

pub(super) async fn one_table_may_be_asked_for(server: Server) {
    let mut source = shop(server).await;
    let other = source.add_database().await;
    let name = if server == Server::Postgres {
        "sales.orders"
    } else {
        "orders"
    };
    let arguments = ["--format", "json", "--table", name, "--table", "recent"];
    let ran = scan(&source, &[&arguments[..], &[&url(&source)]].concat()).await;
    let document = ran.exits(0).json();
    let databases = document["databases"].as_array().expect("a list");
    let tables = databases[0]["tables"].as_array().expect("a list");
    let names: Vec<&Value> = tables.iter().map(|table| &table["table_name"]).collect();
    assert_eq!(
        (databases.len(), names),
        (1, vec![&"orders".into(), &"recent".into()])
    );

    let url = url(&source);
    let two = [&arguments[..], &[&url, &source.database, &other]].concat();
    scan(&source, &two)
        .await
        .only_says(2, &["--table is for one database"]);
}
