//! A catalog and objects, put together by hand.

use chrono::TimeDelta;

use super::*;

/// When what is gone was found to be so.
fn then() -> DateTime<Utc> {
    DateTime::from_timestamp(1_700_000_000, 0).expect("a time")
}

/// A ready object of the database 1.
fn object(id: i64, table: Option<&str>, table_id: Option<i64>) -> Followed {
    Followed {
        id,
        resource_id: 7,
        managed_by: "ada".to_owned(),
        wants_scan: true,
        database: "shop".to_owned(),
        table: table.map(str::to_owned),
        ids: CatalogIds {
            database: Some(1),
            table: table_id,
        },
        status: ManagedStatus::Ready,
        row_count: Some(5),
        last_error: None,
        failed_at: None,
        removed: None,
        removed_at: None,
    }
}

/// Objects of tables, with the same ids as these.
fn objects(tables: &[&str]) -> Vec<Followed> {
    let numbered = tables.iter().zip(1..);
    numbered
        .map(|(table, id)| object(id, Some(table), Some(id)))
        .collect()
}

fn gone(object: Followed, removed: Removed, why: &str) -> Followed {
    Followed {
        status: ManagedStatus::Failed,
        removed: Some(removed),
        removed_at: Some(then()),
        last_error: Some(why.to_owned()),
        ..object
    }
}

fn table(id: i64, schema: &str, name: &str) -> KnownTable {
    KnownTable {
        id,
        database_id: 1,
        table_schema: schema.to_owned(),
        table_name: name.to_owned(),
        row_count: Some(9),
        last_scan_at: Some(then()),
        removed_at: None,
        replaced_by: None,
    }
}

fn dropped(table: KnownTable, replaced_by: Option<i64>) -> KnownTable {
    KnownTable {
        removed_at: Some(then()),
        replaced_by,
        ..table
    }
}

fn database(id: i64, name: &str, removed_at: Option<DateTime<Utc>>) -> KnownDatabase {
    KnownDatabase {
        id,
        datasource_id: 7,
        database_name: name.to_owned(),
        last_scan_at: Some(then()),
        removed_at,
    }
}

/// The catalog with these tables in the database `shop`.
fn shop(tables: Vec<KnownTable>) -> Whereabouts {
    catalog(vec![database(1, "shop", None)], tables)
}

fn catalog(databases: Vec<KnownDatabase>, tables: Vec<KnownTable>) -> Whereabouts {
    let mut known = Whereabouts::default();
    known.add(KnownEntries { databases, tables });
    known
}

/// All objects as they are after they have followed, which following once more does not change.
fn after(objects: &[Followed], known: &Whereabouts) -> Vec<Followed> {
    let changed = follow(objects, known);
    let mut all = objects.to_vec();
    for one in &mut all {
        if let Some(new) = changed.iter().find(|new| new.id == one.id) {
            *one = new.clone();
        }
    }
    assert_eq!(follow(&all, known), [], "it settles at once");
    all
}

/// The names of objects; one that is gone in brackets.
fn called(objects: &[Followed]) -> Vec<String> {
    let names = objects.iter().map(|object| {
        let name = object.table.as_deref().unwrap_or("*");
        let name = format!("{}/{name}", object.database);
        match object.removed {
            None => name,
            Some(_) => format!("[{name}]"),
        }
    });
    names.collect()
}

#[test]
fn what_is_as_it_was_does_not_change() {
    let mut all = objects(&["a", "public.b"]);
    all.push(object(3, None, None));
    all.push(object(4, Some("several"), None));
    // Nor does what the catalog does not know.
    all.push(object(5, Some("unknown"), Some(5)));
    let known = shop(vec![table(1, "public", "a"), table(2, "public", "b")]);
    assert_eq!(follow(&all, &known), []);
    assert_eq!(follow(&all, &Whereabouts::default()), []);
}

#[test]
fn what_is_removed_fails_and_comes_back() {
    let ready = objects(&["a"]);
    let removed = after(&ready, &shop(vec![dropped(table(1, "", "a"), None)]));
    let expected = gone(ready[0].clone(), Removed::Table, "table removed");
    assert_eq!(removed, [expected]);
    let back = after(&removed, &shop(vec![table(1, "", "a")]));
    let expected = Followed {
        row_count: Some(9),
        ..ready[0].clone()
    };
    assert_eq!(back, [expected]);
}

