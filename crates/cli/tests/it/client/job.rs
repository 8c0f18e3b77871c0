//! `plumb job`.

use models::Role;
use serde_json::{Value, json};
use test_support::{Proxy, Server, eventually};

use super::{Desk, ledger};
use crate::home::run;

/// A desk whose source `wire` is read through a wire that keeps what the server says from now on.
pub(super) struct Held {
    pub(super) desk: Desk,
    pub(super) proxy: Proxy,
    /// The answer to the deep scan that waits for it.
    started: Value,
}

impl Held {
    pub(super) async fn new() -> Self {
        let desk = Desk::registered(ledger().await).await;
        let proxy = Proxy::to(Server::Postgres).await;
        let body = desk.source.registration_through("wire", proxy.port);
        let path = "/api/metadata/datasources";
        let created = desk.meta.admin().post(path, &body).await.expect(201);
        desk.meta.registered(created).await;
        proxy.hold();
        let scan = [
            "deep-scan",
            "wire",
            &desk.source.database,
            "--format",
            "json",
        ];
        let started = desk.run(&scan).await.exits(0).json();
        eventually("the scan to be held", async || {
            (proxy.held() > 0).then_some(())
        })
        .await;
        Self {
            desk,
            proxy,
            started,
        }
    }

    pub(super) fn job(&self) -> &str {
        id(&self.started)
    }
}

/// The job that an answer speaks of.
pub(super) fn id(answer: &Value) -> &str {
    answer["job_id"].as_str().expect("an id")
}

/// A job that failed: the wire to the server was cut.
async fn failed(desk: &Desk) -> String {
    let database = &desk.source.database;
    let proxy = Proxy::to(Server::Postgres).await;
    let body = desk.source.registration_through("cut", proxy.port);
    let path = "/api/metadata/datasources";
    let created = desk.meta.admin().post(path, &body).await.expect(201);
    desk.meta.registered(created).await;
    proxy.cut();
    let scan = ["deep-scan", "cut", database, "--follow", "--format", "json"];
    let ended = desk.run(&scan).await.exits(1).json();
    assert_eq!(ended["status"], "FAILED", "{ended}");
    id(&ended).to_owned()
}

#[tokio::test]
async fn jobs_are_listed_and_shown() {
    let desk = Desk::scanned(ledger().await).await;
    let list = desk.run(&["job", "list"]).await.exits(0);
    let json = ["job", "list", "--format", "json"];
    let listed = desk.run(&json).await.exits(0).json();
    let api = desk.meta.admin().get("/api/metadata/jobs").await;
    assert_eq!(listed, api.expect(200));
    let newest = listed["items"][0]["id"].as_str().expect("an id");
    let show = desk.run(&["job", "show", newest]).await.exits(0);
    let mut settings = desk.settings();
    settings.add_filter(r"[\da-f]{8}-[\da-f]{4}-7[\da-f-]+", "UUID");
    settings.add_filter(r"graphile_worker_[\da-f]+", "WORKER");
    settings.add_filter(r"\b[\d.]+ s\b", "SECONDS");
    settings.add_filter(r"datasource:\d+", "datasource:N");
    // PostgreSQL lists databases of other tests too.
    settings.add_filter(r"(METADATA_SYNC .*)\b\d+ of \d+", "${1}N of N");
    settings.add_filter(r"(?m)^(parameters|result)  .*", "$1  JSON");
    settings.bind(|| {
        insta::assert_snapshot!("jobs_listed", list.stdout);
        insta::assert_snapshot!("job_shown", show.stdout.replace(newest, "UUID"));
    });

    let shown = ["job", "show", newest, "--format", "json"];
    let shown = desk.run(&shown).await.exits(0).json();
    let attempt = &shown["attempts"][0];
    assert_eq!(
        (&shown["id"], &attempt["outcome"]),
        (&json!(newest), &json!("SUCCESS"))
    );
    let count = async |more: &[&str]| {
        let line = [&json[..], more].concat();
        let listed = desk.run(&line).await.exits(0).json();
        listed["items"].as_array().expect("items").len()
    };
    let scope = shown["target_scope"].as_str().expect("a scope");
    assert_eq!(count(&[]).await, 2);
    for (filter, fits, fits_not) in [
        ("--type", "deep_scan", "ETL"),
        ("--status", "success", "FAILED"),
        ("--scope", scope, "datasource:0"),
        ("--since", "1h", "2999-01-01"),
    ] {
        let fitting = count(&[filter, fits]).await;
        assert!(fitting >= 1, "{filter} {fits}");
        assert_eq!(count(&[filter, fits_not]).await, 0, "{filter} {fits_not}");
    }
    assert_eq!(count(&["--limit", "1"]).await, 1);
    let none = desk.run(&["job", "list", "--status", "running"]).await;
    none.only_says(0, &["no such job"]);
}

