//! `plumb job run`: a command of somebody else's, and a record of its run.

mod output;
mod reporter;
mod signals;
mod tail;

use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{ExitStatus, Stdio};

use models::job::JobStatus;
use models::{Clock, Ids};
use rustix::process::Signal;
use serde_json::{Map, Value, json};
use tokio::process::{Child, Command};
use tokio::sync::{Notify, watch};
use tokio::time::sleep;

use self::output::{Counts, GRACE, Streams};
use self::reporter::{End, Identity, Reporter};
use self::signals::{Signals, die_of, send};
use crate::args::JobRunArguments;
use crate::client::connection::Meta;
use crate::data_dir::DataDir;
use crate::error::Outcome;
use crate::output::hint;

/// What shells answer for a command that is not there, and for one that is there and cannot be run.
const NOT_FOUND: u8 = 127;
const NOT_RUN: u8 = 126;

/// Runs the command, and ends as it ends.
pub(super) async fn run(arguments: &JobRunArguments, data_dir: Option<&Path>) -> Outcome {
    let clock = Clock::system();
    let identity = Identity {
        name: Ids::random().next().to_string(),
        job_type: arguments.job_type.clone(),
        target_scope: arguments.scope.clone(),
        program: program(arguments),
        started_at: clock.now(),
    };
    let (told, counts) = watch::channel(Counts {
        total: arguments.total,
        ..Counts::default()
    });
    // What plumb gets before there is a command waits for it.
    let mut signals = Signals::listen();
    // Nothing that the record needs comes before the command.
    let spawned = spawn(arguments);
    let mut reporter = Reporter::new(
        identity,
        Meta::connect(&arguments.connection, data_dir),
        DataDir::choose(data_dir, crate::variable),
    );
    let mut child = match spawned {
        Ok(child) => child,
        Err(error) => {
            let (code, end) = never_began(arguments, &error, &clock);
            let counts = counts.borrow().clone();
            reporter.end(&counts, end).await;
            return Outcome::Exit(code);
        }
    };
    let mut streams = Streams::listen(&mut child, &told);
    let cancel = Notify::new();
    let (ended, is_cancelled) = tokio::select! {
        ended = supervise(&mut child, &mut signals, &cancel) => ended,
        never = reporter.keep_up(counts.clone(), &cancel) => never,
    };
    let completed_at = clock.now();
    tokio::select! {
        () = streams.end() => {}
        // Nobody takes the output, and there is no command any more that could be told.
        () = given_up(&mut signals) => {}
    }
    let counts = counts.borrow().clone();
    let status = status(&ended, is_cancelled, &counts);
    let end = End {
        status,
        completed_at,
        // Many programs say there how they come on: of no use where all went well.
        error_details: streams
            .tail()
            .filter(|_| status != JobStatus::Success)
            .or_else(|| unsaid(&ended)),
        result: result(&ended),
    };
    reporter.end(&counts, end).await;
    outcome(&ended)
}

/// The program by its name alone: arguments may be secrets.
fn program(arguments: &JobRunArguments) -> String {
    let command = Path::new(&arguments.command[0]);
    let name = command.file_name().unwrap_or(command.as_os_str());
    name.to_string_lossy().into_owned()
}

fn spawn(arguments: &JobRunArguments) -> std::io::Result<Child> {
    Command::new(&arguments.command[0])
        .args(&arguments.command[1..])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
}

fn never_began(arguments: &JobRunArguments, error: &std::io::Error, clock: &Clock) -> (u8, End) {
    let detail = format!("{} cannot be run: {error}", arguments.command[0].display());
    hint(&format!("plumb: {}", crate::output::plain(&detail)));
    let is_absent = error.kind() == std::io::ErrorKind::NotFound;
    let code = if is_absent { NOT_FOUND } else { NOT_RUN };
    let end = End {
        status: JobStatus::Failed,
        completed_at: clock.now(),
        error_details: Some(detail),
        result: Map::from_iter([("exit_code".to_owned(), json!(code))]),
    };
    (code, end)
}

