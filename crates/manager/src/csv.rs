//! Rows as CSV (RFC 4180).
//!
//! NULL is an empty field, an empty text is `""`. Spreadsheets take a text that begins with `=`, `+`,
//! `-`, `@` or a control character for a formula and may run it; such a text gets a `'` before it,
//! which they do not show. Columns of numbers keep their signs. Whoever wants values untouched asks for
//! JSON.

use models::preview::{Preview, PreviewColumn};
use serde_json::Value;

/// The rows of a preview below a line of the columns' names.
pub(crate) fn print(preview: &Preview) -> String {
    let mut text = String::new();
    let names = preview.columns.iter();
    line(&mut text, names.map(|column| field(&column.name, false)));
    for row in &preview.rows {
        let values = preview.columns.iter().zip(row);
        line(&mut text, values.map(|(column, value)| cell(column, value)));
    }
    text
}

fn line(text: &mut String, fields: impl Iterator<Item = String>) {
    for (place, field) in fields.enumerate() {
        if place > 0 {
            text.push(',');
        }
        text.push_str(&field);
    }
    text.push_str("\r\n");
}

fn cell(column: &PreviewColumn, value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => {
            let is_number = matches!(column.data_type.as_str(), "integer" | "decimal" | "float");
            // What the server says is not believed either.
            field(text, is_number && text.parse::<f64>().is_ok())
        }
        // A truth value or a number.
        other => other.to_string(),
    }
}

fn field(text: &str, is_number: bool) -> String {
    let is_formula = !is_number && text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    let guard = if is_formula { "'" } else { "" };
    if text.is_empty() || is_formula || text.contains([',', '"', '\r', '\n', ' ']) {
        format!("\"{guard}{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn null_is_told_from_nothing_and_formulas_are_guarded() {
        let column = |name: &str, data_type: &str| PreviewColumn {
            name: name.to_owned(),
            data_type: data_type.to_owned(),
            column_type: data_type.to_owned(),
            encoding: None,
        };
        let preview = Preview {
            table_id: 1,
            table_schema: String::new(),
            table_name: "t".to_owned(),
            columns: vec![
                column("id", "integer"),
                column("a, \"b\"", "text"),
                column("=x", "decimal"),
                column("ok", "boolean"),
            ],
            rows: vec![
                vec![json!(1), json!(null), json!("-1.50"), json!(true)],
                vec![json!(-2), json!(""), json!(null), json!(false)],
                vec![
                    json!("9007199254740993"),
                    json!("=1+1"),
                    json!("2"),
                    json!(null),
                ],
                vec![
                    json!(4),
                    json!("say \"hi\",\r\nyou"),
                    json!("+3"),
                    json!(null),
                ],
                vec![json!(5), json!("日本"), json!("=1+1"), json!(null)],
            ],
            truncated: false,
            truncated_by: None,
            cut: Vec::new(),
        };
        assert_eq!(
            print(&preview),
            "id,\"a, \"\"b\"\"\",\"'=x\",ok\r\n\
             1,,-1.50,true\r\n\
             -2,\"\",,false\r\n\
             9007199254740993,\"'=1+1\",2,\r\n\
             4,\"say \"\"hi\"\",\r\nyou\",+3,\r\n\
             5,日本,\"'=1+1\",\r\n"
        );
        for text in ["+1", "-1", "@a", "\tx", "\rx"] {
            assert_eq!(field(text, false), format!("\"'{text}\""));
            assert_ne!(field(text, true), format!("\"'{text}\""));
        }
    }
}
