//! Builds the web application and puts its files into the crate.
//!
//! With Node it runs `npm ci`, which keeps to the lock file, and Vite. Without Node, or where the packages
//! cannot be had, the services are built all the same, and serve a page that says how to get the console.
//! `PLUMBLINE_CONSOLE` names a folder that `npm run build` has made elsewhere: then nothing is built here.

use std::collections::BTreeMap;
use std::env;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the application is made of. `node_modules` is not among it: the lock file says what it has.
const SOURCES: [&str; 7] = [
    "index.html",
    "package.json",
    "package-lock.json",
    "scripts",
    "src",
    "tsconfig.json",
    "vite.config.ts",
];
/// The least version that Vite runs on; `ui/package.json` says the same.
const NODE: (u32, u32) = (20, 19);
const BUILT_ELSEWHERE: &str = "PLUMBLINE_CONSOLE";

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-env-changed={BUILT_ELSEWHERE}");
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets no OUT_DIR"))?;
    let out = PathBuf::from(out);
    let app = if let Some(folder) = env::var_os(BUILT_ELSEWHERE) {
        println!("cargo::rerun-if-changed={}", Path::new(&folder).display());
        Some(PathBuf::from(folder))
    } else {
        build(&Path::new(env!("CARGO_MANIFEST_DIR")).join("ui"), &out)?
    };
    let code = app.as_deref().map_or(Ok("&[]".to_owned()), embed)?;
    fs::write(out.join("files.rs"), code)
}

/// Builds the application of the folder `ui`. `None` where that cannot be done on this machine.
fn build(ui: &Path, out: &Path) -> io::Result<Option<PathBuf>> {
    for source in SOURCES {
        println!("cargo::rerun-if-changed={}", ui.join(source).display());
    }
    if let Err(reason) = node() {
        println!("cargo::warning=the console is left out: {reason}");
        return Ok(None);
    }
    if let Err(reason) = install(ui)? {
        println!("cargo::warning=the console is left out, npm ci: {reason}");
        return Ok(None);
    }
    let app = out.join("app");
    let vite = ui.join("node_modules/vite/bin/vite.js");
    let mut command = Command::new("node");
    command
        .arg(vite)
        .args(["build", "--emptyOutDir", "--outDir"])
        .arg(&app)
        .current_dir(ui);
    // What the lock file names is there, so this is a fault of the application.
    run(&mut command)?.map_err(io::Error::other)?;
    Ok(Some(app))
}

/// Whether this machine has a Node that is new enough.
fn node() -> Result<(), String> {
    let (major, minor) = NODE;
    let needed = format!("Node {major}.{minor} or newer with npm is needed");
    let found = Command::new("node").arg("--version").output();
    let found = found.map_err(|error| format!("{needed}: {error}"))?;
    let found = String::from_utf8_lossy(&found.stdout);
    let mut numbers = found.trim().trim_start_matches('v').split('.');
    let mut number = || numbers.next().and_then(|it| it.parse::<u32>().ok());
    let is_new = number()
        .zip(number())
        .is_some_and(|version| version >= NODE);
    if is_new {
        Ok(())
    } else {
        Err(format!("{needed}, not {}", found.trim()))
    }
}

/// Has npm bring what the lock file names, unless it is there.
fn install(ui: &Path) -> io::Result<Result<(), String>> {
    let lock = File::open(ui.join("package-lock.json"))?;
    lock.lock()?; // another build may be installing it
    let named = fs::read(ui.join("package-lock.json"))?;
    let installed = ui.join("node_modules/.installed-lock.json");
    if fs::read(&installed).is_ok_and(|it| it == named) {
        return Ok(Ok(()));
    }
    let mut npm = Command::new("npm");
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .current_dir(ui);
    let ran = run(&mut npm)?;
    if ran.is_ok() {
        // Last: it says that all is there.
        fs::write(installed, named)?;
    }
    Ok(ran)
}

/// Runs a program to its end; if it did not end well, the last of what it said, in one line.
fn run(command: &mut Command) -> io::Result<Result<(), String>> {
    let ran = match command.output() {
        Ok(ran) => ran,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Err(error.to_string())),
        Err(error) => return Err(error),
    };
    if ran.status.success() {
        return Ok(Ok(()));
    }
    let said = [ran.stdout, ran.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    let lines: Vec<_> = said.lines().filter(|it| !it.trim().is_empty()).collect();
    let last = lines.len().saturating_sub(20);
    Ok(Err(format!(
        "{}: {}",
        ran.status,
        lines[last..].join(" | ")
    )))
}

/// The files of a folder, as an expression of the type `&[File]`.
fn embed(app: &Path) -> io::Result<String> {
    let mut files = Vec::new();
    list(app, &mut files)?;
    files.sort();
    // By the text of the path, which is how it is looked for.
    let mut entries = BTreeMap::new();
    for file in files.iter().filter(|file| !is_compressed(file)) {
        let path = file.strip_prefix(app).map_err(io::Error::other)?;
        let beside = |ending: &str| {
            let other = PathBuf::from(format!("{}.{ending}", file.display()));
            let is_there = files.binary_search(&other).is_ok();
            if is_there {
                format!("Some({})", bytes(&other))
            } else {
                "None".to_owned()
            }
        };
        let (brotli, gzip) = (beside("br"), beside("gz"));
        let (path, plain) = (path.display().to_string(), bytes(file));
        let entry =
            format!("File {{ path: {path:?}, plain: {plain}, brotli: {brotli}, gzip: {gzip} }}");
        entries.insert(path, entry);
    }
    let entries: Vec<_> = entries.into_values().collect();
    Ok(format!("&[{}]", entries.join(",\n")))
}

/// All files below a folder.
fn list(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            list(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

/// Whether it is the compressed form of another file.
fn is_compressed(file: &Path) -> bool {
    file.extension().is_some_and(|it| it == "br" || it == "gz")
}

fn bytes(file: &Path) -> String {
    format!("include_bytes!({:?})", file.display().to_string())
}
