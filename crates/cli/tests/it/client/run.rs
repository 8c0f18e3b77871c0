//! `plumb job run`.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Command, ExitStatus, Stdio};
use std::time::Duration;

use models::Role;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use test_support::{Installation, Meta, TENANT, assert_has, eventually};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::process::{Child, ChildStdin, ChildStdout};
use tokio::time::timeout;

use crate::home::{Home, run};
use crate::ran::Ran;

const JOBS: &str = "/api/metadata/jobs";
/// How long a command may take that is told to end.
const LIMIT: Duration = Duration::from_mins(1);

/// A `meta`, and a data directory for what it does not take.
pub(super) struct Desk {
    pub(super) home: Home,
    pub(super) meta: Meta,
}

impl Desk {
    pub(super) async fn new() -> Self {
        let workers = ("META__WORKERS__CONCURRENCY", "0");
        let meta = Installation::new().await.meta_with(&[workers]).await;
        let home = Home::new();
        Self { home, meta }
    }

    /// `plumb job VERB` for this `meta`.
    pub(super) fn plumb(&self, verb: &str) -> Command {
        self.plumb_at(&self.meta.url, verb)
    }

    pub(super) fn plumb_at(&self, url: &str, verb: &str) -> Command {
        let token = self.meta.installation.token(TENANT, Role::Operator);
        let mut command = self.home.plumb();
        command.args(["job", verb, "--meta-url", url, "--token", &token]);
        command
    }

    /// The arguments after `plumb job run`.
    pub(super) fn run(&self, shell: &str) -> Command {
        self.run_at(&self.meta.url, shell)
    }

    pub(super) fn run_at(&self, url: &str, shell: &str) -> Command {
        of_shell(self.plumb_at(url, "run"), shell)
    }

    /// A run that nothing says where to record.
    pub(super) fn run_nowhere(&self, shell: &str) -> Command {
        let mut command = self.home.plumb();
        command.args(["job", "run"]);
        of_shell(command, shell)
    }

    /// The one job there is.
    pub(super) async fn job(&self) -> Value {
        let mut jobs = self.jobs().await;
        assert_eq!(jobs.len(), 1, "{jobs:?}");
        jobs.remove(0)
    }

    pub(super) async fn jobs(&self) -> Vec<Value> {
        let listed = self.meta.admin().get(JOBS).await.expect(200);
        listed["items"].as_array().expect("items").clone()
    }

    /// The records in the data directory.
    pub(super) fn kept(&self) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.home.data_dir().join("runs")) else {
            return Vec::new();
        };
        let names = entries.map(|entry| entry.expect("an entry").path());
        let endings = names.filter_map(|path| Some(path.extension()?.to_str()?.to_owned()));
        endings.collect()
    }
}

/// As `plumb job run --type T --scope S -- sh -c SHELL`.
fn of_shell(mut command: Command, shell: &str) -> Command {
    let arguments = ["--type", "AI_ETL", "--scope", "all_biz", "--", "sh", "-c"];
    command.args(arguments).arg(shell);
    command
}

/// The same for one that gets every signal, whatever the tests were started to ignore, as by `nohup`.
fn heeding(command: &Command) -> Command {
    let mut heeding = Command::new("env");
    heeding
        .arg("--default-signal")
        .arg(command.get_program())
        .args(command.get_args());
    heeding
}

/// A command that goes on until it is told something.
pub(super) struct Going {
    child: Child,
    stdin: ChildStdin,
    stdout: tokio::io::Lines<BufReader<ChildStdout>>,
}

impl Going {
    pub(super) fn start(command: Command) -> Self {
        let mut child = tokio::process::Command::from(command)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("plumb can be run");
        let stdin = child.stdin.take().expect("a pipe");
        let stdout = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        Self {
            child,
            stdin,
            stdout,
        }
    }

    pub(super) async fn says(&mut self, line: &str) {
        let said = timeout(LIMIT, self.stdout.next_line()).await;
        let said = said.expect("in time").expect("a pipe");
        assert_eq!(said.as_deref(), Some(line));
    }

    pub(super) fn signal(&self, signal: Signal) {
        let number = self.child.id().and_then(|id| i32::try_from(id).ok());
        let pid = number.and_then(Pid::from_raw).expect("it goes on");
        kill_process(pid, signal).expect("a signal");
    }

    pub(super) async fn ends(mut self) -> ExitStatus {
        let ended = timeout(LIMIT, self.child.wait()).await;
        ended.expect("in time").expect("an end")
    }
}

