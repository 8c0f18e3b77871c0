//! Partitions of tables, with their own parts.

use models::details::{Partition, Partitioning};

use super::row::Row;
use super::scope::Scope;
use super::session::Session;
use super::statement::Statement;
use crate::produce::Out;
use crate::{PartitionRecord, Record, ScanError};

/// Only columns for which no table is asked for its size. The places, at the end, are for the digest alone.
pub(super) const STATEMENT: Statement = Statement::new(
    "/* plumbline partitions */ \
    SELECT TABLE_NAME, PARTITION_NAME, SUBPARTITION_NAME, PARTITION_METHOD, PARTITION_EXPRESSION, \
    SUBPARTITION_METHOD, SUBPARTITION_EXPRESSION, PARTITION_DESCRIPTION, PARTITION_COMMENT, \
    CAST(PARTITION_ORDINAL_POSITION AS SIGNED), CAST(SUBPARTITION_ORDINAL_POSITION AS SIGNED) \
    FROM information_schema.PARTITIONS \
    WHERE TABLE_SCHEMA = ? AND CAST(TABLE_SCHEMA AS BINARY) = ? /* selected tables */ \
    AND PARTITION_NAME IS NOT NULL ORDER BY CAST(TABLE_NAME AS BINARY), \
    PARTITION_ORDINAL_POSITION, SUBPARTITION_ORDINAL_POSITION",
    11,
);

/// Sends the parts of partitioned tables, those of one table in their order.
pub(super) async fn read(
    session: &mut Session,
    scope: &Scope<'_>,
    out: &mut Out,
) -> Result<(), ScanError> {
    let mut rows = session.rows(scope.what("partitions"), scope.query(STATEMENT.sql))?;
    let mut last = String::new();
    let mut position = 0;
    while let Some(row) = rows.next().await? {
        let table = row.text(0)?;
        if !scope.has(&table) {
            continue;
        }
        if table != last {
            last.clone_from(&table);
            position = 0;
        }
        position += 1;
        out.send(Record::Partition(partition(&row, table, position)?))
            .await;
    }
    Ok(())
}

fn partition(row: &Row, table: String, position: i32) -> Result<PartitionRecord, ScanError> {
    Ok(PartitionRecord {
        schema: String::new(),
        table,
        position,
        scheme: Partitioning {
            method: row.text(3)?,
            // By KEY () the key is the primary key, and the servers print nothing.
            expression: row.text(4)?,
            sub_method: row.optional(5)?,
            sub_expression: row.optional(6)?,
            parts: Vec::new(),
        },
        part: Some(Partition {
            name: row.text(1)?,
            sub_name: row.optional(2)?,
            bound: row.optional(7)?,
            comment: row.filled(8)?,
        }),
    })
}
