//! One record as one row of its staging table.

use models::details::TableName;
use scan::{DigestRecord, FieldRecord, ObjectRecord, PartitionRecord, Record, TableRecord};
use serde::Serialize;
use serde_json::json;

use super::copy::CopyBuffer;
use super::{BUCKETS, StagingError, StagingKey};

/// Encodes a record; the columns are those of `super::statement`.
pub(super) fn encode(
    copy: &mut CopyBuffer,
    key: StagingKey,
    record: &Record,
) -> Result<(), StagingError> {
    match record {
        Record::Table(table) => encode_table(copy, key, table),
        Record::Field(field) => {
            encode_field(copy, key, field);
            Ok(())
        }
        Record::Key(record) => {
            let named = Detail::new("keys", &record.schema, &record.table, &record.key.name);
            encode_detail(copy, key, &named, &record.key)
        }
        Record::Check(record) => {
            let named = Detail::new("checks", &record.schema, &record.table, &record.check.name);
            encode_detail(copy, key, &named, &record.check)
        }
        Record::Index(record) => {
            let named = Detail::new("indexes", &record.schema, &record.table, &record.index.name);
            encode_detail(copy, key, &named, &record.index)
        }
        Record::Trigger(record) => {
            let trigger = &record.trigger;
            let named = Detail::new("triggers", &record.schema, &record.table, &trigger.name);
            encode_detail(copy, key, &named, trigger)
        }
        Record::Partition(record) => encode_partition(copy, key, record),
        Record::Dependency(record) => {
            let target = json!({
                "database": record.target_database, "schema": record.target_schema,
                "table": record.target_table, "fields": record.target_fields,
            });
            let named = Detail::new("dependencies", &record.schema, &record.view, "");
            encode_detail(copy, key, &named, &target)
        }
        Record::Failure(record) => {
            let named = Detail::new("failures", &record.schema, &record.what, "");
            encode_detail(copy, key, &named, &json!({ "error": record.error }))
        }
        Record::Object(object) => encode_object(copy, key, object),
        Record::Identity(table) => {
            encode_identity(copy, key, table);
            Ok(())
        }
        Record::Digest(digest) => {
            encode_digest(copy, key, digest);
            Ok(())
        }
    }
}

fn begin(copy: &mut CopyBuffer, columns: u16, key: StagingKey, schema: &str, table: &str) {
    copy.row(columns);
    copy.int8(key.scan_id);
    copy.int8(key.database_id);
    copy.int2(bucket(schema, table));
}

fn encode_table(
    copy: &mut CopyBuffer,
    key: StagingKey,
    table: &TableRecord,
) -> Result<(), StagingError> {
    begin(copy, 18, key, &table.schema, &table.name);
    copy.text(&table.schema);
    copy.text(&table.name);
    copy.text(&table.table_type);
    copy.optional_text(table.engine.as_deref());
    copy.optional_int8(table.row_count);
    copy.optional_text(table.row_count_source);
    copy.optional_int8(table.data_size_bytes);
    copy.optional_int8(table.index_size_bytes);
    copy.optional_text(table.comment.as_deref());
    copy.optional_text(table.view_definition.as_deref());
    copy.optional_int8(table.source_identity);
    copy.json(&table.facts)?;
    copy.optional_text(table.error.as_deref());
    copy.optional_int8(table.toast_size_bytes);
    copy.optional_int8(table.auto_increment);
    Ok(())
}

fn encode_field(copy: &mut CopyBuffer, key: StagingKey, field: &FieldRecord) {
    begin(copy, 24, key, &field.schema, &field.table);
    copy.text(&field.schema);
    copy.text(&field.table);
    copy.text(&field.name);
    copy.int4(field.position);
    copy.text(field.data_type);
    copy.text(&field.column_type);
    copy.boolean(field.is_nullable);
    copy.optional_text(field.column_key);
    copy.optional_text(field.column_default.as_deref());
    copy.optional_text(field.extra.as_deref());
    copy.optional_text(field.comment.as_deref());
    copy.optional_text(field.generation_expression.as_deref());
    copy.optional_text(field.generation_kind);
    copy.optional_text(field.identity);
    copy.optional_text(field.charset.as_deref());
    copy.optional_text(field.collation.as_deref());
    copy.boolean(field.is_invisible);
    copy.optional_texts(field.enum_values.as_deref());
    copy.optional_text(field.domain_base_type.as_deref());
    copy.boolean(field.is_array);
    copy.optional_int8(field.source_identity);
}

