//! What both flavors print for the same DDL, taken from `MySQL` 5.6 and 9.7 and `MariaDB` 10.11.

use super::*;

fn mysql(data_type: &str, text: &str, extra: &str) -> Option<String> {
    Default {
        text: Some(text),
        data_type,
        extra,
        is_expression: false,
    }
    .expression()
}

fn mariadb(data_type: &str, text: &str) -> Option<String> {
    Default {
        text: Some(text),
        data_type,
        extra: "",
        is_expression: true,
    }
    .expression()
}

/// `DATA_TYPE`, what `MySQL` prints, its EXTRA, what `MariaDB` prints, and what comes of both.
const SAME: &[(&str, &str, &str, &str, &str)] = &[
    ("int", "5", "", "5", "5"),
    ("int", "-7", "", "-7", "-7"),
    ("decimal", "1.500", "", "1.500", "1.500"),
    ("double", "-1e20", "", "-1e20", "-1e20"),
    ("year", "2020", "", "2020", "2020"),
    ("bit", "b'101'", "", "b'101'", "b'101'"),
    ("varchar", "abc", "", "'abc'", "'abc'"),
    ("varchar", "5", "", "'5'", "'5'"),
    ("varchar", "", "", "''", "''"),
    ("varchar", "NULL", "", "'NULL'", "'NULL'"),
    (
        "varchar",
        "CURRENT_TIMESTAMP",
        "",
        "'CURRENT_TIMESTAMP'",
        "'CURRENT_TIMESTAMP'",
    ),
    ("varchar", "it's", "", "'it''s'", "'it''s'"),
    ("varchar", "a\\b", "", r"'a\\b'", r"'a\\b'"),
    ("varchar", "a\nb\tc", "", "'a\\nb\tc'", "'a\\nb\tc'"),
    ("varchar", "x\0y", "", r"'x\0y'", r"'x\0y'"),
    ("varchar", "äö日", "", "'äö日'", "'äö日'"),
    ("enum", "it's", "", "'it''s'", "'it''s'"),
    ("set", "r,g", "", "'r,g'", "'r,g'"),
    ("date", "2020-01-02", "", "'2020-01-02'", "'2020-01-02'"),
    (
        "datetime",
        "2020-01-02 03:04:05.678",
        "",
        "'2020-01-02 03:04:05.678'",
        "'2020-01-02 03:04:05.678'",
    ),
    ("binary", "0x6162", "", r"'ab\0\0'", "'ab'"),
    ("varbinary", "0x7879", "", "'xy'", "'xy'"),
    ("varbinary", "", "", "''", "''"),
    ("varbinary", "xy", "", "'xy'", "'xy'"),
    (
        "timestamp",
        "CURRENT_TIMESTAMP",
        "",
        "current_timestamp()",
        "current_timestamp()",
    ),
    (
        "timestamp",
        "CURRENT_TIMESTAMP",
        GENERATED,
        "current_timestamp()",
        "current_timestamp()",
    ),
    (
        "datetime",
        "CURRENT_TIMESTAMP(6)",
        GENERATED,
        "current_timestamp(6)",
        "current_timestamp(6)",
    ),
    ("varchar", "uuid()", GENERATED, "uuid()", "uuid()"),
    ("int", "(1 + 2)", GENERATED, "(1 + 2)", "(1 + 2)"),
    ("text", r"_utf8mb4\'abc\'", GENERATED, "'abc'", "'abc'"),
    (
        "text",
        r"_utf8mb4\'it\\\'s\'",
        GENERATED,
        r"'it\'s'",
        r"'it\'s'",
    ),
    (
        "json",
        r"json_object(_utf8mb4\'k\',1)",
        GENERATED,
        "json_object('k',1)",
        "json_object('k',1)",
    ),
    (
        "varchar",
        r"concat(_utf8mb4\'a\',_utf8mb4\'b\\\'c\',_utf8mb4\'d\')",
        GENERATED,
        r"concat('a','b\'c','d')",
        r"concat('a','b\'c','d')",
    ),
];

const GENERATED: &str = "DEFAULT_GENERATED";

#[test]
fn the_same_ddl_gives_the_same_default() {
    for &(data_type, from_mysql, extra, from_mariadb, expected) in SAME {
        let default = mysql(data_type, from_mysql, extra);
        assert_eq!(default.as_deref(), Some(expected), "MySQL {from_mysql}");
        let default = mariadb(data_type, from_mariadb);
        assert_eq!(default.as_deref(), Some(expected), "MariaDB {from_mariadb}");
    }
}

