//! What ends a scan before its end.

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use test_support::{Server, Source, refused_port};

use super::{server_url, shop, url};
use crate::home::Home;

#[tokio::test]
async fn a_wrong_url_is_wrong_use() {
    let home = Home::new();
    for (url, part) in [
        ("oracle://reader:hunter2@127.0.0.1/shop", "postgresql://"),
        ("postgresql://127.0.0.1/shop", "no user"),
        (
            "mysql://reader:hunter2@127.0.0.1:99999/shop",
            "from 1 to 65535",
        ),
        ("mysql://reader:hun#ter2@127.0.0.1/shop", "%23"),
        ("reader:hunter2@127.0.0.1/shop", "must be as in"),
    ] {
        let ran = home.run(&["scan", url]).await.exits(2);
        assert!(!ran.stderr.contains("ter2"), "{}", ran.stderr);
        ran.only_says(2, &[part]);
    }
    let none = home.run(&["scan", "mysql://u@h", "--max-connections", "0"]);
    none.await.only_says(2, &["--max-connections"]);
}

pub(super) async fn the_password_comes_from_anywhere(server: Server) {
    let source = shop(server).await;
    let home = Home::new();
    let url = url(&source);
    let stdin = ["scan", &url, "--password-stdin"];
    let ran = home
        .run_with(&stdin, &format!("{}\n", source.password))
        .await;
    let tree = ran.exits(0).stdout;
    assert!(tree.contains("by_email"), "{tree}");

    let file = home.beside("password");
    std::fs::write(&file, &source.password).expect("a file");
    let file = file.display().to_string();
    home.run(&["scan", &url, "--password-file", &file])
        .await
        .exits(0);

    let mut with_password = server_url(&source);
    with_password.set_path(&source.database);
    let set = with_password.set_password(Some(&source.password));
    set.expect("a URL with a host takes a password");
    let ran = home.run(&["scan", with_password.as_str()]).await.exits(0);
    let said = format!("{}{}", ran.stdout, ran.stderr);
    assert!(!said.contains(&source.password), "{said}");
    // What is said apart goes above the URL.
    let wrong = ["scan", with_password.as_str(), "--password-stdin"];
    let refused = home.run_with(&wrong, "wrong").await;
    refused.only_says(1, &["the server refused the login"]);
}

pub(super) async fn a_server_that_cannot_be_read_fails(server: Server) {
    let source = Source::create(server).await;
    let home = Home::new();
    let unsaid = home.run(&["scan", &url(&source)]).await;
    unsaid.only_says(1, &["the server refused the login", &source.username]);

    let mut nobody = server_url(&source);
    let (_held, port) = refused_port();
    nobody.set_port(Some(port)).expect("a port");
    let nobody = home.run(&["scan", nobody.as_str()]).await;
    nobody.only_says(1, &["cannot connect to 127.0.0.1:"]);
}

/// As `| head -1`: the reader goes away, and that is no failure.
pub(super) async fn one_line_is_enough(server: Server) {
    let source = shop(server).await;
    source.create_tables(600).await;
    let home = Home::new();
    for format in ["table", "json", "markdown"] {
        let mut command = home.plumb_anywhere();
        command
            .args(["scan", "--format", format, &url(&source)])
            .env("PLUMB_SCAN_PASSWORD", &source.password)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("plumb can be run");
        let mut reader = BufReader::new(child.stdout.take().expect("a pipe"));
        // The start of the document, which comes before the databases.
        let head = reader.fill_buf().expect("plumb writes").to_vec();
        assert!(!head.is_empty());
        drop(reader);
        let ended = child.wait_with_output().expect("plumb ends");
        let said = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert_eq!(
            (ended.status.code(), said.as_str()),
            (Some(0), ""),
            "{format}"
        );
    }
}
