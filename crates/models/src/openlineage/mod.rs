//! Events of `OpenLineage` (spec 2-0-2), as far as they are read: what ran, when, how it ended, what it
//! read and wrote.
//!
//! The events are documents of somebody else's specification, which lets anybody add to them: what is
//! not known here is passed over, unlike in the requests of our own.

mod history;
mod naming;
mod schema;

use chrono::{DateTime, NaiveDateTime, Utc};
use garde::Validate;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

pub use self::history::{Counted, History, Named};
pub use self::naming::ServerTable;

use crate::FieldError;

/// How many datasets an event may say that its job reads, and how many that it writes.
pub const MAX_DATASETS: usize = 1000;
/// How long a namespace and a name may be, in bytes: both together have to go into an index.
pub const MAX_NAME_BYTES: usize = 1024;

/// What an event says of its run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum EventType {
    /// It begins.
    Start,
    /// It goes on.
    Running,
    /// It has ended well.
    Complete,
    /// It was stopped.
    Abort,
    /// It has failed.
    Fail,
    /// Something besides.
    Other,
}

/// One event: of a run, or of a job or a dataset alone.
#[derive(Debug, Clone, PartialEq, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// When what it tells of happened.
    #[serde(deserialize_with = "time")]
    #[garde(skip)]
    pub event_time: DateTime<Utc>,
    /// What it says of the run.
    #[garde(skip)]
    pub event_type: Option<EventType>,
    /// The run; none in an event of a job or a dataset.
    #[garde(skip)]
    pub run: Option<RunOf>,
    /// The job; none in an event of a dataset.
    #[garde(dive)]
    pub job: Option<JobOf>,
    /// The dataset that the event is of.
    #[garde(dive)]
    pub dataset: Option<Dataset>,
    /// What the job reads.
    #[serde(default, deserialize_with = "listed")]
    #[garde(length(max = MAX_DATASETS), dive)]
    pub inputs: Vec<Dataset>,
    /// What the job writes.
    #[serde(default, deserialize_with = "listed")]
    #[garde(length(max = MAX_DATASETS), dive)]
    pub outputs: Vec<Dataset>,
}

/// The run of an event.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RunOf {
    /// The same in all events of the run.
    pub run_id: Uuid,
    /// What else is told of it, by the names of the facets.
    pub facets: Option<Map<String, Value>>,
}

/// The job of an event.
#[derive(Debug, Clone, PartialEq, Deserialize, Validate)]
pub struct JobOf {
    /// What its name belongs to.
    #[serde(deserialize_with = "namespace")]
    #[garde(length(bytes, min = 1, max = MAX_NAME_BYTES))]
    pub namespace: String,
    /// Its name there.
    #[garde(length(bytes, min = 1, max = MAX_NAME_BYTES))]
    pub name: String,
    /// What else is told of it, by the names of the facets.
    #[garde(skip)]
    pub facets: Option<Map<String, Value>>,
}

/// Something that a job reads or writes.
#[derive(Debug, Clone, PartialEq, Deserialize, Validate)]
#[serde(rename_all = "camelCase")]
pub struct Dataset {
    /// Where it lies; of a table the server.
    #[serde(deserialize_with = "namespace")]
    #[garde(length(bytes, min = 1, max = MAX_NAME_BYTES))]
    pub namespace: String,
    /// Its name there.
    #[garde(length(bytes, min = 1, max = MAX_NAME_BYTES))]
    pub name: String,
    /// What is told of it as an output of the run.
    #[garde(skip)]
    pub output_facets: Option<Map<String, Value>>,
}

/// Answer of `POST /api/v1/lineage`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LineageReceived {
    /// The job of the log that stands for the run; null for an event that is of no run.
    pub job_id: Option<Uuid>,
    /// How many datasets the event names as read or written, which are kept as edges of its job.
    pub edges: usize,
}

