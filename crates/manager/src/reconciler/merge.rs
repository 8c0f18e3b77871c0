//! One scan for all objects of a data source that wait.

use std::collections::HashMap;

use models::scan::{MAX_TABLES, MAX_TARGETS, ScanTarget};

use crate::store::progress::Unfinished;

/// The names of one request together, in bytes of JSON: well below what `meta` takes as a body.
const MOST_BYTES: usize = 512 * 1024;

/// A database to scan, and the objects that this reads.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) target: ScanTarget,
    pub(super) objects: Vec<i64>,
}

/// Merges objects into one scan. A database that waits as a whole takes its tables along. What
/// does not fit into one request goes on waiting.
pub(super) fn merge(pending: &[Unfinished]) -> Vec<Target> {
    let mut targets: Vec<Target> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut bytes = 0;
    // Whole databases first: their tables then need no names of their own.
    let (whole, tables): (Vec<_>, Vec<_>) =
        pending.iter().partition(|object| object.table.is_none());
    for object in whole.into_iter().chain(tables) {
        let place = places.get(object.database.as_str()).copied();
        let taken = place.map(|place| &targets[place].target);
        let needed = needed_bytes(object, taken);
        if !has_room(object, taken, targets.len()) || bytes + needed > MOST_BYTES {
            continue;
        }
        bytes += needed;
        let place = place.unwrap_or_else(|| {
            let tables = object.table.as_ref().map(|_| Vec::new());
            let target = ScanTarget {
                database: object.database.clone(),
                tables,
            };
            targets.push(Target {
                target,
                objects: Vec::new(),
            });
            places.insert(&object.database, targets.len() - 1);
            targets.len() - 1
        });
        let target = &mut targets[place];
        target.objects.push(object.id);
        if let (Some(names), Some(table)) = (&mut target.target.tables, &object.table) {
            names.push(table.clone());
        }
    }
    targets
}

fn has_room(object: &Unfinished, taken: Option<&ScanTarget>, targets: usize) -> bool {
    match taken {
        None => targets < MAX_TARGETS,
        Some(target) => {
            let names = target.tables.as_ref().map_or(0, Vec::len);
            object.table.is_none() || names < MAX_TABLES
        }
    }
}

/// How much longer an object makes the request.
fn needed_bytes(object: &Unfinished, taken: Option<&ScanTarget>) -> usize {
    // The keys and marks around a database, and those around a table.
    let database = if taken.is_none() {
        json_bytes(&object.database) + 32
    } else {
        0
    };
    let swallowed = taken.is_some_and(|target| target.tables.is_none());
    let table = object.table.as_ref().filter(|_| !swallowed);
    database + table.map_or(0, |name| json_bytes(name) + 1)
}

/// The length of a name in JSON, where a control character takes six bytes.
fn json_bytes(name: &str) -> usize {
    2 + name
        .chars()
        .map(|c| {
            if c.is_control() {
                6
            } else {
                c.len_utf8() + usize::from(matches!(c, '"' | '\\'))
            }
        })
        .sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waiting(objects: &[(&str, Option<&str>)]) -> Vec<Unfinished> {
        let objects = objects
            .iter()
            .zip(1..)
            .map(|((database, table), id)| Unfinished {
                id,
                database: (*database).to_owned(),
                table: table.map(str::to_owned),
                scan_id: None,
                managed_by: "ada".to_owned(),
            });
        objects.collect()
    }

    fn target(database: &str, tables: Option<&[&str]>, objects: &[i64]) -> Target {
        let tables = tables.map(|names| names.iter().map(|name| (*name).to_owned()).collect());
        let target = ScanTarget {
            database: database.to_owned(),
            tables,
        };
        Target {
            target,
            objects: objects.to_vec(),
        }
    }

    #[test]
    fn nothing_needs_no_scan() {
        assert_eq!(merge(&[]), []);
    }

    #[test]
    fn tables_of_a_database_go_together() {
        let merged = merge(&waiting(&[
            ("shop", Some("a")),
            ("hr", Some("b")),
            ("shop", Some("s.c")),
        ]));
        let expected = [
            target("shop", Some(&["a", "s.c"]), &[1, 3]),
            target("hr", Some(&["b"]), &[2]),
        ];
        assert_eq!(merged, expected);
    }

    #[test]
    fn a_whole_database_swallows_its_tables() {
        let merged = merge(&waiting(&[
            ("shop", Some("a")),
            ("shop", None),
            ("shop", Some("b")),
        ]));
        assert_eq!(merged, [target("shop", None, &[2, 1, 3])]);
    }

    #[test]
    fn what_does_not_fit_waits() {
        let names: Vec<String> = (0..=MAX_TABLES).map(|number| number.to_string()).collect();
        let tables: Vec<_> = names
            .iter()
            .map(|name| ("shop", Some(name.as_str())))
            .collect();
        let merged = merge(&waiting(&tables));
        assert_eq!((merged.len(), merged[0].objects.len()), (1, MAX_TABLES));
        let databases: Vec<_> = (0..=MAX_TARGETS).map(|number| number.to_string()).collect();
        let databases: Vec<_> = databases.iter().map(|name| (name.as_str(), None)).collect();
        assert_eq!(merge(&waiting(&databases)).len(), MAX_TARGETS);
    }

    #[test]
    fn the_request_stays_below_the_limit_of_bodies() {
        let names: Vec<String> = (0..5000)
            .map(|number| format!("{number:0>500}\u{1}"))
            .collect();
        let databases: Vec<String> = (0..5).map(|number| format!("d{number}")).collect();
        let tables: Vec<_> = names
            .iter()
            .zip(databases.iter().cycle())
            .map(|(name, database)| (database.as_str(), Some(name.as_str())))
            .collect();
        let targets: Vec<_> = merge(&waiting(&tables))
            .into_iter()
            .map(|one| one.target)
            .collect();
        let body = serde_json::to_vec(&targets).expect("names are plain data");
        assert!(
            (MOST_BYTES - 2000..=MOST_BYTES).contains(&body.len()),
            "{}",
            body.len()
        );
    }
}
