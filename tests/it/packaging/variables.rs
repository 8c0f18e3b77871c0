//! What an operator fills in.

use super::compose_file::{config, filled, variables};

#[test]
fn a_missing_variable_is_named() {
    let filled = filled();
    let Some(whole) = config(&filled) else { return };
    assert!(whole.status.success(), "{whole:?}");
    assert!(
        filled.len() >= 8,
        "the example has the secrets and the passwords"
    );
    for absent in 0..filled.len() {
        let mut variables = filled.clone();
        let (name, _) = variables.remove(absent);
        let output = config(&variables).expect("it was there just now");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success(), "{name} may be absent");
        let told = said.contains(&format!("{name} is missing a value"));
        assert!(told && said.contains("docker/example.env"), "{said}");
    }
}

#[test]
fn every_variable_of_the_example_has_an_effect() {
    let filled = filled();
    let Some(whole) = config(&filled) else { return };
    let before = String::from_utf8_lossy(&whole.stdout);
    let optional = variables().into_iter().filter(|it| !it.required);
    let changed: Vec<(String, String)> = optional
        .map(|it| {
            assert!(
                before.contains(&it.default) || it.name.ends_with("LOG_FILTER"),
                "{} is not the default of {}",
                it.default,
                it.name
            );
            let value = if it.name.ends_with("_PORT") {
                "18099"
            } else {
                "127.0.0.99"
            };
            (it.name, value.to_owned())
        })
        .collect();
    assert!(!changed.is_empty());
    for (name, value) in filled.iter().chain(&changed) {
        let variables = [&filled[..], &[(name.clone(), value.clone())]].concat();
        let output = config(&variables).expect("it was there just now");
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(said.contains(value), "{name} changes nothing: {said}");
    }
}