#[test]
fn a_database_goes_with_its_tables() {
    let ready = [object(1, Some("a"), Some(1)), object(2, None, None)];
    let known = |removed_at| {
        let tables = vec![dropped(table(1, "", "a"), None)];
        catalog(vec![database(1, "shop", removed_at)], tables)
    };
    let removed = after(&ready, &known(Some(then())));
    let expected = ready
        .clone()
        .map(|object| gone(object, Removed::Database, "database removed"));
    assert_eq!(removed, expected);
    // It is back, and that table is not.
    let back = after(&removed, &known(None));
    let table = gone(ready[0].clone(), Removed::Table, "table removed");
    assert_eq!(back, [table, ready[1].clone()]);
}

#[test]
fn a_new_name_is_like_the_old_one() {
    let known = |schema| {
        let tables = [(1, "b"), (2, "d"), (3, "x.y")];
        shop(tables.map(|(id, name)| table(id, schema, name)).to_vec())
    };
    let all = objects(&["a", "public.c", "u.v"]);
    let moved = called(&after(&all, &known("sales")));
    assert_eq!(moved, ["shop/b", "shop/sales.d", "shop/sales.x.y"]);
    let moved = called(&after(&all, &known("")));
    assert_eq!(moved, ["shop/b", "shop/d", "shop/x.y"]);
}

#[test]
fn a_move_to_another_schema_changes_no_bare_name() {
    let all = objects(&["a", "public.b"]);
    let known = shop(vec![table(1, "sales", "a"), table(2, "sales", "b")]);
    assert_eq!(called(&after(&all, &known)), ["shop/a", "shop/sales.b"]);
}

#[test]
fn names_are_swapped_and_turned() {
    let all = objects(&["a", "b", "c"]);
    let turned = |names: [&str; 3]| {
        let tables = names.iter().zip(1..).map(|(name, id)| table(id, "", name));
        called(&after(&all, &shop(tables.collect())))
    };
    assert_eq!(turned(["b", "a", "c"]), ["shop/b", "shop/a", "shop/c"]);
    assert_eq!(turned(["b", "c", "a"]), ["shop/b", "shop/c", "shop/a"]);
    assert_eq!(turned(["b", "c", "d"]), ["shop/b", "shop/c", "shop/d"]);
}

#[test]
fn a_table_made_anew_under_the_name_is_stood_for() {
    let all = objects(&["a"]);
    let known = shop(vec![dropped(table(1, "", "a"), Some(8)), table(8, "", "a")]);
    let expected = Followed {
        row_count: Some(9),
        ..object(1, Some("a"), Some(8))
    };
    assert_eq!(after(&all, &known), [expected]);
}

#[test]
fn who_has_the_name_takes_the_table_over() {
    let all = objects(&["a", "b"]);
    // b is called a now: known with what it replaces, and without.
    for replaced_by in [Some(2), None] {
        let known = shop(vec![
            dropped(table(1, "", "a"), replaced_by),
            table(2, "", "a"),
        ]);
        let now = after(&all, &known);
        assert_eq!(called(&now), ["shop/a", "[shop/b]"], "{replaced_by:?}");
        let taken = (now[0].status, now[0].ids.table, now[0].row_count);
        assert_eq!(taken, (ManagedStatus::Ready, Some(2), Some(9)));
        let said = now[1].last_error.as_deref();
        let expected = "it is now called a, which managed object 1 is";
        assert_eq!(
            (now[1].status, said),
            (ManagedStatus::Failed, Some(expected))
        );
        // When the first is released, the second has the name; when it is renamed back, too.
        assert_eq!(called(&after(&now[1..], &known)), ["shop/a"]);
        let back = after(&now, &shop(vec![table(2, "", "b")]));
        assert_eq!(called(&back), ["[shop/a]", "shop/b"]);
        assert_eq!(back[1].status, ManagedStatus::Ready);
        // Under a third name the one that was ready goes on.
        let third = after(&now, &shop(vec![table(2, "", "c")]));
        assert_eq!(called(&third), ["shop/c", "[shop/b]"]);
    }
}

#[test]
fn a_name_that_another_table_has_too_is_told_with_the_schema() {
    let all = objects(&["a", "b", "c"]);
    let known = shop(vec![
        table(1, "public", "a"),
        table(2, "sales", "a"),
        table(3, "hr", "a"),
    ]);
    let now = called(&after(&all, &known));
    assert_eq!(now, ["shop/a", "shop/sales.a", "shop/hr.a"]);
}