/// What an event is about.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Subject<'a> {
    /// A run of a job.
    Run(&'a RunOf, &'a JobOf),
    /// A job, which is not running for all that is said.
    Job(&'a JobOf),
    /// A dataset by itself.
    Dataset,
}

impl Event {
    /// What the event is about.
    ///
    /// # Errors
    /// The field that is missing.
    pub fn subject(&self) -> Result<Subject<'_>, FieldError> {
        match (&self.run, &self.job, &self.dataset) {
            (Some(run), Some(job), _) => Ok(Subject::Run(run, job)),
            (Some(_), None, _) => Err(FieldError::new("/job", "is required of a run")),
            (None, Some(job), _) => Ok(Subject::Job(job)),
            (None, None, Some(_)) => Ok(Subject::Dataset),
            (None, None, None) => Err(FieldError::new(
                "/run",
                "is required, unless the event is of a job or a dataset alone",
            )),
        }
    }
}

impl RunOf {
    /// Why the run failed, with the stack trace if there is one: the facet `errorMessage`.
    #[must_use]
    pub fn error(&self) -> Option<String> {
        let facet = self.facets.as_ref()?.get("errorMessage")?;
        let parts = ["message", "stackTrace"].map(|name| facet[name].as_str());
        let parts: Vec<&str> = parts
            .into_iter()
            .flatten()
            .map(str::trim_end)
            .filter(|part| !part.is_empty())
            .collect();
        (!parts.is_empty()).then(|| parts.join("\n"))
    }

    /// The run that has started this one: the facet `parent`.
    #[must_use]
    pub fn parent(&self) -> Option<Uuid> {
        let id = self.facets.as_ref()?.get("parent")?["run"]["runId"].as_str()?;
        id.parse().ok().filter(|id| *id != self.run_id)
    }
}

impl JobOf {
    /// What kind of job it is, as a word of the job log: `jobType` of the facet of this name.
    #[must_use]
    pub fn job_type(&self) -> Option<String> {
        let word = self.facets.as_ref()?.get("jobType")?["jobType"].as_str()?;
        let is_plain = |it: char| it.is_ascii_alphanumeric();
        let word = word.trim().to_ascii_uppercase();
        let word: String = word
            .chars()
            .map(|it| if is_plain(it) { it } else { '_' })
            .collect();
        Some(word)
    }
}

impl Dataset {
    /// How many rows the run has written to it: `rowCount` of the facet `outputStatistics`.
    #[must_use]
    pub fn rows_written(&self) -> Option<i64> {
        let facet = self.output_facets.as_ref()?.get("outputStatistics")?;
        facet["rowCount"].as_i64().filter(|count| *count >= 0)
    }
}

/// A time with an offset, or, as some producers write it, without one: then it is UTC.
fn time<'de, D: Deserializer<'de>>(from: D) -> Result<DateTime<Utc>, D::Error> {
    let text = String::deserialize(from)?;
    let text = text.trim();
    DateTime::parse_from_rfc3339(text)
        .map(|time| time.to_utc())
        .or_else(|_| text.parse::<NaiveDateTime>().map(|time| time.and_utc()))
        .map_err(|_| D::Error::custom("must be a time such as 2026-01-31T08:00:00Z"))
}

/// A list, or null for an empty one.
fn listed<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Dataset>, D::Error> {
    Option::deserialize(from).map(Option::unwrap_or_default)
}

