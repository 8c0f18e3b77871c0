//! A snapshot that no test compares with says nothing: it must go.

use std::path::{Path, PathBuf};

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

/// `it__meta__jobs__NAME@SERVER.snap` belongs to `meta/jobs.rs` or `meta/jobs/mod.rs`, which names it.
#[test]
fn every_snapshot_is_compared() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("it");
    let mut files = Vec::new();
    files_below(&root, &mut files);
    let mut snapshots = 0;
    for file in files {
        let Some(stem) = file
            .file_name()
            .and_then(|name| name.to_str())
            .and_then(|name| name.strip_suffix(".snap"))
        else {
            let left_over = file.to_string_lossy().ends_with(".snap.new");
            assert!(!left_over, "{} waits for a review", file.display());
            continue;
        };
        snapshots += 1;
        let parts: Vec<&str> = stem.split("__").collect();
        let ["it", modules @ .., name] = parts.as_slice() else {
            panic!("{stem} is no snapshot of ours")
        };
        let (name, server) = name.split_once('@').unwrap_or((name, ""));
        assert!(
            ["", "postgres", "mariadb", "mysql"].contains(&server),
            "{stem} is of no server of ours"
        );
        let module = root.join(modules.join("/"));
        let source = std::fs::read_to_string(module.with_extension("rs"))
            .or_else(|_| std::fs::read_to_string(module.join("mod.rs")))
            .unwrap_or_else(|_| panic!("there is no source of {stem}"));
        assert!(
            source.contains(&format!("\"{name}\"")),
            "nothing compares with {stem}"
        );
    }
    assert!(snapshots > 0);
}
