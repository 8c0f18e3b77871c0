//! What managed objects are to be, by what the catalog says of the ids that they have.
//!
//! An object keeps to its table, whatever that is called: removed with it, back with it, renamed with it, and ready
//! when a later scan has read what its own could not. Where
//! another object has the new name already and stands for nothing else, that one takes the table over; so nobody
//! who asks for a name finds two. An object whose scan has not ended is left to its scan, and who wants its name waits.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use models::lookup::{KnownDatabase, KnownEntries, KnownTable};
use models::managed_object::ManagedStatus;

use crate::selector::selectors;
use crate::store::followed::{CatalogIds, Followed, Removed};

/// What `last_error` says of objects whose database is gone.
const DATABASE_REMOVED: &str = "database removed";
/// What it says of those whose table is.
const TABLE_REMOVED: &str = "table removed";

/// What the catalog says.
#[derive(Debug, Default)]
pub(super) struct Whereabouts {
    databases: HashMap<i64, KnownDatabase>,
    tables: HashMap<i64, KnownTable>,
}

impl Whereabouts {
    pub(super) fn add(&mut self, known: KnownEntries) {
        let databases = known.databases.into_iter();
        self.databases.extend(databases.map(|one| (one.id, one)));
        let tables = known.tables.into_iter();
        self.tables.extend(tables.map(|one| (one.id, one)));
    }

    /// A table, or the one that has its names now.
    fn table(&self, id: i64) -> Option<&KnownTable> {
        let table = self.tables.get(&id)?;
        let by = table.replaced_by.and_then(|by| self.tables.get(&by));
        Some(by.unwrap_or(table))
    }
}

/// The objects of a data source that are to be otherwise, as they are to be.
pub(super) fn follow(objects: &[Followed], known: &Whereabouts) -> Vec<Followed> {
    let aims: Vec<_> = objects
        .iter()
        .map(|object| Aim::of(object, known))
        .collect();
    let fates = Places {
        objects,
        aims: &aims,
    }
    .deal();
    // Who yields leaves its table to another.
    let mut taken: HashMap<usize, &Aim<'_>> = HashMap::new();
    for (fate, aim) in fates.iter().zip(&aims) {
        if let (Fate::Yields(to), Some(aim)) = (fate, aim) {
            taken.entry(*to).or_insert(aim);
        }
    }
    let mut changed = Vec::new();
    for (place, object) in objects.iter().enumerate() {
        let mut new = object.clone();
        match (taken.get(&place), &aims[place], fates[place]) {
            (Some(taken), _, Fate::Stays | Fate::Yields(_)) => take_over(&mut new, taken),
            (_, Some(aim), Fate::Stays) => arrive(&mut new, aim),
            (_, Some(aim), Fate::Moves(name)) => {
                aim.database.clone_into(&mut new.database);
                new.table.clone_from(&aim.tables[name]);
                arrive(&mut new, aim);
            }
            (_, Some(aim), Fate::Yields(to)) => give_up(&mut new, aim, objects[to].id),
            (_, None, _) | (_, _, Fate::Waits) => {}
        }
        if new != *object {
            changed.push(new);
        }
    }
    changed
}

/// Where an object belongs.
#[derive(Debug)]
struct Aim<'a> {
    database: &'a str,
    /// What it may be called there, the best first.
    tables: Vec<Option<String>>,
    ids: CatalogIds,
    /// Its table, if it stands for one.
    table: Option<&'a KnownTable>,
    /// When it was last read.
    read_at: Option<DateTime<Utc>>,
    removal: Option<(Removed, DateTime<Utc>)>,
}

impl<'a> Aim<'a> {
    /// None where the catalog does not know, or a scan decides.
    fn of(object: &Followed, known: &'a Whereabouts) -> Option<Self> {
        if !matches!(object.status, ManagedStatus::Ready | ManagedStatus::Failed) {
            return None;
        }
        let database = known.databases.get(&object.ids.database?)?;
        let table = match object.ids.table {
            None => None,
            Some(id) => Some(known.table(id)?),
        };
        let table_removed = table.and_then(|table| table.removed_at);
        let removal = match (database.removed_at, table_removed) {
            (Some(at), _) => Some((Removed::Database, at)),
            (None, Some(at)) => Some((Removed::Table, at)),
            (None, None) => None,
        };
        Some(Self {
            database: &database.database_name,
            tables: names(object.table.as_deref(), table),
            ids: CatalogIds {
                database: Some(database.id),
                table: table.map(|table| table.id),
            },
            table,
            read_at: table.map_or(database.last_scan_at, |table| table.last_scan_at),
            removal,
        })
    }

    /// The rows of its table, or for what stands for more than one, those that it has.
    fn rows(&self, object: &Followed) -> Option<i64> {
        self.table.map_or(object.row_count, |table| table.row_count)
    }
}

/// What an object may be called: as it is while that names its table. Else with the schema if it was called so
/// before, and otherwise without it, unless that is another's.
fn names(selector: Option<&str>, table: Option<&KnownTable>) -> Vec<Option<String>> {
    let (Some(selector), Some(table)) = (selector, table) else {
        return vec![selector.map(str::to_owned)];
    };
    let mut names: Vec<_> = selectors(&table.table_schema, &table.table_name).collect();
    if let Some(same) = names.iter().position(|name| name == selector) {
        names.drain(..same);
    } else if selector.contains('.') && names.len() > 1 {
        names.remove(0);
    }
    names.into_iter().map(Some).collect()
}

