//! Every type of the three servers, shown as its server prints it.

use serde_json::{Value, json};
use test_support::Server;

use super::Rows;

/// A column, the literal that is put in, and what is shown of it.
type Case = (&'static str, &'static str, Value);

fn postgres_numbers() -> Vec<Case> {
    vec![
        ("smallint", "-32768", json!(-32768)),
        ("int", "2147483647", json!(2_147_483_647)),
        (
            "bigint",
            "9007199254740991",
            json!(9_007_199_254_740_991_i64),
        ),
        (
            "bigint",
            "9223372036854775807",
            json!("9223372036854775807"),
        ),
        ("oid", "4294967295", json!(4_294_967_295_i64)),
        (
            "numeric",
            "12345678901234567890123456789.000000000000000000000000000000000000000000120",
            json!("12345678901234567890123456789.000000000000000000000000000000000000000000120"),
        ),
        ("numeric", "'NaN'", json!("NaN")),
        ("numeric(7,2)", "-0.5", json!("-0.50")),
        ("real", "0.1", json!("0.1")),
        ("double precision", "'-Infinity'", json!("-Infinity")),
        (
            "double precision",
            "0.30000000000000004",
            json!("0.30000000000000004"),
        ),
        ("boolean", "true", json!(true)),
        ("boolean", "false", json!(false)),
    ]
}

fn postgres_texts_and_times() -> Vec<Case> {
    vec![
        ("char(5)", "'ab'", json!("ab   ")),
        ("\"char\"", "'x'", json!("x")),
        ("name", "'a name'", json!("a name")),
        ("varchar(20)", "''", json!("")),
        (
            "text",
            "'tab\tFüß 日本 🙂 ''\"\\'",
            json!("tab\tFüß 日本 🙂 '\"\\"),
        ),
        ("bytea", "'\\x00ff0a'", json!("00ff0a")),
        ("bytea", "''", json!("")),
        ("date", "'infinity'", json!("infinity")),
        ("date", "'5874897-12-31'", json!("5874897-12-31")),
        ("date", "'4713-01-01 BC'", json!("4713-01-01 BC")),
        ("time(3)", "'24:00:00'", json!("24:00:00")),
        ("timetz", "'01:02:03-08'", json!("01:02:03-08")),
        (
            "timestamp",
            "'294276-12-31 23:59:59.999999'",
            json!("294276-12-31 23:59:59.999999"),
        ),
        (
            "timestamptz",
            "'2020-01-02 03:04:05+02'",
            json!("2020-01-02 01:04:05+00"),
        ),
        ("timestamptz", "'-infinity'", json!("-infinity")),
        (
            "interval",
            "'1 year -2 days 03:04:05.6'",
            json!("1 year -2 days +03:04:05.6"),
        ),
    ]
}

