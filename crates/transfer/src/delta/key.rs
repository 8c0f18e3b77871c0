//! The keys of the sync table that the business table lacks.
//!
//! Each server sorts its keys and sends them; they are compared as they come, so that memory does not depend on how
//! many there are. A list that is ahead of the other waits.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, Utc};
use futures::stream::{self, Stream};
use models::datasource::Engine;
use scan::session::Row;
use tokio::sync::mpsc;
use tokio_util::task::AbortOnDropHandle;

use super::bound::{Precision, has_zone, without_zone};
use super::compare::compare;
use super::domain::{Domain, Form};
use super::keys::{Gather, Keys, OutOfOrder};
use super::source::Source;
use super::{BIZ, Column, DeltaError, Measured, SYNC};

/// How many pieces of keys may wait to be compared, of either table.
const AHEAD: usize = 4;

/// The columns of a key on both sides.
#[derive(Debug, Clone)]
pub(super) struct Pairs {
    sync: Vec<Column>,
    biz: Vec<Column>,
    domains: Vec<Domain>,
}

impl Pairs {
    /// # Errors
    /// When the two cannot be compared.
    pub(super) fn new(
        engines: (Engine, Engine),
        sync: &[Column],
        biz: &[Column],
    ) -> Result<Self, DeltaError> {
        if sync.is_empty() || sync.len() != biz.len() {
            return Err(DeltaError::Widths {
                sync: sync.len(),
                biz: biz.len(),
            });
        }
        let pairs = sync.iter().zip(biz);
        let domains = pairs.map(|(sync, biz)| Domain::of_key((engines.0, sync), (engines.1, biz)));
        Ok(Self {
            domains: domains.collect::<Result<_, _>>()?,
            sync: sync.to_vec(),
            biz: biz.to_vec(),
        })
    }

    /// What is to be known of columns that hold the same and not in the same way.
    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        for ((sync, biz), domain) in self.sync.iter().zip(&self.biz).zip(&self.domains) {
            if !matches!(domain, Domain::Moment | Domain::Time) {
                continue;
            }
            if *domain == Domain::Moment && has_zone(sync) != has_zone(biz) {
                let zoneless = without_zone(SYNC, sync).or_else(|| without_zone(BIZ, biz));
                notes.extend(zoneless);
            }
            let (kept, of_biz) = (Precision::of(sync), Precision::of(biz));
            if kept != of_biz {
                notes.push(format!(
                    "{} of {SYNC} keeps whole {kept} and {} of {BIZ} whole {of_biz}: a time that was cut or rounded is \
                     another key",
                    sync.name, biz.name
                ));
            }
        }
        notes
    }
}

pub(super) async fn measure(
    sync: Source,
    biz: Source,
    pairs: Pairs,
    (read, measured_at): (&Arc<AtomicU64>, DateTime<Utc>),
) -> Result<Measured, DeltaError> {
    let mut notes = pairs.notes();
    let (sync_list, sync_keys) = List::read(sync, pairs.sync, &pairs.domains, read);
    let (biz_list, biz_keys) = List::read(biz, pairs.biz, &pairs.domains, read);
    let found = compare(sync_keys, biz_keys).await?;
    let (sync, biz) = (sync_list.end().await?, biz_list.end().await?);
    sync.tell(found.first, &mut notes);
    biz.tell(found.second, &mut notes);
    Ok(Measured {
        surplus: Some(found.only_second),
        sync_rows: Some(sync.rows()),
        biz_rows: Some(biz.rows()),
        notes,
        ..Measured::new(measured_at, found.only_first)
    })
}

/// The keys of one table on their way. Dropped before their end, they are read no further.
struct List(AbortOnDropHandle<Option<Totals>>);

/// What a table had.
#[derive(Debug, Clone, Copy)]
struct Totals {
    role: &'static str,
    /// Rows with a key.
    with_key: u64,
    /// Rows with NULL in a column of their key.
    without_key: u64,
}

impl Totals {
    fn rows(&self) -> u64 {
        self.with_key + self.without_key
    }

