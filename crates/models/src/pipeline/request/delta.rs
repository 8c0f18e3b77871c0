//! How the difference is measured.

use garde::Validate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::pipeline::rules::{self, Need};
use crate::pipeline::{Delta, DeltaMethod, KeyDelta, WatermarkDelta};

/// How the rows that wait are counted. `count` takes no columns, `watermark` one of each table, `key` one or more:
/// `sync_column` and `biz_column`, or `sync_columns` and `biz_columns`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct DeltaRequest {
    /// Which way.
    #[garde(skip)]
    pub method: DeltaMethod,
    /// A column of the sync table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(
        custom(rules::fits(self.one(self.sync_columns.is_some()))),
        inner(length(bytes, min = 1, max = 255))
    )]
    pub sync_column: Option<String>,
    /// A column of the business table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(
        custom(rules::fits(self.one(self.biz_columns.is_some()))),
        inner(length(bytes, min = 1, max = 255))
    )]
    pub biz_column: Option<String>,
    /// The columns of the sync table that tell a row apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(
        custom(rules::fits(self.several())),
        inner(
            length(min = 1, max = 32),
            custom(rules::each_once),
            inner(length(bytes, min = 1, max = 255))
        )
    )]
    pub sync_columns: Option<Vec<String>>,
    /// The columns of the business table that hold the same, in the same order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(
        custom(rules::fits(self.several())),
        custom(rules::as_many_as(self.sync_side())),
        inner(
            length(min = 1, max = 32),
            custom(rules::each_once),
            inner(length(bytes, min = 1, max = 255))
        )
    )]
    pub biz_columns: Option<Vec<String>>,
}

impl DeltaRequest {
    fn one(&self, has_several: bool) -> Need {
        match self.method {
            DeltaMethod::Count => Need::Not("count"),
            DeltaMethod::Watermark => Need::Required("watermark"),
            DeltaMethod::Key if has_several => Need::Not("key with a list of columns"),
            DeltaMethod::Key => Need::Required("key"),
        }
    }

    fn several(&self) -> Need {
        match self.method {
            DeltaMethod::Count => Need::Not("count"),
            DeltaMethod::Watermark => Need::Not("watermark"),
            DeltaMethod::Key => Need::Optional,
        }
    }

    fn sync_side(&self) -> usize {
        self.sync_columns.as_ref().map_or(1, Vec::len)
    }
}

/// Of a request that has been validated.
impl From<DeltaRequest> for Delta {
    fn from(request: DeltaRequest) -> Self {
        let DeltaRequest {
            method,
            sync_column,
            biz_column,
            sync_columns,
            biz_columns,
        } = request;
        let all = |several: Option<Vec<String>>, one: &Option<String>| {
            several.unwrap_or_else(|| one.iter().cloned().collect())
        };
        match method {
            DeltaMethod::Count => Self::Count,
            DeltaMethod::Watermark => Self::Watermark(WatermarkDelta {
                sync_column: sync_column.unwrap_or_default(),
                biz_column: biz_column.unwrap_or_default(),
            }),
            DeltaMethod::Key => Self::Key(KeyDelta {
                sync_columns: all(sync_columns, &sync_column),
                biz_columns: all(biz_columns, &biz_column),
                sync_column,
                biz_column,
            }),
        }
    }
}