/// What becomes of an object's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    /// It has the one that it should have, or keeps it for want of another.
    Stays,
    /// It gets this one of those that it may have.
    Moves(usize),
    /// It keeps it until a scan has ended.
    Waits,
    /// The object in this place has the name that it should have.
    Yields(usize),
}

/// Objects that are to be given names.
#[derive(Debug)]
struct Places<'a> {
    objects: &'a [Followed],
    aims: &'a [Option<Aim<'a>>],
}

/// The objects by their names.
type Holders<'a> = HashMap<(&'a str, Option<&'a str>), usize>;

impl Places<'_> {
    /// Decides for all. Each object that cannot move has its name still, which may keep another one from
    /// moving: then the rest is dealt anew.
    fn deal(&self) -> Vec<Fate> {
        let mut fates: Vec<Fate> = (0..self.objects.len()).map(|one| self.first(one)).collect();
        let mut movers: Vec<usize> = (0..fates.len())
            .filter(|one| matches!(fates[*one], Fate::Moves(_)))
            .collect();
        // Of two that stand for one table, the one that has not been removed goes first.
        movers.sort_by_key(|one| self.objects[*one].removed.is_some());
        while !self.deal_once(&movers, &mut fates) {}
        fates
    }

    fn first(&self, one: usize) -> Fate {
        let object = &self.objects[one];
        match &self.aims[one] {
            None if object.status == ManagedStatus::Scanning
                || object.wants_scan && object.status == ManagedStatus::Pending =>
            {
                Fate::Waits
            }
            None => Fate::Stays,
            Some(aim) if aim.database == object.database && aim.tables[0] == object.table => {
                Fate::Stays
            }
            Some(_) => Fate::Moves(0),
        }
    }

    /// False when an object that should have moved does not.
    fn deal_once(&self, movers: &[usize], fates: &mut [Fate]) -> bool {
        let mut holders: Holders<'_> = HashMap::new();
        for (one, object) in self.objects.iter().enumerate() {
            if !matches!(fates[one], Fate::Moves(_)) {
                holders.insert((&object.database, object.table.as_deref()), one);
            }
        }
        for &mover in movers {
            let (Fate::Moves(_), Some(aim)) = (fates[mover], &self.aims[mover]) else {
                continue;
            };
            fates[mover] = self.find(aim, &holders, fates);
            let Fate::Moves(name) = fates[mover] else {
                return false;
            };
            holders.insert((aim.database, aim.tables[name].as_deref()), mover);
        }
        true
    }

    /// Finds a name for what belongs there.
    fn find(&self, aim: &Aim<'_>, holders: &Holders<'_>, fates: &[Fate]) -> Fate {
        for (name, table) in aim.tables.iter().enumerate() {
            let Some(&holder) = holders.get(&(aim.database, table.as_deref())) else {
                return Fate::Moves(name);
            };
            if fates[holder] == Fate::Waits {
                return Fate::Waits;
            }
            if !self.is_another(holder, aim, fates[holder]) {
                // What is gone needs no name that somebody else has.
                return if aim.removal.is_none() {
                    Fate::Yields(holder)
                } else {
                    Fate::Stays
                };
            }
        }
        Fate::Stays
    }

    /// Whether an object stands for something else that is there.
    fn is_another(&self, holder: usize, aim: &Aim<'_>, fate: Fate) -> bool {
        let its = self.aims[holder].as_ref();
        !matches!(fate, Fate::Yields(_))
            && its.is_some_and(|its| its.removal.is_none() && its.ids != aim.ids)
    }
}

/// An object is what it belongs to.
fn arrive(object: &mut Followed, aim: &Aim<'_>) {
    let is_replaced = object.ids != aim.ids;
    object.ids = aim.ids;
    if let Some((what, at)) = aim.removal {
        object.status = ManagedStatus::Failed;
        object.removed = Some(what);
        object.removed_at = Some(at);
        let why = match what {
            Removed::Database => DATABASE_REMOVED,
            Removed::Table => TABLE_REMOVED,
        };
        object.last_error = Some(why.to_owned());
    } else if object.removed.is_some() || was_read_since(object, aim) {
        revive(object, aim);
    } else if is_replaced {
        object.row_count = aim.rows(object);
    }
}

/// Whether a scan has read what an earlier one failed to read.
fn was_read_since(object: &Followed, aim: &Aim<'_>) -> bool {
    let times = object.failed_at.zip(aim.read_at);
    times.is_some_and(|(failed_at, read_at)| failed_at < read_at)
}

fn revive(object: &mut Followed, aim: &Aim<'_>) {
    object.status = ManagedStatus::Ready;
    object.removed = None;
    object.removed_at = None;
    object.failed_at = None;
    object.last_error = None;
    object.row_count = aim.rows(object);
}

/// An object stands for what another one stood for until now.
fn take_over(object: &mut Followed, aim: &Aim<'_>) {
    let is_it = object.ids == aim.ids && object.status == ManagedStatus::Ready;
    object.ids = aim.ids;
    if !is_it {
        revive(object, aim);
    }
}

/// An object stands for nothing any more: what it stood for has the name of another one.
fn give_up(object: &mut Followed, aim: &Aim<'_>, other: i64) {
    let is_moved = aim.database != object.database;
    let name = match &aim.tables[0] {
        None => aim.database.to_owned(),
        Some(table) if is_moved => format!("{table} in {}", aim.database),
        Some(table) => table.clone(),
    };
    object.status = ManagedStatus::Failed;
    object.removed = Some(if is_moved {
        Removed::Database
    } else {
        Removed::Table
    });
    object.last_error = Some(format!(
        "it is now called {name}, which managed object {other} is"
    ));
}

#[cfg(test)]
mod tests;
