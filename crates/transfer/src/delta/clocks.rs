//! What time it is on the servers, and what the times in their tables mean here.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use models::Clock;

use super::source::Source;
use super::{DeltaError, bound};

/// So much of a difference may come from the way of the question and the answer.
const UNSURE: TimeDelta = TimeDelta::seconds(2);

/// No zone is less than this away from UTC: what is less ahead comes from a clock, what is more from a zone that nobody
/// told, or is no time of a change at all.
const SKEW: TimeDelta = TimeDelta::minutes(15);

/// How much the clock of a server is ahead of ours.
///
/// # Errors
/// When the server does not say.
pub(super) async fn ahead(source: &mut Source, clock: &Clock) -> Result<TimeDelta, DeltaError> {
    let before = clock.now();
    let text = source.text(source.dialect().clock()).await?;
    let after = clock.now();
    let theirs = text.as_deref().and_then(bound::moment);
    // A server whose calendar is none of ours has no clock that anything could be said of.
    Ok(theirs.map_or(TimeDelta::zero(), |theirs| {
        offset(before, theirs.and_utc(), after)
    }))
}

/// How much a clock is ahead that said this between the two: nothing, where that may be how long the question took.
fn offset(before: DateTime<Utc>, theirs: DateTime<Utc>, after: DateTime<Utc>) -> TimeDelta {
    let half = (after - before) / 2;
    let offset = theirs - (before + half);
    if offset.abs() <= half {
        TimeDelta::zero()
    } else {
        offset
    }
}

/// What is to be known where the clocks of both servers are apart.
pub(super) fn apart(sync_ahead: TimeDelta, biz_ahead: TimeDelta) -> Option<String> {
    let apart = biz_ahead - sync_ahead;
    (apart.abs() > UNSURE).then(|| {
        let word = if apart > TimeDelta::zero() { "ahead of" } else { "behind" };
        format!(
            "the clock of the business table's server is {} s {word} that of the sync table's: times that each sets by \
             its own compare as wrong by as much",
            apart.abs().num_seconds()
        )
    })
}

/// The newest time of a column by our clock: one that its server set a moment ago was a moment ago, whatever clock it
/// has. What lies a little in the future is taken for now; what lies further tells nothing, since it would make the
/// table look fresh for as long as it is ahead. Both are told.
pub(super) fn by_ours(
    newest: NaiveDateTime,
    ahead: TimeDelta,
    now: DateTime<Utc>,
    column: &str,
) -> (Option<DateTime<Utc>>, Option<String>) {
    let newest = newest.and_utc();
    let ours = if ahead.abs() > UNSURE {
        newest - ahead
    } else {
        newest
    };
    let beyond = ours - now;
    if beyond <= UNSURE {
        return (Some(ours.min(now)), None);
    }
    let seconds = beyond.num_seconds();
    if beyond < SKEW {
        let note = format!(
            "the newest time in {column} lies {seconds} s in the future and is taken for now"
        );
        return (Some(now), Some(note));
    }
    let note = format!(
        "the newest time in {column} lies {seconds} s in the future, so that it does not tell when the table last \
         changed; a time without a zone is read as UTC"
    );
    (None, Some(note))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(1_000_000 + seconds)
    }

    #[test]
    fn a_slow_answer_is_no_wrong_clock() {
        let of = |theirs| offset(at(0), at(theirs), at(10)).num_seconds();
        assert_eq!([of(0), of(5), of(10)], [0, 0, 0]);
        assert_eq!([of(11), of(-1), of(3605)], [6, -6, 3600]);
    }

    #[test]
    fn a_time_is_told_by_our_clock() {
        let of = |newest: i64, ahead| {
            let (time, note) = by_ours(
                at(newest).naive_utc(),
                TimeDelta::seconds(ahead),
                at(0),
                "created_at",
            );
            (time, note.is_some())
        };
        assert_eq!(of(-60, 0), (Some(at(-60)), false));
        assert_eq!(
            of(-60, 1),
            (Some(at(-60)), false),
            "which nobody can tell from none"
        );
        assert_eq!(
            of(3540, 3600),
            (Some(at(-60)), false),
            "a clock that is an hour ahead"
        );
        assert_eq!(
            of(-3660, -3600),
            (Some(at(-60)), false),
            "and one that is behind"
        );
        assert_eq!(
            of(1, 0),
            (Some(at(0)), false),
            "a moment that has just begun there"
        );
        assert_eq!(of(300, 0), (Some(at(0)), true), "a clock that is wrong");
        assert_eq!(of(7200, 0), (None, true), "a zone that nobody told");
    }

    #[test]
    fn clocks_that_are_apart_are_told() {
        let of = |sync, biz| apart(TimeDelta::seconds(sync), TimeDelta::seconds(biz));
        assert_eq!(of(3600, 3601), None, "whatever ours says");
        let ahead = of(0, 30).expect("it is told");
        assert!(ahead.contains("is 30 s ahead of"), "{ahead}");
        let behind = of(30, 0).expect("it is told");
        assert!(behind.contains("is 30 s behind"), "{behind}");
    }
}
