//! Compares the keys `id` of the tables `sync` and `biz`, whose servers two lines of the standard input name as URLs. In
//! a process of its own, so that its memory is that of a comparison and nothing else: for `cargo xtask bench delta`.

use std::io::stdin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;
use models::Clock;
use models::datasource::Engine;
use scan::Target;
use transfer::delta::{Column, Method, Place, Request, measure};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let mut urls = stdin().lines();
    let mut place = |table: &str| -> anyhow::Result<Place> {
        let url = urls.next().context("two lines with a URL each")??;
        let target = Target::from_url(&url)?;
        let schema = match target.engine {
            Engine::Postgresql => "public",
            Engine::Mysql => "",
        };
        Ok(Place {
            database: target.database.clone().context("a database in the URL")?,
            target,
            schema: schema.to_owned(),
            table: table.to_owned(),
        })
    };
    let key = vec![Column {
        name: "id".to_owned(),
        data_type: "integer".to_owned(),
        column_type: "bigint".to_owned(),
        is_nullable: false,
    }];
    let request = Request {
        sync: place("sync")?,
        biz: place("biz")?,
        method: Method::Key {
            sync: key.clone(),
            biz: key,
        },
        limit: Duration::from_hours(1),
    };
    let started = Instant::now();
    let found = measure(&request, &Clock::system(), &Arc::default()).await?;
    let seconds = started.elapsed().as_secs_f64();
    let status = std::fs::read_to_string("/proc/self/status")?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = peak.context("a system that tells the memory of processes")?;
    let kibibytes = peak.trim().trim_end_matches(" kB");
    println!("{} {seconds} {kibibytes}", found.pending);
    Ok(())
}
