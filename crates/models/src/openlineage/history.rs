//! All that the events of a run have said, in whichever order they came, and however often.
//!
//! Each part is the least or the greatest of what was said, by a total order: so joining is commutative
//! and associative, and joining twice changes nothing.

use std::cmp;
use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Event, EventType, JobOf, RunOf};
use crate::job::{JobStatus, MAX_ERROR_BYTES};

/// How many outputs of a run are counted.
const MAX_COUNTED: usize = 10_000;

/// What was said at a time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Said<T> {
    at: DateTime<Utc>,
    what: T,
}

/// How a run ended; of two that were said of one moment, the later of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum End {
    Complete,
    Abort,
    Fail,
}

/// A job or a dataset by its names.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Named {
    /// The namespace.
    pub namespace: String,
    /// The name there.
    pub name: String,
}

/// How many rows a run has written to a dataset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// The dataset.
    #[serde(flatten)]
    pub dataset: Named,
    /// The rows.
    pub rows: i64,
}

/// What the events of one run have said so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    began_at: DateTime<Utc>,
    job: Said<Named>,
    job_type: Option<Said<String>>,
    parent: Option<Said<Uuid>>,
    end: Option<Said<End>>,
    error: Option<Said<String>>,
    outputs: Vec<Counted>,
}

impl History {
    /// What one event says.
    #[must_use]
    pub fn of(event: &Event, run: &RunOf, job: &JobOf) -> Self {
        let at = event.event_time;
        let end = match event.event_type {
            Some(EventType::Complete) => Some(End::Complete),
            Some(EventType::Abort) => Some(End::Abort),
            Some(EventType::Fail) => Some(End::Fail),
            Some(EventType::Start | EventType::Running | EventType::Other) | None => None,
        };
        let named = Named {
            namespace: job.namespace.clone(),
            name: job.name.clone(),
        };
        let outputs = event.outputs.iter().filter_map(|dataset| {
            let named = Named {
                namespace: dataset.namespace.clone(),
                name: dataset.name.clone(),
            };
            Some((named, dataset.rows_written()?))
        });
        Self {
            began_at: at,
            job: Said { at, what: named },
            job_type: job.job_type().map(|what| Said { at, what }),
            parent: run.parent().map(|what| Said { at, what }),
            end: end.map(|what| Said { at, what }),
            error: run.error().map(|what| Said {
                at,
                what: cut(what),
            }),
            outputs: greatest(outputs),
        }
    }

    /// What both say.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let outputs = self.outputs.into_iter().chain(other.outputs);
        Self {
            began_at: cmp::min(self.began_at, other.began_at),
            job: cmp::min(self.job, other.job),
            job_type: first(self.job_type, other.job_type),
            parent: first(self.parent, other.parent),
            // None is less than anything.
            end: cmp::max(self.end, other.end),
            error: cmp::max(self.error, other.error),
            outputs: greatest(outputs.map(|it| (it.dataset, it.rows))),
        }
    }

    /// What ran: as its earliest event names it.
    #[must_use]
    pub fn job(&self) -> &Named {
        &self.job.what
    }

    /// What kind of job it is, if an event has said so: as the earliest of those does.
    #[must_use]
    pub fn job_type(&self) -> Option<&str> {
        self.job_type.as_ref().map(|said| said.what.as_str())
    }

    /// The run that has started it.
    #[must_use]
    pub fn parent(&self) -> Option<Uuid> {
        self.parent.as_ref().map(|said| said.what)
    }

    /// When it began: the time of its earliest event.
    #[must_use]
    pub fn began_at(&self) -> DateTime<Utc> {
        self.began_at
    }

    /// When it ended: as the latest event says that tells of an end.
    #[must_use]
    pub fn ended_at(&self) -> Option<DateTime<Utc>> {
        self.end.as_ref().map(|said| said.at)
    }

    /// Where it stands. What comes after an end and is none itself does not take it back.
    #[must_use]
    pub fn status(&self) -> JobStatus {
        match self.end.as_ref().map(|said| said.what) {
            None => JobStatus::Running,
            Some(End::Complete) => JobStatus::Success,
            Some(End::Abort) => JobStatus::Cancelled,
            Some(End::Fail) => JobStatus::Failed,
        }
    }

    /// Why it failed or was stopped; none of a run that did neither.
    #[must_use]
    pub fn error(&self) -> Option<&str> {
        let said = self.error.as_ref().map(|said| said.what.as_str());
        match self.status() {
            JobStatus::Failed => {
                Some(said.unwrap_or("its producer reports that it failed, and not why"))
            }
            JobStatus::Cancelled => said,
            _ => None,
        }
    }

    /// How many rows it has written, where that was said.
    #[must_use]
    pub fn outputs(&self) -> &[Counted] {
        &self.outputs
    }

    /// How many rows it has written in all.
    #[must_use]
    pub fn rows(&self) -> i64 {
        let rows = self.outputs.iter().map(|output| output.rows);
        rows.fold(0, i64::saturating_add)
    }
}

fn first<T: Ord>(one: Option<T>, other: Option<T>) -> Option<T> {
    match (one, other) {
        (Some(one), Some(other)) => Some(cmp::min(one, other)),
        (one, other) => one.or(other),
    }
}

