//! Measurements, as ratios of two things measured in one run. Absolute times of a shared machine mean
//! little, the ratios mean more.

mod delta;
mod fill;
mod incremental;
mod jobs;
mod report;
mod scan;
mod service;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, ensure};

pub(crate) use self::delta::{DeltaArguments, delta};
pub(crate) use self::fill::{FillArguments, fill};
pub(crate) use self::incremental::{IncrementalArguments, incremental};
pub(crate) use self::jobs::{JobsArguments, jobs};
pub(crate) use self::scan::{ScanArguments, scan};

/// Where figures and what is needed for them are written.
fn folder(root: &Path) -> anyhow::Result<PathBuf> {
    let folder = root.join("target/bench");
    std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    Ok(folder)
}

/// The program `meta`: the one that is given, or one built for release.
fn program(root: &Path, given: Option<&Path>) -> anyhow::Result<PathBuf> {
    if let Some(given) = given {
        return Ok(given.to_owned());
    }
    eprintln!("bench: building meta for release");
    let status = Command::new("cargo")
        .args(["build", "--release", "--locked", "--package", "meta"])
        .current_dir(root)
        .stdout(std::io::stderr())
        .status()
        .context("cargo")?;
    ensure!(status.success(), "meta was not built");
    Ok(root.join("target/release/meta"))
}

/// Has the same chore done by a build for release, where this is none: what is measured runs in this process. False
/// where it is one.
fn in_release(root: &Path) -> anyhow::Result<bool> {
    if !cfg!(debug_assertions) {
        return Ok(false);
    }
    let status = Command::new("cargo")
        .args(["run", "--release", "--locked", "--package", "xtask", "--"])
        .args(std::env::args_os().skip(1))
        .current_dir(root)
        .status()
        .context("cargo")?;
    ensure!(status.success(), "it was not measured");
    Ok(true)
}
