use std::time::Duration;

use models::details::TableName;
use proptest::prelude::*;

use super::*;
use crate::{Caps, Condition};

fn column(name: &str, data_type: &str, column_type: &str) -> Column {
    Column {
        name: name.to_owned(),
        data_type: data_type.to_owned(),
        column_type: column_type.to_owned(),
    }
}

fn request(columns: Vec<Column>, condition: Option<&str>) -> PreviewRequest {
    let condition = condition.map(|text| Condition::parse(text, &columns).expect(text));
    PreviewRequest {
        table: TableName {
            table_schema: String::new(),
            table_name: "t`1".to_owned(),
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

fn statement(request: &PreviewRequest) -> Result<(String, Vec<Value>), String> {
    Statement::new(Flavor::MySql, "db", request)
        .map(|statement| (statement.sql, statement.values))
        .map_err(|error| error.to_string())
}

#[test]
fn each_type_is_printed_by_the_server() {
    let of = |data_type, column_type, flavor| {
        text(&column("a`b", data_type, column_type), flavor, 100).0
    };
    for (data_type, column_type, expected) in [
        (
            "binary",
            "blob",
            "LOWER(HEX(LEFT(`a``b`, 51))), CAST(LENGTH(`a``b`) AS SIGNED)",
        ),
        (
            "text",
            "text",
            "LEFT(`a``b`, 101), CAST(LENGTH(`a``b`) AS SIGNED)",
        ),
        ("integer", "bigint unsigned", "CAST(`a``b` AS CHAR), NULL"),
        ("bit", "bit(12)", "LPAD(BIN(`a``b` + 0), 12, '0'), NULL"),
        (
            "spatial",
            "point",
            "LEFT(CONCAT('SRID=', ST_SRID(`a``b`), ';', ST_AsText(`a``b`)), 101), NULL",
        ),
        (
            "other",
            "vector(3)",
            "LEFT(VECTOR_TO_STRING(`a``b`), 101), NULL",
        ),
        (
            "decimal",
            "decimal(65,30)",
            "LEFT(CAST(`a``b` AS CHAR), 101), NULL",
        ),
        ("json", "json", "LEFT(CAST(`a``b` AS CHAR), 101), NULL"),
    ] {
        assert_eq!(of(data_type, column_type, Flavor::MySql), expected);
    }
    assert_eq!(
        of("other", "vector(3)", Flavor::MariaDb),
        "LEFT(VEC_ToText(`a``b`), 101), NULL"
    );
    for (column_type, digits) in [("bit(1)", 1), ("bit(64)", 64), ("bit", 1), ("bit(x)", 1)] {
        assert_eq!(width(column_type), digits, "{column_type}");
    }
}

fn columns() -> Vec<Column> {
    vec![
        column("i", "integer", "bigint"),
        column("d", "decimal", "decimal(65,30)"),
        column("f", "float", "double"),
        column("t", "text", "text"),
        column("b", "bit", "bit(4)"),
        column("y", "binary", "blob"),
        column("n", "boolean", "tinyint(1)"),
        column("m", "timestamp", "datetime"),
    ]
}

#[test]
fn values_are_bound_as_what_the_column_is() {
    for (text, sql, values) in [
        ("i = '7'", "(`i` = ?)", vec![Value::Integer(7)]),
        (
            "i < 18446744073709551615",
            "(`i` < ?)",
            vec![Value::Unsigned(u64::MAX)],
        ),
        (
            "i > 1.5",
            "(`i` > CAST(? AS DECIMAL(65,30)))",
            vec![Value::Text("1.5".to_owned())],
        ),
        (
            "d = 0.1",
            "(`d` = CAST(? AS DECIMAL(65,30)))",
            vec![Value::Text("0.1".to_owned())],
        ),
        ("f = 0.5", "(`f` = ?)", vec![Value::Float(0.5)]),
        ("t = 5", "(`t` = ?)", vec![Value::Text("5".to_owned())]),
        (
            "b in ('0101', 3)",
            "(`b` in (?, ?))",
            vec![Value::Unsigned(5), Value::Unsigned(3)],
        ),
        ("y = x'00ff'", "(`y` = ?)", vec![Value::Bytes(vec![0, 255])]),
        (
            "m < '2020-01-31 12:30:00.5'",
            "(`m` < ?)",
            vec![Value::Text("2020-01-31 12:30:00.5".to_owned())],
        ),
        ("n = true", "(`n` = ?)", vec![Value::Integer(1)]),
        (
            "i like '1%'",
            "(`i` like ?)",
            vec![Value::Text("1%".to_owned())],
        ),
    ] {
        let (printed, bound) = statement(&request(columns(), Some(text))).expect(text);
        let (_, condition) = printed.split_once(" WHERE ").expect("a condition");
        assert_eq!(condition, format!("{sql} LIMIT 11"), "{text}");
        assert_eq!(bound, values, "{text}");
        assert!(printed.contains(" FROM `db`.`t``1` "), "{printed}");
    }
    for text in [
        "m = 'never'",
        "m = ''",
        "i = 'abc'",
        "i = ''",
        "d = 'inf'",
        "f = 'NaN'",
        "b = '2'",
        "b = 0.5",
    ] {
        let refused = statement(&request(columns(), Some(text))).expect_err(text);
        assert!(refused.contains("compare it with"), "{text}: {refused}");
    }
}

#[test]
fn of_a_failure_only_the_number_is_told() {
    let error = |number: u16| ScanError::Statement {
        what: ROWS.to_owned(),
        cause: format!("Incorrect DATE value: 'secret' (error {number})"),
    };
    let columns = vec![column("d", "date", "date")];
    let asked = request(columns.clone(), Some("d = '1'"));
    let told = failure(error(1525), &asked);
    assert!(matches!(&told, PreviewError::Refused(_)), "{told}");
    assert!(!told.to_string().contains("secret"), "{told}");
    let told = failure(error(1525), &request(columns, None));
    assert!(matches!(&told, PreviewError::Scan(_)), "{told}");
    assert!(!told.to_string().contains("secret"), "{told}");
    for number in [1146, 1049, 1054] {
        let told = failure(error(number), &asked);
        assert!(matches!(&told, PreviewError::Gone(_)), "{told}");
        assert!(!told.to_string().contains("secret"), "{told}");
    }
}

proptest! {
    /// Two texts that differ in their values alone make the same statement.
    #[test]
    fn no_value_is_in_the_statement(one in r#"(\PC|['"\\;`]){0,20}"#, other in r#"(\PC|['"\\;`]){0,20}"#) {
        let printed = |value: &str| {
            let value = value.replace('\'', "''");
            let text = format!("t = '{value}' or t like '{value}' or t in ('{value}', 'x')");
            statement(&request(vec![column("t", "text", "text")], Some(&text))).expect("sound")
        };
        let (of_one, of_other) = (printed(&one), printed(&other));
        prop_assert_eq!(of_one.0, of_other.0);
        let bound = |value: &str| [value, value, value, "x"].map(|text| Value::Text(text.to_owned()));
        prop_assert_eq!(of_one.1, bound(&one));
        prop_assert_eq!(of_other.1, bound(&other));
    }

    #[test]
    fn no_name_ends_early(name in r#"(\PC|["'\\;`\x00]){1,20}"#) {
        let (sql, _) = statement(&request(vec![column(&name, "integer", "int")], None)).expect("sound");
        let quoted = quote::mysql(&name);
        prop_assert_eq!(
            sql,
            format!("/* plumbline preview */ SELECT CAST({quoted} AS CHAR), NULL FROM `db`.`t``1` LIMIT 11")
        );
    }
}
