use super::super::postgres::tests::plan;
use super::*;

fn of(columns: &[(&str, &str)], key: &[&str]) -> String {
    let names: Vec<String> = columns.iter().map(|(name, _)| quoted(name)).collect();
    tail(&plan(columns, key, false), &names)
}

#[test]
fn a_row_that_is_there_is_changed_by_its_key_alone() {
    let columns = [("id", "integer"), ("x", "text")];
    assert_eq!(
        of(&columns, &["id"]),
        " ON DUPLICATE KEY UPDATE `id` = IF((`id` <=> VALUES(`id`)) OR EXP(710 + COALESCE(LENGTH(`id`), 0)) < 0, \
         `id`, `id`), `x` = VALUES(`x`)"
    );
    assert_eq!(of(&columns, &[]), "");
    let columns = [("a", "integer"), ("b", "integer"), ("x", "text")];
    assert_eq!(
        of(&columns, &["a", "b"]),
        " ON DUPLICATE KEY UPDATE `a` = IF((`a` <=> VALUES(`a`) AND `b` <=> VALUES(`b`)) OR \
         EXP(710 + COALESCE(LENGTH(`a`), 0)) < 0, `a`, `a`), `x` = VALUES(`x`)"
    );
}

#[test]
fn a_statement_is_as_large_as_all_that_it_carries() {
    let row = |text: &str| Row {
        place: 1,
        values: vec![Value::Text(text.to_owned()), Value::Null],
    };
    let besides = 2 * 2 * PER_VALUE + BESIDES;
    assert_eq!(size(&[row("abcd"), row("")]), 6 + besides);
}