fn postgres_others() -> Vec<Case> {
    vec![
        ("json", "'{\"a\" : 1}'", json!("{\"a\" : 1}")),
        ("jsonb", "'{\"a\" : 1}'", json!("{\"a\": 1}")),
        (
            "uuid",
            "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'",
            json!("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
        ),
        ("bit(5)", "B'10101'", json!("10101")),
        ("bit varying", "B''", json!("")),
        ("point", "'(1.5,2)'", json!("(1.5,2)")),
        (
            "polygon",
            "'((0,0),(1,0),(1,1))'",
            json!("((0,0),(1,0),(1,1))"),
        ),
        // A cast to text would write the length of the net.
        ("inet", "'10.0.0.1'", json!("10.0.0.1")),
        ("cidr", "'10.0.0.0/8'", json!("10.0.0.0/8")),
        ("macaddr", "'08:00:2B:01:02:03'", json!("08:00:2b:01:02:03")),
        ("xml", "'<a>1</a>'", json!("<a>1</a>")),
        ("tsvector", "'a fat cat'", json!("'a' 'cat' 'fat'")),
        ("int[]", "'{1,NULL,3}'", json!("{1,NULL,3}")),
        (
            "text[][]",
            "'{{a,b},{c d,NULL}}'",
            json!("{{a,b},{\"c d\",NULL}}"),
        ),
        ("bytea[]", "array['\\x00'::bytea]", json!("{\"\\\\x00\"}")),
        ("int4range", "'[1,4]'", json!("[1,5)")),
        ("pg_lsn", "'16/B374D848'", json!("16/B374D848")),
        ("regclass", "'pg_class'", json!("pg_class")),
        ("money", "'0'", Value::Null),
        ("mood", "'it''s'", json!("it's")),
        ("mood[]", "'{sad}'", json!("{sad}")),
        ("pair", "'(1,\"x y\")'", json!("(1,\"x y\")")),
        // A row of nothing but NULLs is none.
        ("pair", "row(null, null)::pair", json!("(,)")),
        ("percent", "99.50", json!("99.50")),
        ("percents", "7", json!("7")),
    ]
}

const POSTGRES: &str = "
    create type mood as enum ('sad', 'it''s');
    create type pair as (a int, b text);
    create domain percent as numeric check (value <= 100);
    create domain percents as percent;";

fn mysql_numbers() -> Vec<Case> {
    vec![
        ("tinyint(1)", "5", json!(5)),
        (
            "bigint",
            "-9223372036854775808",
            json!("-9223372036854775808"),
        ),
        (
            "bigint unsigned",
            "18446744073709551615",
            json!("18446744073709551615"),
        ),
        ("int(5) unsigned zerofill", "42", json!("00042")),
        ("mediumint", "-8388608", json!(-8_388_608)),
        ("year", "2155", json!(2155)),
        (
            "decimal(65,30)",
            "12345678901234567890123456789012345.000000000000000000000000000001",
            json!("12345678901234567890123456789012345.000000000000000000000000000001"),
        ),
        ("double", "1e300", json!("1e300")),
        ("float", "0.5", json!("0.5")),
        ("bit(12)", "b'101'", json!("000000000101")),
        ("bit(64)", "18446744073709551615", json!("1".repeat(64))),
        ("bit(1)", "b'1'", json!("1")),
    ]
}

fn mysql_others() -> Vec<Case> {
    vec![
        ("binary(4)", "x'00ff'", json!("00ff0000")),
        ("varbinary(10)", "x''", json!("")),
        ("blob", "x'DEADBEEF00'", json!("deadbeef00")),
        ("char(5)", "'ab'", json!("ab")),
        (
            "varchar(40)",
            "'Füß 日本 🙂 ''\"\\\\'",
            json!("Füß 日本 🙂 '\"\\"),
        ),
        ("varchar(10) character set latin1", "'é€'", json!("é€")),
        ("varchar(10) character set gbk", "'中文'", json!("中文")),
        ("varchar(10) character set utf16", "'é日'", json!("é日")),
        ("longtext", "''", json!("")),
        ("date", "'0000-00-00'", json!("0000-00-00")),
        ("date", "'2020-00-31'", json!("2020-00-31")),
        (
            "datetime",
            "'0000-00-00 00:00:00'",
            json!("0000-00-00 00:00:00"),
        ),
        (
            "datetime(6)",
            "'9999-12-31 23:59:59.999999'",
            json!("9999-12-31 23:59:59.999999"),
        ),
        (
            "timestamp null",
            "'2020-01-02 03:04:05'",
            json!("2020-01-02 01:04:05"),
        ),
        ("time(3)", "'-838:59:59'", json!("-838:59:59.000")),
        ("json", "'{\"a\": [1, null]}'", json!("{\"a\": [1, null]}")),
        ("enum('a','it''s')", "'it''s'", json!("it's")),
        ("set('x','y','z')", "'z,x'", json!("x,z")),
        (
            "point",
            "ST_GeomFromText('POINT(1 2.5)')",
            json!("SRID=0;POINT(1 2.5)"),
        ),
        (
            "geometry",
            "ST_GeomFromText('LINESTRING(0 0,1 1)', 0)",
            json!("SRID=0;LINESTRING(0 0,1 1)"),
        ),
    ]
}

fn mysql() -> Vec<Case> {
    vec![(
        "vector(3)",
        "string_to_vector('[1,2,3]')",
        json!("[1.00000e+00,2.00000e+00,3.00000e+00]"),
    )]
}

fn mariadb() -> Vec<Case> {
    vec![
        (
            "uuid",
            "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'",
            json!("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
        ),
        (
            "inet6",
            "'2001:db8::ff00:42:8329'",
            json!("2001:db8::ff00:42:8329"),
        ),
        ("varchar(100) compressed", "'packed'", json!("packed")),
    ]
}

fn cases(server: Server) -> (&'static str, Vec<Case>) {
    match server {
        Server::Postgres => (
            POSTGRES,
            [
                postgres_numbers(),
                postgres_texts_and_times(),
                postgres_others(),
            ]
            .concat(),
        ),
        // Zero dates are for sessions that are not strict.
        Server::MariaDb => (
            "set sql_mode = ''; set time_zone = '+02:00';",
            [mysql_numbers(), mysql_others(), mariadb()].concat(),
        ),
        Server::MySql => (
            "set sql_mode = ''; set time_zone = '+02:00';",
            [mysql_numbers(), mysql_others(), mysql()].concat(),
        ),
    }
}

pub(super) async fn are_shown_as_the_server_prints_them(server: Server) {
    let (before, cases) = cases(server);
    let columns: Vec<_> = (1..)
        .zip(&cases)
        .map(|(place, (of_type, _, _))| format!("c{place} {of_type}"))
        .collect();
    let literals: Vec<_> = cases.iter().map(|(_, literal, _)| *literal).collect();
    let sql = format!(
        "{before} create table every (id int primary key, {});
         insert into every values (1, {}); insert into every (id) values (2);",
        columns.join(", "),
        literals.join(", ")
    );
    let rows = Rows::of(server, &sql).await;
    let preview = rows.preview("every", &[]).await.expect(200);
    assert_eq!(preview["truncated"], false);
    let found = preview["rows"].as_array().expect("rows");
    assert_eq!(found.len(), 2, "{preview}");
    let row = |id: i64| {
        let row = found.iter().find(|row| row[0] == id);
        row.unwrap_or_else(|| panic!("no row {id} in {preview}"))
    };
    let (full, empty) = (row(1), row(2));
    for (place, (of_type, literal, expected)) in (1..).zip(cases) {
        if of_type == "money" {
            // Of what currency, the server says.
            assert!(full[place].is_string(), "{full}");
        } else {
            assert_eq!(full[place], expected, "{of_type}: {literal}");
        }
        assert_eq!(empty[place], Value::Null, "{of_type}");
        let column = &preview["columns"][place];
        assert_eq!(column["name"], format!("c{place}"));
        let are_bytes = of_type == "bytea" || column["data_type"] == "binary";
        let encoding = if are_bytes { json!("hex") } else { Value::Null };
        assert_eq!(column["encoding"], encoding, "{column}");
    }
}

/// Names that would break out of a statement if they could.
pub(super) async fn odd_names_are_names(server: Server) {
    let odd = ["a\"b", "it's", "x`y", "c;--", "日本 col", "select", "a\\b"];
    let columns: Vec<_> = odd
        .iter()
        .map(|name| format!("{} int", server.quote(name)))
        .collect();
    let table = server.quote("t\"'`;-- x");
    let values: Vec<_> = (1..=odd.len()).map(|value| value.to_string()).collect();
    let sql = format!(
        "create table {table} ({}); insert into {table} values ({})",
        columns.join(", "),
        values.join(", ")
    );
    let rows = Rows::of(server, &sql).await;
    let path = rows.path("t%22'%60%3B--%20x").await;
    for (name, value) in odd.iter().zip(1..) {
        let name = format!("\"{}\"", name.replace('"', "\"\""));
        let condition = format!("{name} = {value} and not {name} in (0)");
        let query = [("columns", name.as_str()), ("where", condition.as_str())];
        let preview = super::ask(&rows.meta.admin(), &path, &query)
            .await
            .expect(200);
        assert_eq!(preview["rows"], json!([[value]]), "{name}");
    }
}
