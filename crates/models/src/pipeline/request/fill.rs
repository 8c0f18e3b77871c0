//! How the sync table is filled.

use std::collections::BTreeMap;

use garde::Validate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::integer::within_if_any;
use crate::pipeline::rules::{self, Need};
use crate::pipeline::{ExternalRun, Fill, FillMode, SqlFill};

/// Which kind of fill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum FillKind {
    /// A query in a data source.
    Sql,
    /// A program outside Plumbline.
    External,
}

/// How the sync table is filled. `query` and what belongs to it are for the kind `sql`, `job_type` and
/// `target_scope` for the kind `external`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct FillRequest {
    /// Which kind.
    #[garde(skip)]
    pub kind: FillKind,
    /// The data source that is asked.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "within_if_any::<_, _, 1, { i64::MAX }>"
    )]
    #[schema(minimum = 1)]
    #[garde(custom(rules::fits(self.needs())))]
    pub resource_id: Option<i64>,
    /// The database that the session is opened in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(custom(rules::fits(self.needs())), inner(length(bytes, min = 1, max = 255)))]
    pub database: Option<String>,
    /// The query, at most 64 KiB.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(custom(rules::fits(self.needs())), inner(length(bytes, min = 1, max = 65536)))]
    pub query: Option<String>,
    /// The column of the sync table for each column of the query; those that are not named go to the column of
    /// their own name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(
        custom(rules::fits(self.may())),
        inner(length(max = 2000), custom(rules::sound_mapping))
    )]
    pub mapping: Option<BTreeMap<String, String>>,
    /// The columns of the sync table that tell its rows apart: a primary key or a unique index of it. Needed for
    /// `upsert`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(
        custom(rules::fits(self.needs_key())),
        inner(
            length(min = 1, max = 32),
            custom(rules::each_once),
            inner(length(bytes, min = 1, max = 255))
        )
    )]
    pub key: Option<Vec<String>>,
    /// What becomes of the rows that are there; `upsert` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(custom(rules::fits(self.may())))]
    pub mode: Option<FillMode>,
    /// The `job_type` that its runs are reported with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(
        custom(rules::fits(self.reported())),
        custom(rules::beside("target_scope", self.target_scope.is_some())),
        inner(custom(rules::reported_type))
    )]
    pub job_type: Option<String>,
    /// The `target_scope` that its runs are reported with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(
        custom(rules::fits(self.reported())),
        custom(rules::beside("job_type", self.job_type.is_some())),
        inner(length(bytes, min = 1, max = 1024))
    )]
    pub target_scope: Option<String>,
}

impl FillRequest {
    fn needs(&self) -> Need {
        match self.kind {
            FillKind::Sql => Need::Required("sql"),
            FillKind::External => Need::Not("external"),
        }
    }

    fn may(&self) -> Need {
        match self.kind {
            FillKind::Sql => Need::Optional,
            FillKind::External => Need::Not("external"),
        }
    }

    fn needs_key(&self) -> Need {
        match (self.kind, self.mode.unwrap_or_default()) {
            (FillKind::Sql, FillMode::Upsert) => Need::Required("sql in the mode upsert"),
            _ => self.may(),
        }
    }

    fn reported(&self) -> Need {
        match self.kind {
            FillKind::Sql => Need::Not("sql"),
            FillKind::External => Need::Optional,
        }
    }
}

/// Of a request that has been validated.
impl From<FillRequest> for Fill {
    fn from(request: FillRequest) -> Self {
        match request.kind {
            FillKind::Sql => Self::Sql(SqlFill {
                resource_id: request.resource_id.unwrap_or_default(),
                database: request.database.unwrap_or_default(),
                query: request.query.unwrap_or_default(),
                mapping: request.mapping.unwrap_or_default(),
                key: request.key.unwrap_or_default(),
                mode: request.mode.unwrap_or_default(),
            }),
            FillKind::External => Self::External(ExternalRun {
                job_type: request.job_type,
                target_scope: request.target_scope,
            }),
        }
    }
}
