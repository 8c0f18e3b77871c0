//! Following jobs and scans to their end.

use std::process::Stdio;
use std::time::Duration;

use models::Role;
use rustix::process::{Pid, Signal, kill_process};
use test_support::{Door, Installation, Meta, Source, TENANT};
use tokio::io::AsyncReadExt as _;
use tokio::process::Child;
use tokio::time::timeout;

use super::job::{Held, id};
use super::ledger;
use crate::home::{Home, run};

#[tokio::test]
async fn one_scan_waits_for_another_by_its_job() {
    let held = Held::new().await;
    let (desk, job) = (&held.desk, held.job());
    let scan = ["deep-scan", "wire", &desk.source.database];
    let refused = desk.run(&scan).await;
    refused.only_says(1, &["(409)", "--follow"]);
    let token = desk.meta.installation.token(TENANT, Role::Admin);
    let follow = [&scan[..], &["--follow"]].concat();
    let mut child = spawn(&desk.home, &desk.meta.url, &token, &follow);
    said(&mut child, "waiting for its end").await;
    said(&mut child, &format!("job {job}: RUNNING")).await;
    held.proxy.release();
    let (code, stdout, stderr) = end(child).await;
    assert_eq!(code, Some(0), "{stderr}");
    assert!(stderr.contains(&format!("job {job}: SUCCESS")), "{stderr}");
    assert!(stdout.contains("SUCCESS in "), "{stdout}");
}

/// Starts a command whose standard error can be read while it runs.
fn spawn(home: &Home, url: &str, token: &str, line: &[&str]) -> Child {
    let mut command = home.plumb_anywhere();
    command
        .args(line)
        .env("PLUMB_META_URL", url)
        .env("PLUMB_TOKEN", token);
    tokio::process::Command::from(command)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .expect("plumb can be run")
}

/// Reads what a command says on standard error until it has said this.
async fn said(child: &mut Child, part: &str) -> String {
    let stderr = child.stderr.as_mut().expect("a pipe");
    let mut text = String::new();
    let read = async {
        while !text.contains(part) {
            let byte = stderr.read_u8().await;
            text.push(char::from(byte.expect("it says so")));
        }
    };
    let read = timeout(Duration::from_mins(1), read).await;
    assert!(read.is_ok(), "no {part:?} in {text}");
    text
}

/// The exit status of a command, and what it says until its end.
async fn end(child: Child) -> (Option<i32>, String, String) {
    let output = timeout(Duration::from_mins(1), child.wait_with_output()).await;
    let output = output.expect("it ends").expect("what it says");
    let text = |bytes| String::from_utf8(bytes).expect("plumb writes UTF-8");
    (
        output.status.code(),
        text(output.stdout),
        text(output.stderr),
    )
}

#[tokio::test]
async fn ctrl_c_leaves_the_job_alone() {
    let held = Held::new().await;
    let (desk, job) = (&held.desk, held.job());
    let token = desk.meta.installation.token(TENANT, Role::Admin);
    let lines: [&[&str]; 2] = [
        &["job", "watch", job],
        &["deep-scan", "wire", &desk.source.database, "--follow"],
    ];
    for line in lines {
        let mut child = spawn(&desk.home, &desk.meta.url, &token, line);
        said(&mut child, &format!("job {job}: RUNNING")).await;
        let pid = child.id().and_then(|id| Pid::from_raw(id.try_into().ok()?));
        kill_process(pid.expect("it runs"), Signal::INT).expect("it runs");
        let (code, stdout, stderr) = end(child).await;
        assert_eq!(code, Some(130), "{stderr}");
        assert_eq!(stdout, "");
        for part in [
            &*format!("job {job} goes on"),
            &format!("plumb job watch {job}"),
            &format!("plumb job cancel {job}"),
        ] {
            assert!(stderr.contains(part), "no {part:?} in {stderr}");
        }
    }
    held.proxy.release();
    desk.run(&["job", "watch", job]).await.exits(0);
}

/// A `meta` that runs no jobs behind a door, and the job that waits in it.
struct Waiting {
    installation: Installation,
    meta: Meta,
    door: Door,
    source: Source,
    home: Home,
    job: String,
}

impl Waiting {
    async fn new() -> Self {
        let installation = Installation::new().await;
        let idle = [("META__WORKERS__CONCURRENCY", "0")];
        let meta = installation.meta_with(&idle).await;
        let door = Door::shut().await;
        door.open_to(&meta);
        let path = "/api/metadata/datasources";
        let source = ledger().await;
        let body = source.registration("shop");
        let created = meta.admin().post(path, &body).await.expect(201);
        Self {
            installation,
            meta,
            door,
            source,
            home: Home::new(),
            job: id(&created).to_owned(),
        }
    }

    /// Starts a command, and waits until it has shown the job.
    async fn follow(&self, line: &[&str]) -> Child {
        let token = self.installation.token(TENANT, Role::Admin);
        let mut child = spawn(&self.home, &self.door.url, &token, line);
        said(&mut child, "QUEUED").await;
        child
    }
}

#[tokio::test]
async fn a_job_is_followed_while_the_service_is_restarted() {
    let waiting = Waiting::new().await;
    let child = waiting.follow(&["job", "watch", &waiting.job]).await;
    waiting.door.close();
    waiting.meta.stop().await;
    let meta: Meta = waiting.installation.meta().await;
    waiting.door.open_to(&meta);
    let (code, stdout, stderr) = end(child).await;
    assert_eq!(code, Some(0), "{stderr}");
    assert!(stdout.contains(": SUCCESS in "), "{stdout} {stderr}");
    drop(waiting.source);
}

#[tokio::test]
async fn the_end_of_an_absence_is_shown_although_nothing_has_changed() {
    let waiting = Waiting::new().await;
    let mut child = waiting.follow(&["job", "watch", &waiting.job]).await;
    waiting.door.close();
    said(&mut child, "no answer, asking again").await;
    waiting.door.open_to(&waiting.meta);
    said(&mut child, "QUEUED").await;
}

#[tokio::test]
async fn what_can_no_longer_be_followed_goes_on() {
    let waiting = Waiting::new().await;
    let job = &*waiting.job;
    let mut children = Vec::new();
    for line in [&["job", "watch", job][..], &["sync", "shop", "--follow"]] {
        children.push(waiting.follow(line).await);
    }
    waiting.door.close();
    waiting.meta.stop().await;
    // It takes the tokens of the one before no more.
    let secret = "another-secret-".repeat(3);
    let other = [("META__AUTH__JWT_SECRET", &*secret)];
    let meta = waiting.installation.meta_with(&other).await;
    waiting.door.open_to(&meta);
    let goes_on = format!("job {job} goes on: plumb job watch {job} shows how it ends");
    for child in children {
        let (code, stdout, stderr) = end(child).await;
        assert_eq!((code, &*stdout), (Some(1), ""), "{stderr}");
        for part in ["(401)", &goes_on, &format!("plumb job cancel {job}")] {
            assert!(stderr.contains(part), "no {part:?} in {stderr}");
        }
    }
    // Of one that has never been seen nobody knows.
    let mut command = waiting.home.plumb_anywhere();
    command
        .args(["job", "watch", job])
        .env("PLUMB_META_URL", &meta.url)
        .env("PLUMB_TOKEN", "none");
    let ran = run(command, "").await.exits(1);
    assert!(
        ran.stderr.contains("(401)") && !ran.stderr.contains("goes on"),
        "{ran}"
    );
}
