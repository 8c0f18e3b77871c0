use models::datasource::Engine;
use scan::{Filters, Limits, Route, Target};

use super::*;
use crate::delta::bound::{Bound, moment};

fn place(engine: Engine) -> Place {
    Place {
        target: Target {
            engine,
            host: "h".to_owned(),
            port: 1,
            username: "u".to_owned(),
            password: "p".into(),
            database: None,
            tls: models::datasource::Tls::default(),
            filters: Filters::default(),
            limits: Limits::default(),
            route: Route::default(),
        },
        database: "d`b".to_owned(),
        schema: "s\"c".to_owned(),
        table: "t`\"".to_owned(),
    }
}

fn column(name: &str, data_type: &str, is_nullable: bool) -> Column {
    Column {
        name: name.to_owned(),
        data_type: data_type.to_owned(),
        column_type: data_type.to_owned(),
        is_nullable,
    }
}

const POSTGRES: Dialect = Dialect::Postgres {
    sorts_by_utf8: true,
};

#[test]
fn names_stay_names() {
    let columns = [
        column("a\"; drop", "integer", true),
        column("b`", "text", false),
    ];
    let domains = [Domain::Integer, Domain::Text];
    let (sql, forms) = POSTGRES.keys(&place(Engine::Postgresql), &columns, &domains);
    assert_eq!(
        sql,
        "/* plumbline keys */ select t.\"a\"\"; drop\", t.\"b`\"::text collate \"C\" from \"s\"\"c\".\"t`\"\"\" t \
         where t.\"a\"\"; drop\" is not null order by t.\"a\"\"; drop\", t.\"b`\"::text collate \"C\""
    );
    assert_eq!(forms, [Form::Integer, Form::Bytes]);
    let (sql, _) = Dialect::Mysql.keys(&place(Engine::Mysql), &columns, &domains);
    assert_eq!(
        sql,
        "/* plumbline keys */ select t.`a\"; drop`, cast(convert(t.`b``` using utf8mb4) as binary) \
         from `d``b`.`t``\"` t where t.`a\"; drop` is not null \
         order by t.`a\"; drop`, cast(convert(t.`b``` using utf8mb4) as binary)"
    );
}

#[test]
fn text_of_another_encoding_is_sorted_as_what_it_is_in_utf8() {
    let other = Dialect::Postgres {
        sorts_by_utf8: false,
    };
    let (sql, forms) = other.keys(
        &place(Engine::Postgresql),
        &[column("a", "text", false)],
        &[Domain::Text],
    );
    assert!(
        sql.ends_with("order by convert_to(t.\"a\"::text, 'UTF8')"),
        "{sql}"
    );
    assert_eq!(forms, [Form::Bytes]);
}

#[test]
fn rows_without_a_key_are_counted_where_there_may_be_some() {
    let place = place(Engine::Mysql);
    let nulls = |columns: &[Column]| Dialect::Mysql.nulls(&place, columns);
    assert_eq!(nulls(&[column("a", "integer", false)]), None);
    let some = [
        column("a", "integer", true),
        column("b", "integer", false),
        column("c", "integer", true),
    ];
    assert_eq!(
        nulls(&some).as_deref(),
        Some(
            "/* plumbline nulls */ select count(*) from `d``b`.`t``\"` t where t.`a` is null or t.`c` is null"
        )
    );
}

#[test]
fn a_bound_is_a_value_of_the_columns_own_type() {
    let beyond = |dialect: Dialect, column_type: &str, bound: &Bound| {
        let column = Column {
            column_type: column_type.to_owned(),
            ..column("a", "timestamp", false)
        };
        let sql = dialect.beyond(&place(Engine::Postgresql), &column, bound);
        sql.split_once(" where ")
            .map(|(_, condition)| condition.to_owned())
    };
    let newest = moment("2026-03-04 05:06:07.5").expect("a moment");
    let bound = Bound::after(newest, &column("b", "date", false)).expect("a bound");
    let of = |dialect, column_type| beyond(dialect, column_type, &bound);
    let at = |text: &str| Some(text.to_owned());
    assert_eq!(
        of(POSTGRES, "timestamp with time zone"),
        at("t.\"a\" >= timestamptz '2026-03-05 05:06:07.500000+00'")
    );
    assert_eq!(
        of(POSTGRES, "timestamp(3) without time zone"),
        at("t.\"a\" >= timestamp '2026-03-05 05:06:07.500000'")
    );
    assert_eq!(
        of(Dialect::Mysql, "datetime"),
        at("t.`a` >= timestamp'2026-03-05 05:06:07.500000'")
    );
    let number = Bound::number("-1.50").expect("a number");
    assert_eq!(beyond(Dialect::Mysql, "int", &number), at("t.`a` > -1.50"));
}
