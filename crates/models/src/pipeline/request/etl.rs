//! How the business table is made.

use std::collections::BTreeMap;

use garde::Validate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::integer::within_if_any;
use crate::pipeline::rules::{self, Need};
use crate::pipeline::{DEFAULT_HTTP_TIMEOUT_SECONDS, Etl, ExternalRun, HttpEtl, SqlEtl};

/// Which kind of ETL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum EtlKind {
    /// One statement.
    Sql,
    /// A call of a service.
    Http,
    /// A program outside Plumbline.
    External,
}

/// How the business table is made. `statement` is for the kind `sql`, `url` and what belongs to it for the kind
/// `http`, `job_type` and `target_scope` for the kind `external`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct EtlRequest {
    /// Which kind.
    #[garde(skip)]
    pub kind: EtlKind,
    /// The statement, at most 64 KiB. It runs in the database of the business table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(
        custom(rules::fits(self.only(EtlKind::Sql))),
        inner(length(bytes, min = 1, max = 65536))
    )]
    pub statement: Option<String>,
    /// Where the service is: `http` or `https`, without user and password.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(custom(rules::fits(self.only(EtlKind::Http))), inner(custom(rules::plain_url)))]
    pub url: Option<String>,
    /// Headers to send, at most 20. Everybody who may see the pipeline sees them: a secret is named by where it is
    /// kept, `env:NAME` or `file:PATH`, as the operator of the service allows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(
        custom(rules::fits(self.may(EtlKind::Http))),
        inner(length(max = 20), custom(rules::sound_headers))
    )]
    pub headers: Option<BTreeMap<String, String>>,
    /// How long it may take until it has reported its end; an hour when absent.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "within_if_any::<_, _, 1, 86400>"
    )]
    #[schema(minimum = 1, maximum = 86400)]
    #[garde(custom(rules::fits(self.may(EtlKind::Http))))]
    pub timeout_seconds: Option<u32>,
    /// The `job_type` that its runs are reported with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(
        custom(rules::fits(self.may(EtlKind::External))),
        custom(rules::beside("target_scope", self.target_scope.is_some())),
        inner(custom(rules::reported_type))
    )]
    pub job_type: Option<String>,
    /// The `target_scope` that its runs are reported with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[garde(
        custom(rules::fits(self.may(EtlKind::External))),
        custom(rules::beside("job_type", self.job_type.is_some())),
        inner(length(bytes, min = 1, max = 1024))
    )]
    pub target_scope: Option<String>,
}

impl EtlRequest {
    fn word(&self) -> &'static str {
        match self.kind {
            EtlKind::Sql => "sql",
            EtlKind::Http => "http",
            EtlKind::External => "external",
        }
    }

    fn only(&self, kind: EtlKind) -> Need {
        if self.kind == kind {
            Need::Required(self.word())
        } else {
            Need::Not(self.word())
        }
    }

    fn may(&self, kind: EtlKind) -> Need {
        if self.kind == kind {
            Need::Optional
        } else {
            Need::Not(self.word())
        }
    }
}

/// Of a request that has been validated.
impl From<EtlRequest> for Etl {
    fn from(request: EtlRequest) -> Self {
        match request.kind {
            EtlKind::Sql => Self::Sql(SqlEtl {
                statement: request.statement.unwrap_or_default(),
            }),
            EtlKind::Http => Self::Http(HttpEtl {
                url: request.url.unwrap_or_default(),
                headers: request.headers.unwrap_or_default(),
                timeout_seconds: request
                    .timeout_seconds
                    .unwrap_or(DEFAULT_HTTP_TIMEOUT_SECONDS),
            }),
            EtlKind::External => Self::External(ExternalRun {
                job_type: request.job_type,
                target_scope: request.target_scope,
            }),
        }
    }
}
