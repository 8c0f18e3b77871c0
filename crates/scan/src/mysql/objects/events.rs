//! Events: statements that the server runs by its clock.

use std::fmt::Write;

use models::database_object::{ObjectDetails, Routine};

use super::super::row::Row;
use super::super::scope::Scope;
use super::super::session::Session;
use super::object;
use crate::produce::Out;
use crate::{ObjectRecord, Record, ScanError};

const SQL: &str = include_str!("../sql/events.sql");

/// Sends the events.
pub(super) async fn read(
    session: &mut Session,
    scope: &Scope<'_>,
    out: &mut Out,
) -> Result<(), ScanError> {
    let mut rows = session.rows(scope.what("events"), scope.query(SQL))?;
    while let Some(row) = rows.next().await? {
        out.send(Record::Object(event(&row)?)).await;
    }
    Ok(())
}

fn event(row: &Row) -> Result<ObjectRecord, ScanError> {
    let schedule = Schedule {
        at: row.optional(4)?,
        every: row.optional(5)?,
        unit: row.text(6)?,
        starts: row.optional(7)?,
        ends: row.optional(8)?,
        status: row.text(9)?,
        is_kept: row.text(10)? == "PRESERVE",
    };
    let routine = Routine {
        language: row.filled(11)?,
        definer: row.filled(2)?,
        schedule: Some(schedule.text()),
        ..Routine::default()
    };
    Ok(ObjectRecord {
        definition: row.filled(1)?,
        comment: row.filled(3)?,
        details: ObjectDetails {
            routine: Some(routine),
            ..ObjectDetails::default()
        },
        ..object("EVENT", row.text(0)?)
    })
}

/// When an event runs. Times are in the event's own time zone.
#[derive(Debug, Default)]
struct Schedule {
    /// For one that runs once.
    at: Option<String>,
    /// How many units, for one that runs again and again.
    every: Option<String>,
    unit: String,
    starts: Option<String>,
    ends: Option<String>,
    status: String,
    /// Whether it stays after its last run.
    is_kept: bool,
}

impl Schedule {
    /// As CREATE EVENT has it behind ON SCHEDULE, without what is usual.
    fn text(&self) -> String {
        let mut text = match (&self.at, &self.every) {
            (Some(at), _) => format!("AT '{at}'"),
            (None, Some(every)) => format!("EVERY {every} {}", self.unit),
            (None, None) => String::new(),
        };
        for (word, time) in [("STARTS", &self.starts), ("ENDS", &self.ends)] {
            if let Some(time) = time {
                let _ = write!(text, " {word} '{time}'");
            }
        }
        if self.is_kept {
            text.push_str(" ON COMPLETION PRESERVE");
        }
        match self.status.as_str() {
            "ENABLED" | "" => {}
            "DISABLED" => text.push_str(" DISABLE"),
            // Such as SLAVESIDE_DISABLED.
            other => {
                let _ = write!(text, " {other}");
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schedules_read_as_they_are_written() {
        let text = |text: &str| Some(text.to_owned());
        let once = Schedule {
            at: text("2037-01-01 00:00:00"),
            status: "DISABLED".to_owned(),
            is_kept: true,
            ..Schedule::default()
        };
        assert_eq!(
            once.text(),
            "AT '2037-01-01 00:00:00' ON COMPLETION PRESERVE DISABLE"
        );
        let again = Schedule {
            every: text("'1:30'"),
            unit: "HOUR_MINUTE".to_owned(),
            starts: text("2030-01-01 00:00:00"),
            ends: text("2031-01-01 00:00:00"),
            status: "ENABLED".to_owned(),
            ..Schedule::default()
        };
        assert_eq!(
            again.text(),
            "EVERY '1:30' HOUR_MINUTE STARTS '2030-01-01 00:00:00' ENDS '2031-01-01 00:00:00'"
        );
    }
}
