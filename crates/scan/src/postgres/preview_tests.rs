use std::time::Duration;

use models::details::TableName;
use proptest::prelude::*;

use super::*;
use crate::{Caps, Condition};

fn column(name: &str) -> Column {
    Column {
        name: name.to_owned(),
        data_type: String::new(),
        column_type: String::new(),
    }
}

fn request(columns: &[&str], condition: Option<&str>) -> PreviewRequest {
    let columns: Vec<_> = columns.iter().map(|name| column(name)).collect();
    let condition = condition.map(|text| Condition::parse(text, &columns).expect(text));
    PreviewRequest {
        table: TableName {
            table_schema: "s\"1".to_owned(),
            table_name: "t".to_owned(),
        },
        columns,
        condition,
        caps: Caps {
            rows: 10,
            bytes: 1_000_000,
            cell_bytes: 100,
            time: Duration::from_secs(1),
        },
    }
}

fn types(of: &[(&str, &str, &str)]) -> Types {
    of.iter()
        .map(|(column, schema, name)| {
            let of_type = ServerType {
                schema: (*schema).to_owned(),
                name: (*name).to_owned(),
            };
            ((*column).to_owned(), of_type)
        })
        .collect()
}

#[test]
fn each_type_is_printed_by_the_server() {
    for (schema, name, expected, form) in [
        (
            "pg_catalog",
            "bytea",
            "encode(substring(\"a\" from 1 for 51), 'hex'), octet_length(\"a\")::int8",
            Form::Bytes,
        ),
        (
            "pg_catalog",
            "varchar",
            "left(\"a\"::text, 101), octet_length(\"a\"::text)::int8",
            Form::Text,
        ),
        (
            "pg_catalog",
            "int8",
            "case when \"a\" is distinct from null then left(format('%s', \"a\"), 101) end, null::int8",
            Form::Integer,
        ),
        (
            "pg_catalog",
            "bool",
            "case when \"a\" is distinct from null then left(format('%s', \"a\"), 101) end, null::int8",
            Form::Boolean,
        ),
        // Somebody's own type that has borrowed a name.
        (
            "public",
            "bytea",
            "case when \"a\" is distinct from null then left(format('%s', \"a\"), 101) end, null::int8",
            Form::Text,
        ),
    ] {
        let of_type = ServerType {
            schema: schema.to_owned(),
            name: name.to_owned(),
        };
        assert_eq!(
            text("\"a\"", &of_type, 100),
            (expected.to_owned(), form),
            "{schema}.{name}"
        );
    }
}

#[test]
fn values_are_bound_and_cast_by_the_name_of_the_type() {
    let types = types(&[
        ("id", "pg_catalog", "int4"),
        ("mood", "my\"own", "mood"),
        ("name", "pg_catalog", "varchar"),
    ]);
    let text = "id = 5 and id > 1.5 and mood in ('sad', TRUE) and name like 'a%' and name = x'0a'";
    let statement = Statement::new(&request(&["id", "mood", "name"], Some(text)), &types);
    let statement = statement.expect("sound");
    let (_, condition) = statement.sql.split_once("\nwhere ").expect("a condition");
    assert_eq!(
        condition,
        "((\"id\" = $1::text::\"pg_catalog\".\"int8\") and (\"id\" > $2::text::\"pg_catalog\".\"numeric\") \
         and (\"mood\" in ($3::text::\"my\"\"own\".\"mood\", $4::text::\"my\"\"own\".\"mood\")) \
         and (\"name\" like $5::text::\"pg_catalog\".\"text\") \
         and (\"name\" = $6::text::\"pg_catalog\".\"varchar\"))\nlimit 11"
    );
    assert_eq!(statement.values, ["5", "1.5", "sad", "true", "a%", "\\x0a"]);
    assert!(
        statement.sql.contains("\nfrom \"s\"\"1\".\"t\"\n"),
        "{}",
        statement.sql
    );
}

#[test]
fn a_column_that_is_gone_is_told() {
    let types = types(&[("id", "pg_catalog", "int4")]);
    let gone = Statement::new(&request(&["id", "x"], None), &types).map(|statement| statement.sql);
    assert!(
        matches!(&gone, Err(PreviewError::Gone(what)) if what == "the table has no column x any more"),
        "{gone:?}"
    );
}

#[test]
fn of_a_failure_only_the_code_is_told() {
    let error = |code: &str| ScanError::Statement {
        what: ROWS.to_owned(),
        cause: format!("secret of a row ({code})"),
    };
    let asked = request(&["id"], Some("id = 1"));
    for code in ["42883", "22P02", "22003"] {
        let told = failure(error(code), &asked);
        assert!(matches!(&told, PreviewError::Refused(_)), "{code}: {told}");
        assert!(!told.to_string().contains("secret"), "{told}");
    }
    for (code, request) in [("22P02", request(&["id"], None)), ("22012", asked)] {
        let told = failure(error(code), &request);
        assert!(matches!(&told, PreviewError::Scan(_)), "{code}: {told}");
        assert!(!told.to_string().contains("secret"), "{told}");
    }
}

proptest! {
    /// Two texts that differ in their values alone make the same statement.
    #[test]
    fn no_value_is_in_the_statement(one in r#"(\PC|['"\\;$]){0,20}"#, other in r#"(\PC|['"\\;$]){0,20}"#) {
        let types = types(&[("name", "pg_catalog", "text")]);
        let statement = |value: &str| {
            let value = value.replace('\'', "''");
            let text = format!("name = '{value}' or name like '{value}' or name in ('{value}', 'x')");
            let statement = Statement::new(&request(&["name"], Some(&text)), &types).expect("sound");
            (statement.sql, statement.values)
        };
        let (of_one, of_other) = (statement(&one), statement(&other));
        prop_assert_eq!(of_one.0, of_other.0);
        prop_assert_eq!(of_one.1, [one.as_str(), &one, &one, "x"]);
        prop_assert_eq!(of_other.1, [other.as_str(), &other, &other, "x"]);
    }

    #[test]
    fn no_name_ends_early(name in r#"(\PC|["'\\;$\x00]){1,20}"#) {
        let types = types(&[(name.as_str(), "pg_catalog", "int4")]);
        let statement = Statement::new(&request(&[&name], None), &types).expect("sound");
        let quoted = quote::postgres(&name);
        prop_assert_eq!(
            statement.sql,
            format!(
                "-- plumbline preview\nselect case when {quoted} is distinct from null then \
                 left(format('%s', {quoted}), 101) end, null::int8\nfrom \"s\"\"1\".\"t\"\nlimit 11"
            )
        );
    }
}
