//! Workers that are killed: another goes on, and in the end nothing tells that one died.

use std::time::{Duration, Instant};

use rustix::process::Signal;
use serde_json::Value;
use test_support::{Server, Source, eventually};

use super::fleet::{Fleet, Shelf};
use super::stages::{PARTS, Stage};
use super::statements::{self, Profile, Statements};
use crate::content::ids;

pub(super) async fn while_the_first_parts_are_read(server: Server) {
    killed_at(server, &[Stage::Begin, Stage::Part(1), Stage::Part(2)]).await;
}

pub(super) async fn while_more_parts_are_read(server: Server) {
    killed_at(server, &[3, 4, 5, 6].map(Stage::Part)).await;
}

pub(super) async fn while_the_last_parts_are_read(server: Server) {
    let stages = [
        Stage::Part(7),
        Stage::Part(8),
        Stage::Part(PARTS),
        Stage::NAMES,
    ];
    killed_at(server, &stages).await;
}

pub(super) async fn while_batches_are_merged(server: Server) {
    killed_at(server, &[1, 2, 4, 5].map(Stage::Batch)).await;
}

pub(super) async fn while_it_ends(server: Server) {
    killed_at(server, &[Stage::Batch(3), Stage::Conclude, Stage::End]).await;
}

/// A scan whose worker is killed at each of these stages, and one of the same that nothing disturbs.
async fn killed_at(server: Server, stages: &[Stage]) {
    let shelf = Shelf::create(server).await;
    let (undisturbed, mut fleet) = (
        Fleet::of(&shelf).await,
        Fleet::of(&shelf).await.one_by_one(),
    );
    shelf.change().await;
    let ids_before = ids(fleet.meta.installation.store()).await;
    // The other servers keep the statements in a log that takes long to read: once is enough there.
    let asked = if server == Server::Postgres || stages.contains(&Stage::Part(4)) {
        Some(Asked::begin(&shelf, stages).await)
    } else {
        None
    };

    let (scan_id, status) = killed_on_the_way(&shelf, &mut fleet, stages).await;
    if let Some(asked) = asked {
        asked.assert(&shelf.source, stages.len()).await;
    }
    assert!(status["cost"]["statements"].as_i64() > Some(10), "{status}");

    let attempts = i32::try_from(stages.len()).expect("a few") + 1;
    assert_eq!(fleet.job(scan_id).await.1, attempts);
    fleet.nothing_is_left().await;
    compare(&fleet, scan_id, &undisturbed).await;
    let ids_after = ids(fleet.meta.installation.store()).await;
    let stayed = |(name, id): &&(String, i64)| {
        let now = ids_after.iter().find(|(other, _)| other == name);
        now.is_none_or(|(_, now)| now == id)
    };
    assert_eq!(ids_before.iter().filter(stayed).count(), ids_before.len());
}

/// What is compared with the catalog is so once: the attempts after the first go on with what it found.
pub(super) async fn while_what_changed_is_read(server: Server) {
    let shelf = Shelf::create(server).await;
    let undisturbed = Fleet::of(&shelf).await.incremental();
    let mut fleet = Fleet::of(&shelf).await.incremental().one_by_one();
    shelf.change().await;
    let stages = [
        Stage::DIGESTS,
        Stage::TABLES,
        Stage::Part(6),
        Stage::Batch(1),
    ];
    let (scan_id, status) = killed_on_the_way(&shelf, &mut fleet, &stages).await;
    assert_eq!(status["mode"], "incremental", "{status}");
    assert!(status["tables_unchanged"].as_i64() > Some(20), "{status}");
    fleet.nothing_is_left().await;
    compare(&fleet, scan_id, &undisturbed).await;
}

/// Starts a scan, kills its worker at each of these stages, and waits for its good end.
async fn killed_on_the_way(shelf: &Shelf, fleet: &mut Fleet, stages: &[Stage]) -> (i64, Value) {
    let [main, beside] = &shelf.databases;
    for stage in stages {
        fleet.stages.stop_at(main, *stage).await;
    }
    let mut worker = fleet.worker().await;
    let scan_id = fleet.start().await;
    for stage in stages {
        fleet.stages.stopped(*stage).await;
        fleet.stages.finished(beside).await;
        let next = fleet.worker().await;
        worker.end(Signal::KILL).await;
        fleet.stages.release(*stage).await;
        worker = next;
    }
    let status = fleet.ended_well(scan_id).await;
    (scan_id, status)
}

/// Scans the same without disturbance, and compares all that there is.
pub(super) async fn compare(fleet: &Fleet, scan_id: i64, undisturbed: &Fleet) {
    let _worker = undisturbed.worker().await;
    let other = undisturbed.start().await;
    undisturbed.ended_well(other).await;
    assert_eq!(fleet.totals(scan_id).await, undisturbed.totals(other).await);
    fleet.content().await.must_be(&undisturbed.content().await);
}