/// Which element of a table's details a row is.
struct Detail<'a> {
    part: &'static str,
    schema: &'a str,
    table: &'a str,
    sort_key: &'a str,
}

impl<'a> Detail<'a> {
    fn new(part: &'static str, schema: &'a str, table: &'a str, sort_key: &'a str) -> Self {
        Self {
            part,
            schema,
            table,
            sort_key,
        }
    }
}

fn encode_detail(
    copy: &mut CopyBuffer,
    key: StagingKey,
    detail: &Detail<'_>,
    document: &impl Serialize,
) -> Result<(), StagingError> {
    begin(copy, 8, key, detail.schema, detail.table);
    copy.text(detail.part);
    copy.text(detail.schema);
    copy.text(detail.table);
    copy.text(detail.sort_key);
    copy.json(document)?;
    Ok(())
}

fn encode_partition(
    copy: &mut CopyBuffer,
    key: StagingKey,
    record: &PartitionRecord,
) -> Result<(), StagingError> {
    // Padded, so that the texts sort as the numbers do.
    let position = format!("{:010}", record.position);
    let named = Detail::new("partitions", &record.schema, &record.table, &position);
    let document = json!({ "scheme": record.scheme, "part": record.part });
    encode_detail(copy, key, &named, &document)
}

fn encode_object(
    copy: &mut CopyBuffer,
    key: StagingKey,
    object: &ObjectRecord,
) -> Result<(), StagingError> {
    copy.row(11);
    copy.int8(key.scan_id);
    copy.int8(key.database_id);
    copy.text(&object.kind);
    copy.text(&object.schema);
    copy.text(&object.name);
    copy.text(&object.signature);
    copy.optional_text(object.owner.as_deref());
    copy.optional_text(object.comment.as_deref());
    copy.optional_text(object.definition.as_deref());
    copy.optional_int8(object.source_identity);
    copy.json(&object.details)?;
    Ok(())
}

fn encode_identity(copy: &mut CopyBuffer, key: StagingKey, table: &TableName) {
    copy.row(4);
    copy.int8(key.scan_id);
    copy.int8(key.database_id);
    copy.text(&table.table_schema);
    copy.text(&table.table_name);
}

fn encode_digest(copy: &mut CopyBuffer, key: StagingKey, record: &DigestRecord) {
    let figures = record.figures.unwrap_or_default();
    begin(copy, 14, key, &record.schema, &record.table);
    copy.text(&record.schema);
    copy.text(&record.table);
    copy.text(record.part);
    copy.optional_text(record.digest.as_deref());
    copy.optional_int8(record.source_identity);
    copy.optional_int8(figures.row_count);
    copy.optional_text(figures.row_count_source);
    copy.optional_int8(figures.data_size_bytes);
    copy.optional_int8(figures.index_size_bytes);
    copy.optional_int8(figures.toast_size_bytes);
    copy.optional_int8(figures.auto_increment);
}

/// FNV-1a over schema and name, folded into [`BUCKETS`]. Two releases must agree on it, since one
/// may merge what the other staged; so it is written down here and not taken from a library whose
/// hash may change.
fn bucket(schema: &str, table: &str) -> i16 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in schema.bytes().chain([0]).chain(table.bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    let folded = (hash ^ (hash >> 32)) % u64::from(BUCKETS.unsigned_abs());
    i16::try_from(folded).expect("the remainder is below i16::MAX")
}

#[cfg(test)]
mod tests {
    use super::bucket;

    #[test]
    fn buckets_are_spread_and_stay_the_same() {
        assert_eq!(bucket("", ""), bucket("", ""));
        let mut halves = [0_u32; 2];
        for n in 0..1000 {
            halves[usize::from(bucket("public", &format!("t{n}")) > super::BUCKETS / 2)] += 1;
        }
        assert!(halves.iter().all(|half| *half > 400), "{halves:?}");
        assert_eq!(bucket("public", "orders"), 19_995);
    }
}
