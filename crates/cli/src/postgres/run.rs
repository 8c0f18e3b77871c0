//! Running the programs of `PostgreSQL`.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use super::ClusterError;

/// How much of a program's output a message repeats.
const LINES_SHOWN: usize = 12;

/// Runs a command to its end. What it writes is shown only if it fails, together with the end of
/// `log`. A command that is no longer waited for is killed.
pub(super) async fn run(
    command: std::process::Command,
    log: Option<&Path>,
) -> Result<(), ClusterError> {
    let program = PathBuf::from(command.get_program());
    let output = tokio::process::Command::from(command)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .output()
        .await
        .map_err(|source| ClusterError::Run {
            program: program.clone(),
            source,
        })?;
    if output.status.success() {
        return Ok(());
    }
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.push_str(&String::from_utf8_lossy(&output.stderr));
    if let Some(more) = log.and_then(|log| std::fs::read(log).ok()) {
        text.push_str(&String::from_utf8_lossy(&more));
    }
    Err(ClusterError::Failed {
        program,
        output: last_lines(&text),
    })
}

fn last_lines(text: &str) -> String {
    let lines: Vec<&str> = text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    if lines.is_empty() {
        return "it says nothing".to_owned();
    }
    lines
        .get(lines.len().saturating_sub(LINES_SHOWN)..)
        .unwrap_or_default()
        .join("\n  ")
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    #[tokio::test]
    async fn a_failure_shows_the_end_of_the_output() {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", "seq 1 20; echo; echo why >&2; exit 1"]);
        let error = run(command, None).await.unwrap_err().to_string();
        assert!(error.starts_with("/bin/sh failed: 10\n"), "{error}");
        assert!(error.ends_with("20\n  why"), "{error}");
        assert!(run(Command::new("true"), None).await.is_ok());
        let absent = run(Command::new("/absent/program"), None)
            .await
            .unwrap_err();
        assert!(matches!(absent, ClusterError::Run { .. }));
    }

    #[test]
    fn silence_is_told() {
        assert_eq!(last_lines(" \n"), "it says nothing");
    }
}
