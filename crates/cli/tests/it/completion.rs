//! `plumb completion`.

use std::process::Command;

use crate::home::Home;

#[tokio::test]
async fn every_shell_has_a_script() {
    let home = Home::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = home.run(&["completion", shell]).await.exits(0);
        assert_eq!(script.stderr, "", "{script}");
        for word in ["deep-scan", "completion", "release"] {
            assert!(script.stdout.contains(word), "no {word} for {shell}");
        }
        let json = home.run(&["completion", shell, "--format", "json"]).await;
        let json = json.exits(0).json();
        let same = json["script"].as_str().map(str::trim_end) == Some(script.stdout.trim_end());
        assert!(same, "another script for {shell}");
    }
    home.run(&["completion", "tcsh"])
        .await
        .only_says(2, &["tcsh"]);
}

#[tokio::test]
async fn bash_completes_commands_and_words() {
    let home = Home::new();
    let script = home.run(&["completion", "bash"]).await.exits(0).stdout;
    let file = home.beside("plumb.bash");
    std::fs::write(&file, script).expect("a file");
    let complete = |words: &[&str]| {
        let last = words.len() - 1;
        let body = format!(
            "source {}; COMP_WORDS=({}); COMP_CWORD={last}; _plumb plumb '{}' '{}'; \
             printf '%s\\n' \"${{COMPREPLY[@]}}\"",
            file.display(),
            words.join(" "),
            words[last],
            words[last - 1],
        );
        let output = Command::new("bash").args(["--norc", "-c", &body]).output();
        let output = output.expect("bash is here");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    assert_eq!(complete(&["plumb", "look"]), "lookup\n");
    assert_eq!(complete(&["plumb", "source", "rem"]), "remove\n");
    let tls = complete(&["plumb", "source", "add", "--tls", "verify"]);
    assert_eq!(tls, "verify-ca\nverify-full\n");
}