/// The greatest count of each dataset: what a run has written does not become less.
fn greatest(outputs: impl Iterator<Item = (Named, i64)>) -> Vec<Counted> {
    let mut counts = BTreeMap::new();
    for (dataset, rows) in outputs {
        let count = counts.entry(dataset).or_insert(rows);
        *count = cmp::max(*count, rows);
    }
    // Those of the least names, whichever came first.
    let counts = counts.into_iter().take(MAX_COUNTED);
    counts
        .map(|(dataset, rows)| Counted { dataset, rows })
        .collect()
}

fn cut(mut text: String) -> String {
    text.truncate(text.floor_char_boundary(MAX_ERROR_BYTES));
    text
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::Subject;
    use super::*;

    /// An event of one run: type, minute, and members that differ from the least that there must be.
    fn said(kind: &str, minute: u32, more: Value) -> History {
        let mut event = json!({
            "eventTime": format!("2026-01-31T08:{minute:02}:00Z"), "eventType": kind,
            "run": { "runId": "019e0000-0000-7000-8000-000000000001", "facets": {} },
            "job": { "namespace": "nightly", "name": "load", "facets": {} },
        });
        let Value::Object(more) = more else {
            panic!("members")
        };
        for (pointer, value) in more {
            let (place, name) = pointer.rsplit_once('/').expect("a pointer");
            event.pointer_mut(place).expect("a place")[name] = value;
        }
        let event: Event = serde_json::from_value(event).expect("an event");
        match event.subject() {
            Ok(Subject::Run(run, job)) => History::of(&event, run, job),
            other => panic!("{other:?}"),
        }
    }

    fn rows(count: i64) -> Value {
        json!([{
            "namespace": "postgres://db:5432", "name": "shop.public.orders",
            "outputFacets": { "outputStatistics": { "rowCount": count } },
        }])
    }

    /// All orders of up to as many things as there are.
    fn orders(of: usize) -> Vec<Vec<usize>> {
        if of == 0 {
            return vec![Vec::new()];
        }
        let shorter = orders(of - 1).into_iter();
        let longer = shorter.flat_map(|order| {
            (0..of).map(move |place| {
                let mut order = order.clone();
                order.insert(place, of - 1);
                order
            })
        });
        longer.collect()
    }

    #[test]
    fn the_order_of_events_makes_no_difference() {
        let events = [
            said(
                "START",
                0,
                json!({ "/job/facets/jobType": { "jobType": "TASK" } }),
            ),
            said("RUNNING", 1, json!({ "/outputs": rows(3) })),
            said(
                "FAIL",
                2,
                json!({ "/run/facets/errorMessage": { "message": "deadlock" } }),
            ),
            said(
                "OTHER",
                3,
                json!({ "/job/name": "load again", "/job/facets/jobType": { "jobType": "JOB" } }),
            ),
            said("COMPLETE", 4, json!({ "/outputs": rows(7) })),
            said("COMPLETE", 4, json!({ "/outputs": rows(7) })),
        ];
        let mut ends = Vec::new();
        for order in orders(events.len()) {
            let told = order.into_iter().map(|index| events[index].clone());
            ends.push(told.reduce(History::and).expect("events"));
        }
        assert_eq!(ends.len(), 720);
        ends.dedup();
        assert_eq!(ends.len(), 1);
        let end = &ends[0];
        let minutes = |at: DateTime<Utc>| at.format("%M").to_string();
        assert_eq!(
            (end.status(), end.rows(), end.error()),
            (JobStatus::Success, 7, None)
        );
        assert_eq!(
            (end.job().name.as_str(), end.job_type()),
            ("load", Some("TASK"))
        );
        assert_eq!(minutes(end.began_at()), "00");
        assert_eq!(end.ended_at().map(minutes).as_deref(), Some("04"));
    }

    #[test]
    fn what_comes_after_an_end_does_not_take_it_back() {
        let ended = said("ABORT", 1, json!({})).and(said("RUNNING", 5, json!({})));
        assert_eq!(ended.status(), JobStatus::Cancelled);
        assert_eq!(ended.error(), None);
    }

    #[test]
    fn two_ends_of_one_moment_are_the_worse() {
        let [well, badly] = ["COMPLETE", "FAIL"].map(|kind| said(kind, 1, json!({})));
        for ended in [well.clone().and(badly.clone()), badly.and(well)] {
            assert_eq!(ended.status(), JobStatus::Failed);
            assert!(ended.error().is_some_and(|error| error.contains("not why")));
        }
    }

    #[test]
    fn a_long_trace_is_cut_between_characters() {
        let long = "ä".repeat(MAX_ERROR_BYTES);
        let failed = said(
            "FAIL",
            1,
            json!({ "/run/facets/errorMessage": { "message": format!("x{long}") } }),
        );
        assert_eq!(failed.error().map(str::len), Some(MAX_ERROR_BYTES - 1));
    }

    #[test]
    fn it_is_kept_as_it_is() {
        let history = said("FAIL", 1, json!({ "/outputs": rows(1) }));
        let kept = serde_json::to_value(&history).unwrap();
        assert_eq!(serde_json::from_value::<History>(kept).unwrap(), history);
    }
}
