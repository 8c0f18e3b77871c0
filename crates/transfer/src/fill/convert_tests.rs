use super::super::plan::TargetColumn;
use super::*;

fn way(form: Form, data_type: &str, column_type: &str) -> Way {
    Way {
        form,
        column: TargetColumn {
            name: "c".to_owned(),
            data_type: data_type.to_owned(),
            column_type: column_type.to_owned(),
            is_generated: false,
            is_nullable: true,
        },
    }
}

fn as_text(form: Form, value: &str, data_type: &str, column_type: &str, postgres: bool) -> String {
    match convert(
        Some(value.as_bytes()),
        &way(form, data_type, column_type),
        postgres,
    ) {
        Ok(Value::Text(text)) => text,
        Ok(other) => other.shown(),
        Err(reason) => format!("! {reason}"),
    }
}

#[test]
fn what_means_the_same_is_written_so_that_it_is_read() {
    for (form, value, data_type, column_type, postgres, expected) in [
        (Form::Integer, "1", "boolean", "boolean", true, "1"),
        (Form::Text, "Yes", "boolean", "boolean", true, "1"),
        (Form::Bit, "0001", "boolean", "boolean", true, "1"),
        (Form::Boolean, "0", "boolean", "tinyint(1)", false, "0"),
        (Form::Integer, "2", "boolean", "tinyint(1)", false, "2"),
        (Form::Decimal, "12.000", "integer", "int", false, "12"),
        (Form::Decimal, "-.0", "integer", "int", false, "0"),
        (Form::Float, "1e3", "integer", "bigint", true, "1000"),
        (Form::Text, " 12.0 ", "integer", "int", false, "12"),
        (Form::Text, "twelve", "integer", "int", false, "twelve"),
        (Form::Text, "+12", "integer", "int", false, "12"),
        (Form::Integer, "5", "bit", "bit(8)", true, "00000101"),
        (Form::Bit, "101", "bit", "bit(5)", true, "00101"),
        (Form::Bit, "00000101", "bit", "bit(4)", true, "0101"),
        (Form::Bit, "101", "bit", "bit varying(9)", true, "101"),
        (Form::Bit, "101", "bit", "bit(8)", false, "101"),
        (Form::Bit, "101", "integer", "int", false, "5"),
        (
            Form::Timestamp,
            "2020-01-31 12:30:00",
            "date",
            "date",
            true,
            "2020-01-31 12:30:00",
        ),
        (Form::Text, "a\0b", "text", "varchar(3)", false, "a\0b"),
    ] {
        let shown = as_text(form, value, data_type, column_type, postgres);
        assert_eq!(shown, expected, "{value} {column_type}");
    }
}

#[test]
fn what_a_server_would_bend_is_refused() {
    for (form, value, data_type, column_type, postgres, expected) in [
        (
            Form::Decimal,
            "12.5",
            "integer",
            "int",
            false,
            "12.5 is no whole number",
        ),
        (
            Form::Float,
            "NaN",
            "integer",
            "int",
            false,
            "NaN is no whole number",
        ),
        (
            Form::Float,
            "1e300",
            "integer",
            "int",
            false,
            "1e300 is no whole number",
        ),
        (
            Form::Integer,
            "2",
            "boolean",
            "boolean",
            true,
            "2 is no truth value",
        ),
        (
            Form::Text,
            "perhaps",
            "boolean",
            "tinyint(1)",
            false,
            "perhaps is no truth value",
        ),
        (Form::Text, "2", "bit", "bit(8)", true, "2 are no bits"),
        (
            Form::Text,
            "a\0b",
            "text",
            "text",
            true,
            "PostgreSQL takes no NUL in texts",
        ),
    ] {
        let shown = as_text(form, value, data_type, column_type, postgres);
        assert_eq!(shown, format!("! {expected}"), "{value} {column_type}");
    }
}

#[test]
fn uuids_are_text_or_sixteen_bytes() {
    const TEXT: &str = "01234567-89ab-cdef-0123-456789abcdef";
    let bytes: Vec<u8> = [0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef].repeat(2);
    let to_bytes = way(Form::Uuid, "binary", "binary(16)");
    assert_eq!(
        convert(Some(TEXT.as_bytes()), &to_bytes, false),
        Ok(Value::Bytes(bytes.clone()))
    );
    let to_text = way(Form::Bytes, "uuid", "uuid");
    let text = "0123456789abcdef0123456789abcdef".to_owned();
    assert_eq!(convert(Some(&bytes), &to_text, true), Ok(Value::Text(text)));
    assert!(convert(Some(b"\xff\xfe"), &to_text, true).is_err());
}

#[test]
fn bytes_that_are_no_text_go_to_bytes_alone() {
    let bytes = Some(&b"\xff\x00"[..]);
    let to_bytes = convert(bytes, &way(Form::Bytes, "binary", "bytea"), true);
    assert_eq!(to_bytes, Ok(Value::Bytes(vec![0xff, 0])));
    let to_text = convert(bytes, &way(Form::Bytes, "text", "text"), true);
    assert_eq!(to_text, Err("it is no text in UTF-8".to_owned()));
    assert_eq!(
        convert(None, &way(Form::Text, "text", "text"), true),
        Ok(Value::Null)
    );
}

#[test]
fn half_a_number_in_a_text_is_no_whole_one() {
    let shown = as_text(Form::Text, "12.5", "integer", "int", false);
    assert_eq!(shown, "! 12.5 is no whole number");
}

#[test]
fn a_null_is_no_time_of_day() {
    let mut required = way(Form::Timestamp, "timestamp", "timestamp(6)");
    required.column.is_nullable = false;
    let refused = Err("it may not be NULL".to_owned());
    assert_eq!(convert(None, &required, false), refused);
    // The server refuses it.
    assert_eq!(convert(None, &required, true), Ok(Value::Null));
    required.column.column_type = "datetime".to_owned();
    assert_eq!(convert(None, &required, false), Ok(Value::Null));
}
