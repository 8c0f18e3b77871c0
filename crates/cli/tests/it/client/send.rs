//! `plumb job send`: what `plumb job run` could not.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::ExitStatusExt as _;

use rustix::process::Signal;
use serde_json::{Value, json};
use test_support::{assert_has, eventually};

use super::run::{Desk, Going};
use crate::home::run;

#[tokio::test]
async fn what_meta_does_not_hear_of_is_sent_later() {
    let desk = Desk::new().await;
    let away = "http://127.0.0.1:1";
    for command in [
        desk.run_at(away, "echo out; echo why >&2; exit 3"),
        desk.run_nowhere("echo out; echo why >&2; exit 3"),
    ] {
        let ran = run(command, "").await.exits(3);
        assert_eq!(ran.stdout, "out\n");
        assert!(ran.stderr.starts_with("why\n"), "{ran}");
        assert!(ran.stderr.contains("kept until meta takes it"), "{ran}");
    }
    assert_eq!(desk.kept(), ["ended", "ended"]);
    run(desk.plumb_at(away, "send"), "")
        .await
        .only_says(1, &["cannot be reached"]);
    // One names no meta, the other another one.
    let ran = run(desk.plumb("send"), "").await.exits(1);
    assert_eq!(ran.stdout, "1 sent\n");
    assert!(ran.stderr.contains("1 of runs"), "{ran}");
    assert_eq!(desk.kept(), ["ended"]);
    let job = desk.job().await;
    let of_run =
        json!({ "status": "FAILED", "error_details": "why\n", "result": { "exit_code": 3 } });
    assert_has(&job, &of_run);
    assert!(
        job["completed_at"].as_str() < job["queued_at"].as_str(),
        "as it was: {job}"
    );

    // The next run sends what is left, too.
    let _ = run(desk.run_nowhere("exit 4"), "").await.exits(4);
    let ran = run(desk.run("exit 0"), "").await.exits(0);
    assert_eq!(ran.stderr, "");
    let codes: Vec<Value> = desk
        .jobs()
        .await
        .iter()
        .map(|job| job["result"]["exit_code"].clone())
        .collect();
    assert_eq!(codes, [4, 0, 3]);
    assert_eq!(desk.kept(), ["ended"], "that of another meta");
}

#[tokio::test]
async fn a_meta_that_never_answers_keeps_nobody_waiting() {
    let desk = Desk::new().await;
    let deaf = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let url = format!("http://{}", deaf.local_addr().expect("its address"));
    let ran = run(desk.run_at(&url, "echo out; exit 3"), "")
        .await
        .exits(3);
    assert_eq!(ran.stdout, "out\n");
    assert!(ran.stderr.contains("meta has said nothing"), "{ran}");
    assert_eq!(desk.kept(), ["ended"]);
}

#[tokio::test]
async fn many_share_the_directory() {
    let desk = Desk::new().await;
    let runs = (0..6).map(|code| run(desk.run_nowhere(&format!("exit {code}")), ""));
    for (code, ran) in (0..).zip(futures::future::join_all(runs).await) {
        let _ = ran.exits(code);
    }
    assert_eq!(desk.kept(), ["ended"; 6]);
    let sends = (0..3).map(|_| run(desk.plumb("send"), ""));
    for ran in futures::future::join_all(sends).await {
        let _ = ran.exits(0);
    }
    assert_eq!((desk.jobs().await.len(), desk.kept().len()), (6, 0));
}

#[tokio::test]
async fn a_record_of_a_killed_plumb_is_sent_when_it_is_dead() {
    let desk = Desk::new().await;
    let mut going = Going::start(desk.run_nowhere("echo ready; read line"));
    going.says("ready").await;
    eventually("its record", async || {
        (desk.kept() == ["begun"]).then_some(())
    })
    .await;
    let send = async || run(desk.plumb("send"), "").await.exits(0).stdout;
    assert_eq!(send().await, "0 sent\n", "it lives");
    going.signal(Signal::KILL);
    assert_eq!(going.ends().await.signal(), Some(9));
    assert_eq!(send().await, "1 sent\n");
    assert_eq!(desk.job().await["status"], "RUNNING");
    assert_eq!(desk.kept(), [""; 0]);
}

#[tokio::test]
async fn what_meta_never_takes_is_put_aside() {
    let desk = Desk::new().await;
    let _ = run(desk.run_nowhere("exit 3"), "").await.exits(3);
    let runs = desk.home.data_dir().join("runs");
    let record = fs::read_dir(&runs)
        .expect("records")
        .next()
        .expect("one")
        .expect("one")
        .path();
    let mode = fs::metadata(&record)
        .expect("a record")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    let text = fs::read_to_string(&record)
        .expect("a record")
        .replace("AI_ETL", "MEASURE");
    fs::write(&record, text).expect("another record");
    fs::write(runs.join("0.ended"), "{").expect("a record that was cut");
    fs::write(runs.join("1.ended"), [0xff]).expect("a record that is no text");
    let ran = run(desk.plumb("send"), "").await.exits(1);
    assert!(ran.stderr.contains(".refused is not taken"), "{ran}");
    assert_eq!(desk.kept(), ["refused"; 3]);
    let again = run(desk.plumb("send"), "").await.exits(0);
    assert_eq!(again.stdout, "0 sent\n");
    // One that cannot be read keeps no other back.
    fs::create_dir(runs.join("2.ended")).expect("no record");
    let _ = run(desk.run_nowhere("exit 4"), "").await.exits(4);
    let ran = run(desk.plumb("send"), "").await.exits(1);
    assert_eq!(ran.stdout, "1 sent\n");
    assert!(ran.stderr.contains("2.ended"), "{ran}");
}
