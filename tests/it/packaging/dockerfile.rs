//! What can be said of the image without building it.

use std::path::{Path, PathBuf};

use super::compose_file::root;

/// An instruction of the Dockerfile, its lines joined.
#[derive(Debug)]
struct Instruction {
    word: String,
    rest: String,
}

/// The stages, each from its FROM on.
fn stages() -> Vec<Vec<Instruction>> {
    let text = std::fs::read_to_string(root().join("Dockerfile")).expect("the Dockerfile");
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with('#'));
    let whole = lines.collect::<Vec<_>>().join("\n").replace("\\\n", " ");
    let mut stages: Vec<Vec<Instruction>> = Vec::new();
    for line in whole.lines() {
        let Some((word, rest)) = line.split_once(' ') else {
            continue;
        };
        if word == "FROM" {
            stages.push(Vec::new());
        }
        let rest = rest.split_whitespace().collect::<Vec<_>>().join(" ");
        let word = word.to_owned();
        let stage = stages.last_mut().expect("FROM comes first");
        stage.push(Instruction { word, rest });
    }
    stages
}

/// The instructions of a kind.
fn all<'a>(stage: &'a [Instruction], word: &str) -> Vec<&'a str> {
    let found = stage.iter().filter(|it| it.word == word);
    found.map(|it| it.rest.as_str()).collect()
}

#[test]
fn the_image_has_the_programs_and_nothing_to_build_with() {
    let stages = stages();
    let [console, builder, image] = stages.as_slice() else {
        panic!("three stages: {stages:?}");
    };
    let from = all(builder, "FROM")[0];
    let toolchain =
        std::fs::read_to_string(root().join("rust-toolchain.toml")).expect("it is there");
    let version = from
        .split([':', '-'])
        .nth(1)
        .expect("rust:VERSION-slim-DEBIAN");
    assert!(
        toolchain.contains(&format!("channel = \"{version}.")),
        "{from} is not the toolchain of the project"
    );
    // Built against the C library that it runs with.
    let debian = from
        .split(' ')
        .next()
        .and_then(|it| it.rsplit('-').next())
        .expect("a release");
    assert_eq!(all(image, "FROM"), [format!("debian:{debian}-slim")]);

    let [run] = all(image, "RUN")[..] else {
        panic!("one layer of packages: {image:?}");
    };
    let installed: Vec<&str> = run
        .split(" && ")
        .filter_map(|it| it.strip_prefix("apt-get install "))
        .flat_map(|it| it.split(' ').filter(|word| !word.starts_with('-')))
        .collect();
    assert_eq!(installed, ["ca-certificates"]);
    assert!(run.contains("--no-install-recommends"), "{run}");

    assert_eq!(all(image, "COPY"), ["--from=builder /out/ /usr/local/bin/"]);
    the_console_goes_in(console, builder);
    let built = all(builder, "RUN").join(" ");
    for program in ["meta", "manager", "plumb"] {
        assert!(
            built.contains(&format!(" target/release/{program}")),
            "{built}"
        );
    }
}

/// The builder has no Node: it takes what a stage of its own has made.
fn the_console_goes_in(console: &[Instruction], builder: &[Instruction]) {
    let from = all(console, "FROM")[0];
    assert!(
        from.starts_with("node:") && from.ends_with(" AS console"),
        "{from}"
    );
    let built = all(console, "RUN").join(" ");
    for command in ["npm ci --ignore-scripts", "npm run build"] {
        assert!(built.contains(command), "{built}");
    }
    let copied = all(builder, "COPY");
    assert_eq!(copied[0], "--from=console /build/dist /console");
    let variables = all(builder, "ENV").join(" ");
    assert!(
        variables.contains("PLUMBLINE_CONSOLE=/console"),
        "{variables}"
    );
}

#[test]
fn it_runs_as_nobody_in_particular() {
    let stages = stages();
    let image = stages.last().expect("a stage");
    let [user] = all(image, "USER")[..] else {
        panic!("one USER: {image:?}");
    };
    // By number: Kubernetes' `runAsNonRoot` cannot tell from a name.
    let (uid, gid) = user.split_once(':').expect("a user and a group");
    for id in [uid, gid] {
        let id: u32 = id.parse().expect("a number");
        assert_ne!(id, 0);
    }
    assert!(
        all(image, "RUN")[0].contains(&format!("--uid {uid} ")),
        "no account of that number is made"
    );
}

