//! The data of `.sqlx`: what the store says of each static statement, so that the statements are
//! checked at compile time without a store.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Context, bail, ensure};
use db::{Login, Logins, Schema};
use sqlx::postgres::PgConnection;
use sqlx::{Connection, Executor};
use url::Url;

/// The database that is made for the statements to be described in.
const DATABASE: &str = "plumbline_offline_sql";
/// The crates whose static statements are checked.
const CRATES: [&str; 4] = ["db", "catalog", "jobs", "manager"];

/// Writes the data anew.
pub(crate) fn write(root: &Path, server: &str) -> anyhow::Result<()> {
    let fresh = describe(root, server)?;
    let folder = root.join(".sqlx");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    for (name, text) in fresh {
        fs::write(folder.join(name), text)?;
    }
    Ok(())
}

/// Fails when the committed data are not those of the statements.
pub(crate) fn check(root: &Path, server: &str) -> anyhow::Result<()> {
    let fresh = describe(root, server)?;
    let committed = read(&root.join(".sqlx"))?;
    for name in fresh.keys().chain(committed.keys()) {
        if fresh.get(name) != committed.get(name) {
            bail!(".sqlx/{name} is not current: run `tests/servers with cargo xtask sqlx`");
        }
    }
    Ok(())
}

/// Compiles the crates against a migrated store and collects what the macros write down.
fn describe(root: &Path, server: &str) -> anyhow::Result<BTreeMap<String, String>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let database = runtime.block_on(make_store(server))?;
    let folder = root.join("target/offline-sql");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    let compiled = compile(root, &database, &folder);
    runtime.block_on(drop_store(server))?;
    compiled?;
    read(&folder)
}

fn compile(root: &Path, database: &Url, folder: &Path) -> anyhow::Result<()> {
    for name in CRATES {
        // Cargo compiles again what has been touched, and with it every macro.
        let lib = root.join("crates").join(name).join("src/lib.rs");
        let touched = File::options().append(true).open(&lib)?;
        touched.set_modified(SystemTime::now())?;
    }
    // The whole workspace, so that dependencies have the features that the gate has built already.
    let status = Command::new("cargo")
        .current_dir(root)
        .args([
            "check",
            "--workspace",
            "--all-targets",
            "--quiet",
            "--locked",
        ])
        .env("DATABASE_URL", database.as_str())
        .env("SQLX_OFFLINE", "false")
        .env("SQLX_OFFLINE_DIR", folder)
        .status()
        .context("cargo could not be run")?;
    ensure!(
        status.success(),
        "the crates with static statements do not compile"
    );
    Ok(())
}

async fn make_store(server: &str) -> anyhow::Result<Url> {
    drop_store(server).await?;
    let mut admin = PgConnection::connect(server)
        .await
        .context("the server cannot be reached")?;
    admin
        .execute("create database plumbline_offline_sql")
        .await?;
    admin.close().await?;
    let mut database = Url::parse(server)?;
    database.set_path(DATABASE);
    let logins = logins();
    let mut owner = PgConnection::connect(database.as_str()).await?;
    db::create_logins(&mut owner, &logins).await?;
    owner.close().await?;
    let url = |login: &Login| -> anyhow::Result<secrecy::SecretString> {
        let mut url = database.clone();
        let refused = |()| anyhow::anyhow!("the server's URL takes no login");
        url.set_username(&login.name).map_err(refused)?;
        url.set_password(Some(PASSWORD)).map_err(refused)?;
        Ok(String::from(url).into())
    };
    db::migrate(
        Schema::Metadata,
        &url(&logins.meta_owner)?,
        &url(&logins.meta)?,
    )
    .await?;
    db::migrate(
        Schema::Manager,
        &url(&logins.manager_owner)?,
        &url(&logins.manager)?,
    )
    .await?;
    Ok(database)
}

/// The logins live as long as the database, on a server that is there for tests.
const PASSWORD: &str = "offline";

fn logins() -> Logins {
    let login = |name: &str| Login {
        name: format!("plumbline_offline_{name}"),
        password: PASSWORD.into(),
    };
    Logins {
        meta_owner: login("meta_owner"),
        meta: login("meta"),
        manager_owner: login("manager_owner"),
        manager: login("manager"),
    }
}

async fn drop_store(server: &str) -> anyhow::Result<()> {
    let mut admin = PgConnection::connect(server)
        .await
        .context("the server cannot be reached")?;
    admin
        .execute("drop database if exists plumbline_offline_sql with (force)")
        .await?;
    for login in [
        logins().meta_owner,
        logins().meta,
        logins().manager_owner,
        logins().manager,
    ] {
        let drop = format!("drop role if exists {}", login.name);
        admin.execute(sqlx::AssertSqlSafe(drop)).await?;
    }
    admin.close().await?;
    Ok(())
}

/// The files of a folder by name.
fn read(folder: &Path) -> anyhow::Result<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let entry = entry?;
        let text = fs::read_to_string(entry.path())?;
        files.insert(entry.file_name().to_string_lossy().into_owned(), text);
    }
    Ok(files)
}
