//! Lists that are longer than a page.

use test_support::{Server, Source};

use super::Desk;

#[tokio::test]
async fn lists_are_read_to_their_end_or_to_the_limit() {
    let source = Source::create(Server::Postgres).await;
    source.create_tables(520).await;
    let desk = Desk::scanned(source).await;
    let database = desk.source.database.as_str();
    let list = ["table", "list", "shop", database];
    let table = desk.run(&list).await.exits(0);
    let lines: Vec<&str> = table.stdout.lines().collect();
    assert_eq!(lines.len(), 1 + 520, "{table}");
    assert!(lines[520].contains("public.t520"), "{table}");
    let headings = lines.iter().filter(|line| line.starts_with("ID"));
    assert_eq!(headings.count(), 1, "{table}");

    let json = async |more: &[&str]| {
        let line = [&list[..], &["--format", "json"], more].concat();
        desk.run(&line).await.exits(0).json()
    };
    let names = |document: &serde_json::Value| -> Vec<String> {
        let items = document["items"].as_array().expect("items").iter();
        items
            .map(|item| item["table_name"].as_str().unwrap_or_default().to_owned())
            .collect()
    };
    let all = json(&[]).await;
    assert_eq!(names(&all).len(), 520);
    assert!(all["next_cursor"].is_null(), "all of it");
    let most = json(&["--limit", "510"]).await;
    assert_eq!(names(&most), names(&all)[..510]);
    let cursor = most["next_cursor"].as_str().expect("there are more");
    let rest = json(&["--cursor", cursor]).await;
    assert_eq!(names(&rest), names(&all)[510..]);
    assert!(rest["next_cursor"].is_null(), "{rest}");

    let few = desk
        .run(&[&list[..], &["--limit", "2"]].concat())
        .await
        .exits(0);
    assert_eq!(few.stdout.lines().count(), 3, "{few}");
    assert!(few.stderr.contains("there are more"), "{few}");
    let none = [&list[..], &["-q", "nowhere", "--format", "json"]].concat();
    let none = desk.run(&none).await.exits(0);
    assert_eq!(none.stdout, "{\"items\":[],\"next_cursor\":null}\n");
    let zero = [&list[..], &["--limit", "0"]].concat();
    desk.run(&zero).await.only_says(2, &["--limit"]);
}