/// What a source must be asked, when each stage is reached twice: a session is opened again for the database that was
/// stopped, and what was read in the transaction that was cut is read again.
async fn expected(shelf: &Shelf, stages: &[Stage]) -> Statements {
    let mut expected = Statements::new();
    let mut add = |asked: &Statements| {
        for (name, calls) in asked {
            *expected.entry(name.clone()).or_default() += calls;
        }
    };
    for database in &shelf.databases {
        let profile = Profile::of(&shelf.source, database).await;
        add(&profile.opening);
        profile.parts.iter().for_each(&mut add);
        add(&profile.closing);
        if *database == shelf.source.database {
            for stage in stages {
                if *stage != Stage::End {
                    add(&profile.opening);
                }
                if let Stage::Part(part) = stage {
                    let part = usize::try_from(*part).expect("a small number");
                    add(&profile.parts[part - 1]);
                }
                if *stage == Stage::Conclude {
                    add(&profile.closing);
                }
            }
        }
    }
    expected
}

/// What a source is asked from a moment on.
struct Asked {
    expected: Statements,
    before: Statements,
}

impl Asked {
    async fn begin(shelf: &Shelf, stages: &[Stage]) -> Self {
        shelf.source.count_statements().await;
        Self {
            expected: expected(shelf, stages).await,
            before: statements::of(&shelf.source).await,
        }
    }

    /// Nothing is read twice but what was cut. On `MySQL` and `MariaDB` a session that has not read the tables itself
    /// asks for what it would know otherwise: whether there are sequences, partitions, views.
    async fn assert(&self, source: &Source, cuts: usize) {
        let expected = &self.expected;
        let run = statements::between(&self.before, &statements::of(source).await);
        if source.server == Server::Postgres {
            assert_eq!(run, *expected);
            return;
        }
        let sessions = i64::try_from(cuts).expect("a few") + 1;
        for (name, calls) in &run {
            let known = ["sequences", "partitions", "views"].contains(&name.as_str());
            let limit = match expected.get(name) {
                Some(calls) if !known => *calls,
                Some(calls) => calls + sessions,
                None => sessions,
            };
            assert!(*calls <= limit, "{name}: {run:?} instead of {expected:?}");
        }
    }
}

/// At moments that nobody chose, while rows are on their way; both databases may be cut.
pub(super) async fn while_rows_arrive(server: Server) {
    let shelf = Shelf::create(server).await;
    shelf.source.count_statements().await;
    let (undisturbed, fleet) = (Fleet::of(&shelf).await, Fleet::of(&shelf).await);
    shelf.change().await;
    let expected = expected(&shelf, &[]).await;
    let opening = Profile::of(&shelf.source, &shelf.source.database).await;
    let opening = opening.opening;
    for seed in [1, 2, 3] {
        let before = statements::of(&shelf.source).await;
        let mut worker = fleet.worker().await;
        let mut kills = 0;
        let mut scan_id = None;
        for place in places(seed) {
            shelf.proxy.hold_after(place);
            let scan_id = match scan_id {
                Some(scan_id) => scan_id,
                None => *scan_id.insert(fleet.start().await),
            };
            let is_held = eventually("rows to be held", async || {
                let ended = !["QUEUED", "RUNNING"].contains(&&*fleet.job(scan_id).await.0);
                (shelf.proxy.held() > 0 || ended).then_some(!ended)
            })
            .await;
            if !is_held {
                break;
            }
            let next = fleet.worker().await;
            worker.end(Signal::KILL).await;
            worker = next;
            kills += 1;
        }
        shelf.proxy.release();
        let scan_id = scan_id.expect("a scan");
        fleet.ended_well(scan_id).await;
        assert!(kills > 0, "seed {seed}");
        let run = statements::between(&before, &statements::of(&shelf.source).await);
        for (name, calls) in &run {
            // Once more for each session that was cut, opened or not.
            let each = opening.get(name).copied().unwrap_or(1);
            let limit = expected.get(name).copied().unwrap_or(0).max(2) + 2 * kills * each;
            assert!(*calls <= limit, "seed {seed}, {name}: {run:?}");
        }
        fleet.nothing_is_left().await;
        compare(&fleet, scan_id, &undisturbed).await;
    }
}

/// Three places in what a connection says, from a seed (a linear congruential generator; Knuth, "The Art of Computer
/// Programming", volume 2, 3.3.4).
fn places(seed: u64) -> [usize; 3] {
    let mut state = seed;
    [(); 3].map(|()| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let random = usize::try_from(state >> 48).expect("16 bits");
        1_000 + random % 15_000
    })
}

/// With the settings that an installation has by itself.
pub(super) async fn and_gone_on_with_within_45_seconds(server: Server) {
    let shelf = Shelf::create(server).await;
    let mut fleet = Fleet::of(&shelf).await;
    let stage = Stage::Part(3);
    fleet.stages.stop_at(&shelf.databases[0], stage).await;
    let mut worker = fleet.default_worker().await;
    let scan_id = fleet.start().await;
    fleet.stages.stopped(stage).await;
    let next = fleet.default_worker().await;
    worker.end(Signal::KILL).await;
    let killed = Instant::now();
    fleet.stages.release(stage).await;
    eventually("another worker to go on", async || {
        (fleet.job(scan_id).await.1 == 2).then_some(())
    })
    .await;
    let took = killed.elapsed();
    eprintln!("from kill to resume: {took:?}");
    assert!(took < Duration::from_secs(45), "{took:?}");
    fleet.ended_well(scan_id).await;
    drop(next);
}
