use scan::session::Form;

use super::super::batch::Value;
use super::*;

fn column(name: &str) -> TargetColumn {
    TargetColumn {
        name: name.to_owned(),
        data_type: "integer".to_owned(),
        column_type: "int".to_owned(),
        is_generated: name == "made",
        is_nullable: true,
    }
}

fn order(mode: FillMode, key: &[&str], mapping: &[(&str, &str)]) -> Order {
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    Order {
        table: FillTable {
            database: "shop".to_owned(),
            name: TableName {
                table_schema: "public".to_owned(),
                table_name: "orders".to_owned(),
            },
            engine: None,
            columns: ["id", "sum", "made"].map(column).to_vec(),
            unique_keys: vec![owned(&["id"])],
        },
        mapping: mapping
            .iter()
            .map(|(from, to)| ((*from).to_owned(), (*to).to_owned()))
            .collect(),
        key: owned(key),
        mode,
    }
}

fn headings(names: &[&str]) -> Vec<Heading> {
    let heading = |name: &&str| Heading {
        name: (*name).to_owned(),
        form: Form::Integer,
    };
    names.iter().map(heading).collect()
}

#[test]
fn columns_go_by_the_mapping_and_else_by_name() {
    let order = order(FillMode::Upsert, &["id"], &[("total", "sum")]);
    let plan = Plan::new(&headings(&["total", "id"]), order, true).expect("it fits");
    let names: Vec<_> = plan
        .ways
        .iter()
        .map(|way| way.column.name.as_str())
        .collect();
    assert_eq!((names, plan.key), (vec!["sum", "id"], vec![1]));
}

#[test]
fn what_does_not_fit_is_said() {
    use FillMode::{Replace, Upsert};
    for (names, order, expected) in [
        (
            &["id", "x"][..],
            order(Upsert, &["id"], &[]),
            "the query's column x has no place",
        ),
        (
            &["id", "made"],
            order(Upsert, &["id"], &[]),
            "made is computed",
        ),
        (
            &["id", "x"],
            order(Upsert, &["id"], &[("x", "id")]),
            "two columns of the query go to id",
        ),
        (
            &["id"],
            order(Upsert, &["id"], &[("y", "sum")]),
            "the mapping names y",
        ),
        (
            &["sum"],
            order(Upsert, &["id"], &[]),
            "no column of the query goes to id",
        ),
        (&["id"], order(Upsert, &[], &[]), "an upsert needs a key"),
        (
            &["sum"],
            order(Replace, &["sum"], &[]),
            "no primary or unique key of the columns sum",
        ),
    ] {
        let error = Plan::new(&headings(names), order, true)
            .expect_err(expected)
            .to_string();
        assert!(error.contains(expected), "{error}");
    }
    let mut of_myisam = order(Replace, &[], &[]);
    of_myisam.table.engine = Some("MyISAM".to_owned());
    let error =
        Plan::new(&headings(&["id"]), of_myisam.clone(), false).expect_err("no transactions");
    assert!(
        error.to_string().contains("MyISAM has no transactions"),
        "{error}"
    );
    for engine in ["MRG_MyISAM", "BLACKHOLE", "FEDERATED"] {
        of_myisam.table.engine = Some(engine.to_owned());
        assert!(Plan::new(&headings(&["id"]), of_myisam.clone(), false).is_err());
    }
    of_myisam.table.engine = Some("InnoDB".to_owned());
    assert!(Plan::new(&headings(&["id"]), of_myisam.clone(), false).is_ok());
    of_myisam.mode = Upsert;
    of_myisam.key = vec!["id".to_owned()];
    assert!(Plan::new(&headings(&["id"]), of_myisam, false).is_ok());
}

#[test]
fn rows_are_told_by_their_key_or_place() {
    let row = |text: &str| Row {
        place: 7,
        values: vec![Value::Text(text.to_owned())],
    };
    let by_key = order(FillMode::Upsert, &["id"], &[]);
    let plan = Plan::new(&headings(&["id"]), by_key, true).expect("it fits");
    assert_eq!(plan.failed(&row("a\0b"), "no".to_owned()).key, "id=a\\0b");
    let long = plan.failed(&row(&"ä".repeat(1000)), "no".to_owned()).key;
    assert_eq!((long.len(), long.ends_with("...")), (502, true));
    let by_place = order(FillMode::Replace, &[], &[]);
    let plan = Plan::new(&headings(&["id"]), by_place, true).expect("it fits");
    assert_eq!(plan.failed(&row("a"), "no".to_owned()).key, "row 7");
}