#[test]
fn null_is_no_default() {
    assert_eq!(mariadb("varchar", "NULL"), None);
    assert_eq!(mysql("int", "NULL", "DEFAULT_GENERATED"), None);
    assert_eq!(
        Default {
            text: None,
            data_type: "int",
            extra: "",
            is_expression: false
        }
        .expression(),
        None
    );
    assert_eq!(
        Default {
            text: None,
            data_type: "int",
            extra: "",
            is_expression: true
        }
        .expression(),
        None
    );
}

#[test]
fn what_is_odd_is_kept() {
    assert_eq!(mysql("varbinary", "0x61FF", "").as_deref(), Some("0x61FF"));
    assert_eq!(mysql("varbinary", "0x", "").as_deref(), Some("0x"));
    assert_eq!(mysql("binary", "ab\0\0", "").as_deref(), Some("'ab'"));
    assert_eq!(
        mysql("int", "not a number", "").as_deref(),
        Some("'not a number'")
    );
    assert_eq!(mysql("double", "nan", "").as_deref(), Some("'nan'"));
    assert_eq!(mariadb("binary", r"'a\\0'").as_deref(), Some(r"'a\\0'"));
    assert_eq!(mariadb("binary", r"'a\\\0\0'").as_deref(), Some(r"'a\\'"));
    assert_eq!(mariadb("binary", "uuid()").as_deref(), Some("uuid()"));
    assert_eq!(
        mysql("varchar", "concat(_latin1\\'q\\')", "DEFAULT_GENERATED").as_deref(),
        Some("concat(_latin1'q')")
    );
    assert_eq!(
        mysql(
            "varchar",
            r"concat(`a_utf8mb4`,_utf8mb4\'x_utf8mb4\')",
            "DEFAULT_GENERATED"
        )
        .as_deref(),
        Some("concat(`a_utf8mb4`,'x_utf8mb4')")
    );
}

#[test]
fn literals_stay_apart() {
    let odd = [
        "", "'", "''", "\\", "\\'", "\\n", "\n", "\0", "0", "\\0", "a", "日", "🙂", "\r", "\"",
    ];
    for first in odd {
        for second in odd {
            let (one, other) = (format!("{first}{second}"), format!("{second}{first}"));
            assert_eq!(one == other, quoted(&one) == quoted(&other));
            // As an expression that MySQL has escaped once more, the literal comes back as it was.
            let escaped = quoted(&one).replace('\\', "\\\\").replace('\'', "\\'");
            assert_eq!(
                plain(&format!("concat(_utf8mb4{escaped})")),
                format!("concat({})", quoted(&one)),
                "{one:?}"
            );
        }
    }
}

#[test]
fn generation_expressions() {
    assert_eq!(
        generation("(`i_five` + 1)").as_deref(),
        Some("`i_five` + 1")
    );
    assert_eq!(generation("`i_five` + 1").as_deref(), Some("`i_five` + 1"));
    assert_eq!(
        generation("(`a` + 1) * (`b` + 1)").as_deref(),
        Some("(`a` + 1) * (`b` + 1)")
    );
    assert_eq!(generation(r"(`a` > \')\')").as_deref(), Some("`a` > ')'"));
    assert_eq!(
        generation(r"concat(`v`,_utf8mb4\'x\\\'y\',_utf8mb4\'z\')").as_deref(),
        Some(r"concat(`v`,'x\'y','z')")
    );
    assert_eq!(
        generation(r"concat(`v`,'x\'y','z')").as_deref(),
        Some(r"concat(`v`,'x\'y','z')")
    );
    assert_eq!(generation("ROW START").as_deref(), Some("ROW START"));
    assert_eq!(generation(""), None);
}

#[test]
fn extras() {
    assert_eq!(extra(""), None);
    assert_eq!(extra("DEFAULT_GENERATED"), None);
    assert_eq!(extra("auto_increment").as_deref(), Some("auto_increment"));
    let update = Some("on update current_timestamp(6)");
    assert_eq!(
        extra("DEFAULT_GENERATED on update CURRENT_TIMESTAMP(6)").as_deref(),
        update
    );
    assert_eq!(extra("on update current_timestamp(6)").as_deref(), update);
    assert_eq!(
        extra("VIRTUAL GENERATED, INVISIBLE"),
        extra("VIRTUAL GENERATED INVISIBLE")
    );
    assert!(has_word("STORED GENERATED, INVISIBLE", "INVISIBLE"));
    assert!(!has_word("STORED GENERATED", "VIRTUAL"));
}
