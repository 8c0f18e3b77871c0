//! No secret is in anything that `plumb` prints or logs, however much it logs, nor in what others see of its processes.

use std::fs;

use rustix::process::Signal;
use test_support::{Canary, Folder, Listener, refused_port};

use crate::home::Home;
use crate::ran::Ran;
use crate::up::Up;

/// All that was said, and what must not be in it.
struct Case {
    canary: Canary,
    /// The file and the variable that hold it too.
    folder: Folder,
    home: Home,
    said: Vec<String>,
}

impl Case {
    fn new() -> Self {
        let (canary, folder) = (Canary::new(), Folder::new());
        folder.write("password", &canary.password);
        let home = Home::with(&[
            ("META__SECRETS__ALLOW_FILES_IN", folder.path()),
            ("META__SECRETS__ALLOW_ENV", "SOURCE_PASSWORD"),
            ("SOURCE_PASSWORD", &canary.password),
        ]);
        Self {
            canary,
            folder,
            home,
            said: Vec::new(),
        }
    }

    /// Runs a command at its most talkative, which reads the password if it asks for it.
    async fn run(&mut self, line: &[&str]) -> Ran {
        let arguments = [line, &["--log", "trace"]].concat();
        let ran = self.home.run_with(&arguments, &self.canary.password).await;
        self.said.push(ran.to_string());
        ran
    }

    /// Registers a server at which nobody listens, and has the commands fail that connect to it.
    async fn fails(&mut self, name: &str, port: &str, password: &[&str]) {
        let add = "source add --type mysql --host 127.0.0.1 --username reader";
        let add: Vec<_> = add.split_whitespace().collect();
        let line = [&add[..], &["--name", name, "--port", port], password].concat();
        let _ = self.run(&line).await.exits(0);
        let edit = [&["source", "edit", name][..], password].concat();
        let _ = self.run(&edit).await.exits(0);
        for (line, code) in [
            (&["source", "test", name][..], 1),
            (&["sync", name, "--force", "--follow"], 1),
            (&["deep-scan", name, "nowhere", "--follow"], 1),
            (&["source", "show", name], 0),
            (&["source", "list", "--format", "json"], 0),
        ] {
            let _ = self.run(line).await.exits(code);
        }
    }
}

#[tokio::test]
async fn no_secret_is_printed_or_logged() {
    let mut case = Case::new();
    let up = case.home.up(&["--demo", "--log", "trace"]).await;
    let (_socket, closed) = refused_port();
    let closed = closed.to_string();
    let file = format!("file:{}/password", case.folder.path());
    for (name, password) in [
        ("given", &["--password-stdin"][..]),
        ("of-a-file", &["--password-from", &file]),
        ("of-a-variable", &["--password-from", "env:SOURCE_PASSWORD"]),
    ] {
        case.fails(name, &closed, password).await;
    }
    let shown = case.run(&["source", "show", "of-a-file"]).await.exits(0);
    assert!(shown.stdout.contains(&file), "{shown}");
    let refused = ["source", "edit", "given", "--password-from", "env:HOME"];
    case.run(&refused)
        .await
        .only_says(1, &["secrets.allow_env"]);
    nobody_sees_it(&case, &up).await;

    let server_log = case.home.data_dir().join("postgres/server.log");
    case.said.extend([
        up.stdout(),
        up.stderr(),
        fs::read_to_string(server_log).expect("a log"),
    ]);
    assert!(up.stderr().contains("TRACE"), "it was talkative");
    let secrets = fs::read_to_string(case.home.data_dir().join("secrets")).expect("DIR/secrets");
    let values = secrets.lines().filter_map(|line| line.split_once('='));
    let mut secret: Vec<_> = values.map(|(_, value)| value.to_owned()).collect();
    assert_eq!(secret.len(), 9, "eight, and the one of the sample");
    secret.push(case.home.env().token);
    for text in &case.said {
        case.canary.assert_absent("an output", text);
        let leaks: Vec<_> = text
            .lines()
            .filter(|line| secret.iter().any(|value| line.contains(value)))
            .collect();
        assert_eq!(leaks, Vec::<&str>::new());
    }
    up.stop(Signal::TERM).await;
}

/// Not even while it is used: by `plumb scan` and by the service in `plumb up`, to whose store it is nothing.
async fn nobody_sees_it(case: &Case, up: &Up) {
    let silent = Listener::silent().await;
    let port = silent.port.to_string();
    let url = format!("mysql://reader@127.0.0.1:{port}/shop");
    // What is given to these two in their environment is there for them to see.
    let canary = Canary::new();
    let home = Home::new();
    let scan = ["scan", &url, "--password-stdin", "--log", "trace"];
    let look = async {
        silent.connected().await;
        canary.assert_in_no_process(&[]);
        drop(silent);
    };
    let (ran, ()) = tokio::join!(home.run_with(&scan, &canary.password), look);
    canary.assert_absent("plumb scan", &ran.exits(1).to_string());
    case.canary
        .assert_in_no_process(&[up.pid().as_raw_nonzero().get().cast_unsigned()]);
}
