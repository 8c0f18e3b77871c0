//! From `plumb up` to what a server has, and back down.

use std::os::unix::fs::PermissionsExt as _;

use rustix::process::Signal;
use serde_json::{Value, json};
use test_support::{Server, Source, eventually};

use crate::home::{Env, Home, api, run};
use crate::up::Up;

#[tokio::test]
async fn a_server_is_registered_and_read() {
    let source = Source::create(Server::Postgres).await;
    source
        .execute(
            "create table customers (id int primary key, name varchar(40) not null);
             create table orders (id int primary key, customer int references customers (id));",
        )
        .await;
    let home = Home::new();
    let up = home.up(&[]).await;
    let env = home.env();

    it_says_where_it_is(&home, &up, &env);
    both_services_answer(&env).await;
    a_token_allows_what_its_role_does(&home, &env, &source).await;
    a_source_is_registered(&home, &source).await;
    sources_are_listed(&home, &env, &source).await;
    databases_are_read(&home, &source).await;
    tables_are_read(&home, &source).await;
    what_is_missing_is_told(&home, &source).await;
    a_refused_login_fails(&home, &source).await;

    up.stop(Signal::TERM).await;
    assert_eq!(home.postmaster(), None);
    assert!(!home.pid_file().exists(), "the store was stopped well");
    let list = home.run(&["source", "list"]).await;
    list.only_says(1, &[&env.meta_url, "does plumb up run"]);
}

fn it_says_where_it_is(home: &Home, up: &Up, env: &Env) {
    let said = up.stdout();
    assert!(said.starts_with("Plumbline is ready.\n"), "{said}");
    let path = home.data_dir().join("env");
    for part in [
        &env.meta_url,
        &env.manager_url,
        &path.display().to_string(),
        "plumb source add",
    ] {
        assert!(said.contains(part), "no {part:?} in {said}");
    }
    for said in [said, up.stderr()] {
        assert!(!said.contains(&env.token), "the token is in the file only");
    }
    let mode = |name: &str| {
        let path = home.data_dir().join(name);
        let found = path.metadata().expect("a file of the data directory");
        found.permissions().mode() & 0o777
    };
    assert_eq!((mode("env"), mode("secrets")), (0o600, 0o600));
    // Others may pass through at most: the account that runs the store for root.
    assert_eq!(mode(".") & 0o727, 0o700);
}

async fn both_services_answer(env: &Env) {
    for (url, path) in [
        (&env.meta_url, "/api/metadata/datasources"),
        (&env.manager_url, "/api/manager/datasources"),
        (&env.manager_url, "/api/metadata/datasources"),
    ] {
        let ours = api(url, &env.token);
        let _ = ours.get("/health/ready").await.expect(200);
        let list = ours.get(path).await.expect(200);
        assert_eq!(list["items"], json!([]), "{url}{path}: {list}");
        let other = api(url, "not-a-token").get(path).await;
        let _ = other.problem(401, "unauthorized");
    }
}

async fn a_token_allows_what_its_role_does(home: &Home, env: &Env, source: &Source) {
    let viewer = ["token", "--tenant", "2", "--role", "viewer"];
    let printed = home.run(&viewer).await.exits(0).stdout;
    let token = printed.trim_end();
    assert_eq!(printed, format!("{token}\n"));
    for url in [&env.meta_url, &env.manager_url] {
        let api = api(url, token);
        let path = "/api/metadata/datasources";
        let _ = api.get(path).await.expect(200);
        let refused = api.post(path, &source.registration("shop")).await;
        let _ = refused.problem(403, "forbidden");
    }
    // The same by the command line.
    let list = home.run(&["source", "list", "--token", token]).await;
    list.only_says(0, &["no data source is registered"]);
    let arguments = add("shop", source, &["--token", token, "--password-stdin"]);
    let refused = home.run_with(&arguments, &source.password).await;
    refused.only_says(1, &["(403)", "plumb token"]);

    let arguments = [&viewer[..], &["--format", "json"]].concat();
    let document = home.run(&arguments).await.exits(0).json();
    let token = document["token"].as_str().expect("a token");
    let list = api(&env.meta_url, token);
    let _ = list.get("/api/metadata/datasources").await.expect(200);
}

/// The arguments that register the source, of which `more` tell the password.
fn add(name: &str, source: &Source, more: &[&str]) -> Vec<String> {
    let (host, port) = source.server.address();
    let port = port.to_string();
    let server = [
        "source",
        "add",
        "--name",
        name,
        "--type",
        "postgresql",
        "--host",
        &host,
        "--port",
        &port,
        "--username",
        &source.username,
        "--database",
        &source.database,
    ];
    let arguments = server.iter().chain(more);
    arguments.map(|&argument| argument.to_owned()).collect()
}

async fn a_source_is_registered(home: &Home, source: &Source) {
    let arguments = add("shop", source, &[]);
    let unsaid = home.run(&arguments).await;
    unsaid.only_says(2, &["--password-stdin", "--password-file"]);

    let arguments = add("shop", source, &["--password-stdin", "--format", "json"]);
    let input = format!("{}\n", source.password);
    let added = home.run_with(&arguments, &input).await.exits(0);
    let document = added.json();
    assert_eq!(document["datasource"]["datasource_name"], "shop", "{added}");
    assert!(document["sync_id"].is_number(), "{added}");
    let said = format!("{}{}", added.stdout, added.stderr);
    assert!(!said.contains(&source.password), "{added}");
    // The second of a name.
    let again = home.run_with(&arguments, &input).await;
    again.only_says(1, &["(409)"]);
}