/// Waits for the end of the command, which gets what plumb gets. Answers with whether it was asked to stop,
/// too.
async fn supervise(
    child: &mut Child,
    signals: &mut Signals,
    cancel: &Notify,
) -> (std::io::Result<ExitStatus>, bool) {
    let mut is_cancelled = false;
    loop {
        tokio::select! {
            ended = child.wait() => return (ended, is_cancelled),
            signal = signals.next() => send(signal, child.id()),
            // Once: many programs take the second one for an order to drop everything.
            () = cancel.notified(), if !is_cancelled => {
                is_cancelled = true;
                send(Signal::TERM, child.id());
            }
        }
    }
}

/// Waits until plumb is asked to end, and a little longer: it may be the signal that has ended the command.
async fn given_up(signals: &mut Signals) {
    signals.end().await;
    sleep(GRACE).await;
}

fn status(ended: &std::io::Result<ExitStatus>, is_cancelled: bool, counts: &Counts) -> JobStatus {
    match ended {
        Ok(ended) if ended.success() && counts.failed.unwrap_or(0) > 0 => JobStatus::Partial,
        Ok(ended) if ended.success() => JobStatus::Success,
        _ if is_cancelled => JobStatus::Cancelled,
        _ => JobStatus::Failed,
    }
}

/// Why a command failed that says nothing of it.
fn unsaid(ended: &std::io::Result<ExitStatus>) -> Option<String> {
    match ended {
        Ok(ended) if ended.success() => None,
        Ok(ended) => Some(format!("{ended}, with nothing on standard error")),
        Err(error) => Some(error.to_string()),
    }
}

fn result(ended: &std::io::Result<ExitStatus>) -> Map<String, Value> {
    let (name, value) = match ended {
        Ok(ended) => match ended.signal() {
            Some(signal) => ("signal", json!(signal)),
            None => ("exit_code", json!(ended.code())),
        },
        Err(error) => ("error", json!(error.to_string())),
    };
    Map::from_iter([(name.to_owned(), value)])
}

/// As the command ended, so does plumb.
fn outcome(ended: &std::io::Result<ExitStatus>) -> Outcome {
    let code = match ended {
        Ok(ended) => match ended.signal() {
            Some(signal) => die_of(signal),
            None => ended
                .code()
                .and_then(|code| u8::try_from(code).ok())
                .unwrap_or(1),
        },
        Err(error) => {
            hint(&format!(
                "plumb: the end of the command cannot be known: {error}"
            ));
            1
        }
    };
    Outcome::Exit(code)
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};

    use super::*;

    #[tokio::test]
    async fn the_wish_to_stop_reaches_the_command_once() {
        let shell = "trap 'echo told' TERM; echo ready; until read line; do :; done; echo done";
        let mut child = Command::new("sh")
            .args(["-c", shell])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("a shell");
        let mut stdin = child.stdin.take().expect("a pipe");
        let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let (mut signals, cancel) = (Signals::listen(), Notify::new());
        let asks = async {
            let mut said = Vec::new();
            while let Some(line) = lines.next_line().await.expect("a pipe") {
                match line.as_str() {
                    "ready" => cancel.notify_one(),
                    "told" => {
                        // The other half looks before the command is told to go on.
                        cancel.notify_one();
                        tokio::task::yield_now().await;
                        stdin.write_all(b"\n").await.expect("it reads");
                    }
                    _ => {}
                }
                said.push(line);
            }
            said
        };
        let supervised = supervise(&mut child, &mut signals, &cancel);
        let ((ended, is_cancelled), said) = tokio::join!(supervised, asks);
        assert_eq!(said, ["ready", "told", "done"]);
        assert!(ended.expect("an end").success() && is_cancelled);
    }
}
