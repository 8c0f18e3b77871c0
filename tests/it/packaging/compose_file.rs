//! `docker-compose.yml` as docker compose understands it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Duration;

use serde_json::Value;
use test_support::{key, unique};

/// The folder of the project.
pub(super) fn root() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    root.canonicalize().expect("the project is there")
}

/// A variable of `docker/example.env`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Variable {
    pub(super) name: String,
    /// What stands there in a comment; '' for one that has to be set.
    pub(super) default: String,
    pub(super) required: bool,
}

/// The variables of `docker/example.env`, in its order.
pub(super) fn variables() -> Vec<Variable> {
    let text = std::fs::read_to_string(root().join("docker/example.env")).expect("the example");
    let variable = |line: &str| {
        let (required, line) = match line.strip_prefix('#') {
            Some(comment) => (false, comment),
            None => (true, line),
        };
        let (name, default) = line.split_once('=')?;
        let ours = name.starts_with("PLUMBLINE_");
        ours.then(|| Variable {
            name: name.to_owned(),
            default: default.to_owned(),
            required,
        })
    };
    text.lines().filter_map(variable).collect()
}

/// Those that have to be set, as the example says to make them.
pub(super) fn filled() -> Vec<(String, String)> {
    let required = variables().into_iter().filter(|it| it.required);
    let filled = required.map(|it| {
        let password = it.name.ends_with("_PASSWORD");
        // Nothing else contains them, so a search for them in a log means something.
        let value = if password {
            unique("p").replace('_', "")
        } else {
            key()
        };
        (it.name, value)
    });
    filled.collect()
}

/// What `docker compose config` says with these variables in its `--env-file`. None where there is no docker compose,
/// which is told then.
pub(super) fn config(variables: &[(String, String)]) -> Option<Output> {
    let ours: Vec<(String, String)> = service_kit::config::environment()
        .filter(|(name, _)| name.starts_with("PLUMBLINE_") || name.starts_with("COMPOSE_"))
        .collect();
    let absent = ours
        .iter()
        .find(|(name, _)| name == "PLUMBLINE_TEST_NO_COMPOSE");
    if let Some((_, reason)) = absent {
        eprintln!("passed over, there is no docker compose: {reason}");
        return None;
    }
    let file = std::env::temp_dir().join(unique("plumbline_env"));
    let lines = variables
        .iter()
        .map(|(name, value)| format!("{name}={value}\n"));
    std::fs::write(&file, lines.collect::<String>()).expect("a file of ours");
    let mut command = Command::new(root().join("tests/compose"));
    command.current_dir(root()).arg("--env-file").arg(&file);
    command.args(["config", "--format", "json"]);
    for (name, _) in ours {
        command.env_remove(name); // would go above the file
    }
    let output = command.output().expect("tests/compose can be run");
    std::fs::remove_file(&file).expect("the file is ours");
    Some(output)
}

/// The whole file.
#[derive(Debug)]
pub(super) struct ComposeFile {
    /// In an order in which each comes after those that it depends on.
    pub(super) services: Vec<Service>,
}

/// What the file says of a service.
#[derive(Debug)]
pub(super) struct Service {
    pub(super) name: String,
    /// Empty when the image has it.
    pub(super) command: Vec<String>,
    pub(super) environment: Vec<(String, String)>,
    pub(super) health: Vec<String>,
    /// How long one run of the health check may take.
    pub(super) health_timeout: Duration,
    pub(super) stop_grace_period: Duration,
    pub(super) depends_on: Vec<String>,
    /// The ports of the container that are published.
    pub(super) ports: Vec<u64>,
    /// Files of the host, and where they are in the container.
    pub(super) mounts: Vec<(PathBuf, String)>,
}

impl ComposeFile {
    /// The file with these variables; None where there is no docker compose.
    pub(super) fn load(variables: &[(String, String)]) -> Option<Self> {
        let output = config(variables)?;
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "docker compose config: {said}");
        let document: Value = serde_json::from_slice(&output.stdout).expect("JSON, as asked for");
        let services = document["services"].as_object().expect("services");
        let mut waiting: Vec<Service> = services.iter().map(|it| Service::of(it.0, it.1)).collect();
        let mut services: Vec<Service> = Vec::new();
        while !waiting.is_empty() {
            let there = |name: &String| services.iter().any(|it| it.name == *name);
            let next = waiting
                .iter()
                .position(|it| it.depends_on.iter().all(there));
            let next = next.expect("the services do not wait for each other in a circle");
            services.push(waiting.remove(next));
        }
        Some(Self { services })
    }
}

impl Service {
    fn of(name: &str, service: &Value) -> Self {
        let environment = service["environment"].as_object().expect("an environment");
        let depends_on = service["depends_on"].as_object().into_iter().flatten();
        let depends_on = depends_on.map(|(other, how)| {
            assert_eq!(
                how["condition"], "service_healthy",
                "{name} waits for {other}"
            );
            other.clone()
        });
        let health = words(&service["healthcheck"]["test"]);
        let [kind, health @ ..] = health.as_slice() else {
            panic!("{name} has no health check");
        };
        assert_eq!(kind, "CMD", "the image has no shell to rely on");
        let items = |key: &str| service[key].as_array().cloned().unwrap_or_default();
        Self {
            name: name.to_owned(),
            command: words(&service["command"]),
            environment: environment
                .iter()
                .map(|it| (it.0.clone(), text(it.1)))
                .collect(),
            health: health.to_vec(),
            health_timeout: duration(&service["healthcheck"]["timeout"]),
            stop_grace_period: duration(&service["stop_grace_period"]),
            depends_on: depends_on.collect(),
            ports: items("ports")
                .iter()
                .filter_map(|it| it["target"].as_u64())
                .collect(),
            mounts: items("volumes")
                .iter()
                .filter(|it| it["type"] == "bind")
                .map(|it| (text(&it["source"]).into(), text(&it["target"])))
                .collect(),
        }
    }

    /// A variable of its environment.
    pub(super) fn variable(&self, name: &str) -> &str {
        let found = self.environment.iter().find(|(key, _)| key == name);
        &found
            .unwrap_or_else(|| panic!("{} has no {name}", self.name))
            .1
    }
}

fn words(list: &Value) -> Vec<String> {
    list.as_array().into_iter().flatten().map(text).collect()
}

/// A text of the file: docker compose doubles each `$`, so that its output is a compose file again.
fn text(value: &Value) -> String {
    value.as_str().expect("a text").replace("$$", "$")
}

/// Such as `1m30s`, as Go writes it.
fn duration(value: &Value) -> Duration {
    let text = text(value);
    let mut seconds = 0;
    let mut number = 0;
    for character in text.chars() {
        match (character.to_digit(10), character) {
            (Some(digit), _) => number = number * 10 + u64::from(digit),
            (None, 'm') => seconds += std::mem::take(&mut number) * 60,
            (None, 's') => seconds += std::mem::take(&mut number),
            _ => panic!("{text} is no duration of minutes and seconds"),
        }
    }
    Duration::from_secs(seconds)
}

#[test]
fn durations_are_read() {
    for (text, seconds) in [("40s", 40), ("5m0s", 300), ("1m30s", 90)] {
        assert_eq!(duration(&text.into()), Duration::from_secs(seconds));
    }
}
