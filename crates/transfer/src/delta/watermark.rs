//! The rows of the sync table that are newer than the newest of the business table.
//!
//! Deletes do not show, and a row that comes late with an old value, or with the newest one, is not seen: what grows
//! with each row must be what is compared.

use chrono::{DateTime, NaiveDateTime, Utc};
use models::Clock;
use models::datasource::Engine;

use super::bound::{Bound, Precision, moment, without_zone};
use super::domain::Domain;
use super::source::Source;
use super::{BIZ, Column, DeltaError, Measured, SYNC, clocks};

/// The columns that are compared.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair<'a> {
    sync: &'a Column,
    biz: &'a Column,
    domain: Domain,
}

impl<'a> Pair<'a> {
    /// # Errors
    /// When the two cannot be compared.
    pub(super) fn new(
        engines: (Engine, Engine),
        sync: &'a Column,
        biz: &'a Column,
    ) -> Result<Self, DeltaError> {
        Ok(Self {
            sync,
            biz,
            domain: Domain::of_watermark((engines.0, sync), (engines.1, biz))?,
        })
    }

    /// Beyond what a row of the sync table waits, where this is the newest value of the business table.
    fn bound(&self, text: &str) -> Result<Bound, DeltaError> {
        let bound = match self.domain {
            Domain::Moment => moment(text).and_then(|newest| Bound::after(newest, self.biz)),
            _ => Bound::number(text),
        };
        bound.ok_or_else(|| DeltaError::Watermark {
            table: BIZ,
            column: self.biz.name.clone(),
            value: text.chars().take(40).collect(),
        })
    }

    /// What is to be known about the two columns.
    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if self.domain != Domain::Moment {
            return notes;
        }
        // Both are told as times of ours, however they compare.
        notes.extend(without_zone(SYNC, self.sync));
        notes.extend(without_zone(BIZ, self.biz));
        let (sync, biz) = (Precision::of(self.sync), Precision::of(self.biz));
        if biz < sync {
            notes.push(format!(
                "{} of the business table keeps whole {biz}: what is newer by less is not counted",
                self.biz.name
            ));
        }
        notes
    }
}

pub(super) async fn measure(
    mut sync: Source,
    mut biz: Source,
    pair: &Pair<'_>,
    (clock, measured_at): (&Clock, DateTime<Utc>),
) -> Result<Measured, DeltaError> {
    let newest = biz.dialect().newest(biz.place(), pair.biz);
    let newest = biz.text(&newest).await?;
    let bound = newest.as_deref().map(|text| pair.bound(text)).transpose()?;
    let (dialect, place) = (sync.dialect(), sync.place());
    let statement = match &bound {
        Some(bound) => dialect.beyond(place, pair.sync, bound),
        None => dialect.count(place),
    };
    let nulls = dialect.nulls(place, std::slice::from_ref(pair.sync));
    let mut measured = Measured::new(measured_at, sync.count(&statement).await?);
    measured.notes = pair.notes();
    match (bound, nulls) {
        (None, _) => {
            let column = &pair.biz.name;
            let note = format!("the business table has no value in {column}: every row waits");
            measured.notes.push(note);
        }
        (Some(_), Some(nulls)) => {
            let (nulls, column) = (sync.count(&nulls).await?, &pair.sync.name);
            if nulls > 0 {
                let note = format!(
                    "{nulls} rows of the sync table have no value in {column} and were not counted"
                );
                measured.notes.push(note);
            }
        }
        (Some(_), None) => {}
    }
    if pair.domain == Domain::Moment {
        let biz_newest = newest.as_deref().and_then(moment);
        changed(
            &mut measured,
            (&mut sync, &mut biz),
            (pair, biz_newest),
            clock,
        )
        .await?;
    }
    tokio::join!(sync.close(), biz.close());
    Ok(measured)
}

/// When each table was last changed, by its own watermark.
async fn changed(
    measured: &mut Measured,
    (sync, biz): (&mut Source, &mut Source),
    (pair, biz_newest): (&Pair<'_>, Option<NaiveDateTime>),
    clock: &Clock,
) -> Result<(), DeltaError> {
    let statement = sync.dialect().newest(sync.place(), pair.sync);
    let sync_newest = sync.text(&statement).await?;
    let sync_newest = sync_newest.as_deref().and_then(moment);
    let (sync_ahead, biz_ahead) = (
        clocks::ahead(sync, clock).await?,
        clocks::ahead(biz, clock).await?,
    );
    measured.notes.extend(clocks::apart(sync_ahead, biz_ahead));
    let now = clock.now();
    for (newest, ahead, column, changed_at) in [
        (
            sync_newest,
            sync_ahead,
            pair.sync,
            &mut measured.sync_changed_at,
        ),
        (
            biz_newest,
            biz_ahead,
            pair.biz,
            &mut measured.biz_changed_at,
        ),
    ] {
        if let Some(newest) = newest {
            let (at, note) = clocks::by_ours(newest, ahead, now, &column.name);
            *changed_at = at;
            measured.notes.extend(note);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(name: &str, column_type: &str) -> Column {
        Column {
            name: name.to_owned(),
            data_type: "timestamp".to_owned(),
            column_type: column_type.to_owned(),
            is_nullable: true,
        }
    }

    #[test]
    fn each_column_without_a_zone_is_told() {
        let notes = |one: &str, other: &str| {
            let (sync, biz) = (column("came", one), column("made", other));
            let pair = Pair::new((Engine::Postgresql, Engine::Mysql), &sync, &biz);
            pair.expect("they are compared").notes()
        };
        let sync = "came of the sync table has no time zone and is read as UTC";
        let biz = "made of the business table has no time zone and is read as UTC";
        let (zoned, plain) = ("timestamp with time zone", "timestamp without time zone");
        assert_eq!(notes(zoned, "timestamp(6)"), [""; 0]);
        assert_eq!(notes(plain, "timestamp(6)"), [sync]);
        assert_eq!(notes(zoned, "datetime(6)"), [biz]);
        // Both may be wrong by as much: they compare, and the times that are told are wrong.
        assert_eq!(notes(plain, "datetime(6)"), [sync, biz]);
    }
}