    /// What is odd about so many different keys.
    fn tell(&self, keys: u64, notes: &mut Vec<String>) {
        let Self {
            role,
            with_key,
            without_key,
        } = self;
        if *without_key > 0 {
            notes.push(format!(
                "{without_key} rows of {role} have NULL in their key and were not compared"
            ));
        }
        let again = with_key.saturating_sub(keys);
        if again > 0 {
            notes.push(format!(
                "{again} rows of {role} have the key of another one and count once with it"
            ));
        }
    }
}

type Piece = Result<Keys, DeltaError>;

impl List {
    /// Begins to read.
    fn read(
        mut source: Source,
        columns: Vec<Column>,
        domains: &[Domain],
        read: &Arc<AtomicU64>,
    ) -> (Self, impl Stream<Item = Piece> + Unpin + use<>) {
        let (out, mut pieces) = mpsc::channel(AHEAD);
        let (domains, read) = (domains.to_vec(), Arc::clone(read));
        let task = tokio::spawn(async move {
            match send(&mut source, &columns, &domains, (&out, &read)).await {
                Ok(totals) => {
                    source.close().await;
                    Some(totals)
                }
                Err(error) => {
                    // Nobody hears it who has ended by another one.
                    let _ = out.send(Err(error)).await;
                    None
                }
            }
        });
        let pieces = stream::poll_fn(move |context| pieces.poll_recv(context));
        (Self(AbortOnDropHandle::new(task)), pieces)
    }

    /// What it came to, once all keys have been taken.
    async fn end(self) -> Result<Totals, DeltaError> {
        let totals = self.0.await.ok().flatten();
        totals.ok_or_else(|| {
            DeltaError::Source(scan::ScanError::Interrupted {
                what: "the keys of a table".to_owned(),
                cause: "its reading broke off".to_owned(),
            })
        })
    }
}

/// Sends all keys of a table, and then counts the rows that have none.
async fn send(
    source: &mut Source,
    columns: &[Column],
    domains: &[Domain],
    (out, read): (&mpsc::Sender<Piece>, &AtomicU64),
) -> Result<Totals, DeltaError> {
    let (dialect, role) = (source.dialect(), source.role());
    let nulls = match dialect.nulls(source.place(), columns) {
        Some(statement) => source.count(&statement).await?,
        None => 0,
    };
    let (statement, forms) = dialect.keys(source.place(), columns, domains);
    let place = source.place().clone();
    let mut gather = Gather::default();
    let mut rows = 0;
    let mut answer = source.ask(&statement).await?;
    loop {
        let next = answer.next().await;
        let Some(row) = next.map_err(|cause| super::source::of_table(role, &place, cause))? else {
            break;
        };
        rows += 1;
        let full = gather.push(|key| write(key, &row, &forms));
        let full = full.map_err(|wrong| wrong.told(role, columns))?;
        if let Some(keys) = full {
            read.fetch_add(keys.len() as u64, Ordering::Relaxed);
            // Where nobody takes them the comparison has ended, and this task with it.
            let _ = out.send(Ok(keys)).await;
        }
    }
    let _ = out.send(Ok(gather.finish())).await;
    Ok(Totals {
        role,
        with_key: rows,
        without_key: nulls,
    })
}

/// What is wrong with a row.
#[derive(Debug)]
enum Wrong {
    Order,
    Value(usize),
    Unreadable(scan::ScanError),
}

impl From<OutOfOrder> for Wrong {
    fn from(_: OutOfOrder) -> Self {
        Self::Order
    }
}

impl Wrong {
    fn told(self, table: &'static str, columns: &[Column]) -> DeltaError {
        match self {
            Self::Value(place) => DeltaError::Value {
                table,
                column: columns[place].name.clone(),
                column_type: columns[place].column_type.clone(),
            },
            Self::Order => DeltaError::Order { table },
            Self::Unreadable(error) => error.into(),
        }
    }
}

/// Puts the key of a row together.
fn write(key: &mut Vec<u8>, row: &Row, forms: &[Form]) -> Result<(), Wrong> {
    for (place, form) in forms.iter().enumerate() {
        // A column that may be NULL by now, whatever the catalog says of it.
        let value = row
            .value(place)
            .map_err(Wrong::Unreadable)?
            .ok_or(Wrong::Value(place))?;
        let is_last = place + 1 == forms.len();
        form.write(key, &value, is_last)
            .ok_or(Wrong::Value(place))?;
    }
    Ok(())
}