#[tokio::test]
async fn a_command_runs_as_it_would_alone() {
    let desk = Desk::new().await;
    let shell = r#"cat; echo "to err" >&2; echo '{"plumb":{"processed":200,"failed":3}}'; printf 'no end'; exit 7"#;
    let mut command = desk.plumb("run");
    command.args(["--total", "1000"]);
    let ran: Ran = run(of_shell(command, shell), "line one\nline two\n")
        .await
        .exits(7);
    let told = "line one\nline two\n{\"plumb\":{\"processed\":200,\"failed\":3}}\nno end";
    assert_eq!(
        (ran.stdout.as_str(), ran.stderr.as_str()),
        (told, "to err\n")
    );
    let job = desk.job().await;
    assert_has(
        &job,
        &json!({
            "job_type": "AI_ETL", "target_scope": "all_biz", "status": "FAILED", "trigger": "external",
            "requested_by": "ada", "records_total": 1000, "records_processed": 200, "records_failed": 3,
            "error_details": "to err\n", "result": { "exit_code": 7 }, "parameters": { "program": "sh" },
        }),
    );
    assert!(
        job["started_at"].as_str() <= job["completed_at"].as_str(),
        "{job}"
    );
    assert_eq!(desk.kept(), [""; 0], "nothing is left of what was sent");
}

#[tokio::test]
async fn a_success_is_partial_where_records_failed() {
    let desk = Desk::new().await;
    let whole = r#"echo quiet >&2; echo '{"plumb":{"total":2,"processed":2}}'"#;
    let _ = run(desk.run(whole), "").await.exits(0);
    let some = r#"echo one of them >&2; echo '{"plumb":{"failed":1}}' >&2"#;
    let _ = run(desk.run(some), "").await.exits(0);
    let jobs = desk.jobs().await;
    assert_has(
        &jobs[1],
        &json!({ "status": "SUCCESS", "records_total": 2, "error_details": null }),
    );
    assert_has(
        &jobs[0],
        &json!({ "status": "PARTIAL", "records_failed": 1, "result": { "exit_code": 0 } }),
    );
    assert!(
        jobs[0]["error_details"].to_string().contains("one of them"),
        "{jobs:?}"
    );
}

#[tokio::test]
async fn the_last_of_its_errors_is_kept() {
    let desk = Desk::new().await;
    let shell = "head -c 200000 /dev/zero | tr '\\0' x >&2; printf 'the end' >&2; exit 1";
    let ran = run(desk.run(shell), "").await.exits(1);
    assert_eq!(ran.stderr.len(), 200_007);
    let job = desk.job().await;
    let kept = job["error_details"].as_str().expect("errors");
    assert!(
        kept.len() == 65536 && kept.ends_with("xxthe end"),
        "{}",
        kept.len()
    );
}

#[tokio::test]
async fn a_command_that_is_not_there_is_a_failed_run() {
    let desk = Desk::new().await;
    let file = desk.home.beside("no-program");
    fs::write(&file, "").expect("a file");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).expect("a mode");
    for (program, code) in [
        ("no-such-program", 127),
        (file.to_str().expect("text"), 126),
    ] {
        let mut command = desk.plumb("run");
        command.args(["--type", "AI_ETL", "--scope", program, "--", program]);
        run(command, "")
            .await
            .only_says(code, &[program, "cannot be run"]);
    }
    let jobs = desk.jobs().await;
    assert_has(
        &jobs[1],
        &json!({ "status": "FAILED", "result": { "exit_code": 127 } }),
    );
    assert_has(
        &jobs[0],
        &json!({ "status": "FAILED", "result": { "exit_code": 126 } }),
    );
    for job in jobs {
        assert!(
            job["error_details"].to_string().contains("cannot be run"),
            "{job}"
        );
    }
    for wrong in [
        &["--type", "MEASURE", "--scope", "s", "--", "true"][..],
        &["--type", "etl", "--scope", "s", "--", "true"],
        &["--type", "ETL", "--scope", "", "--", "true"],
        &[
            "--type", "ETL", "--scope", "s", "--total", "-1", "--", "true",
        ],
        &["--type", "ETL", "--scope", "s"],
    ] {
        let mut command = desk.plumb("run");
        command.args(wrong);
        let _ = run(command, "").await.exits(2);
    }
}

