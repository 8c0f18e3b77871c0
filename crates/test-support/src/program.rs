//! The programs that the workspace builds.

use std::path::PathBuf;

/// The folder with the programs `meta` and `manager`. Cargo builds them there for the tests of their own packages, so they
/// are of the same build as all tests when the workspace is tested.
///
/// # Panics
/// When one is missing, since only another package is tested.
#[must_use]
pub fn programs() -> PathBuf {
    let test = std::env::current_exe().expect("a test knows its program");
    // target/debug/deps/it-0123456789abcdef
    let folder = test.ancestors().nth(2).expect("cargo's folders");
    for name in ["meta", "manager"] {
        let program = folder.join(name);
        assert!(
            program.is_file(),
            "there is no {}: `cargo test --no-run --package meta --package manager` builds it, as `tests/run` does",
            program.display()
        );
    }
    folder.to_owned()
}