async fn sources_are_listed(home: &Home, env: &Env, source: &Source) {
    let file = home.beside("password");
    std::fs::write(&file, format!("{}\n", source.password)).expect("a file");
    let file = file.display().to_string();
    let arguments = add("shop-by-file", source, &["--password-file", &file]);
    let added = home.run(&arguments).await.exits(0);
    assert!(added.stdout.starts_with("ID  NAME "), "{added}");
    assert!(
        added.stderr.contains("plumb sync shop-by-file --follow"),
        "{added}"
    );

    for name in ["shop", "shop-by-file"] {
        let status = level_one_ended(home, name).await["sync_status"].clone();
        assert_eq!(status, "success", "{name}");
    }
    // As a shell that has sourced the file.
    let mut list = home.plumb_anywhere();
    list.args(["source", "list"])
        .env("PLUMB_META_URL", &env.meta_url)
        .env("PLUMB_TOKEN", &env.token);
    let list = run(list, "").await.exits(0);
    let names: Vec<&str> = list
        .stdout
        .lines()
        .filter_map(|line| line.split_whitespace().nth(1))
        .collect();
    assert_eq!(names, ["NAME", "shop", "shop-by-file"], "{list}");
    assert_eq!(list.stderr, "", "{list}");
}

/// The data source in the list, once its level 1 has ended.
async fn level_one_ended(home: &Home, name: &str) -> Value {
    eventually("the end of level 1", async || {
        let list = home.run(&["source", "list", "--format", "json"]).await;
        let list = list.exits(0).json();
        let mut items = list["items"].as_array().expect("items").iter();
        let found = items.find(|item| item["datasource_name"] == name);
        let found = found.unwrap_or_else(|| panic!("no {name} in {list}"));
        let active = matches!(
            found["sync_status"].as_str(),
            Some("pending" | "syncing") | None
        );
        (!active).then(|| found.clone())
    })
    .await
}

async fn databases_are_read(home: &Home, source: &Source) {
    let edit = async |patterns: &str| {
        let edit = ["source", "edit", "shop", "--include", patterns];
        home.run(&edit).await.exits(0);
    };
    // Those of other tests come and go.
    edit(&source.database).await;
    let sync = home.run(&["sync", "shop", "--force", "--follow"]).await;
    let sync = sync.exits(0);
    assert!(sync.stdout.contains(": SUCCESS in "), "{sync}");
    // A fresh result is given as it is.
    let sync = home.run(&["sync", "shop", "--follow", "--format", "json"]);
    let sync = sync.await.exits(0);
    assert_eq!(sync.json()["status"], "SUCCESS", "{sync}");
    edit("").await;

    let nobody = home.run(&["sync", "nobody", "--follow"]).await;
    nobody.only_says(1, &["no data source \"nobody\"", "plumb source list"]);
}

async fn tables_are_read(home: &Home, source: &Source) {
    let scan = ["deep-scan", "shop", &source.database, "--follow"];
    let table = home.run(&scan).await.exits(0);
    let shown =
        table.stdout.contains(": SUCCESS in ") && table.stdout.contains("2 of 2 tables, 4 fields");
    assert!(shown, "{table}");
    let arguments = [&scan[..], &["--format", "json"]].concat();
    let document = home.run(&arguments).await.exits(0).json();
    let counts = ["status", "tables_scanned", "fields_scanned"].map(|key| document[key].clone());
    assert_eq!(counts, [json!("SUCCESS"), json!(2), json!(4)], "{document}");
    // By the number of the data source, one table in a schema.
    let id = document["resource_id"].to_string();
    let tables = ["--tables", "public.orders", "--follow", "--format", "json"];
    let one = [&["deep-scan", &id, &source.database], &tables[..]].concat();
    let document = home.run(&one).await.exits(0).json();
    assert_eq!(document["tables_scanned"], 1, "{document}");
}

async fn what_is_missing_is_told(home: &Home, source: &Source) {
    let scan = [
        "deep-scan",
        "shop",
        "nowhere",
        "--follow",
        "--format",
        "json",
    ];
    let failed = home.run(&scan).await.exits(1);
    assert_eq!(failed.json()["status"], "FAILED", "{failed}");
    assert!(failed.stderr.contains("the scan ended FAILED"), "{failed}");
    assert!(failed.stderr.contains("nowhere"), "{failed}");

    let tables = ["--tables", "orders,absent", "--follow"];
    let scan = [&["deep-scan", "shop", &source.database], &tables[..]].concat();
    let partial = home.run(&scan).await.exits(3);
    let shown = partial.stdout.contains(": PARTIAL in ") && partial.stdout.contains("absent");
    assert!(shown, "{partial}");
    let arguments = [&scan[..], &["--format", "json"]].concat();
    let partial = home.run(&arguments).await.exits(3);
    assert_eq!(
        partial.json()["failures"][0]["table"],
        "absent",
        "{partial}"
    );
}

async fn a_refused_login_fails(home: &Home, source: &Source) {
    let arguments = add("locked", source, &["--password-stdin"]);
    home.run_with(&arguments, "wrong").await.exits(0);
    let found = level_one_ended(home, "locked").await;
    assert_eq!(found["sync_status"], "failed", "{found}");
    let sync = home.run(&["sync", "locked", "--follow"]).await.exits(1);
    assert!(sync.stderr.contains("the sync ended FAILED"), "{sync}");
}