#[test]
fn one_table_may_be_known_by_two_names() {
    let all = [
        object(1, Some("a"), Some(1)),
        object(2, Some("public.a"), Some(1)),
    ];
    let known = shop(vec![table(1, "public", "b")]);
    assert_eq!(called(&after(&all, &known)), ["shop/b", "shop/public.b"]);
}

#[test]
fn a_scan_is_waited_for() {
    // c wants the name of b, and that one the name of what is scanned.
    let mut all = objects(&["a", "b", "c"]);
    all[0].ids = CatalogIds::default();
    let known = shop(vec![table(2, "", "a"), table(3, "", "b")]);
    for status in [ManagedStatus::Pending, ManagedStatus::Scanning] {
        all[0].status = status;
        assert_eq!(follow(&all, &known), [], "{status:?}");
    }
    // One that no scan is wanted for would be waited for in vain.
    all[0].status = ManagedStatus::Pending;
    all[0].wants_scan = false;
    let now = after(&all, &known);
    assert_eq!(called(&now), ["shop/a", "shop/b", "[shop/c]"]);
    assert_eq!(
        (now[0].status, now[0].ids.table),
        (ManagedStatus::Ready, Some(2))
    );
    assert_eq!((now[1].removed, now[1].ids.table), (None, Some(3)));
}

#[test]
fn what_could_not_be_read_is_renamed_but_not_ready() {
    let failed = Followed {
        status: ManagedStatus::Failed,
        last_error: Some("permission denied".to_owned()),
        ..object(1, Some("a"), Some(1))
    };
    let now = after(
        std::slice::from_ref(&failed),
        &shop(vec![table(1, "", "b")]),
    );
    let expected = Followed {
        table: Some("b".to_owned()),
        ..failed
    };
    assert_eq!(now, [expected]);
}

#[test]
fn databases_are_renamed_and_swapped_with_their_tables() {
    let all = [
        object(1, None, None),
        object(2, Some("a"), Some(1)),
        object(3, Some("several"), None),
        Followed {
            database: "hr".to_owned(),
            ids: CatalogIds {
                database: Some(2),
                table: None,
            },
            ..object(4, None, None)
        },
    ];
    let named = |first, second| {
        let databases = vec![database(1, first, None), database(2, second, None)];
        let known = catalog(databases, vec![table(1, "", "a")]);
        called(&after(&all, &known))
    };
    let renamed = named("store", "hr");
    assert_eq!(renamed, ["store/*", "store/a", "store/several", "hr/*"]);
    let swapped = named("hr", "shop");
    assert_eq!(swapped, ["hr/*", "hr/a", "hr/several", "shop/*"]);
    // One that is managed under the new name already, but has not been read.
    let mut all = all[..1].to_vec();
    all.push(Followed {
        database: "store".to_owned(),
        ids: CatalogIds::default(),
        status: ManagedStatus::Failed,
        ..object(5, None, None)
    });
    let known = catalog(vec![database(1, "store", None)], Vec::new());
    let now = after(&all, &known);
    assert_eq!(called(&now), ["[shop/*]", "store/*"]);
    assert_eq!(now[0].removed, Some(Removed::Database));
    let said = now[0].last_error.as_deref();
    assert_eq!(
        said,
        Some("it is now called store, which managed object 5 is")
    );
    assert_eq!(now[1].status, ManagedStatus::Ready);
}

#[test]
fn what_failed_is_ready_once_it_has_been_read() {
    let failed = |table: Option<&str>, id, before: i64| Followed {
        status: ManagedStatus::Failed,
        last_error: Some("nothing listens there".to_owned()),
        failed_at: Some(then() - TimeDelta::seconds(before)),
        ..object(1, table, id)
    };
    let known = shop(vec![table(1, "", "orders")]);
    let read = follow(&[failed(Some("orders"), Some(1), 1)], &known);
    let healed = &read[0];
    assert_eq!(
        (healed.status, healed.row_count),
        (ManagedStatus::Ready, Some(9))
    );
    assert_eq!((&healed.last_error, healed.failed_at), (&None, None));
    assert_eq!(follow(&[failed(None, None, 1)], &known).len(), 1);
    // The scan that failed is none that has read it, and a table that cannot be read is not read with its database.
    assert_eq!(follow(&[failed(Some("orders"), Some(1), 0)], &known), []);
    let unread = KnownTable {
        last_scan_at: None,
        ..table(1, "", "orders")
    };
    let known = shop(vec![unread]);
    assert_eq!(follow(&[failed(Some("orders"), Some(1), 1)], &known), []);
}
