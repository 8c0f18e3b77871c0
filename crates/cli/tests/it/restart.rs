//! An instance outlives the processes that it consists of.

use rustix::process::{Signal, kill_process};
use test_support::refused_port;

use crate::home::Home;

#[tokio::test]
async fn what_was_killed_goes_on() {
    let home = Home::new();
    let first = home.up(&[]).await;
    let server = home.postmaster().expect("the store runs");
    // That no database answers there is told later, and changes nothing about the registration.
    let (_socket, port) = refused_port();
    register(&home, port).await;

    // One instance on a data directory; the one that runs does not notice.
    let holder = first.pid().to_string();
    let second = home.run(&["up", "--meta-port", "0", "--manager-port", "0"]);
    let clear = ["another plumb up runs on", &holder, "--data-dir"];
    second.await.only_says(1, &clear);
    assert_eq!(names(&home).await, ["kept"]);

    first.kill().await;
    assert_eq!(home.postmaster(), Some(server), "the store outlives it");
    let stale = home.env();
    let mut second = home.up(&["--format", "json"]).await;
    assert_eq!(home.postmaster(), Some(server), "the store was taken over");
    let env = home.env();
    assert_ne!(env.token, stale.token, "the file is of this run");
    let said: serde_json::Value = serde_json::from_str(&second.stdout()).expect("one document");
    assert_eq!(
        said,
        serde_json::json!({
            "meta_url": env.meta_url,
            "manager_url": env.manager_url,
            "env_file": home.data_dir().join("env"),
        })
    );
    assert_eq!(names(&home).await, ["kept"]);

    kill_process(server, Signal::KILL).expect("the store runs");
    let status = second.ended().await;
    let said = second.stderr();
    assert_eq!(status.code(), Some(1), "{status}: {said}");
    assert!(said.contains("PostgreSQL has ended by itself"), "{said}");
    assert_eq!(home.postmaster(), None);
    let third = home.up(&[]).await;
    assert!(home.postmaster().is_some_and(|again| again != server));
    assert_eq!(names(&home).await, ["kept"]);

    third.stop(Signal::INT).await;
    assert_eq!(home.postmaster(), None);
    assert!(!home.pid_file().exists(), "the store was stopped well");
}

async fn register(home: &Home, port: u16) {
    let port = port.to_string();
    let add = [
        "source",
        "add",
        "--name",
        "kept",
        "--type",
        "mysql",
        "--host",
        "127.0.0.1",
        "--port",
        &port,
        "--username",
        "reader",
        "--password-stdin",
    ];
    home.run_with(&add, "secret\n").await.exits(0);
}

/// The names of the data sources.
async fn names(home: &Home) -> Vec<String> {
    let list = home.run(&["source", "list", "--format", "json"]).await;
    let list = list.exits(0).json();
    let items = list["items"].as_array().expect("items");
    items
        .iter()
        .map(|item| item["datasource_name"].as_str().expect("a name").to_owned())
        .collect()
}
