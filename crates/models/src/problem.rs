//! Errors as the API shows them: RFC 9457 problem documents.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// A problem document, `application/problem+json` (RFC 9457).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// Stable URI reference of the kind of problem, such as `/problems/datasource-not-found`.
    #[serde(rename = "type")]
    pub problem_type: String,
    /// The kind of problem in a few words; the same for every occurrence.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened here and what to change.
    pub detail: String,
    /// The path of the request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
    /// The request's id; the log has the cause under the same id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// One entry for each field that must change.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// The active job, where the problem is that one is already active.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job_id: Option<Uuid>,
}

/// What is wrong with one field of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct FieldError {
    /// JSON Pointer (RFC 6901) into the body, or `/name` for a query parameter.
    pub pointer: String,
    /// What to change.
    pub detail: String,
}

impl FieldError {
    /// An entry for the field at `pointer`.
    pub fn new(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Self {
            pointer: pointer.into(),
            detail: detail.into(),
        }
    }
}

impl Problem {
    /// A problem of a kind, with what happened here.
    pub fn new(kind: ProblemType, detail: impl Into<String>) -> Self {
        Self {
            problem_type: format!("/problems/{}", kind.slug()),
            title: kind.title().to_owned(),
            status: kind.status(),
            detail: detail.into(),
            instance: None,
            request_id: None,
            errors: Vec::new(),
            job_id: None,
        }
    }

    /// A 422 for one field.
    pub fn field(pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::fields(vec![FieldError::new(pointer, detail)])
    }

    /// A 422 for several fields.
    #[must_use]
    pub fn fields(errors: Vec<FieldError>) -> Self {
        let detail = match errors.as_slice() {
            [one] => format!("{}: {}", one.pointer, one.detail),
            many => format!("{} fields have to be changed; see errors", many.len()),
        };
        Self {
            errors,
            ..Self::new(ProblemType::ValidationFailed, detail)
        }
    }

    /// Names the job that stands in the way.
    #[must_use]
    pub fn with_job(mut self, job_id: Uuid) -> Self {
        self.job_id = Some(job_id);
        self
    }

    /// Whether this is a problem of the given kind.
    #[must_use]
    pub fn is(&self, kind: ProblemType) -> bool {
        self.problem_type.strip_prefix("/problems/") == Some(kind.slug())
    }
}

macro_rules! problem_types {
    ($($(#[$doc:meta])* $name:ident = $status:literal $slug:literal $title:literal;)*) => {
        /// Every kind of problem that an API of Plumbline answers with.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum ProblemType { $($(#[$doc])* $name,)* }

        impl ProblemType {
            /// All kinds, for documentation.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The last part of the problem's `type`.
            #[must_use]
            pub fn slug(self) -> &'static str { match self { $(Self::$name => $slug,)* } }

            /// The HTTP status.
            #[must_use]
            pub fn status(self) -> u16 { match self { $(Self::$name => $status,)* } }

            /// The title.
            #[must_use]
            pub fn title(self) -> &'static str { match self { $(Self::$name => $title,)* } }
        }
    };
}

problem_types! {
    /// The body or the query string cannot be read.
    MalformedRequest = 400 "malformed-request" "The request cannot be read";
    /// The body has a field that the endpoint does not know.
    UnknownField = 400 "unknown-field" "The request has an unknown field";
    /// The cursor was not made by this list.
    InvalidCursor = 400 "invalid-cursor" "The cursor is not one of this list";
    /// No credential, or one that is not valid.
    Unauthorized = 401 "unauthorized" "A valid credential is needed";
    /// The credential is valid but may not do this.
    Forbidden = 403 "forbidden" "The credential does not allow this";
    /// No such path.
    RouteNotFound = 404 "route-not-found" "There is no such path";
    /// No such data source in this tenant.
    DatasourceNotFound = 404 "datasource-not-found" "There is no such data source";
    /// No such database in this tenant.
    DatabaseNotFound = 404 "database-not-found" "There is no such database";
    /// No such table in this tenant.
    TableNotFound = 404 "table-not-found" "There is no such table";
    /// No such field in this tenant.
    FieldNotFound = 404 "field-not-found" "There is no such field";
    /// No such database object in this tenant.
    ObjectNotFound = 404 "object-not-found" "There is no such object";
    /// No such scan in this tenant.
    ScanNotFound = 404 "scan-not-found" "There is no such scan";
    /// No such job in this tenant.
    JobNotFound = 404 "job-not-found" "There is no such job";
    /// No such managed object in this tenant.
    ManagedObjectNotFound = 404 "managed-object-not-found" "There is no such managed object";
    /// The path does not take this method.
    MethodNotAllowed = 405 "method-not-allowed" "The path does not take this method";
    /// Another data source of the tenant has this name.
    DatasourceNameTaken = 409 "datasource-name-taken" "The name is taken";
    /// A scan of this data source and level is queued or running.
    ScanActive = 409 "scan-active" "A scan of this data source is active";
    /// The body is larger than the service takes.
    BodyTooLarge = 413 "body-too-large" "The body is too large";
    /// The body is not JSON.
    UnsupportedMediaType = 415 "unsupported-media-type" "The body must be JSON";
    /// Values are missing or wrong.
    ValidationFailed = 422 "validation-failed" "Some values have to be changed";
    /// Too many requests.
    TooManyRequests = 429 "too-many-requests" "Too many requests";
    /// Our fault.
    Internal = 500 "internal" "Something went wrong in the service";
    /// The data source could not be reached or refused the service.
    DatasourceUnreachable = 502 "datasource-unreachable" "The data source cannot be read";
    /// Meta answered something that manager could not use.
    MetaFailed = 502 "meta-failed" "The meta service did not answer as expected";
    /// The service's own store cannot be reached.
    StoreUnavailable = 503 "store-unavailable" "The store cannot be reached";
    /// Meta cannot be reached.
    MetaUnavailable = 503 "meta-unavailable" "The meta service cannot be reached";
    /// The work took longer than a request may.
    TimedOut = 504 "timed-out" "The request took too long";
}
