//! A data directory, and the commands on it.

use std::ffi::OsStr;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use test_support::{Api, unique};
use tokio::io::AsyncWriteExt as _;
use tokio::time::timeout;

use crate::ran::Ran;
use crate::up::{Up, wait_in_drop};

/// How long a command may take that ends by itself.
const COMMAND_LIMIT: Duration = Duration::from_mins(1);
/// What the names of variables begin with that change what `plumb` does.
const SETTINGS: [&str; 5] = ["PLUMB_", "META__", "MANAGER__", "PG", "RUST_LOG"];

/// A data directory of a test's own. The store on it ends with the test, and it is removed.
#[derive(Debug)]
pub(crate) struct Home {
    root: PathBuf,
    /// Variables that commands find besides.
    variables: Vec<(String, String)>,
}

/// What `DIR/env` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Env {
    pub(crate) meta_url: String,
    pub(crate) manager_url: String,
    pub(crate) token: String,
}

impl Home {
    pub(crate) fn new() -> Self {
        Self::with(&[])
    }

    /// One whose commands find these variables.
    pub(crate) fn with(variables: &[(&str, &str)]) -> Self {
        // Not TMPDIR: the account that runs the store for root must get there, and a socket's path
        // is short.
        let above = Path::new("/tmp").canonicalize().expect("there is /tmp");
        let root = above.join(unique("plumb_it"));
        fs::create_dir(&root).expect("/tmp can be written");
        let variables = variables.iter();
        let variables = variables.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let home = Self {
            root,
            variables: variables.collect(),
        };
        // Whatever the umask: others pass through.
        fs::set_permissions(&home.root, Permissions::from_mode(0o755)).expect("a mode of ours");
        home
    }

    /// A file beside the data directory.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    /// The data directory; `plumb` makes it.
    pub(crate) fn data_dir(&self) -> PathBuf {
        self.root.join("data")
    }

    /// `plumb` with the data directory, and no setting from the environment of the tests.
    pub(crate) fn plumb(&self) -> Command {
        let mut command = self.plumb_anywhere();
        command.arg("--data-dir").arg(self.data_dir());
        command
    }

    /// `plumb` without a data directory.
    pub(crate) fn plumb_anywhere(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_plumb"));
        command.current_dir(&self.root).stdin(Stdio::null());
        for (name, _) in service_kit::config::environment() {
            if SETTINGS
                .iter()
                .any(|it| name.to_uppercase().starts_with(it))
            {
                command.env_remove(name);
            }
        }
        // A schedule that ticks at its own time would make tests differ from each other.
        command.env("META__SYNC__AUTOMATIC", "false");
        let variables = self.variables.iter();
        command.envs(variables.map(|(name, value)| (name, value)));
        command
    }

    /// Runs a command to its end.
    pub(crate) async fn run(&self, arguments: &[impl AsRef<OsStr>]) -> Ran {
        self.run_with(arguments, "").await
    }

    /// Runs a command to its end which reads `input`.
    pub(crate) async fn run_with(&self, arguments: &[impl AsRef<OsStr>], input: &str) -> Ran {
        let mut command = self.plumb();
        command.args(arguments);
        run(command, input).await
    }

    /// Starts `plumb up` on free ports, and waits until it says that all is ready.
    pub(crate) async fn up(&self, arguments: &[&str]) -> Up {
        let mut up = Up::start(self, arguments);
        up.wait_until_ready().await;
        up
    }

    /// What `DIR/env` says, which must be just that.
    pub(crate) fn env(&self) -> Env {
        let text = fs::read_to_string(self.data_dir().join("env")).expect("DIR/env");
        let lines: Vec<(&str, &str)> = text.lines().filter_map(|it| it.split_once('=')).collect();
        let [
            ("PLUMB_META_URL", meta_url),
            ("PLUMB_MANAGER_URL", manager_url),
            ("PLUMB_TOKEN", token),
        ] = lines[..]
        else {
            panic!("not the three variables: {text}");
        };
        Env {
            meta_url: meta_url.to_owned(),
            manager_url: manager_url.to_owned(),
            token: token.to_owned(),
        }
    }

    /// The file in which the store's server leaves its number while it runs.
    pub(crate) fn pid_file(&self) -> PathBuf {
        self.cluster().join("postmaster.pid")
    }

    /// The store's server, if it runs.
    pub(crate) fn postmaster(&self) -> Option<Pid> {
        let text = fs::read_to_string(self.pid_file()).ok()?;
        let number: i32 = text.lines().next()?.trim().parse().ok()?;
        let pid = Pid::from_raw(number)?;
        // The number may be another program's by now. Linux tells; elsewhere, believe the file.
        let ours = match fs::read(format!("/proc/{number}/cmdline")) {
            Ok(command) => {
                let cluster = self.cluster();
                String::from_utf8_lossy(&command).contains(&*cluster.to_string_lossy())
            }
            Err(_) => !Path::new("/proc/self").exists() && test_kill_process(pid).is_ok(),
        };
        ours.then_some(pid)
    }

    fn cluster(&self) -> PathBuf {
        self.data_dir().join("postgres")
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        // Nothing is left of it after a test that went well.
        for signal in [Signal::QUIT, Signal::KILL] {
            let Some(server) = self.postmaster() else {
                break;
            };
            // One that has just gone is as good.
            let _ = kill_process(server, signal);
            wait_in_drop(|| self.postmaster().is_none());
        }
        if let Err(error) = fs::remove_dir_all(&self.root) {
            eprintln!("left behind: {}: {error}", self.root.display());
        }
    }
}

/// A client of the service at `url`.
pub(crate) fn api(url: &str, token: &str) -> Api {
    let client = service_kit::http_client().expect("this machine can do HTTP");
    Api::new(client, url, Some(token.to_owned()))
}

/// Runs `plumb` to its end.
pub(crate) async fn run(command: Command, input: &str) -> Ran {
    let arguments: Vec<_> = command.get_args().map(|it| it.to_string_lossy()).collect();
    let line = arguments.join(" ");
    let mut child = tokio::process::Command::from(command)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .expect("plumb can be run");
    let mut stdin = child.stdin.take().expect("a pipe");
    // A command that does not read may be gone already.
    let _ = stdin.write_all(input.as_bytes()).await;
    drop(stdin);
    let output = timeout(COMMAND_LIMIT, child.wait_with_output()).await;
    let Ok(output) = output else {
        panic!("plumb {line} does not end");
    };
    let output = output.expect("what plumb says");
    let text = |bytes| String::from_utf8(bytes).expect("plumb writes UTF-8");
    Ran {
        line,
        code: output.status.code(),
        stdout: text(output.stdout),
        stderr: text(output.stderr),
    }
}
