use proptest::prelude::*;

use super::*;
use crate::quote;

fn column(name: &str, data_type: &str, column_type: &str) -> Column {
    Column {
        name: name.to_owned(),
        data_type: data_type.to_owned(),
        column_type: column_type.to_owned(),
    }
}

fn columns() -> Vec<Column> {
    [
        "id", "Name", "total", "a b", "it\"s", "größe", "select", "Twin", "TWIN",
    ]
    .map(|name| column(name, "text", "text"))
    .into()
}

fn outline(text: &str) -> String {
    match Condition::parse(text, &columns()) {
        Ok(condition) => condition.outline(),
        Err(refusal) => refusal.to_string(),
    }
}

fn refusal(text: &str) -> String {
    match Condition::parse(text, &columns()) {
        Ok(condition) => panic!("{text} is taken for {}", condition.outline()),
        Err(refusal) => refusal.to_string(),
    }
}

#[test]
fn the_allowed_forms_are_read() {
    for (text, expected) in [
        ("id = 1", r#"("id" = ?)"#),
        ("ID <> 'x''y'", r#"("id" <> ?)"#),
        ("name != .5e-3", r#"("Name" <> ?)"#),
        ("1 < id", r#"("id" > ?)"#),
        ("'a' >= \"a b\"", r#"("a b" <= ?)"#),
        ("id <= total", r#"("id" <= "total")"#),
        ("`it\"s` = x'0aFF'", r#"("it""s" = ?)"#),
        ("größe = true", r#"("größe" = ?)"#),
        ("\"select\" = -1", r#"("select" = ?)"#),
        ("id in (1, +2,'3')", r#"("id" in (?, ?, ?))"#),
        ("id not in (1)", r#"("id" not in (?))"#),
        (
            "id between 1 and 2 and total = 3",
            r#"(("id" between ? and ?) and ("total" = ?))"#,
        ),
        ("id NOT BETWEEN 1 AND 2", r#"("id" not between ? and ?)"#),
        ("Name like '%a_'", r#"("Name" like ?)"#),
        ("Name not like ''", r#"("Name" not like ?)"#),
        ("id is null", r#"("id" is null)"#),
        ("id IS NOT NULL", r#"("id" is not null)"#),
        ("not id = 1", r#"(not ("id" = ?))"#),
        (
            "id=1 or total>2 and not (Name='a' or id=3)",
            r#"(("id" = ?) or (("total" > ?) and (not (("Name" = ?) or ("id" = ?)))))"#,
        ),
        ("((id = 1))", r#"("id" = ?)"#),
        (
            "Twin = 1 and \"TWIN\" = 2",
            r#"(("Twin" = ?) and ("TWIN" = ?))"#,
        ),
        // Within quotes everything is text.
        ("Name = '; drop table x -- /* '", r#"("Name" = ?)"#),
        (r"Name = 'a\' or id = 1", r#"(("Name" = ?) or ("id" = ?))"#),
        ("Name = '\u{2019} or 1=1'", r#"("Name" = ?)"#),
    ] {
        assert_eq!(outline(text), expected, "{text}");
    }
}

/// What is written, and what is told of it.
const REFUSED: &[(&str, &str)] = &[
    (
        "",
        "at character 1: the condition ends too early: a value is missing",
    ),
    (
        "id = 1; drop table t",
        "at character 7: there is only one condition",
    ),
    ("id = 1 -- x", "at character 8: comments are not allowed"),
    ("id = 1 /* x */", "at character 8: comments are not allowed"),
    ("id = 1 # x", "at character 8: comments are not allowed"),
    (
        "id = (select 1)",
        "at character 6: sub-queries are not allowed",
    ),
    (
        "id in (select 1)",
        "at character 8: sub-queries are not allowed",
    ),
    (
        "(select 1) = 1",
        "at character 2: sub-queries are not allowed",
    ),
    (
        "exists (select 1)",
        "at character 1: sub-queries are not allowed",
    ),
    (
        "id = any (1)",
        "at character 6: sub-queries are not allowed",
    ),
    ("sleep(10) = 0", "at character 1: functions are not allowed"),
    (
        "id = pg_sleep(10)",
        "at character 6: functions are not allowed",
    ),
    ("id = now()", "at character 6: functions are not allowed"),
    ("id::text = 'a'", "at character 3: casts are not allowed"),
    (
        "cast(id as text) = 'a'",
        "at character 1: functions are not allowed",
    ),
    ("id = $1", "at character 6: there are no variables"),
    ("id = @@version", "at character 6: there are no variables"),
    ("id = ?", "at character 6: there are no variables"),
    ("id = $$a$$", "at character 6: there are no variables"),
    (
        "Name = \u{2018}a\u{2019}",
        "at character 8: \u{2018} is no quote",
    ),
    ("Name = 'a", "at character 8: the quote ' is not closed"),
    (
        "Name = 'a\0b'",
        "at character 10: no value and no name has a NUL",
    ),
    ("id\0 = 1", "at character 3: \\0 is not allowed here"),
    ("id\u{a0}= 1", "at character 3: \\u{a0} is not allowed here"),
    (
        "Name = E'a'",
        "at character 8: nothing may stand before a quote",
    ),
    (
        "Name = _utf8'a'",
        "at character 8: nothing may stand before a quote",
    ),
    (
        "Name = N'a'",
        "at character 8: nothing may stand before a quote",
    ),
    ("Name = x'0'", "at character 9: bytes are written as pairs"),
    ("Name = x'0g'", "at character 9: bytes are written as pairs"),
    (
        "t.id = 1",
        "at character 2: a column stands by its name alone",
    ),
    ("id + 1 = 2", "at character 4: nothing is calculated"),
    ("id * 2 = 2", "at character 4: * is not allowed"),
    ("Name || 'a' = 'b'", "at character 6: | is not allowed"),
    ("id = 1 or", "at character 10: the condition ends too early"),
    ("1 = 1", "at character 1: two values are compared"),
    (
        "1 in (1)",
        "at character 3: a comparison such as = is missing",
    ),
    ("id = null", "at character 6: nothing compares with NULL"),
    ("null = id", "at character 1: nothing compares with NULL"),
    ("id is true", "at character 7: after IS stands NULL"),
    ("id like 1", "LIKE takes a text"),
    ("id 1", "at character 4: a comparison is missing"),
    ("id = 1 id = 2", "at character 8: AND or OR is missing"),
    (
        "id = 1)",
        "at character 7: this parenthesis was never opened",
    ),
    (
        "(id = 1",
        "at character 8: a closing parenthesis is missing",
    ),
    ("id = 1e", "the number ends with its exponent missing"),
    ("id = 0x1F", "at character 7: this is no number"),
    ("id = 1.2.3", "at character 9: this is no number"),
    ("id = --1", "at character 6: comments are not allowed"),
    (
        "id = - 'a'",
        "at character 6: a sign stands before a number alone",
    ),
    (
        "id between 1 or 2",
        "at character 14: BETWEEN takes two values",
    ),
    ("id in ()", "at character 8: a value is missing before this"),
    ("id = Name.x", "a column stands by its name alone"),
    (
        "\"ID\" = 1",
        "at character 1: the catalog has no column ID of this table; near to it is id",
    ),
    ("twin = 1", "the catalog has no column twin"),
    ("nmae = 1", "near to it is Name"),
    ("\"\" = 1", "at character 1: a name is empty"),
    (
        "password = 'x'",
        "at character 1: the catalog has no column password of this table",
    ),
];

#[test]
fn what_is_not_allowed_is_told_with_its_place() {
    for (text, expected) in REFUSED {
        let told = refusal(text);
        assert!(told.contains(expected), "{text}: {told}");
    }
}

#[test]
fn sizes_are_bounded() {
    let list = |count| format!("id in ({})", vec!["1"; count].join(","));
    assert!(outline(&list(MOST_VALUES)).starts_with("(\"id\" in (?"));
    assert!(refusal(&list(MOST_VALUES + 1)).contains("a list has at most 200 values"));
    let many = |count| vec!["id=1"; count].join(" or ");
    assert!(outline(&many(MOST_TESTS)).starts_with("((\"id\" = ?)"));
    assert!(refusal(&many(MOST_TESTS + 1)).contains("at most 100 comparisons"));
    let deep = |count| format!("{}id=1{}", "(".repeat(count), ")".repeat(count));
    assert_eq!(outline(&deep(DEEPEST - 1)), "(\"id\" = ?)");
    assert!(refusal(&deep(DEEPEST)).contains("at most 32 deep"));
    assert!(refusal(&"not ".repeat(900)).contains("at most 32 deep"));
    let long = format!("Name = '{}'", "ü".repeat(MOST_CHARACTERS));
    assert!(refusal(&long).contains("at character 4001: a condition has at most 4000"));
}

#[test]
fn columns_are_chosen_by_name() {
    let chosen = |list: &str| match choose(list, &columns()) {
        Ok(chosen) => chosen
            .iter()
            .map(|column| column.name.as_str())
            .collect::<Vec<_>>()
            .join("|"),
        Err(refusal) => refusal.to_string(),
    };
    for (list, expected) in [
        ("id", "id"),
        (" total , NAME,a b ", "total|Name|a b"),
        (r#""it""s","a b" ,größe"#, "it\"s|a b|größe"),
        ("", "at character 1: a name of a column is missing"),
        ("id,,total", "at character 4: a name of a column is missing"),
        ("id,", "at character 4: a name of a column is missing"),
        ("id,ID", "at character 4: the column id is named twice"),
        ("\"id\"x", "at character 5: names are separated by commas"),
        ("\"id", "at character 1: the quote \" is not closed"),
        (
            "idd",
            "at character 1: the catalog has no column idd of this table; near to it is id",
        ),
        (
            "id; drop",
            "at character 1: the catalog has no column id; drop of this table",
        ),
    ] {
        assert_eq!(chosen(list), expected, "{list}");
    }
    assert_eq!(
        chosen(&"x".repeat(257)),
        "at character 1: no column has a name of more than 256 characters"
    );
}

/// Any condition that is allowed, as a text, and how many values it has.
fn conditions() -> impl Strategy<Value = (String, usize)> {
    let name = prop::sample::select(vec!["id", "\"a b\"", "`it\"s`", "größe", "\"select\""]);
    let value = prop_oneof![
        r"-?[0-9]{1,9}(\.[0-9]{1,3})?",
        r#"(\PC|[';"`\\\-/*])*"#.prop_map(|text| format!("'{}'", text.replace('\'', "''"))),
        Just("TRUE".to_owned()),
        Just("x'00ff'".to_owned()),
    ];
    let comparison = prop::sample::select(vec!["=", "<>", "!=", "<", "<=", ">", ">="]);
    let test = prop_oneof![
        (name.clone(), comparison, value.clone())
            .prop_map(|(name, comparison, value)| (format!("{name}{comparison} {value}"), 1)),
        (name.clone(), prop::collection::vec(value.clone(), 1..4)).prop_map(|(name, values)| (
            format!("{name} in ({})", values.join(" , ")),
            values.len()
        )),
        (name.clone(), value.clone(), value)
            .prop_map(|(name, low, high)| (format!("{name} not between {low} and {high}"), 2)),
        name.prop_map(|name| (format!("{name} is not null"), 0)),
    ];
    test.prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone())
                .prop_map(|(a, b)| (format!("({} and {})", a.0, b.0), a.1 + b.1)),
            (inner.clone(), inner.clone())
                .prop_map(|(a, b)| (format!("({}\nOR {})", a.0, b.0), a.1 + b.1)),
            inner.prop_map(|a| (format!("not ({})", a.0), a.1)),
        ]
    })
}

/// What is left of an outline when all names are taken out.
fn without_names(outline: &str) -> String {
    columns().iter().fold(outline.to_owned(), |text, column| {
        text.replace(&quote::postgres(&column.name), "")
    })
}

proptest! {
    /// Whatever is written, it is refused, or all that is printed of it is ours.
    #[test]
    fn no_text_gets_through(
        text in r#"(id|Name|total| |\(|\)|=|<|>|,|'|"|`|;|--|/\*|\\|and |or |not |in |is |null|like |select |[0-9a-z\x00]|\PC){0,30}"#
    ) {
        if let Ok(condition) = Condition::parse(&text, &columns()) {
            let rest = without_names(&condition.outline());
            for word in rest.split(|character: char| !character.is_ascii_alphanumeric()) {
                let ours = ["", "and", "or", "not", "in", "is", "null", "like", "between"];
                prop_assert!(ours.contains(&word), "{text:?} is printed as {rest}");
            }
            prop_assert!(
                rest.chars().all(|character| "?()<>=, ".contains(character) || character.is_ascii_lowercase()),
                "{text:?} is printed as {rest}"
            );
        }
    }

    #[test]
    fn what_is_allowed_keeps_its_values_out_of_the_print((text, values) in conditions()) {
        prop_assume!(text.chars().count() <= MOST_CHARACTERS);
        let condition = Condition::parse(&text, &columns());
        let outline = condition.map(|condition| condition.outline());
        let outline = outline.map_err(|refusal| TestCaseError::fail(format!("{text}: {refusal}")))?;
        prop_assert_eq!(outline.matches('?').count(), values);
        // What was printed is a condition again, and is printed the same.
        let again = outline.replace('?', "1");
        let again = Condition::parse(&again, &columns()).map(|condition| condition.outline());
        prop_assert_eq!(again, Ok(outline));
    }
}
