//! `plumb up --demo`: the sample shop.

use std::fs;
use std::process::Command;

use rustix::process::Signal;
use serde_json::{Value, json};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions as _, Connection as _};
use test_support::eventually;

use crate::home::{Home, api};

const MANAGED: [&str; 2] = ["raw.sync_orders", "report.all_biz_orders"];

#[tokio::test]
async fn the_sample_is_there_and_stays_as_it_is() {
    let home = Home::new();
    let first = home.up(&["--demo"]).await;
    let said = first.stdout();
    for part in ["demo-shop", "plumbline_demo", "21 tables"]
        .into_iter()
        .chain(MANAGED)
    {
        assert!(said.contains(part), "no {part:?} in {said}");
    }
    let before = state(&home).await;
    the_commands_work(&said);
    what_was_read_is_whole(&home).await;
    the_reader_may_do_little(&home).await;
    let after = state(&home).await;
    assert_eq!(
        after["jobs"].as_u64(),
        before["jobs"].as_u64().map(|jobs| jobs + 1)
    );
    first.stop(Signal::TERM).await;

    let second = home.up(&["--demo", "--format", "json"]).await;
    let document: Value = serde_json::from_str(&second.stdout()).expect("one document");
    let demo = json!({
        "resource_id": 1, "resource_name": "demo-shop", "database": "plumbline_demo",
        "tables": MANAGED,
    });
    assert_eq!(document["demo"], demo, "{document}");
    assert_eq!(state(&home).await, after, "nothing was done again");
    second.stop(Signal::TERM).await;
}

#[tokio::test]
async fn what_is_in_the_way_stays_and_what_was_begun_is_gone_on_with() {
    let home = Home::new();
    let without = home.up(&[]).await;
    assert_eq!(state(&home).await["sources"], json!([]));
    assert!(
        !secrets(&home).contains("DEMO"),
        "nothing is made without --demo"
    );
    superuser(&home, "postgres", "create database plumbline_demo").await;
    superuser(&home, "plumbline_demo", "create table theirs (id int)").await;
    without.stop(Signal::TERM).await;

    let refused = home
        .run(&["up", "--demo", "--meta-port", "0", "--manager-port", "0"])
        .await;
    assert_eq!(refused.code, Some(1), "{refused}");
    let clear = "the database plumbline_demo is there and is not the sample";
    assert!(refused.stderr.contains(clear), "{refused}");

    let without = home.up(&[]).await;
    assert_eq!(state(&home).await["sources"], json!([]));
    // Empty, it is as a run leaves it that was killed right after making it.
    superuser(&home, "plumbline_demo", "drop table theirs").await;
    without.stop(Signal::TERM).await;

    let killed = crate::up::Up::start(&home, &["--demo"]);
    eventually("the sample to be made", async || {
        killed.stderr().contains("sample shop made").then_some(())
    })
    .await;
    killed.kill().await;
    let last = home.up(&["--demo", "--format", "json"]).await;
    let found = state(&home).await;
    assert_eq!(
        found["sources"][0]["datasource_name"], "demo-shop",
        "{found}"
    );
    assert_eq!(
        found["sources"].as_array().map(Vec::len),
        Some(1),
        "{found}"
    );
    let tables = found["managed"].as_array().expect("a list").iter();
    let tables: Vec<_> = tables
        .map(|one| [one["table"].as_str(), one["status"].as_str()])
        .collect();
    let expected = MANAGED.map(|table| [Some(table), Some("ready")]);
    assert_eq!(tables, expected, "{found}");
    last.stop(Signal::TERM).await;
}

/// The commands that were printed, as somebody pastes them into another shell.
fn the_commands_work(said: &str) {
    let lines = said
        .lines()
        .map(str::trim)
        .filter(|line| !line.starts_with('#'));
    let lines: Vec<_> = lines
        .skip_while(|line| !line.starts_with("Look at it"))
        .skip(1)
        .take_while(|line| !line.is_empty())
        .collect();
    assert_eq!(lines.len(), 5, "{said}");
    for (line, expected) in lines.into_iter().zip([
        "\"status\":\"ready\"",
        "\"name\":\"orders_customer_id_fkey\"",
        "demo-shop",
        "order_number",
        "SUCCESS",
    ]) {
        let mut shell = Command::new("bash");
        shell.args(["-euc", line]).env_clear();
        // As another shell has it, and nothing that this test was given.
        shell
            .env("PATH", "/usr/local/bin:/usr/bin:/bin")
            .env("HOME", "/");
        let ran = shell.output().expect("bash");
        let (out, err) = (
            String::from_utf8_lossy(&ran.stdout),
            String::from_utf8_lossy(&ran.stderr),
        );
        assert!(
            ran.status.success() && out.contains(expected),
            "{line}\n{out}\n{err}"
        );
    }
}

