//! No secret is in anything that `plumb` prints or logs, however much it logs.

use std::fs;

use rustix::process::Signal;
use test_support::{refused_port, unique};

use crate::home::Home;

#[tokio::test]
async fn no_secret_is_printed_or_logged() {
    let home = Home::new();
    let up = home.up(&["--demo", "--log", "trace"]).await;
    let canary = unique("canary");
    let (_socket, closed) = refused_port();
    let mut said = vec![add(&home, &canary, &closed.to_string()).await];
    for line in [
        &["sync", "locked", "--force", "--follow"][..],
        &["deep-scan", "locked", "nowhere", "--follow"],
        &["source", "list", "--format", "json"],
    ] {
        let arguments = [line, &["--log", "trace"]].concat();
        said.push(home.run(&arguments).await.to_string());
    }
    let server_log = home.data_dir().join("postgres/server.log");
    said.extend([
        up.stdout(),
        up.stderr(),
        fs::read_to_string(server_log).expect("a log"),
    ]);
    assert!(up.stderr().contains("TRACE"), "it was talkative");

    let secrets = fs::read_to_string(home.data_dir().join("secrets")).expect("DIR/secrets");
    let values = secrets.lines().filter_map(|line| line.split_once('='));
    let mut secret: Vec<_> = values.map(|(_, value)| value.to_owned()).collect();
    assert_eq!(secret.len(), 9, "eight, and the one of the sample");
    secret.extend([canary, home.env().token]);
    for text in &said {
        let leaks: Vec<_> = text
            .lines()
            .filter(|line| secret.iter().any(|value| line.contains(value)))
            .collect();
        assert_eq!(leaks, Vec::<&str>::new());
    }
    up.stop(Signal::TERM).await;
}

/// Registers a server at which nobody listens.
async fn add(home: &Home, password: &str, port: &str) -> String {
    let line = "source add --name locked --type mysql --host 127.0.0.1 --username reader \
                --password-stdin --log trace --port";
    let arguments: Vec<_> = line.split_whitespace().chain([port]).collect();
    home.run_with(&arguments, password)
        .await
        .exits(0)
        .to_string()
}
