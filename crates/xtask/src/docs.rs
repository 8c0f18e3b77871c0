//! Checks of the docs: every path that they name exists.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

/// Folders at the top of the project; a word in backticks that begins with one is a path.
const FOLDERS: [&str; 7] = [
    "crates/",
    "migrations/",
    "config/",
    "tests/",
    "docs/",
    "docker/",
    ".ci/",
];

/// Fails when a Markdown file of the project names a path that does not exist.
pub(crate) fn check(root: &Path) -> anyhow::Result<()> {
    let mut missing = Vec::new();
    for file in markdown_files(root)? {
        let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        let folder = file.parent().unwrap_or(root);
        let links = links(&text).map(|target| folder.join(target));
        let paths = quoted(&text).map(|path| root.join(path));
        for path in links.chain(paths) {
            if !path.exists() {
                missing.push(format!("{} names {}", file.display(), path.display()));
            }
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    bail!("{}", missing.join("\n"))
}

fn markdown_files(root: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = vec![root.join("README.md")];
    let mut folders = vec![root.join("docs")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                files.push(path);
            }
        }
    }
    Ok(files)
}

/// The targets of links within the project: `](target)`, without fragments.
fn links(text: &str) -> impl Iterator<Item = &str> {
    text.split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .filter_map(|target| target.split('#').next())
        .filter(|target| !target.is_empty() && !target.contains("://"))
}

/// The paths in backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`')
        .skip(1)
        .step_by(2)
        .filter(|word| FOLDERS.iter().any(|folder| word.starts_with(folder)))
        .filter(|word| !word.contains([' ', '*', '<', '{', '\n']))
}

#[cfg(test)]
mod tests {
    use super::{links, quoted};

    #[test]
    fn links_and_paths_are_found() {
        let text = "See [a](docs/a.md#top), [b](https://example.org) and `crates/db`, `cargo test`, `tests/it/*.rs`.";
        assert_eq!(links(text).collect::<Vec<_>>(), ["docs/a.md"]);
        assert_eq!(quoted(text).collect::<Vec<_>>(), ["crates/db"]);
    }
}
