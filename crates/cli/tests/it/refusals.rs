//! What is refused before anything is started.

use std::net::{Ipv4Addr, TcpListener};

use crate::home::Home;

#[tokio::test]
async fn a_taken_port_names_its_flag() {
    let home = Home::new();
    let held = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
    let port = held.local_addr().expect("it is bound").port().to_string();
    let taken = format!("port {port} of 127.0.0.1 is taken");
    for (flag, other) in [
        ("--meta-port", "--manager-port"),
        ("--manager-port", "--meta-port"),
    ] {
        let ran = home.run(&["up", flag, &port, other, "0"]).await;
        let ran = ran.only_says(1, &[&taken, flag]);
        assert!(!ran.stderr.contains(other), "{ran}");
        assert!(!home.data_dir().join("postgres").exists(), "{ran}");
    }
}

#[tokio::test]
async fn a_directory_without_an_instance_is_told() {
    let home = Home::new();
    let dir = home.data_dir().display().to_string();
    let list = home.run(&["source", "list"]).await;
    list.only_says(1, &["no plumb up is ready on", &dir]);
    let token = home.run(&["token", "--tenant", "1", "--role", "viewer"]);
    token.await.only_says(1, &["start plumb up", &dir]);
    assert!(!home.data_dir().exists(), "only plumb up makes it");
}

#[tokio::test]
async fn wrong_use_is_status_2() {
    let home = Home::new();
    let lines: [(&[&str], &str); 8] = [
        (&[], "Usage: plumb"),
        (&["down"], "'down'"),
        (&["up", "--meta-port", "99999"], "--meta-port"),
        (&["token", "--tenant", "0", "--role", "viewer"], "--tenant"),
        (&["token", "--tenant", "1", "--role", "owner"], "--role"),
        (&["deep-scan", "shop"], "<DATABASE>"),
        (&["source", "list", "--format", "xml"], "--format"),
        (&["source", "list", "--format", "markdown"], "--format"),
    ];
    for (line, part) in lines {
        home.run(line).await.only_says(2, &[part]);
    }
    let dir = home.data_dir();
    assert!(!dir.exists(), "nothing was begun");
}
