//! `plumb doctor`.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;

use rustix::process::Signal;
use serde_json::Value;
use test_support::{Server, Source, refused_port};

use crate::home::{Home, api, run};
use crate::ran::Ran;

/// How a check ended, by the name of what it looked at.
fn status<'a>(report: &'a Value, name: &str) -> &'a str {
    let checks = report["checks"].as_array().expect("checks");
    let found = checks.iter().find(|check| check["name"] == name);
    let found = found.unwrap_or_else(|| panic!("no {name} in {report}"));
    found["status"].as_str().expect("a status")
}

async fn report(home: &Home, code: i32) -> Value {
    let ran = home.run(&["doctor", "--format", "json"]).await.exits(code);
    assert_eq!(ran.stderr, "", "{ran}");
    let report = ran.json();
    assert_eq!(report["ok"], code == 0, "{report}");
    report
}

#[tokio::test]
async fn where_nothing_runs_it_says_how_to_start() {
    let home = Home::new();
    let ran = home.run(&["doctor"]).await.exits(1);
    let start = format!(
        "-> start it: plumb up --data-dir '{}'",
        home.data_dir().display()
    );
    assert!(ran.stdout.contains(&start), "{ran}");
    assert!(ran.stderr.contains("failed"), "{ran}");
    assert!(!home.data_dir().exists(), "it changes nothing");
    let found = report(&home, 1).await;
    let names = [
        "data directory",
        "plumb up",
        "PostgreSQL",
        "meta",
        "manager",
    ];
    let found = names.map(|name| status(&found, name));
    assert_eq!(found, ["warn", "fail", "ok", "fail", "fail"]);
}

#[tokio::test]
async fn a_sound_instance_is_all_ok_and_what_breaks_is_named() {
    let source = Source::create(Server::Postgres).await;
    let home = Home::new();
    let up = home.up(&[]).await;
    let env = home.env();
    let services = api(&env.meta_url, &env.token);
    let path = "/api/metadata/datasources";
    let _ = services
        .post(path, &source.registration("shop"))
        .await
        .expect(201);

    let ran = home.run(&["doctor"]).await;
    all_is_ok(&ran.exits(0), &source, &env.token);

    // One thing after the other breaks.
    let (_held, port) = refused_port();
    let _ = services
        .post(path, &source.registration_through("gone", port))
        .await
        .expect(201);
    let found = report(&home, 1).await;
    assert_eq!(status(&found, "source gone"), "fail", "{found}");
    let line = ["doctor", "--no-sources", "--format", "json"];
    assert_eq!(home.run(&line).await.exits(0).json()["ok"], true);

    let secrets = home.data_dir().join("secrets");
    fs::set_permissions(&secrets, Permissions::from_mode(0o644)).expect("a mode of ours");
    assert_eq!(status(&report(&home, 1).await, "secrets"), "fail");
    fs::set_permissions(&secrets, Permissions::from_mode(0o600)).expect("a mode of ours");
    let good = fs::read_to_string(&secrets).expect("secrets");
    let broken = good.replace("PLUMBLINE_META_PASSWORD=", "PLUMBLINE_META_PASSWORD=x");
    fs::write(&secrets, broken).expect("secrets");
    assert_eq!(status(&report(&home, 1).await, "logins"), "fail");
    fs::write(&secrets, good).expect("secrets");
    let token = ["doctor", "--token", "not-a-token", "--format", "json"];
    let found = home.run(&token).await.exits(1).json();
    assert_eq!(status(&found, "token"), "fail", "{found}");

    up.stop(Signal::TERM).await;
    let found = report(&home, 1).await;
    for (name, expected) in [
        ("plumb up", "fail"),
        ("secrets", "ok"),
        ("store", "fail"),
        ("meta", "fail"),
    ] {
        assert_eq!(status(&found, name), expected, "{name} in {found}");
    }
}

fn all_is_ok(ran: &Ran, source: &Source, token: &str) {
    let said = format!("{}{}", ran.stdout, ran.stderr);
    assert!(
        !said.contains(&source.password) && !said.contains(token),
        "a secret in {ran}"
    );
    for line in ran.stdout.lines() {
        assert!(line.starts_with("ok  "), "{line:?} in {ran}");
    }
    let names = [
        "data directory",
        "plumb up",
        "PostgreSQL",
        "secrets",
        "store",
        "logins",
        "schema metadata",
        "schema manager",
        "env",
        "meta",
        "manager",
        "token",
        "source shop",
    ];
    for name in names {
        assert!(
            ran.stdout.contains(&format!("ok  {name}  ")),
            "no {name} in {ran}"
        );
    }
}

#[tokio::test]
async fn services_elsewhere_are_looked_at_by_their_addresses() {
    let home = Home::new();
    let (_held, port) = refused_port();
    let url = format!("http://127.0.0.1:{port}");
    let mut command = home.plumb_anywhere();
    command
        .args([
            "doctor",
            "--meta-url",
            &url,
            "--manager-url",
            &url,
            "--token",
            "t",
        ])
        .env("HOME", home.beside("home"))
        .env("XDG_DATA_HOME", home.beside("nowhere"));
    let ran = run(command, "").await.exits(1);
    assert!(ran.stdout.contains(&url), "{ran}");
    assert!(ran.stdout.contains("does not answer"), "{ran}");
}