/// A namespace may be the address of a server; a login and password in it are nobody's business.
fn namespace<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    String::deserialize(from).map(naming::without_login)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::RequestBody;

    fn read(event: Value) -> Result<Event, serde_json::Error> {
        serde_json::from_value(event)
    }

    fn with(pointer: &str, value: Value) -> Event {
        let mut event = Event::example();
        *event.pointer_mut(pointer).expect("it is there") = value;
        read(event).expect("an event")
    }

    #[test]
    fn what_is_not_known_is_passed_over() {
        let mut event = Event::example();
        for place in ["", "/run", "/job", "/run/facets", "/inputs/0"] {
            let object = event.pointer_mut(place).and_then(Value::as_object_mut);
            object
                .expect("an object")
                .insert("x_own".to_owned(), json!([{ "a": 1 }]));
        }
        let told = |event: Value| {
            let event = read(event).expect("an event");
            let Ok(Subject::Run(run, job)) = event.subject() else {
                panic!("of a run: {event:?}")
            };
            (History::of(&event, run, job), event.inputs)
        };
        assert_eq!(told(event), told(Event::example()));
    }

    #[test]
    fn times_may_lack_an_offset() {
        let utc = with("/eventTime", json!("2026-01-31T08:00:00Z")).event_time;
        for text in [
            "2026-01-31T08:00:00",
            "2026-01-31T09:00:00+01:00",
            "2026-01-31T08:00:00.000Z",
        ] {
            assert_eq!(with("/eventTime", json!(text)).event_time, utc, "{text}");
        }
        for text in ["", "soon", "2026-01-31", "2026-13-31T08:00:00Z"] {
            let mut event = Event::example();
            event["eventTime"] = json!(text);
            assert!(read(event).is_err(), "{text}");
        }
    }

    #[test]
    fn an_event_is_of_a_run_a_job_or_a_dataset() {
        let only = |names: &[&str]| {
            let mut event = Event::example();
            let members = event.as_object_mut().unwrap();
            members.retain(|name, _| name == "eventTime" || names.contains(&name.as_str()));
            read(event).unwrap()
        };
        assert!(matches!(
            only(&["run", "job"]).subject(),
            Ok(Subject::Run(..))
        ));
        assert!(matches!(only(&["job"]).subject(), Ok(Subject::Job(_))));
        assert_eq!(only(&["dataset"]).subject(), Ok(Subject::Dataset));
        assert_eq!(only(&["run"]).subject().unwrap_err().pointer, "/job");
        assert_eq!(only(&[]).subject().unwrap_err().pointer, "/run");
    }

    #[test]
    fn facets_that_are_not_what_they_should_be_say_nothing() {
        for odd in [
            json!(null),
            json!(7),
            json!([]),
            json!({ "rowCount": -1 }),
            json!({ "rowCount": "3" }),
        ] {
            let event = with("/outputs/0/outputFacets/outputStatistics", odd.clone());
            assert_eq!(event.outputs[0].rows_written(), None, "{odd}");
            let event = with("/run/facets/errorMessage", odd.clone());
            assert_eq!(event.run.unwrap().error(), None, "{odd}");
            let event = with("/run/facets/parent", odd.clone());
            assert_eq!(event.run.unwrap().parent(), None, "{odd}");
            let event = with("/job/facets/jobType", odd.clone());
            assert_eq!(event.job.unwrap().job_type(), None, "{odd}");
        }
    }

    #[test]
    fn a_run_is_not_its_own_parent() {
        let own = Event::example()["run"]["runId"].clone();
        let event = with("/run/facets/parent/run/runId", own);
        assert_eq!(event.run.unwrap().parent(), None);
    }

    #[test]
    fn words_of_types_are_those_of_the_log() {
        let event = with("/job/facets/jobType/jobType", json!(" spark-job.2 "));
        assert_eq!(
            event.job.unwrap().job_type().as_deref(),
            Some("SPARK_JOB_2")
        );
    }

    #[test]
    fn the_document_describes_it() {
        use utoipa::PartialSchema;

        let schema = serde_json::to_value(Event::schema()).unwrap();
        assert_eq!(schema["additionalProperties"], true);
        assert_eq!(
            schema["properties"]["run"]["properties"]["runId"]["format"],
            "uuid"
        );
        assert_eq!(
            schema["properties"]["inputs"]["items"]["required"],
            json!(["namespace", "name"])
        );
    }
}
