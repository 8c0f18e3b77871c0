//! The neutral type behind a server's type, and the labels of enums and sets.

use super::row::without_nul;

/// The word of [`models::field::Field::data_type`] for a type: `DATA_TYPE` and `COLUMN_TYPE` as the
/// server prints them.
pub(super) fn neutral(data_type: &str, column_type: &str) -> &'static str {
    match data_type {
        // What BOOL and BOOLEAN stand for; the only display width that MySQL 8 still prints.
        "tinyint" if column_type == "tinyint(1)" => "boolean",
        "tinyint" | "smallint" | "mediumint" | "int" | "integer" | "bigint" | "year" => "integer",
        "decimal" | "numeric" => "decimal",
        "float" | "double" | "real" => "float",
        "bit" => "bit",
        "char" | "varchar" | "tinytext" | "text" | "mediumtext" | "longtext" => "text",
        "binary" | "varbinary" | "tinyblob" | "blob" | "mediumblob" | "longblob" => "binary",
        "date" => "date",
        "time" => "time",
        "datetime" | "timestamp" => "timestamp",
        "json" => "json",
        "enum" => "enum",
        "set" => "set",
        "uuid" => "uuid",
        "inet4" | "inet6" => "network",
        "xmltype" => "xml",
        "geometry" | "point" | "linestring" | "polygon" | "multipoint" | "multilinestring"
        | "multipolygon" | "geometrycollection" | "geomcollection" => "spatial",
        _ => "other",
    }
}

/// The labels of an enum or set, in order; None for other types.
///
/// They stand in `COLUMN_TYPE` as `enum('a','it''s')`, with a backslash before backslashes and
/// control characters.
pub(super) fn labels(data_type: &str, column_type: &str) -> Option<Vec<String>> {
    if !matches!(data_type, "enum" | "set") {
        return None;
    }
    let mut characters = column_type
        .strip_prefix(data_type)?
        .strip_prefix('(')?
        .chars()
        .peekable();
    let mut labels = Vec::new();
    while characters.next_if_eq(&'\'').is_some() {
        let mut label = String::new();
        loop {
            match characters.next()? {
                '\'' if characters.next_if_eq(&'\'').is_some() => label.push('\''),
                '\'' => break,
                '\\' => label.push(match characters.next()? {
                    'n' => '\n',
                    'r' => '\r',
                    '0' => '\0',
                    'Z' => '\x1a',
                    other => other,
                }),
                other => label.push(other),
            }
        }
        labels.push(without_nul(label));
        characters.next_if_eq(&',');
    }
    Some(labels)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_type_has_a_neutral_one() {
        for (data_type, column_type, expected) in [
            ("tinyint", "tinyint(1)", "boolean"),
            ("tinyint", "tinyint(1) unsigned", "integer"),
            ("tinyint", "tinyint(4)", "integer"),
            ("int", "int", "integer"),
            ("bigint", "bigint(20) unsigned", "integer"),
            ("year", "year(4)", "integer"),
            ("decimal", "decimal(10,2)", "decimal"),
            ("double", "double", "float"),
            ("bit", "bit(1)", "bit"),
            ("longtext", "longtext", "text"),
            ("varbinary", "varbinary(5)", "binary"),
            ("datetime", "datetime(3)", "timestamp"),
            ("time", "time", "time"),
            ("json", "json", "json"),
            ("geomcollection", "geomcollection", "spatial"),
            ("inet6", "inet6", "network"),
            ("uuid", "uuid", "uuid"),
            ("vector", "vector(3)", "other"),
            ("something new", "something new(1)", "other"),
        ] {
            assert_eq!(neutral(data_type, column_type), expected, "{column_type}");
        }
    }

    #[test]
    fn labels_of_enums_and_sets() {
        let of = |data_type, column_type| labels(data_type, column_type).unwrap();
        assert_eq!(of("enum", "enum('a','b')"), ["a", "b"]);
        assert_eq!(
            of(
                "enum",
                r#"enum('it''s','x,y','c"d','','back\\slash','日',''',''','(')"#
            ),
            ["it's", "x,y", "c\"d", "", "back\\slash", "日", "','", "("]
        );
        assert_eq!(of("set", r"set('r','a\nb','\0')"), ["r", "a\nb", "\\x00"]);
        assert_eq!(labels("varchar", "varchar(5)"), None);
        assert_eq!(labels("enum", "enum('cut"), None);
    }

    #[test]
    fn whatever_is_quoted_comes_back() {
        let odd = [
            "", "'", "''", "\\", "\\'", ",", "','", "a'b,c\\d", "\n", "()", "%_", "日本", "🙂",
        ];
        for first in odd {
            for second in odd {
                let quote = |label: &str| {
                    label
                        .replace('\\', "\\\\")
                        .replace('\'', "''")
                        .replace('\n', "\\n")
                };
                let column_type = format!("set('{}','{}')", quote(first), quote(second));
                assert_eq!(
                    labels("set", &column_type).unwrap(),
                    [first, second],
                    "{column_type}"
                );
            }
        }
    }
}
