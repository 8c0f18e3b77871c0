//! `docs/problems.md`: every kind of problem with its cause and its cure, as the code has them.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use models::ProblemType;

const HEAD: &str = "\
# Problems

Errors are problem documents (RFC 9457, `application/problem+json`). The `type` of each is one of those below, and stays
the same from release to release: programs decide by it, people read `detail`, which says what happened in this case.
`errors` has an entry for each field that has to be changed, with a JSON Pointer into the body or `/name` of a parameter
or header. `request_id` names the request in the logs of both services.

This page is made from the code by `cargo xtask problems`.
";

fn page(root: &Path) -> (PathBuf, String) {
    let mut text = HEAD.to_owned();
    let mut status = 0;
    for kind in ProblemType::ALL {
        if kind.status() != status {
            status = kind.status();
            // Writing to a `String` cannot fail.
            let _ = write!(text, "\n## {status}\n");
        }
        let _ = write!(
            text,
            "\n### {slug}\n\n`/problems/{slug}`: {title}.\n\n- Cause: {cause}\n- Cure: {cure}\n",
            slug = kind.slug(),
            title = kind.title(),
            cause = kind.cause(),
            cure = kind.cure(),
        );
    }
    (root.join("docs/problems.md"), text)
}

/// Writes the page.
pub(crate) fn write(root: &Path) -> anyhow::Result<()> {
    let (path, text) = page(root);
    fs::write(&path, text).with_context(|| path.display().to_string())
}

/// Fails when the page is not what the code says.
pub(crate) fn check(root: &Path) -> anyhow::Result<()> {
    let (path, text) = page(root);
    let committed = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    if committed != text {
        bail!(
            "{} is not current: run `cargo xtask problems`",
            path.display()
        );
    }
    Ok(())
}
