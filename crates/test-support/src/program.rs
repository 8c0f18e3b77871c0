//! The services as programs of their own, started as an operator starts them.

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use crate::{Api, Installation, eventually, unique};

/// A service that runs in a process of its own, with a log of JSON lines. It ends with the test.
#[derive(Debug)]
pub struct Program {
    /// Where it serves.
    pub url: String,
    child: Child,
    log: PathBuf,
}

impl Installation {
    /// Starts the program `meta` with this filter of its log, and waits until it is ready.
    ///
    /// # Panics
    /// When it has not been built, or does not start.
    pub async fn meta_program(&self, filter: &str) -> Program {
        self.meta_program_with(filter, &[]).await
    }

    /// As [`Installation::meta_program`], with some variables of its environment set otherwise.
    ///
    /// # Panics
    /// When it has not been built, or does not start.
    pub async fn meta_program_with(&self, filter: &str, changes: &[(&str, &str)]) -> Program {
        let mut settings = self.meta_settings();
        let changes = changes.iter();
        settings.extend(changes.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        Program::start("meta", settings, filter, self).await
    }

    /// The program `meta` with these arguments, to be run on the store with some variables of its
    /// environment set otherwise.
    #[must_use]
    pub fn meta_command(&self, arguments: &[&str], changes: &[(&str, &str)]) -> Command {
        let mut command = Command::new(programs().join("meta"));
        command
            .args(arguments)
            .env_clear()
            .envs(self.meta_settings());
        command.envs(changes.iter().copied()).stdin(Stdio::null());
        command
    }

    /// Starts the program `manager` with this filter of its log, and waits until it is ready.
    ///
    /// # Panics
    /// When it has not been built, or does not start.
    pub async fn manager_program(&self, meta_url: &str, filter: &str) -> Program {
        self.manager_program_with(meta_url, filter, &[]).await
    }

    /// As [`Installation::manager_program`], with some variables of its environment set otherwise.
    ///
    /// # Panics
    /// When it has not been built, or does not start.
    pub async fn manager_program_with(
        &self,
        meta_url: &str,
        filter: &str,
        changes: &[(&str, &str)],
    ) -> Program {
        let mut settings = self.manager_settings(meta_url);
        let changes = changes.iter();
        settings.extend(changes.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        Program::start("manager", settings, filter, self).await
    }
}

impl Program {
    async fn start(
        name: &'static str,
        settings: Vec<(String, String)>,
        filter: &str,
        installation: &Installation,
    ) -> Self {
        let log = std::env::temp_dir().join(unique(name));
        let prefix = name.to_uppercase();
        let child = Command::new(programs().join(name))
            .arg("serve")
            .env_clear()
            .envs(settings)
            .env(format!("{prefix}__SERVER__PORT"), "0")
            .env(format!("{prefix}__LOG__FORMAT"), "json")
            .env("RUST_LOG", filter)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(File::create(&log).expect("a file for the log"))
            .spawn()
            .expect("the program can be run");
        let mut program = Self {
            url: String::new(),
            child,
            log,
        };
        let listens = format!("{name} listens");
        program.url = eventually(&listens, async || {
            let ended = program.child.try_wait().expect("a child of ours");
            assert!(ended.is_none(), "{name}: {ended:?}: {}", program.log());
            let log = program.log();
            let line = log.lines().find(|line| line.contains(&listens))?;
            let line: Value = serde_json::from_str(line).expect("a line of JSON");
            Some(format!("http://{}", line["address"].as_str()?))
        })
        .await;
        let api = installation.api(&program.url, None);
        eventually(&format!("{name} to be ready"), async || {
            (api.get("/health/ready").await.status == 200).then_some(())
        })
        .await;
        program
    }

    /// A client with this token.
    #[must_use]
    pub fn api(&self, installation: &Installation, token: String) -> Api {
        installation.api(&self.url, Some(token))
    }

    /// Its process.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Sends it a signal.
    ///
    /// # Panics
    /// When it has ended.
    pub fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).expect("it runs");
    }

    /// Ends it by a signal that it need not survive, and waits for that. Answers how it ended.
    ///
    /// # Panics
    /// When it goes on.
    pub async fn end(&mut self, signal: Signal) -> ExitStatus {
        self.signal(signal);
        eventually("the program to end", async || {
            self.child.try_wait().expect("a child of ours")
        })
        .await
    }

    /// What it has logged so far.
    ///
    /// # Panics
    /// When the file is gone.
    #[must_use]
    pub fn log(&self) -> String {
        let log = fs::read(&self.log).expect("the log");
        String::from_utf8(log).expect("the log is UTF-8")
    }

    /// The lines of its log, each of which must be a JSON object.
    ///
    /// # Panics
    /// When one is none.
    #[must_use]
    pub fn lines(&self) -> Vec<Value> {
        let log = self.log();
        // The last one may be on its way.
        let whole = log.rfind('\n').map_or("", |end| &log[..end]);
        let parse = |line| match serde_json::from_str::<Value>(line) {
            Ok(object) if object.is_object() => object,
            _ => panic!("no JSON object: {line}"),
        };
        whole.lines().map(parse).collect()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It keeps nothing that a kill could spoil, and one that has ended is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
        if std::thread::panicking() {
            eprintln!("left for reading: {}", self.log.display());
        } else {
            let _ = fs::remove_file(&self.log);
        }
    }
}

/// The folder with the programs `meta` and `manager`. Cargo builds them there for the tests of their own packages, so they
/// are of the same build as all tests when the workspace is tested.
///
/// # Panics
/// When one is missing, since only another package is tested.
#[must_use]
pub fn programs() -> PathBuf {
    let test = std::env::current_exe().expect("a test knows its program");
    // target/debug/deps/it-0123456789abcdef
    let folder = test.ancestors().nth(2).expect("cargo's folders");
    for name in ["meta", "manager"] {
        let program = folder.join(name);
        assert!(
            program.is_file(),
            "there is no {}: `cargo test --no-run --package meta --package manager` builds it, as `tests/run` does",
            program.display()
        );
    }
    folder.to_owned()
}
