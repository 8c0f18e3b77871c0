//! Words of commands that work when they are pasted into another shell.

use std::path::{Path, PathBuf};

use crate::data_dir::DataDir;

/// A word as a shell reads it back: bare if nothing in it means anything there.
pub(super) fn quoted(word: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || "-_./:+,@%".contains(c);
    if !word.is_empty() && word.chars().all(bare) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

/// How to call this program: by its name where that finds it, else by its path, as one that has
/// just been built and not installed.
pub(super) fn program() -> String {
    let found = crate::variable("PATH").and_then(|path| in_path(&path));
    match std::env::current_exe() {
        Ok(program) if !is_same(found.as_deref(), &program) => {
            quoted(&program.display().to_string())
        }
        _ => "plumb".to_owned(),
    }
}

/// How to call this program for this data directory.
pub(super) fn program_on(data_dir: &DataDir) -> String {
    let default = DataDir::choose(None, crate::variable).ok();
    if default.is_some_and(|default| is_same(Some(default.path()), data_dir.path())) {
        return program();
    }
    let path = quoted(&data_dir.path().display().to_string());
    format!("{} --data-dir {path}", program())
}

/// What a shell runs for `plumb`.
fn in_path(path: &str) -> Option<PathBuf> {
    let mut candidates = std::env::split_paths(path).map(|dir| dir.join("plumb"));
    candidates.find(|candidate| candidate.is_file())
}

fn is_same(one: Option<&Path>, other: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().ok();
    one.is_some_and(|one| real(one).is_some() && real(one) == real(other))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_shell_reads_back_what_was_quoted() {
        for (word, expected) in [
            ("/var/lib/plumbline/env", "/var/lib/plumbline/env"),
            ("/with space/env", "'/with space/env'"),
            ("/it's/数据", r"'/it'\''s/数据'"),
            ("", "''"),
            ("~/a*", "'~/a*'"),
        ] {
            assert_eq!(quoted(word), expected);
        }
        let hard = r#"a'b "c" $d `e` \f"#;
        let script = format!("printf %s {}", quoted(hard));
        let echoed = std::process::Command::new("sh")
            .args(["-c", &script])
            .output()
            .unwrap();
        assert_eq!(String::from_utf8(echoed.stdout).unwrap(), hard);
    }
}
