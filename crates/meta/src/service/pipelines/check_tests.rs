use std::collections::{HashMap, HashSet};

use catalog::pipelines::SourceFacts;
use models::datasource::Engine;
use models::pipeline::{ExternalRun, KeyDelta, PipelineTable, SqlEtl, Target, WatermarkDelta};

use super::*;

const SYNC_ID: i64 = 1;
const BIZ_ID: i64 = 2;

fn table(id: i64, name: &str, unique: &[&[&str]]) -> TableFacts {
    TableFacts {
        names: PipelineTable {
            id,
            datasource_id: 1,
            datasource_name: "shop".to_owned(),
            database_name: "shop".to_owned(),
            table_schema: "public".to_owned(),
            table_name: name.to_owned(),
        },
        engine: Engine::Postgresql,
        table_type: "TABLE".to_owned(),
        is_scanned: true,
        is_removed: false,
        is_source_paused: false,
        is_source_writable: false,
        unique: unique
            .iter()
            .map(|key| key.iter().map(|it| (*it).to_owned()).collect())
            .collect(),
    }
}

fn facts() -> Facts {
    let columns = [
        (SYNC_ID, "id", "integer"),
        (SYNC_ID, "name", "text"),
        (SYNC_ID, "changed", "timestamp"),
        (SYNC_ID, "price", "float"),
        (SYNC_ID, "raw", "binary"),
        (BIZ_ID, "id", "integer"),
        (BIZ_ID, "name", "text"),
        (BIZ_ID, "code", "uuid"),
        (BIZ_ID, "day", "date"),
    ];
    let column = |(table, name, data_type): (i64, &str, &str)| {
        let facts = ColumnFacts {
            data_type: data_type.to_owned(),
            column_type: format!("{data_type} of the server"),
            is_generated: false,
        };
        ((table, name.to_owned()), facts)
    };
    let source = SourceFacts {
        name: "shop".to_owned(),
        is_paused: false,
        databases: HashSet::from(["shop".to_owned()]),
    };
    Facts {
        tables: HashMap::from([
            (SYNC_ID, table(SYNC_ID, "sync_orders", &[&["id"]])),
            (BIZ_ID, table(BIZ_ID, "biz_orders", &[&["id"]])),
        ]),
        columns: columns.into_iter().map(column).collect(),
        sources: HashMap::from([(1, source)]),
    }
}

fn definition(delta: Delta) -> Definition {
    Definition {
        name: "orders".to_owned(),
        sync_table_id: Some(SYNC_ID),
        biz_table_id: Some(BIZ_ID),
        fill: Fill::External(ExternalRun::default()),
        etl: Etl::Sql(SqlEtl {
            statement: "select 1".to_owned(),
        }),
        delta,
        target: Target::default(),
        threshold: None,
        timing: None,
    }
}

fn watermark(sync: &str, biz: &str) -> Delta {
    Delta::Watermark(WatermarkDelta {
        sync_column: sync.to_owned(),
        biz_column: biz.to_owned(),
    })
}

fn key(sync: &[&str], biz: &[&str]) -> Delta {
    let all = |names: &[&str]| names.iter().map(|it| (*it).to_owned()).collect();
    Delta::Key(KeyDelta {
        sync_column: None,
        biz_column: None,
        sync_columns: all(sync),
        biz_columns: all(biz),
    })
}

fn fill(key: &[&str], mapping: &[(&str, &str)]) -> Fill {
    Fill::Sql(SqlFill {
        resource_id: 1,
        database: "shop".to_owned(),
        query: "select 1".to_owned(),
        mapping: mapping
            .iter()
            .map(|(from, to)| ((*from).to_owned(), (*to).to_owned()))
            .collect(),
        key: key.iter().map(|it| (*it).to_owned()).collect(),
        mode: FillMode::Upsert,
    })
}

fn pointers(definition: &Definition, facts: &Facts) -> Vec<String> {
    problems(definition, facts)
        .into_iter()
        .map(|error| error.pointer)
        .collect()
}

#[test]
fn what_fits_has_no_problems() {
    for delta in [
        Delta::Count,
        watermark("changed", "day"),
        watermark("id", "id"),
        key(&["id"], &["id"]),
        key(&["id", "name"], &["id", "code"]),
        key(&["raw"], &["code"]),
    ] {
        let mut sound = definition(delta);
        assert_eq!(pointers(&sound, &facts()), [""; 0]);
        sound.fill = fill(&["id"], &[("n", "name")]);
        assert_eq!(pointers(&sound, &facts()), [""; 0]);
    }
}

