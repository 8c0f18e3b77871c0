//! The `OpenAPI` documents of the services, as files that clients are generated from.

use std::path::Path;

use crate::generated::Generated;

/// The documents.
pub(crate) fn files(root: &Path) -> anyhow::Result<Vec<Generated>> {
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