#[tokio::test]
async fn a_beginning_of_an_id_will_do() {
    let desk = Desk::scanned(ledger().await).await;
    let list = ["job", "list", "--format", "json"];
    let listed = desk.run(&list).await.exits(0).json();
    let ids = [0, 1].map(|index| listed["items"][index]["id"].as_str().expect("an id"));
    // The first that differs from the other is enough.
    let same = ids[0].bytes().zip(ids[1].bytes());
    let same = same.take_while(|(one, other)| one == other).count();
    let beginning = &ids[0][..=same].to_uppercase();
    let show = ["job", "show", beginning, "--format", "json"];
    let shown = desk.run(&show).await.exits(0).json();
    assert_eq!(shown["id"], ids[0]);
    let both = desk.run(&["job", "show", &ids[0][..same]]).await;
    both.only_says(1, &["several jobs", ids[0], ids[1], "plumb job list"]);
    let none = desk.run(&["job", "watch", "ffff"]).await;
    none.only_says(1, &["no job \"ffff\"", "plumb job list"]);
    let word = desk.run(&["job", "cancel", "shop"]).await;
    word.only_says(2, &["id of a job"]);
    let unknown = "019a0000-0000-7000-8000-000000000000";
    for verb in ["show", "watch", "cancel", "retry"] {
        let absent = desk.run(&["job", verb, unknown]).await;
        absent.only_says(1, &["(404)", "plumb job list"]);
    }
}

#[tokio::test]
async fn a_job_that_fails_is_watched_to_its_end_and_done_again() {
    let desk = Desk::registered(ledger().await).await;
    desk.meta.installation.only_one_attempt().await;
    let job = failed(&desk).await;
    let watched = desk.run(&["job", "watch", &job]).await.exits(1);
    let told = format!("job {job}: FAILED in ");
    assert!(watched.stdout.starts_with(&told), "{watched}");
    assert!(
        watched.stderr.contains("the job ended FAILED: "),
        "{watched}"
    );
    let shown = desk.run(&["job", "show", &job]).await.exits(0);
    assert!(
        shown.stdout.contains("Attempts:\nATTEMPT  STARTED"),
        "{shown}"
    );

    let retried = desk.run(&["job", "retry", &job, "--follow"]).await.exits(1);
    assert!(!retried.stdout.contains(&job), "a new job: {retried}");
    let again = desk
        .run(&["job", "retry", &job, "--format", "json"])
        .await
        .exits(0)
        .json();
    assert_eq!(again["status"], "QUEUED", "{again}");
    let watch = ["job", "watch", id(&again), "--format", "json"];
    let ended = desk.run(&watch).await.exits(1).json();
    assert_eq!(
        (&ended["status"], &ended["parent_job_id"]),
        (&json!("FAILED"), &json!(job))
    );
}

#[tokio::test]
async fn what_was_a_success_is_neither_stopped_nor_done_again() {
    let desk = Desk::registered(ledger().await).await;
    // Those of other tests come and go.
    let include = ["source", "edit", "shop", "--include", &desk.source.database];
    desk.run(&include).await.exits(0);
    let sync = ["sync", "shop", "--force", "--follow", "--format", "json"];
    let ended = desk.run(&sync).await.exits(0).json();
    let job = id(&ended);
    let watched = desk.run(&["job", "watch", job]).await.exits(0);
    assert!(watched.stdout.contains(": SUCCESS in "), "{watched}");
    let refused = desk.run(&["job", "cancel", job]).await;
    refused.only_says(1, &["(409)", "has ended as SUCCESS"]);
    let refused = desk.run(&["job", "retry", job]).await;
    refused.only_says(1, &["(409)", "FAILED, PARTIAL and CANCELLED"]);
    let viewer = desk.run_as(Role::Viewer, &["job", "cancel", job]).await;
    viewer.only_says(1, &["(403)"]);
    let viewer = desk.run_as(Role::Viewer, &["job", "watch", job]).await;
    viewer.exits(0);
}

#[tokio::test]
async fn a_job_that_is_held_is_stopped() {
    let held = Held::new().await;
    let (desk, job) = (&held.desk, held.job());
    // The other one has ended, which keeps nothing from being stopped.
    let list = ["job", "list", "--status", "success", "--format", "json"];
    let listed = desk.run(&list).await.exits(0).json();
    let other = listed["items"][0]["id"].as_str().expect("an id");
    let cancel = ["job", "cancel", other, job, "--follow"];
    let cancelled = desk.run(&cancel).await.exits(1);
    let told = format!("job {job}: CANCELLED in ");
    assert!(cancelled.stdout.contains(&told), "{cancelled}");
    assert!(
        cancelled.stderr.contains("has ended as SUCCESS"),
        "{cancelled}"
    );
    // Again changes nothing.
    let again = desk.run(&["job", "cancel", job]).await.exits(0);
    assert_eq!(again.stdout, format!("job {job}: CANCELLED\n"));
    let json = ["job", "cancel", job, "--format", "json"];
    let json = desk.run(&json).await.exits(0).json();
    assert_eq!(json["attempts"][0]["outcome"], "CANCELLED", "{json}");

    held.proxy.release();
    let retried = desk.run(&["job", "retry", job, "--follow"]).await.exits(0);
    assert!(retried.stdout.contains(": SUCCESS in "), "{retried}");
}

#[tokio::test]
async fn a_token_of_another_tenant_sees_no_job() {
    let desk = Desk::registered(ledger().await).await;
    let listed = desk.run(&["job", "list", "--format", "json"]).await;
    let job = listed.exits(0).json()["items"][0]["id"].clone();
    let token = desk
        .meta
        .installation
        .token(models::TenantId(2), Role::Admin);
    let mut command = desk.home.plumb_anywhere();
    command
        .args(["job", "watch", job.as_str().expect("an id")])
        .env("PLUMB_META_URL", &desk.meta.url)
        .env("PLUMB_TOKEN", token);
    run(command, "").await.only_says(1, &["(404)"]);
}
