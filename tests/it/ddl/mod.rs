//! Whatever is done to a database, a catalog that was kept by incremental scans is the one that a scan
//! of everything makes.

mod mysql;
mod postgres;

use std::fmt::Write as _;

use proptest::prelude::*;
use proptest::test_runner::{Config, FileFailurePersistence, TestCaseError, TestRunner};
use serde_json::json;
use test_support::{Installation, Meta, Server, Source};

use crate::content::Content;

/// Cases of each server that a run of all tests tries, besides those that have failed before.
const CASES: u32 = 3;

/// How many times a case changes things and scans.
const ROUNDS: usize = 3;

/// Statements between two scans, at most.
const STEPS: usize = 10;

/// Tries more cases: `PLUMBLINE_TEST_DDL_CASES=200`.
const MORE: &str = "PLUMBLINE_TEST_DDL_CASES";

macro_rules! suite {
    ($module:ident, $server:ident) => {
        mod $module {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn incremental_scans_find_what_a_whole_one_finds() {
                if let Some(server) = test_support::Server::$server.available() {
                    super::incremental_scans_find_what_a_whole_one_finds(server).await;
                }
            }
        }
    };
}
suite!(on_postgres, Postgres);
suite!(on_mariadb, MariaDb);
suite!(on_mysql, MySql);

/// A statement: which of the server's templates, and what its names are drawn from.
#[derive(Debug, Clone)]
struct Step {
    template: prop::sample::Index,
    draws: [u8; 4],
}

fn step() -> impl Strategy<Value = Step> {
    (any::<prop::sample::Index>(), any::<[u8; 4]>())
        .prop_map(|(template, draws)| Step { template, draws })
}

fn rounds() -> impl Strategy<Value = Vec<Vec<Step>>> {
    prop::collection::vec(prop::collection::vec(step(), 1..=STEPS), ROUNDS)
}

impl Step {
    /// The statement. In a template, `{t0}` is the first drawn of the names of tables, `{t1}` the second, and so on.
    fn sql(&self, server: Server) -> String {
        let templates = match server {
            Server::Postgres => postgres::TEMPLATES,
            Server::MariaDb | Server::MySql => mysql::TEMPLATES,
        };
        let mut sql = self.template.get(templates).to_string();
        for (place, draw) in self.draws.into_iter().enumerate() {
            for (kind, names) in NAMES {
                let name = names[usize::from(draw) % names.len()];
                sql = sql.replace(&format!("{{{kind}{place}}}"), name);
            }
        }
        sql
    }
}

/// The few names that statements use, so that they meet.
const NAMES: [(&str, &[&str]); 7] = [
    ("s", &["s1", "s2", "\"S 3\""]),
    ("t", &["t1", "t2", "t3", "t4", "t5"]),
    ("c", &["a", "b", "c", "d"]),
    ("v", &["v1", "v2", "v3"]),
    ("k", &["k1", "k2", "k3"]),
    ("e", &["e1", "e2"]),
    ("n", &["1", "2", "3", "4", "5"]),
];

async fn incremental_scans_find_what_a_whole_one_finds(server: Server) {
    let meta = Installation::new().await.meta().await;
    #[expect(clippy::disallowed_methods, reason = "no setting of a service")]
    let cases = std::env::var(MORE).ok();
    let cases = cases.and_then(|cases| cases.parse().ok());
    let config = Config {
        cases: cases.unwrap_or(CASES),
        // The shortest sequence that fails takes long to find: for a run by hand.
        max_shrink_iters: if cases.is_some() { 60 } else { 0 },
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(match server {
            Server::Postgres => concat!(env!("CARGO_MANIFEST_DIR"), "/it/ddl/postgres.seeds"),
            Server::MariaDb => concat!(env!("CARGO_MANIFEST_DIR"), "/it/ddl/mariadb.seeds"),
            Server::MySql => concat!(env!("CARGO_MANIFEST_DIR"), "/it/ddl/mysql.seeds"),
        }))),
        ..Config::default()
    };
    let runtime = tokio::runtime::Handle::current();
    let result = tokio::task::block_in_place(|| {
        TestRunner::new(config).run(&rounds(), |rounds| {
            runtime.block_on(try_case(&meta, server, &rounds))
        })
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}

/// Runs one case on a database of its own.
async fn try_case(meta: &Meta, server: Server, rounds: &[Vec<Step>]) -> Result<(), TestCaseError> {
    let source = Source::create(server).await;
    let kept = register(meta, &source, "kept").await;
    let mut session = source.session().await;
    let mut done = String::new();
    for setup in match server {
        Server::Postgres => postgres::SETUP,
        Server::MariaDb | Server::MySql => mysql::SETUP,
    } {
        session.execute(setup).await;
    }
    scan(meta, kept, &source, "incremental").await?;
    for (round, steps) in rounds.iter().enumerate() {
        for step in steps {
            let sql = step.sql(server);
            // What does not fit what is there by now changes nothing, which is a case as well.
            let outcome = session.try_execute(&sql).await;
            let mark = if outcome.is_ok() { ' ' } else { '!' };
            let _ = writeln!(done, "{mark} {sql}");
            if outcome.is_err() {
                session.execute("rollback").await;
            }
        }
        let _ = writeln!(done, "-- scanned");
        scan(meta, kept, &source, "incremental").await?;
        let fresh = register(meta, &source, &format!("fresh{round}")).await;
        scan(meta, fresh, &source, "full").await?;
        let store = meta.installation.store();
        let (found, expected) = (
            Content::living(store, kept).await,
            Content::living(store, fresh).await,
        );
        if let Some(difference) = found.difference(&expected) {
            return Err(TestCaseError::fail(format!("{difference}\nafter:\n{done}")));
        }
    }
    Ok(())
}

async fn register(meta: &Meta, source: &Source, name: &str) -> i64 {
    let body = source.registration(&format!("{name} {}", source.database));
    let created = meta.admin().post("/api/metadata/datasources", &body).await;
    meta.registered(created.expect(201)).await
}

async fn scan(meta: &Meta, id: i64, source: &Source, mode: &str) -> Result<(), TestCaseError> {
    let body = json!({ "resource_id": id, "database": source.database, "mode": mode });
    let status = meta.scan(&body).await;
    // A view whose base is gone fails alone, and half of the tables may go at once.
    let ended = matches!(status["status"].as_str(), Some("SUCCESS" | "PARTIAL"));
    prop_assert!(ended, "{status}");
    Ok(())
}
