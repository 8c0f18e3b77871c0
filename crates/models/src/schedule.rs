//! Schedules: when a data source is read again by itself.

pub(crate) mod rules;
mod spread;
mod timetable;

use chrono::{DateTime, Utc};
use garde::Validate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::integer::{within, within_if_any};
use crate::scan::MAX_TARGETS;

pub use spread::offset;
pub use timetable::{Timetable, TimetableError};

/// The most that a run may come after its tick, in seconds: a day.
pub const MAX_JITTER_SECONDS: i32 = 86_400;
/// How many databases one schedule may name: as many as one deep scan.
pub const MAX_DATABASES: usize = MAX_TARGETS;

/// Who keeps a schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// Made with the data source; as the service's configuration says until somebody changes when it runs.
    Default,
    /// Made or changed by a person or program.
    Api,
    /// Made by `manager`, which keeps its databases those of what is managed.
    Manager,
}

impl Origin {
    /// The word in answers and in the store.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Api => "api",
            Self::Manager => "manager",
        }
    }

    /// The origin behind a word of the store.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Default, Self::Api, Self::Manager]
            .into_iter()
            .find(|origin| origin.as_str() == word)
    }
}

/// Body of `POST /schedules`: read a data source again and again.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "resource_id": 1, "level": 2, "databases": ["shop"], "cron": "30 2 * * *", "time_zone": "Europe/Berlin",
}))]
pub struct CreateSchedule {
    /// The data source.
    #[serde(deserialize_with = "within::<_, _, 1, { i64::MAX }>")]
    #[schema(minimum = 1)]
    #[garde(skip)]
    pub resource_id: i64,
    /// 1 lists the server's databases, 2 reads those that `databases` names.
    #[serde(deserialize_with = "within::<_, _, 1, 2>")]
    #[schema(minimum = 1, maximum = 2)]
    #[garde(skip)]
    pub level: u8,
    /// The databases that level 2 reads, 1 to 1000; not for level 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(
        custom(rules::fit(self.level)),
        inner(
            length(min = 1, max = MAX_DATABASES),
            custom(rules::each_once),
            inner(length(bytes, min = 1, max = 255))
        )
    )]
    pub databases: Option<Vec<String>>,
    /// When: a cron expression of the five fields minute, hour, day of the month, month and day of the
    /// week, or one of @yearly, @monthly, @weekly, @daily and @hourly. At most 100 bytes.
    #[garde(custom(rules::sound_cron))]
    pub cron: String,
    /// The zone whose clock `cron` means, by its IANA name, such as `Europe/Berlin`; the service's
    /// setting `sync.time_zone` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(inner(custom(rules::known_zone)))]
    pub time_zone: Option<String>,
    /// Whether it waits to be resumed.
    #[serde(default)]
    #[garde(skip)]
    pub paused: bool,
    /// A run comes so many seconds after its tick at most, always the same number for one schedule: many
    /// of one time then spread. The service's setting `sync.jitter_seconds` when absent.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "within_if_any::<_, _, 0, 86400>"
    )]
    #[schema(minimum = 0, maximum = 86400)]
    #[garde(skip)]
    pub jitter_seconds: Option<i32>,
}

/// Body of `PATCH /schedules/{id}`: what is absent stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "cron": "0 */6 * * *" }))]
pub struct UpdateSchedule {
    /// The databases that level 2 reads, 1 to 1000; replace what was set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(
        inner(
            length(min = 1, max = MAX_DATABASES),
            custom(rules::each_once),
            inner(length(bytes, min = 1, max = 255))
        )
    )]
    pub databases: Option<Vec<String>>,
    /// When: a cron expression of five fields, or a word such as @daily. At most 100 bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(inner(custom(rules::sound_cron)))]
    pub cron: Option<String>,
    /// The zone whose clock `cron` means, by its IANA name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(inner(custom(rules::known_zone)))]
    pub time_zone: Option<String>,
    /// Whether it rests. What passes by meanwhile is not made up for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(skip)]
    pub paused: Option<bool>,
    /// A run comes so many seconds after its tick at most.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "within_if_any::<_, _, 0, 86400>"
    )]
    #[schema(minimum = 0, maximum = 86400)]
    #[garde(skip)]
    pub jitter_seconds: Option<i32>,
}

/// One schedule, as the API shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Schedule {
    /// Its id.
    pub id: i64,
    /// The data source that is read.
    pub datasource_id: i64,
    /// 1 lists the server's databases, 2 reads those that `databases` names.
    pub level: u8,
    /// The databases that level 2 reads; null for level 1.
    pub databases: Option<Vec<String>>,
    /// When: a cron expression of five fields, or a word such as @daily.
    pub cron: String,
    /// The zone whose clock `cron` means.
    pub time_zone: String,
    /// Whether it rests.
    pub paused: bool,
    /// A run comes so many seconds after its tick at most, always the same number for one schedule.
    pub jitter_seconds: i32,
    /// Who keeps it.
    pub origin: Origin,
    /// When it runs next, jitter included; null while it or its data source is paused.
    pub next_run_at: Option<DateTime<Utc>>,
    /// When it last started a job; null before the first.
    pub last_run_at: Option<DateTime<Utc>>,
    /// The job that it last started.
    pub last_job_id: Option<Uuid>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed or ran.
    pub updated_at: DateTime<Utc>,
}