#[test]
fn tables_must_be_there_and_known() {
    let mut none = definition(Delta::Count);
    (none.sync_table_id, none.biz_table_id) = (None, Some(9));
    let both = ["/sync_table_id", "/biz_table_id"];
    assert_eq!(pointers(&none, &facts()), both);
    let mut changed = facts();
    for table in changed.tables.values_mut() {
        table.is_removed = true;
    }
    let sound = definition(Delta::Count);
    assert_eq!(pointers(&sound, &changed), both);
    for table in changed.tables.values_mut() {
        (table.is_removed, table.is_scanned) = (false, false);
    }
    assert_eq!(pointers(&sound, &changed), both);
    let mut same = definition(Delta::Count);
    same.biz_table_id = Some(SYNC_ID);
    assert_eq!(pointers(&same, &facts()), ["/biz_table_id"]);
}

#[test]
fn columns_must_be_there_and_comparable() {
    let cases = [
        (watermark("gone", "day"), vec!["/delta/sync_column"]),
        (watermark("name", "day"), vec!["/delta/sync_column"]),
        (watermark("price", "id"), vec!["/delta/sync_column"]),
        (watermark("changed", "id"), vec!["/delta/biz_column"]),
        (watermark("changed", "name"), vec!["/delta/biz_column"]),
        (key(&["gone"], &["id"]), vec!["/delta/sync_columns/0"]),
        (key(&["price"], &["id"]), vec!["/delta/sync_columns/0"]),
        (
            key(&["id", "id"], &["id", "name"]),
            vec!["/delta/biz_columns/1"],
        ),
        (key(&["raw"], &["name"]), vec!["/delta/biz_columns/0"]),
    ];
    for (delta, expected) in cases {
        let odd = definition(delta);
        assert_eq!(pointers(&odd, &facts()), expected, "{odd:?}");
    }
}

#[test]
fn a_key_of_the_business_table_is_needed_for_the_method_key() {
    let mut bare = facts();
    if let Some(biz) = bare.tables.get_mut(&BIZ_ID) {
        biz.unique.clear();
    }
    let odd = definition(key(&["id"], &["id"]));
    assert_eq!(pointers(&odd, &bare), ["/delta/biz_columns"]);
    assert_eq!(pointers(&definition(Delta::Count), &bare), [""; 0]);
}

#[test]
fn a_fill_names_a_key_and_columns_of_the_sync_table() {
    let cases = [
        (fill(&["name"], &[]), vec!["/fill/key"]),
        (fill(&["id", "name"], &[]), vec!["/fill/key"]),
        (fill(&["gone"], &[]), vec!["/fill/key/0"]),
        (
            fill(&["id"], &[("a/b", "gone")]),
            vec!["/fill/mapping/a~1b"],
        ),
    ];
    for (fill, expected) in cases {
        let mut odd = definition(Delta::Count);
        odd.fill = fill;
        assert_eq!(pointers(&odd, &facts()), expected, "{odd:?}");
    }
    let mut sound = definition(Delta::Count);
    sound.fill = fill(&["id"], &[]);
    let mut changed = facts();
    if let Some(table) = changed.tables.get_mut(&SYNC_ID) {
        table.table_type = "VIEW".to_owned();
    }
    assert_eq!(pointers(&sound, &changed), ["/sync_table_id"]);
    let mut elsewhere = facts();
    if let Some(source) = elsewhere.sources.get_mut(&1) {
        source.databases.clear();
    }
    assert_eq!(pointers(&sound, &elsewhere), ["/fill/database"]);
    elsewhere.sources.clear();
    assert_eq!(pointers(&sound, &elsewhere), ["/fill/resource_id"]);
}

#[test]
fn a_statement_cannot_reach_another_engine() {
    let mut far = facts();
    if let Some(table) = far.tables.get_mut(&BIZ_ID) {
        table.engine = Engine::Mysql;
    }
    let mut one = definition(Delta::Count);
    assert_eq!(pointers(&one, &far), ["/etl/kind"]);
    one.etl = Etl::External(ExternalRun::default());
    assert_eq!(pointers(&one, &far), [""; 0]);
}