async fn what_was_read_is_whole(home: &Home) {
    let env = home.env();
    let api = api(&env.meta_url, &env.token);
    let list = api
        .get("/api/metadata/databases?resource_id=1")
        .await
        .expect(200);
    let databases = list["items"].as_array().expect("items");
    let readable: Vec<_> = databases
        .iter()
        .filter(|database| database["is_accessible"] == true)
        .map(|database| database["database_name"].as_str().expect("a name"))
        .collect();
    assert!(
        readable.contains(&"plumbline_demo") && !readable.contains(&"plumbline"),
        "{list}"
    );
    let id = &databases
        .iter()
        .find(|one| one["database_name"] == "plumbline_demo")
        .expect("it")["id"];
    let path = format!("/api/metadata/tables?database_id={id}&limit=100");
    let list = api.get(&path).await.expect(200);
    let mut kinds = std::collections::BTreeMap::new();
    for table in list["items"].as_array().expect("items") {
        *kinds
            .entry(table["table_type"].as_str().expect("a kind"))
            .or_insert(0) += 1;
        let is_part = table["table_type"] == "PARTITION";
        assert!(is_part || table["table_comment"].is_string(), "{table}");
        assert!(
            table["table_type"] == "VIEW" || table["row_count"].is_number(),
            "{table}"
        );
    }
    let expected = [
        ("MATERIALIZED_VIEW", 1),
        ("PARTITION", 5),
        ("PARTITIONED_TABLE", 1),
        ("TABLE", 12),
        ("VIEW", 2),
    ];
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), expected);
    // Some rows wait between the two.
    let managed = state(home).await["managed"].clone();
    let rows = |index: usize| managed[index]["row_count"].as_i64().expect("a count");
    assert!(rows(0) > rows(1) && rows(1) > 300, "{managed}");
}

/// It reads catalogs of the sample, and no row.
async fn the_reader_may_do_little(home: &Home) {
    let reader = "plumbline_demo_reader";
    let password = secret(home, "PLUMBLINE_DEMO_READER_PASSWORD");
    let refused = connect(home, "plumbline", reader, &password)
        .await
        .expect_err("kept out");
    assert!(
        refused
            .to_string()
            .contains("permission denied for database"),
        "{refused}"
    );
    let mut own = connect(home, "plumbline_demo", reader, &password)
        .await
        .expect("let in");
    for statement in [
        "insert into shop.customers default values",
        "delete from raw.sync_orders",
        "create table public.mine (id int)",
        "create temporary table mine (id int)",
        "create schema mine",
    ] {
        let refused = sqlx::query(statement)
            .execute(&mut own)
            .await
            .expect_err(statement);
        let state = refused
            .as_database_error()
            .and_then(sqlx::error::DatabaseError::code)
            .unwrap_or_default();
        // insufficient_privilege or read_only_sql_transaction
        assert!(
            ["42501", "25006"].contains(&&*state),
            "{statement}: {refused}"
        );
    }
    own.close().await.expect("closed");
}

/// What is registered, managed and done, as the API has it.
async fn state(home: &Home) -> Value {
    let env = home.env();
    let api = api(&env.manager_url, &env.token);
    let items = async |path: &str| api.get(path).await.expect(200)["items"].clone();
    let jobs = items("/api/metadata/jobs?limit=500").await;
    json!({
        "sources": items("/api/metadata/datasources").await,
        "managed": items("/api/manager/managed-objects").await,
        "jobs": jobs.as_array().map(Vec::len),
    })
}

fn secrets(home: &Home) -> String {
    fs::read_to_string(home.data_dir().join("secrets")).expect("DIR/secrets")
}

fn secret(home: &Home, name: &str) -> String {
    let secrets = secrets(home);
    let mut lines = secrets.lines().filter_map(|line| line.split_once('='));
    lines
        .find(|(found, _)| *found == name)
        .expect(name)
        .1
        .to_owned()
}

async fn connect(
    home: &Home,
    database: &str,
    login: &str,
    password: &str,
) -> sqlx::Result<PgConnection> {
    let pid_file = fs::read_to_string(home.pid_file()).expect("the store runs");
    let port = pid_file
        .lines()
        .nth(3)
        .and_then(|line| line.parse().ok())
        .expect("a port");
    let options = PgConnectOptions::new_without_pgpass()
        .host("127.0.0.1")
        .port(port);
    options
        .database(database)
        .username(login)
        .password(password)
        .connect()
        .await
}

async fn superuser(home: &Home, database: &str, statement: &'static str) {
    let password = secret(home, "PLUMBLINE_POSTGRES_PASSWORD");
    let mut connection = connect(home, database, "postgres", &password)
        .await
        .expect("let in");
    sqlx::query(statement)
        .execute(&mut connection)
        .await
        .expect(statement);
    connection.close().await.expect("closed");
}
