//! What cannot be read is told, and the rest is printed.

use serde_json::{Value, json};
use test_support::Server;

use super::{scan, server_url, shop, url};

/// What could not be read, as database and table.
fn failed(document: &Value) -> Vec<[&Value; 2]> {
    let failures = document["failures"].as_array().expect("a list");
    let failures = failures.iter();
    failures.map(|it| [&it["database"], &it["table"]]).collect()
}

pub(super) async fn what_is_absent_is_told(server: Server) {
    let source = shop(server).await;
    let shop = source.database.as_str();
    // Named twice, it is read once.
    let arguments = [&url(&source), shop, "nowhere", shop, "--format", "json"];
    let partial = scan(&source, &arguments).await.exits(3);
    assert!(
        partial.stderr.contains("could not read nowhere: "),
        "{partial}"
    );
    let document = partial.json();
    assert_eq!(document["databases"].as_array().map(Vec::len), Some(1));
    assert_eq!(failed(&document), [[&json!("nowhere"), &Value::Null]]);

    let arguments = [&url(&source), "--table", "orders", "--table", "absent%"];
    let partial = scan(&source, &arguments).await.exits(3);
    assert!(partial.stderr.contains(", absent%: "), "{partial}");
    assert!(partial.stdout.contains(" orders  table"), "{partial}");

    let none = scan(&source, &[&url(&source), "nowhere"]).await;
    none.only_says(1, &["there is no database nowhere"]);
}

pub(super) async fn what_is_closed_is_told(server: Server) {
    let mut source = shop(server).await;
    let closed = source.add_closed_database().await;
    let url = url(&source);
    let arguments = [url.as_str(), &source.database, &closed];
    let partial = scan(&source, &arguments).await.exits(3);
    assert!(
        partial
            .stderr
            .contains(&format!("could not read {closed}: ")),
        "{partial}"
    );
    assert!(partial.stdout.contains("by_email"), "{partial}");
    let none = scan(&source, &[&url, &closed]).await.exits(1);
    assert!(none.stderr.contains(&closed), "{none}");
}

pub(super) async fn a_view_without_its_base_is_told(server: Server) {
    if server == Server::Postgres {
        // There no view outlives its base.
        return;
    }
    let source = shop(server).await;
    source
        .execute("create table base (id int); create view broken as select id from base; drop table base")
        .await;
    // The login sees this database alone.
    let everything = String::from(server_url(&source));
    let partial = scan(&source, &[&everything, "--format", "json"])
        .await
        .exits(3);
    let expected = format!("could not read {}, broken: ", source.database);
    assert!(partial.stderr.contains(&expected), "{partial}");
    let document = partial.json();
    let shop = json!(source.database);
    assert_eq!(failed(&document), [[&shop, &json!("broken")]]);
    let tables = document["databases"][0]["tables"].as_array();
    assert_eq!(tables.map(Vec::len), Some(4), "{document}");
}

pub(super) async fn names_cannot_steer_the_terminal(server: Server) {
    let source = shop(server).await;
    let name = server.quote("\u{1b}[2Jgone\u{202e}");
    source
        .execute(&format!("create table {name} (id int)"))
        .await;
    for format in ["table", "markdown"] {
        let ran = scan(&source, &[&url(&source), "--format", format])
            .await
            .exits(0);
        assert!(!ran.stdout.contains(['\u{1b}', '\u{202e}']), "{ran}");
        assert!(ran.stdout.contains("u{1b}"), "{ran}");
    }
}