#[test]
fn the_packages_that_it_builds_exist() {
    let stages = stages();
    let run = all(&stages[1], "RUN").join(" ");
    let cargo = run
        .split(" && ")
        .find(|it| it.contains("cargo build"))
        .expect("cargo builds");
    assert!(cargo.contains("--release --locked"), "{cargo}");
    let packages: Vec<&str> = cargo.split("--package ").skip(1).map(str::trim).collect();
    assert_eq!(packages, ["meta", "manager", "cli"]);
    for package in packages {
        let manifest = root().join("crates").join(package).join("Cargo.toml");
        let manifest = std::fs::read_to_string(&manifest).expect("a package of ours");
        assert!(
            manifest.contains(&format!("name = \"{package}\"")),
            "{manifest}"
        );
    }
}

/// The patterns of `.dockerignore`: nothing, but these folders and files of the top, less these names anywhere.
struct Context {
    top: Vec<String>,
    never: Vec<String>,
}

impl Context {
    fn load() -> Self {
        let text = std::fs::read_to_string(root().join(".dockerignore")).expect("it is there");
        let mut lines = text.lines().filter(|line| !line.starts_with('#'));
        assert_eq!(
            lines.next(),
            Some("*"),
            "what is new stays out until it is needed"
        );
        let mut context = Self {
            top: Vec::new(),
            never: Vec::new(),
        };
        for line in lines {
            match (line.strip_prefix('!'), line.strip_prefix("**/")) {
                (Some(top), None) if !top.contains(['/', '*']) => {
                    context.top.push(top.to_owned());
                }
                (None, Some(name)) if !name.contains(['/', '*']) => {
                    context.never.push(name.to_owned());
                }
                _ => panic!("{line} is of no kind that this test knows"),
            }
        }
        context
    }

    fn has(&self, path: &Path) -> bool {
        let mut names = path.iter().filter_map(|name| name.to_str());
        let top = names
            .next()
            .is_some_and(|name| self.top.iter().any(|it| it == name));
        let path = path.iter().filter_map(|name| name.to_str());
        top && !path
            .into_iter()
            .any(|name| self.never.iter().any(|it| it == name))
    }
}

#[test]
fn the_build_context_is_what_the_build_reads() {
    let context = Context::load();
    for top in &context.top {
        assert!(root().join(top).exists(), "there is no {top}");
    }
    for secret in [
        "target/release/meta",
        ".git/config",
        "docker/local.env",
        "crates/cli/.env",
    ] {
        assert!(
            !context.has(Path::new(secret)),
            "{secret} would go to the builder"
        );
    }
    for manifest in [
        "Cargo.toml",
        "Cargo.lock",
        "rust-toolchain.toml",
        ".cargo/config.toml",
        ".sqlx",
        "tests/Cargo.toml",
    ] {
        assert!(
            context.has(Path::new(manifest)),
            "{manifest} does not go to the builder"
        );
    }
    let read = sources();
    assert!(read.len() > 100, "{read:?}");
    for source in read {
        assert!(
            context.has(&source),
            "{} does not go to the builder",
            source.display()
        );
    }
}

/// Macros that read a file while they are compiled: those of the language from where the source is, sqlx's from where the
/// package is.
const INCLUDES: [(&str, bool); 4] = [
    ("include_str!(", false),
    ("include_bytes!(", false),
    ("include!(", false),
    ("migrate!(", true),
];

/// The sources of the packages, and the files that they read.
fn sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    for package in std::fs::read_dir(root().join("crates")).expect("packages") {
        let package = package.expect("an entry").path();
        let mut sources = Vec::new();
        files_below(&package.join("src"), &mut sources);
        for source in sources
            .iter()
            .filter(|it| it.extension().is_some_and(|it| it == "rs"))
        {
            let text = std::fs::read_to_string(source).expect("a source");
            // What tests read does not go into a program.
            let text = text.split("#[cfg(test)]").next().unwrap_or_default();
            let folder = source.parent().expect("it lies in a folder");
            for (word, from_package) in INCLUDES {
                let from = if from_package { &package } else { folder };
                found.extend(
                    text.split(word)
                        .skip(1)
                        .filter_map(|rest| read_by(from, rest)),
                );
            }
        }
        found.append(&mut sources);
    }
    let below = |path: PathBuf| path.strip_prefix(root()).map(Path::to_owned);
    found
        .into_iter()
        .map(|it| below(it).expect("all is in the project"))
        .collect()
}

/// The file that is named next, where it is a plain text.
fn read_by(folder: &Path, rest: &str) -> Option<PathBuf> {
    let named = rest.trim_start().strip_prefix('"')?.split('"').next()?;
    let path = folder.join(named).canonicalize();
    Some(path.unwrap_or_else(|error| panic!("{named}: {error}")))
}

fn files_below(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files_below(&path, found);
        } else {
            found.push(path);
        }
    }
}