#[tokio::test]
async fn signals_reach_the_command_and_its_own_ends_plumb() {
    let desk = Desk::new().await;
    for (name, signal) in [
        ("TERM", Signal::TERM),
        ("HUP", Signal::HUP),
        ("USR1", Signal::USR1),
    ] {
        let shell = format!("trap 'kill $!; exit 9' {name}; sleep 1000 & echo ready; wait");
        let mut going = Going::start(heeding(&desk.run(&shell)));
        going.says("ready").await;
        going.signal(signal);
        assert_eq!(going.ends().await.code(), Some(9), "{name}");
    }
    for (name, number) in [("TERM", 15), ("KILL", 9), ("INT", 2)] {
        let going = Going::start(heeding(&desk.run(&format!("kill -{name} $$"))));
        assert_eq!(going.ends().await.signal(), Some(number), "{name}");
        let last = &desk.jobs().await[0];
        assert_has(
            last,
            &json!({ "status": "FAILED", "result": { "signal": number } }),
        );
        let why = format!("signal: {number} (SIG{name}), with nothing on standard error");
        assert_eq!(last["error_details"], why.as_str());
    }
    // What plumb is started to ignore, the command is not sent.
    let mut ignores = Command::new("sh");
    let plumb = desk.run("kill -TERM $PPID; echo alive");
    let script = r#"trap "" TERM; exec "$0" "$@""#;
    ignores
        .args(["-c", script])
        .arg(plumb.get_program())
        .args(plumb.get_args());
    let ran = run(ignores, "").await.exits(0);
    assert_eq!(ran.stdout, "alive\n");
}

#[tokio::test]
async fn what_it_leaves_behind_keeps_nobody_waiting() {
    let desk = Desk::new().await;
    // The other end of its output stays open for as long as the test.
    let shell = r"mkfifo wait; (read line < wait; echo late) & echo done";
    let ran = run(desk.run(shell), "").await.exits(0);
    assert_eq!(ran.stdout, "done\n");
    assert_eq!(desk.job().await["status"], "SUCCESS");
    fs::write(desk.home.beside("wait"), "\n").expect("it reads");
}

#[tokio::test]
async fn bytes_pass_as_they_are() {
    let desk = Desk::new().await;
    let bytes: Vec<u8> = (0..=255).cycle().take(300_000).collect();
    fs::write(desk.home.beside("bytes"), &bytes).expect("a file");
    let command = desk.run("cat bytes; cat bytes >&2");
    let output = timeout(LIMIT, tokio::process::Command::from(command).output()).await;
    let output = output.expect("in time").expect("an end");
    assert!(output.status.success() && output.stdout == bytes && output.stderr == bytes);
}

#[tokio::test]
async fn plumb_ends_when_told_though_nobody_takes_the_output() {
    let desk = Desk::new().await;
    // More than the pipe holds that nobody reads, and less than that and the command's own.
    let shell = "trap '' TERM; echo ready; head -c 100000 /dev/zero; exit 3";
    let mut going = Going::start(desk.run(shell));
    going.says("ready").await;
    let ended = eventually("plumb to end", async || {
        let ended = going.child.try_wait().expect("a child");
        if ended.is_none() {
            going.signal(Signal::TERM);
        }
        ended
    })
    .await;
    assert_eq!(ended.code(), Some(3));
    assert_has(&desk.job().await, &json!({ "result": { "exit_code": 3 } }));
}

#[tokio::test]
async fn progress_and_the_wish_to_stop_pass_while_it_runs() {
    let desk = Desk::new().await;
    let shell = r#"echo ready; while read n; do echo "{\"plumb\":{\"processed\":$n}}"; done"#;
    let mut going = Going::start(desk.run(shell));
    going.says("ready").await;
    going.stdin.write_all(b"200\n").await.expect("it reads");
    let job = eventually("the counts to be there", async || {
        let job = desk.jobs().await.into_iter().next()?;
        (job["records_processed"] == 200).then_some(job)
    })
    .await;
    assert_eq!(job["status"], "RUNNING");
    let cancel = format!("{JOBS}/{}/cancel", job["id"].as_str().expect("an id"));
    let _ = desk
        .meta
        .admin()
        .post(&cancel, &json!({}))
        .await
        .expect(202);
    // With the next report plumb hears of it.
    going.stdin.write_all(b"201\n").await.expect("it reads");
    assert_eq!(going.ends().await.signal(), Some(15));
    assert_has(
        &desk.job().await,
        &json!({ "status": "CANCELLED", "records_processed": 201 }),
    );
}
