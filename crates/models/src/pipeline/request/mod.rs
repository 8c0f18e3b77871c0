//! What requests say of pipelines.
//!
//! A part with several kinds is read as one struct with the fields of all kinds: so each field that is wrong is
//! named, whatever else is.

mod delta;
mod etl;
mod fill;

use garde::Validate;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::{Target, rules};
use crate::FieldError;
use crate::integer::{within, within_if_any};

pub use delta::DeltaRequest;
pub use etl::{EtlKind, EtlRequest};
pub use fill::{FillKind, FillRequest};

/// When a pipeline runs by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ScheduleRequest {
    /// When: a cron expression of five fields, or a word such as @daily. At most 100 bytes.
    #[garde(custom(crate::schedule::rules::sound_cron))]
    pub cron: String,
    /// The zone whose clock `cron` means, by its IANA name; the service's setting `sync.time_zone` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(inner(custom(crate::schedule::rules::known_zone)))]
    pub time_zone: Option<String>,
    /// Whether it rests.
    #[serde(default)]
    #[garde(skip)]
    pub paused: bool,
    /// A run comes so many seconds after its tick at most; the service's setting `sync.jitter_seconds` when absent.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "within_if_any::<_, _, 0, 86400>"
    )]
    #[schema(minimum = 0, maximum = 86400)]
    #[garde(skip)]
    pub jitter_seconds: Option<i32>,
}

/// Body of `POST /pipelines`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "name": "orders", "sync_table_id": 7, "biz_table_id": 9,
    "fill": { "kind": "external", "job_type": "METABASE_SYNC", "target_scope": "orders" },
    "etl": { "kind": "sql", "statement": "insert into biz.orders select * from sync.orders on conflict do nothing" },
    "delta": { "method": "key", "sync_column": "id", "biz_column": "order_id" },
    "target": { "sync_seconds": 86400, "etl_seconds": 86400 }, "threshold": 500,
}))]
pub struct CreatePipeline {
    /// A name of the caller's choosing, unique in the tenant.
    #[garde(length(chars, min = 1, max = 200), custom(rules::no_control))]
    pub name: String,
    /// The table that is filled.
    #[serde(deserialize_with = "within::<_, _, 1, { i64::MAX }>")]
    #[schema(minimum = 1)]
    #[garde(skip)]
    pub sync_table_id: i64,
    /// The table that is made from it.
    #[serde(deserialize_with = "within::<_, _, 1, { i64::MAX }>")]
    #[schema(minimum = 1)]
    #[garde(skip)]
    pub biz_table_id: i64,
    /// How the sync table is filled.
    #[garde(dive)]
    pub fill: FillRequest,
    /// How the business table is made.
    #[garde(dive)]
    pub etl: EtlRequest,
    /// How the difference is measured.
    #[garde(dive)]
    pub delta: DeltaRequest,
    /// How old the data may be; never too old when absent.
    #[serde(default)]
    #[garde(dive)]
    pub target: Target,
    /// So many rows that wait start the ETL by themselves; nothing does when absent.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "within_if_any::<_, _, 1, { i64::MAX }>"
    )]
    #[schema(minimum = 1)]
    #[garde(skip)]
    pub threshold: Option<i64>,
    /// When it runs by itself; it does not when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(dive)]
    pub schedule: Option<ScheduleRequest>,
}

/// Body of `PATCH /pipelines/{id}`: what is absent stays as it is. Each part is replaced as a whole, and null takes
/// `threshold` and `schedule` away.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({ "threshold": 1000 }))]
pub struct UpdatePipeline {
    /// A new name, unique in the tenant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(inner(length(chars, min = 1, max = 200), custom(rules::no_control)))]
    pub name: Option<String>,
    /// Another table that is filled.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "within_if_any::<_, _, 1, { i64::MAX }>"
    )]
    #[schema(minimum = 1)]
    #[garde(skip)]
    pub sync_table_id: Option<i64>,
    /// Another table that is made from it.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "within_if_any::<_, _, 1, { i64::MAX }>"
    )]
    #[schema(minimum = 1)]
    #[garde(skip)]
    pub biz_table_id: Option<i64>,
    /// How the sync table is filled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(dive)]
    pub fill: Option<FillRequest>,
    /// How the business table is made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(dive)]
    pub etl: Option<EtlRequest>,
    /// How the difference is measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(dive)]
    pub delta: Option<DeltaRequest>,
    /// How old the data may be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(dive)]
    pub target: Option<Target>,
    /// So many rows that wait start the ETL by themselves; null for none.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "threshold_or_null"
    )]
    #[schema(minimum = 1, value_type = Option<i64>)]
    #[garde(skip)]
    pub threshold: Option<Option<i64>>,
    /// When it runs by itself; null for never.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "value_or_null"
    )]
    #[schema(value_type = Option<ScheduleRequest>)]
    #[garde(dive)]
    pub schedule: Option<Option<ScheduleRequest>>,
}

#[expect(
    clippy::option_option,
    reason = "null takes the value away, which an absent one does not"
)]
fn threshold_or_null<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Option<i64>>, D::Error> {
    within_if_any::<_, _, 1, { i64::MAX }>(from).map(Some)
}

#[expect(
    clippy::option_option,
    reason = "null takes the value away, which an absent one does not"
)]
fn value_or_null<'de, D, T>(from: D) -> Result<Option<Option<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(from).map(Some)
}

/// The kinds of fill and ETL that are still to come, and what there is instead.
const TO_COME: [(&str, &str, &str); 2] = [
    ("fill", "metabase", "`sql` or `external`"),
    ("etl", "llm", "`sql`, `http` or `external`"),
];

/// What a body of [`CreatePipeline`] or [`UpdatePipeline`] asks for that is not there yet.
pub(crate) fn kinds_to_come(body: &Value) -> Vec<FieldError> {
    TO_COME
        .into_iter()
        .filter(|(part, kind, _)| body[part]["kind"] == *kind)
        .map(|(part, kind, instead)| {
            let detail = format!("`{kind}` is still to come: use {instead}");
            FieldError::new(format!("/{part}/kind"), detail)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::pipeline::{Delta, KeyDelta};

    #[test]
    fn null_is_not_the_same_as_absent() {
        let read =
            |body: Value| serde_json::from_value::<UpdatePipeline>(body).expect("it is read");
        assert_eq!(read(json!({})), UpdatePipeline::default());
        let cleared = read(json!({ "threshold": null, "schedule": null }));
        assert_eq!(
            (cleared.threshold, cleared.schedule),
            (Some(None), Some(None))
        );
        assert_eq!(read(json!({ "threshold": 7 })).threshold, Some(Some(7)));
        let sent = json!(UpdatePipeline {
            threshold: Some(None),
            ..UpdatePipeline::default()
        });
        assert_eq!(sent, json!({ "threshold": null }), "as it is sent");
    }

    #[test]
    fn a_key_of_one_column_is_a_list_as_well() {
        let request: DeltaRequest = serde_json::from_value(json!({
            "method": "key", "sync_column": "id", "biz_column": "order_id",
        }))
        .expect("it is read");
        let Delta::Key(KeyDelta {
            sync_columns,
            biz_columns,
            ..
        }) = request.into()
        else {
            panic!("a key")
        };
        assert_eq!(
            (&sync_columns[..], &biz_columns[..]),
            (&["id".to_owned()][..], &["order_id".to_owned()][..])
        );
    }
}
