//! The `OpenAPI` documents of the services, as files that clients are generated from.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

fn documents(root: &Path) -> anyhow::Result<Vec<(PathBuf, String)>> {
    let folder = root.join("docs/openapi");
    [
        ("meta.json", meta::openapi()),
        ("manager.json", manager::openapi()),
    ]
    .into_iter()
    .map(|(name, document)| {
        let text = serde_json::to_string_pretty(&document)?;
        Ok((folder.join(name), format!("{text}\n")))
    })
    .collect()
}

/// Writes the documents.
pub(crate) fn write(root: &Path) -> anyhow::Result<()> {
    for (path, text) in documents(root)? {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(&path, text).with_context(|| path.display().to_string())?;
    }
    Ok(())
}

/// Fails when a document is not what the handlers say.
pub(crate) fn check(root: &Path) -> anyhow::Result<()> {
    for (path, text) in documents(root)? {
        let committed = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        if committed != text {
            bail!(
                "{} is not current: run `cargo xtask openapi`",
                path.display()
            );
        }
    }
    Ok(())
}
