//! Running on this machine what the file has run in containers.

use std::fs::File;
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use test_support::{eventually, programs, unique};
use tokio::time::timeout;

use super::compose_file::Service;

/// A machine with loopback in place of the network of the containers.
#[derive(Debug)]
pub(super) struct Host {
    /// Thrown away in the end.
    pub(super) folder: PathBuf,
    /// Each service's name, its port in the container, and its port here.
    ports: Vec<(String, u16, u16)>,
    running: Vec<(String, Running)>,
}

/// A program that runs.
#[derive(Debug)]
struct Running {
    child: Child,
    log: PathBuf,
}

/// The port in the container on which each service is asked for by the others.
const PORTS: [(&str, u16); 3] = [("postgres", 5432), ("meta", 8082), ("manager", 8081)];

impl Host {
    pub(super) fn new() -> Self {
        // Not TMPDIR: the account of PostgreSQL must get there, and a socket's path is short.
        let folder = Path::new("/tmp").join(unique("plumbline_compose"));
        std::fs::create_dir(&folder).expect("/tmp can be written");
        let open = std::fs::Permissions::from_mode(0o777);
        std::fs::set_permissions(&folder, open).expect("the folder is ours");
        let free = free_ports(PORTS.len());
        let ports = PORTS.iter().zip(free);
        let ports = ports.map(|((name, inside), port)| ((*name).to_owned(), *inside, port));
        Self {
            folder,
            ports: ports.collect(),
            running: Vec::new(),
        }
    }

    /// The port of a service on this machine.
    pub(super) fn port(&self, name: &str) -> u16 {
        let found = self.ports.iter().find(|(service, ..)| service == name);
        found.unwrap_or_else(|| panic!("{name} has no port")).2
    }

    /// A program of the images: with the variables that the file gives the service, less what the network of the
    /// containers has to do with, and none besides.
    pub(super) fn command(&self, service: &Service, words: &[String]) -> Command {
        let (program, arguments) = words.split_first().expect("a command");
        let mut command = Command::new("env");
        command
            .arg(program)
            .args(arguments)
            .current_dir(&self.folder)
            .env_clear()
            .env("PATH", path())
            .stdin(Stdio::null());
        for (name, value) in &service.environment {
            command.env(name, self.here(&service.name, name, value));
        }
        command
    }

    /// The value of a variable on this machine.
    fn here(&self, service: &str, name: &str, value: &str) -> String {
        if name.ends_with("__SERVER__ADDRESS") {
            assert_eq!(value, "0.0.0.0", "others must reach {service}");
            return Ipv4Addr::LOCALHOST.to_string();
        }
        if name.ends_with("__SERVER__PORT") {
            return self.port(service).to_string();
        }
        let mut value = value.to_owned();
        for (other, inside, port) in &self.ports {
            for before in ["@", "//"] {
                let there = format!("{before}{other}:{inside}");
                value = value.replace(&there, &format!("{before}127.0.0.1:{port}"));
            }
        }
        value
    }

    /// Starts a program as the one that a service consists of.
    pub(super) fn start(&mut self, service: &Service, mut command: Command) {
        let log = self.folder.join(format!("{}.log", service.name));
        let child = command
            .stdout(File::create(&log).expect("a file of ours"))
            .stderr(File::options().append(true).open(&log).expect("the same"))
            .spawn()
            .unwrap_or_else(|error| panic!("{command:?}: {error}"));
        self.running
            .push((service.name.clone(), Running { child, log }));
    }

    /// Waits until the service's health check passes.
    pub(super) async fn healthy(&mut self, service: &Service, variables: &[(&str, String)]) {
        eventually(&format!("{} to be healthy", service.name), async || {
            let running = self.running(&service.name);
            if let Some(status) = running.child.try_wait().expect("a child of ours") {
                panic!("{}: {status}: {}", service.name, running.said());
            }
            let mut check = self.command(service, &service.health);
            check.envs(variables.iter().map(|(name, value)| (name, value)));
            let check = tokio::process::Command::from(check)
                .kill_on_drop(true)
                .output();
            // One that takes too long has failed, and is tried again.
            let check = timeout(service.health_timeout, check).await.ok()?;
            let check = check.expect("a health check can be run");
            // For a test that waits in vain.
            std::fs::write(self.folder.join("health"), &check.stderr).expect("a file of ours");
            check.status.success().then_some(())
        })
        .await;
    }

    /// Stops a service as docker does. Answers how it ended, and what it had said.
    pub(super) async fn stop(&mut self, service: &Service, signal: Signal) -> (ExitStatus, String) {
        let running = self.running(&service.name);
        let began = Instant::now();
        kill_process(Pid::from_child(&running.child), signal).expect("it runs");
        let status = eventually("a service to end", async || {
            running.child.try_wait().expect("a child of ours")
        })
        .await;
        let took = began.elapsed();
        assert!(
            took < service.stop_grace_period,
            "docker would have killed {} after {took:?}",
            service.name
        );
        (status, running.said())
    }

    fn running(&mut self, name: &str) -> &mut Running {
        let found = self.running.iter_mut().find(|(service, _)| service == name);
        &mut found.unwrap_or_else(|| panic!("{name} was not started")).1
    }
}

impl Running {
    fn said(&self) -> String {
        std::fs::read_to_string(&self.log).expect("the log")
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let health = std::fs::read_to_string(self.folder.join("health"));
            eprintln!(
                "--- the last health check said\n{}",
                health.unwrap_or_default()
            );
        }
        for (name, running) in self.running.iter_mut().rev() {
            if matches!(running.child.try_wait(), Ok(None)) {
                eprintln!("--- {name} said\n{}", running.said());
                // PostgreSQL ends its processes at this; the others do at any.
                let _ = kill_process(Pid::from_child(&running.child), Signal::QUIT);
                let _ = running.child.wait();
            }
        }
        if let Err(error) = std::fs::remove_dir_all(&self.folder) {
            eprintln!("left behind: {}: {error}", self.folder.display());
        }
    }
}

/// Where the programs of both images are found.
fn path() -> String {
    let variable = "PLUMBLINE_TEST_PROGRAMS";
    let mut environment = service_kit::config::environment();
    let of_servers = environment.find_map(|(name, value)| (name == variable).then_some(value));
    let of_servers =
        of_servers.unwrap_or_else(|| panic!("{variable} is not set: run the tests by `tests/run`"));
    format!(
        "{}:{of_servers}:/usr/sbin:/usr/bin:/sbin:/bin",
        programs().display()
    )
}

/// Ports on which nobody listens. They lie below those that the system gives away by itself, so no other test takes one
/// before it is used.
fn free_ports(count: usize) -> Vec<u16> {
    let first = 20_000 + u16::try_from(std::process::id() % 10_000).expect("below 10,000");
    let free = |port: &u16| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok();
    (first..first + 1_000).filter(free).take(count).collect()
}

/// How long a preparation may take that ends by itself.
pub(super) const PREPARATION: Duration = Duration::from_mins(1);
