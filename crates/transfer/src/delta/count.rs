//! The difference of two counts. It tells how many rows wait and not which: a row that was deleted from the sync table
//! hides one that waits.

use chrono::{DateTime, Utc};

use super::source::Source;
use super::{DeltaError, Measured};

pub(super) async fn measure(
    mut sync: Source,
    mut biz: Source,
    measured_at: DateTime<Utc>,
) -> Result<Measured, DeltaError> {
    let (sync_count, biz_count) = (
        sync.dialect().count(sync.place()),
        biz.dialect().count(biz.place()),
    );
    let (sync_rows, biz_rows) = tokio::try_join!(sync.count(&sync_count), biz.count(&biz_count))?;
    tokio::join!(sync.close(), biz.close());
    let surplus = biz_rows.saturating_sub(sync_rows);
    let mut measured = Measured {
        surplus: Some(surplus),
        sync_rows: Some(sync_rows),
        biz_rows: Some(biz_rows),
        ..Measured::new(measured_at, sync_rows.saturating_sub(biz_rows))
    };
    if surplus > 0 {
        measured.notes.push(format!(
            "the business table has {surplus} rows more than the sync table: rows were deleted there, or come from \
             elsewhere; which rows wait a count cannot tell, the method key can"
        ));
    }
    Ok(measured)
}
