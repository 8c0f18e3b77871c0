//! A running `plumb up`.

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Child, ExitStatus};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use test_support::{eventually, unique};
use tokio::time::{sleep, timeout};

use crate::home::Home;

/// How long anything may take to end while a test cleans up.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often to look whether it has.
const EVERY: Duration = Duration::from_millis(20);

/// A `plumb up`, which ends with the test.
#[derive(Debug)]
pub(crate) struct Up {
    child: Child,
    stdout: PathBuf,
    stderr: PathBuf,
}

impl Up {
    /// Starts one on free ports.
    pub(crate) fn start(home: &Home, arguments: &[&str]) -> Self {
        let (stdout, stderr) = (home.beside(&unique("out")), home.beside(&unique("err")));
        let file = |path| File::create(path).expect("a file for the output");
        let mut command = home.plumb();
        command
            .args(["up", "--meta-port", "0", "--manager-port", "0"])
            .args(arguments)
            .stdout(file(&stdout))
            .stderr(file(&stderr));
        Self {
            child: command.spawn().expect("plumb can be run"),
            stdout,
            stderr,
        }
    }

    /// Waits until it has said that all is ready.
    pub(crate) async fn wait_until_ready(&mut self) {
        eventually("plumb up to be ready", async || {
            let ended = self.child.try_wait().expect("a child of ours");
            if let Some(status) = ended {
                panic!("plumb up: {status}");
            }
            let said = self.stdout();
            let whole = said.ends_with("Ctrl-C stops it.\n")
                || serde_json::from_str::<Value>(&said).is_ok();
            whole.then_some(())
        })
        .await;
    }

    /// What it has said on standard output.
    pub(crate) fn stdout(&self) -> String {
        fs::read_to_string(&self.stdout).expect("the output")
    }

    /// What it has said on standard error.
    pub(crate) fn stderr(&self) -> String {
        fs::read_to_string(&self.stderr).expect("the log")
    }

    /// Its process.
    pub(crate) fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }

    /// Waits until it has ended, of itself or by a signal.
    pub(crate) async fn ended(&mut self) -> ExitStatus {
        eventually("plumb up to end", async || {
            self.child.try_wait().expect("a child of ours")
        })
        .await
    }

    /// Tells it to stop; it must end well.
    pub(crate) async fn stop(mut self, signal: Signal) {
        kill_process(self.pid(), signal).expect("plumb up runs");
        let status = self.ended().await;
        assert_eq!(status.code(), Some(0), "{status}: {}", self.stderr());
    }

    /// Kills it as nothing else ends it: it cannot clean up.
    pub(crate) async fn kill(mut self) {
        kill_process(self.pid(), Signal::KILL).expect("plumb up runs");
        let status = self.ended().await;
        assert_eq!(status.code(), None, "{status}: {}", self.stderr());
    }
}

impl Drop for Up {
    fn drop(&mut self) {
        if std::thread::panicking() {
            // The files are gone soon.
            let said = fs::read_to_string(&self.stderr).unwrap_or_default();
            eprintln!("--- plumb up said\n{said}");
        }
        let child = &mut self.child;
        if matches!(child.try_wait(), Ok(Some(_))) {
            return;
        }
        // It stops its store, even one that it is only making.
        let _ = kill_process(Pid::from_child(child), Signal::TERM);
        if !wait_in_drop(|| !matches!(child.try_wait(), Ok(None))) {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// Looks at a condition until it holds, on a thread of its own, since `drop` cannot await. False
/// when it never did.
pub(crate) fn wait_in_drop(mut holds: impl FnMut() -> bool + Send) -> bool {
    let wait = async {
        while !holds() {
            sleep(EVERY).await;
        }
    };
    let work = || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let held = runtime.block_on(async { timeout(PATIENCE, wait).await });
        std::io::Result::Ok(held.is_ok())
    };
    let ended = std::thread::scope(|scope| scope.spawn(work).join());
    matches!(ended, Ok(Ok(true)))
}
