//! `plumb manage`.

use std::future::pending;
use std::path::Path;

use futures::StreamExt as _;
use meta_client::{Event, Events};
use models::managed_object::{Manage, Managed, ManagedObject, ManagedStatus};
use models::page::Page;
use models::scan::ScanStatus;

use super::ClientError;
use super::connection::{Manager, Meta};
use super::follow::{Asking, ticks};
use super::interrupt::until_interrupted;
use super::object;
use super::progress::Progress;
use super::status::{Kind, progress};
use crate::args::{Format, ManageArguments};
use crate::error::Outcome;
use crate::output::{self, Table};

/// Adopts a database or some of its tables.
///
/// # Errors
/// When `manager` cannot be asked, or refuses.
pub(crate) async fn manage(
    arguments: &ManageArguments,
    data_dir: Option<&Path>,
    format: Format,
) -> Result<Outcome, ClientError> {
    let manager = Manager::connect(&arguments.connection, data_dir)?;
    let source = manager.meta.find_source(&arguments.source).await?;
    let request = Manage {
        resource_id: source.id,
        database: arguments.database.clone(),
        tables: arguments.tables.chosen(),
        // What the service is set to, unless told otherwise.
        trigger_deep_scan: arguments.no_scan.then_some(false),
        permission: arguments.permission,
    };
    let accepted = manager.session.manage(&request).await;
    let accepted = accepted.map_err(|error| manager.failed(error))?;
    if arguments.follow {
        let end = follow(&manager, &accepted);
        let objects = until_interrupted(end, accepted.job_id).await?;
        let outcome = outcome_of(&objects);
        match format {
            Format::Json => output::print_json(&Page {
                items: objects,
                next_cursor: None,
                total: None,
            })?,
            Format::Table => output::print(&object::table(&objects).render())?,
        }
        return Ok(outcome);
    }
    match format {
        Format::Json => output::print_json(&accepted)?,
        Format::Table => {
            output::print(&table(&accepted).render())?;
            output::hint("plumb object list shows where it stands");
        }
    }
    Ok(Outcome::Done)
}

fn table(accepted: &Managed) -> Table {
    let mut table = Table::new(&["ID", "DATABASE", "TABLE", "STATUS"]);
    for object in &accepted.managed_objects {
        let name = object.table.as_deref().unwrap_or("(all)");
        let id = object.id.to_string();
        table.row(&[&id, &object.database, name, object.status.as_str()]);
    }
    table
}

/// Waits until each object is ready or has failed, and shows progress on standard error.
async fn follow(manager: &Manager, accepted: &Managed) -> Result<Vec<ManagedObject>, ClientError> {
    let mut bar = Progress::new();
    let mut asking = Asking::default();
    let mut ticks = ticks();
    let mut scan = Scan::default();
    let total = accepted.managed_objects.len();
    let mut ended: Vec<ManagedObject> = Vec::new();
    // One after the other: the first that is not at its end is asked for again.
    while let Some(next) = accepted.managed_objects.get(ended.len()) {
        let answer = manager.session.get_managed_object(next.id).await;
        let answer = asking.answer(answer);
        match answer.map_err(|error| manager.lost(error, accepted.job_id))? {
            Some(object) if is_ended(&object) => {
                ended.push(object);
                continue;
            }
            // Another scan may have been made of it than the one that was named at first.
            Some(object) => scan.is(object.scan_id, &manager.meta),
            None => {}
        }
        let so_far = format!("{} of {total} ready or failed", ended.len());
        loop {
            let (line, done) = scan.shown();
            bar.show(&format!("{so_far}; {line}"), done);
            tokio::select! {
                _ = ticks.tick() => break,
                () = scan.changed() => {}
            }
        }
    }
    bar.end(&format!("{total} of {total} ready or failed"));
    Ok(ended)
}

/// The scan that is waited for. Its progress is a courtesy: the objects tell the end.
#[derive(Default)]
struct Scan {
    id: Option<i64>,
    /// None before there is a scan, and after its last state.
    events: Option<Events<ScanStatus>>,
    last: Option<ScanStatus>,
}

impl Scan {
    /// Follows this one from now on.
    fn is(&mut self, id: Option<i64>, meta: &Meta) {
        if self.id != id {
            *self = Self {
                id,
                events: id.map(|id| meta.session.follow_scan(id)),
                last: None,
            };
        }
    }

    /// Waits for another state of it; for ever, when none will come.
    async fn changed(&mut self) {
        let Some(events) = &mut self.events else {
            return pending().await;
        };
        match events.next().await {
            Some(Ok(Event::State(state))) => self.last = Some(state),
            Some(Ok(Event::Away)) => self.last = None,
            Some(Err(_)) | None => self.events = None,
        }
    }

    fn shown(&self) -> (String, Option<f64>) {
        match (&self.last, self.id) {
            (Some(status), _) => (progress(Kind::Scan, status), status.progress),
            (None, Some(id)) => (format!("scan {id}"), None),
            (None, None) => ("no scan of the rest yet".to_owned(), None),
        }
    }
}

fn is_ended(object: &ManagedObject) -> bool {
    matches!(object.status, ManagedStatus::Ready | ManagedStatus::Failed)
}

/// What the exit status says of objects at their end.
fn outcome_of(objects: &[ManagedObject]) -> Outcome {
    let failed = objects
        .iter()
        .filter(|object| object.status == ManagedStatus::Failed);
    match failed.count() {
        0 => Outcome::Done,
        failed if failed == objects.len() => Outcome::Failed,
        _ => Outcome::Partial,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_exit_status_tells_what_became_ready() {
        let objects = |states: &[&str]| -> Vec<ManagedObject> {
            let object = |status: &&str| {
                serde_json::from_value(json!({
                    "id": 1, "resource_id": 1, "resource_name": "shop", "database": "orders",
                    "table": null, "status": status, "permission": "read", "row_count": null,
                    "scan_id": null, "managed_by": "ada", "managed_at": "2026-01-02T12:00:00Z",
                    "last_error": null,
                }))
                .unwrap()
            };
            states.iter().map(object).collect()
        };
        let of = |states: &[&str]| outcome_of(&objects(states));
        assert_eq!(of(&["ready", "ready"]), Outcome::Done);
        assert_eq!(of(&["ready", "failed"]), Outcome::Partial);
        assert_eq!(of(&["failed", "failed"]), Outcome::Failed);
        assert!(
            objects(&["pending", "scanning"])
                .iter()
                .all(|it| !is_ended(it))
        );
    }
}
