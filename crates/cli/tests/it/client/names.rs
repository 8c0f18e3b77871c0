//! Tables whose names are like nothing else.

use test_support::{Server, Source};

use super::Desk;

/// Names with whatever a server takes.
fn odd_names(server: Server) -> Vec<&'static str> {
    let mut names = vec![
        "a.b",
        "with, comma",
        "it's \"quoted\"",
        "größe 订单",
        "--yes",
    ];
    if server == Server::Postgres {
        // The others know characters of the first plane only (MySQL manual, "Schema Object Names").
        names.push("🙂");
    }
    names
}

pub(super) async fn odd_names_are_found(server: Server) {
    let source = Source::create(server).await;
    for name in odd_names(server) {
        let (table, field) = (server.quote(name), server.quote("fi.eld"));
        source
            .execute(&format!("create table {table} ({field} int)"))
            .await;
    }
    let desk = Desk::registered(source).await;
    let database = desk.source.database.as_str();
    let chosen = ["--table", "with, comma", "--table", "a.b", "--follow"];
    let scan = [&["deep-scan", "shop", database], &chosen[..]].concat();
    let scan = desk.run(&scan).await.exits(0);
    assert!(scan.stdout.contains("2 of 2 tables, 2 fields"), "{scan}");
    let whole = ["deep-scan", "shop", database, "--follow"];
    desk.run(&whole).await.exits(0);
    for name in odd_names(server) {
        let show = [
            "table", "show", "--format", "json", "--", "shop", database, name,
        ];
        let shown = desk.run(&show).await.exits(0);
        assert_eq!(shown.json()["table_name"], name, "{shown}");
        let lookup = [
            "lookup", "--format", "json", "--", "shop", database, name, "fi.eld",
        ];
        let found = desk.run(&lookup).await.exits(0).json();
        assert_eq!(found["table"]["table_name"], name, "{found}");
        assert_eq!(found["field"]["field_name"], "fi.eld", "{found}");
    }
}

#[tokio::test]
async fn a_name_that_means_two_is_refused_until_the_schema_is_given() {
    let source = Source::create(Server::Postgres).await;
    source
        .execute(
            r#"create schema a; create schema "a.b"; create schema c;
               create table a."b.t" (one int); create table "a.b".t (two int);
               create table c."b.t" (three int);"#,
        )
        .await;
    let desk = Desk::scanned(source).await;
    let database = desk.source.database.as_str();
    let field = async |name: &[&str]| {
        let line = [
            &["table", "show", "shop", database, "--format", "json"],
            name,
        ]
        .concat();
        desk.run(&line).await.exits(0).json()["fields"][0]["field_name"].clone()
    };
    for (name, parts) in [
        ("a.b.t", ["a.b.t", "--schema"]),
        ("b.t", ["a.b.t", "c.b.t"]),
    ] {
        let show = ["table", "show", "shop", database, name];
        let refused = desk.run(&show).await;
        refused.only_says(
            1,
            &[&["is the name of several tables"], &parts[..]].concat(),
        );
    }
    assert_eq!(field(&["t"]).await, "two");
    assert_eq!(field(&["c.b.t"]).await, "three");
    assert_eq!(field(&["b.t", "--schema", "a"]).await, "one");
    assert_eq!(field(&["t", "--schema", "a.b"]).await, "two");
    let absent = ["table", "show", "shop", database, "t", "--schema", "a"];
    desk.run(&absent).await.only_says(1, &["no table \"a.t\""]);
}
