//! What the fields of a schedule must hold, for garde.
#![expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature that garde calls"
)]

use std::collections::HashSet;

use super::timetable;

/// The longest cron expression; one that names every minute of the hour has 175 bytes and means `*`.
const MAX_CRON: usize = 100;

/// Level 2 reads named databases, level 1 all of the server.
pub(super) fn fit(level: u8) -> impl FnOnce(&Option<Vec<String>>, &()) -> garde::Result {
    move |databases, &()| match (level, databases) {
        (2, None) => Err(garde::Error::new("is required for level 2")),
        (1, Some(_)) => Err(garde::Error::new(
            "is for level 2 only: level 1 lists all databases of the server",
        )),
        _ => Ok(()),
    }
}

pub(super) fn each_once(databases: &[String], _: &()) -> garde::Result {
    let mut seen = HashSet::new();
    if databases.iter().all(|database| seen.insert(database)) {
        return Ok(());
    }
    Err(garde::Error::new("must name each database once"))
}

pub(crate) fn sound_cron(text: &str, _: &()) -> garde::Result {
    if text.len() > MAX_CRON {
        let error = format!("must have at most {MAX_CRON} bytes");
        return Err(garde::Error::new(error));
    }
    timetable::cron(text).map(drop).map_err(garde::Error::new)
}

pub(crate) fn known_zone(name: &str, _: &()) -> garde::Result {
    timetable::zone(name).map(drop).map_err(garde::Error::new)
}
