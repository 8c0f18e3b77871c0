//! What goes wrong, and what the command says to do.

use test_support::refused_port;

use super::{Desk, ledger};
use crate::home::{Home, run};

#[tokio::test]
async fn a_slip_is_answered_with_what_is_near() {
    let desk = Desk::scanned(ledger().await).await;
    let database = desk.source.database.as_str();
    let slip = format!("{database}x");
    let lines: [(&[&str], &[&str]); 8] = [
        (
            &["source", "show", "shpo"],
            &["no data source \"shpo\"", "did you mean \"shop\""],
        ),
        (
            &["source", "show", "4711"],
            &["no data source \"4711\"", "plumb source list"],
        ),
        (&["sync", "shpo"], &["did you mean \"shop\""]),
        (
            &["table", "list", "shop", &slip],
            &["no database", "did you mean", database],
        ),
        (
            &["table", "list", "shop", "billing"],
            &["no database", "plumb sync shop --force"],
        ),
        (
            &["field", "list", "shop", database, "customer"],
            &["did you mean \"customers\""],
        ),
        (
            &["table", "show", "shop", database, "x"],
            &["no table \"x\"", "plumb table list"],
        ),
        (
            &["lookup", "shop", database, "customers", "nmae"],
            &[
                "no field \"nmae\" in \"public.customers\"",
                "did you mean \"name\"",
            ],
        ),
    ];
    for (line, parts) in lines {
        desk.run(line).await.only_says(1, parts);
    }
}

#[tokio::test]
async fn what_has_not_been_read_is_told() {
    let desk = Desk::registered(ledger().await).await;
    let database = desk.source.database.as_str();
    let scan = format!("plumb deep-scan shop {database} --follow");
    let list = desk.run(&["table", "list", "shop", database]).await;
    list.only_says(0, &[&scan]);
    let show = desk
        .run(&["table", "show", "shop", database, "orders"])
        .await;
    show.only_says(1, &["no table \"orders\"", &scan]);
    let changes = desk.run(&["changes", "shop", database]).await;
    changes.only_says(0, &["no changes"]);
}

#[tokio::test]
async fn a_service_that_is_away_is_told() {
    let home = Home::new();
    let (_held, port) = refused_port();
    let url = format!("http://127.0.0.1:{port}");
    let lines: [&[&str]; 4] = [
        &["db", "list", "shop"],
        &["changes", "shop"],
        &["manage", "shop", "orders"],
        &["object", "list"],
    ];
    for line in lines {
        let ask = async |urls: bool, token: &str| {
            let mut command = home.plumb_anywhere();
            command.args(line).env("HOME", home.beside("home"));
            command.env("PLUMB_TOKEN", token);
            if urls {
                command
                    .env("PLUMB_META_URL", &url)
                    .env("PLUMB_MANAGER_URL", &url);
            }
            run(command, "").await
        };
        ask(true, "a.b.c")
            .await
            .only_says(1, &[&url, "does plumb up run", "plumb doctor"]);
        ask(true, "")
            .await
            .only_says(2, &["no token", "plumb token"]);
    }
}

#[tokio::test]
async fn a_token_that_is_not_one_is_told() {
    let desk = Desk::registered(ledger().await).await;
    for line in [&["db", "list", "shop"][..], &["object", "list"]] {
        let line = [line, &["--token", "not-a-token"]].concat();
        desk.run(&line)
            .await
            .only_says(1, &["(401)", "plumb token"]);
    }
}
