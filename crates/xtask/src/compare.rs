//! Holds what a scan reads of a database against what plain queries count there.

use anyhow::{Context, bail};
use futures::TryStreamExt;
use models::datasource::Engine;
use scan::{Part, Record, Selection, Target};
use secrecy::ExposeSecret;
use sqlx::mysql::MySqlConnectOptions;
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection};
use test_support::{Counts, of_mysql, of_postgres};

/// Prints both counts of a database side by side, and fails where they differ.
pub(crate) fn compare(url: &str, database: Option<String>) -> anyhow::Result<()> {
    let mut target = Target::from_url(url)?;
    let database = database.or(target.database.take());
    let database = database.context("name the database in the URL or after it")?;
    target.database = Some(database.clone());
    let runtime = tokio::runtime::Runtime::new()?;
    let (scanned, counted) = runtime.block_on(async {
        let records = read(&target, &database).await?;
        let counted = count(&target, &database).await;
        let counted = counted.context("the server cannot be counted")?;
        anyhow::Ok((Counts::of_records(&records), counted))
    })?;
    println!("{:<20} {:>10} {:>10}", "", "scanned", "counted");
    for ((word, scanned), (_, counted)) in rows(&scanned).into_iter().zip(rows(&counted)) {
        let mark = if scanned == counted { "" } else { "  differ" };
        println!("{word:<20} {scanned:>10} {counted:>10}{mark}");
    }
    if scanned != counted {
        bail!("the scan of {database} and the server's own count differ");
    }
    Ok(())
}

async fn read(target: &Target, database: &str) -> Result<Vec<Record>, scan::ScanError> {
    let mut reader = scan::scanner(target.clone()).open(database).await?;
    let mut records = Vec::new();
    for part in Part::CONTENT {
        let read: Vec<Record> = reader.read(part, &Selection::All).try_collect().await?;
        records.extend(read);
    }
    reader.close().await;
    Ok(records)
}

async fn count(target: &Target, database: &str) -> Result<Counts, sqlx::Error> {
    let password = target.password.expose_secret();
    match target.engine {
        Engine::Postgresql => {
            let options = PgConnectOptions::new()
                .host(&target.host)
                .port(target.port)
                .username(&target.username)
                .password(password)
                .database(database);
            let mut connection = options.connect().await?;
            let counts = of_postgres(&mut connection).await?;
            connection.close().await?;
            Ok(counts)
        }
        Engine::Mysql => {
            let options = MySqlConnectOptions::new()
                .host(&target.host)
                .port(target.port)
                .username(&target.username)
                .password(password)
                .database(database);
            let mut connection = options.connect().await?;
            let counts = of_mysql(&mut connection, database).await?;
            connection.close().await?;
            Ok(counts)
        }
    }
}

/// Each count and the word for it.
fn rows(counts: &Counts) -> [(&'static str, i64); 16] {
    [
        ("tables", counts.tables),
        ("views", counts.views),
        ("materialized views", counts.materialized_views),
        ("foreign tables", counts.foreign_tables),
        ("partitions", counts.partitions),
        ("fields", counts.fields),
        ("primary keys", counts.primary_keys),
        ("unique keys", counts.unique_keys),
        ("foreign keys", counts.foreign_keys),
        ("exclusion keys", counts.exclusion_keys),
        ("checks", counts.checks),
        ("indexes", counts.indexes),
        ("triggers", counts.triggers),
        ("routines", counts.routines),
        ("sequences", counts.sequences),
        ("comments", counts.comments),
    ]
}
