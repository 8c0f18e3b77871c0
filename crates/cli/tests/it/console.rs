//! The console in a real browser: what stands in `crates/console/ui/e2e`, against `plumb up --demo`.

use std::fs;
use std::path::Path;
use std::time::Duration;

use rustix::process::Signal;
use tokio::process::Command;
use tokio::time::timeout;

use crate::home::Home;

/// How long all of it may take.
const LIMIT: Duration = Duration::from_mins(30);

#[tokio::test]
async fn people_do_in_a_browser_what_they_came_for() {
    let home = Home::new();
    let up = home.up(&["--demo"]).await;
    let env = home.env();

    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let root = root.canonicalize().expect("the project");
    let ui = root.join("crates/console/ui");
    let mut playwright = Command::new("node");
    playwright
        .arg("node_modules/@playwright/test/cli.js")
        .arg("test")
        .current_dir(&ui)
        .env("PLUMB_MANAGER_URL", &env.manager_url)
        .env("PLUMB_META_URL", &env.meta_url)
        .env("PLUMB_TOKEN", &env.token)
        .env("CHROMIUM", root.join("tests/chromium"))
        .env("FORCE_COLOR", "0")
        .kill_on_drop(true);
    let output = timeout(LIMIT, playwright.output()).await;
    let output = output.expect("Playwright ends");
    let output =
        output.expect("Node can be run: cargo build brings the packages where it is there");
    // Not printed: what failed in the browser has the last word.
    let log = ui.join("e2e/results/services.log");
    fs::create_dir_all(ui.join("e2e/results")).expect("the folder of what a run leaves");
    fs::write(&log, up.stderr()).expect("the log of the services");
    up.stop(Signal::TERM).await;
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(output.status.success(), "{said}");
    assert!(said.contains(" passed ("), "{said}");
    for word in [" skipped", " flaky"] {
        assert!(!said.contains(word), "{said}");
    }
}
