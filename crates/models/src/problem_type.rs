//! The kinds of problems, each with its cause and its cure: `docs/problems.md` is made from this.

macro_rules! problem_types {
    ($($name:ident = $status:literal $slug:literal, $title:literal, $cause:literal, $cure:literal;)*) => {
        /// Every kind of problem that an API of Plumbline answers with.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum ProblemType { $(#[doc = $cause] $name,)* }

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

            /// What brings it about.
            #[must_use]
            pub fn cause(self) -> &'static str { match self { $(Self::$name => $cause,)* } }

            /// What to do about it.
            #[must_use]
            pub fn cure(self) -> &'static str { match self { $(Self::$name => $cure,)* } }
        }
    };
}

problem_types! {
    MalformedRequest = 400 "malformed-request", "The request cannot be read",
        "The body is empty, is no JSON or has a key twice, or the query string cannot be read.",
        "Mend the request as `detail` says; a JSON checker shows the place.";
    UnknownField = 400 "unknown-field", "The request has an unknown field",
        "The body or the query string has a name that the endpoint does not know.",
        "Correct the spelling or leave it out: each entry of `errors` names one, and those that are known.";
    InvalidCursor = 400 "invalid-cursor", "The cursor is not one of this list",
        "The `cursor` was made by another list, under other filters, or by hand.",
        "Start again without `cursor`, and give back each `next_cursor` as it is under the same filters.";
    Unauthorized = 401 "unauthorized", "A valid credential is needed",
        "There is no token, or it has expired, is damaged, or was made for another audience or with another key.",
        "Send `Authorization: Bearer TOKEN` with a token that is valid now; `plumb token` makes one for a local instance.";
    Forbidden = 403 "forbidden", "The credential does not allow this",
        "The token is valid, but its roles or the permission of the object do not allow this.",
        "Use a token with the role that `detail` names, or ask an administrator.";
    RouteNotFound = 404 "route-not-found", "There is no such path",
        "The service has no such path, or an id in it is no number.",
        "Compare the path with `/docs` of the service.";
    DatasourceNotFound = 404 "datasource-not-found", "There is no such data source",
        "No data source has this id or name, or another tenant has it.",
        "List the data sources: `GET /api/metadata/datasources`.";
    DatabaseNotFound = 404 "database-not-found", "There is no such database",
        "The catalog has no such database: it is not there, the login may not see it, or the data source's patterns leave it out.",
        "List the databases of the data source; if it is new, sync the data source first.";
    TableNotFound = 404 "table-not-found", "There is no such table",
        "The catalog has no such table: it is not there, has been removed, or its database was not scanned yet.",
        "List the tables of the database; if it is new, start a deep scan.";
    FieldNotFound = 404 "field-not-found", "There is no such field",
        "The catalog has no such field: it is not there, has been removed, or its table was not scanned yet.",
        "List the fields of the table; if it is new, start a deep scan.";
    ObjectNotFound = 404 "object-not-found", "There is no such object",
        "The catalog has no such routine, sequence, extension, type or schema.",
        "List the objects of the database; if it is new, start a deep scan.";
    ScanNotFound = 404 "scan-not-found", "There is no such scan",
        "No sync or deep scan has this id, or its data source has been deleted.",
        "List what was run: `GET /api/metadata/sync-logs`.";
    JobNotFound = 404 "job-not-found", "There is no such job",
        "No job has this id.",
        "List the jobs: `GET /api/metadata/jobs`.";
    ScheduleNotFound = 404 "schedule-not-found", "There is no such schedule",
        "No schedule has this id, or its data source has been deleted.",
        "List the schedules: `GET /api/metadata/schedules`.";
    PipelineNotFound = 404 "pipeline-not-found", "There is no such pipeline",
        "No pipeline has this id.",
        "List the pipelines: `GET /api/metadata/pipelines`.";
    ApiKeyNotFound = 404 "api-key-not-found", "There is no such API key",
        "No API key has this id.",
        "List the keys: `GET /api/metadata/auth/keys`.";
    ManagedObjectNotFound = 404 "managed-object-not-found", "There is no such managed object",
        "Nothing that is managed has this id, or it has been released.",
        "List what is managed: `GET /api/manager/managed-objects`.";
    MethodNotAllowed = 405 "method-not-allowed", "The path does not take this method",
        "The path exists, but not with this method.",
        "Use one of the methods that the header `Allow` names.";
    BodyTooSlow = 408 "body-too-slow", "The body did not come in time",
        "The body took longer than the service waits (`server.body_timeout_seconds`).",
        "Send the request again, whole, over a better connection or with less in it.";
    DatasourceNameTaken = 409 "datasource-name-taken", "The name is taken",
        "Another data source of the tenant has this name.",
        "Choose another name, or change the data source that has it.";
    ScanActive = 409 "scan-active", "A scan of this data source is active",
        "A scan of the same data source and level is queued or running; `job_id` names its job.",
        "Follow that job, or start yours when it has ended.";
    JobEnded = 409 "job-ended", "The job has ended",
        "The job has ended, so that it can no longer be stopped, and no other end of it is taken.",
        "Look at its `status`; to do it again, `POST /api/metadata/jobs/{id}/retry`, or report a new run.";
    JobNotReported = 409 "job-not-reported", "Nobody else reports on this job",
        "Plumbline runs the job itself. Reports are taken of runs of programs outside, and of an `HTTP_ETL` while it runs.",
        "Report a run of your own: `POST /api/metadata/jobs`.";
    ExternalIdTaken = 409 "external-id-taken", "Another run has this name",
        "A run with this `external_id` was reported before, with another `job_type` or `target_scope`.",
        "Choose an `external_id` of its own for each run; to report on the run that has it, name it as before.";
    JobNotRetryable = 409 "job-not-retryable", "The job cannot be done again",
        "Only jobs that have ended as FAILED, PARTIAL or CANCELLED are done again, and only those that Plumbline ran itself.",
        "Wait until it has ended, or stop it; to read a data source afresh, start a new sync or deep scan.";
    NothingToConfirm = 409 "nothing-to-confirm", "No removal waits to be confirmed",
        "The scan marked all that it no longer found as removed, or a later scan has looked since.",
        "See the failures of the latest scan: `GET /api/metadata/sync-logs` lists them.";
    DatasourcePaused = 409 "datasource-paused", "The data source is paused",
        "Somebody has paused the data source, so that no new scan and no preview of it starts.",
        "Resume it: `PATCH /api/metadata/datasources/{id}` with `{\"paused\": false}`.";
    TableChanged = 409 "table-changed", "The table is not as the catalog has it",
        "The table, its database or one of its columns has been removed or renamed on the server since it was scanned.",
        "Scan its database again, and ask for what is there then.";
    TableNotScanned = 409 "table-not-scanned", "The fields of the table have not been read",
        "The catalog has the table by its name alone, so that there are no columns to be shown.",
        "Start a deep scan of it, and ask again when that has ended.";
    ScheduleExists = 409 "schedule-exists", "The data source has this schedule already",
        "Manager keeps one schedule of each data source, and asked for a second one.",
        "Nothing is to be done: manager looks again, and changes the one that is there.";
    PipelineNameTaken = 409 "pipeline-name-taken", "The name is taken",
        "Another pipeline of the tenant has this name.",
        "Choose another name, or change the pipeline that has it.";
    PipelineActive = 409 "pipeline-active", "A job of this pipeline is active",
        "A job of the same kind and pipeline is queued or running; `job_id` names it.",
        "Follow that job, or start yours when it has ended.";
    PipelineBroken = 409 "pipeline-broken", "The pipeline no longer fits the catalog",
        "A table or a column that the pipeline names has been removed or has changed since.",
        "Each entry of `errors` says what: mend the pipeline with `PATCH /api/metadata/pipelines/{id}`, or scan the database again.";
    PipelineExternal = 409 "pipeline-external", "This is run by a program outside",
        "The fill or the ETL of the pipeline is of the kind `external`: Plumbline knows of its runs what is reported.",
        "Start the program where it is, under `plumb job run` so that its runs are seen; or give the pipeline another kind.";
    DatasourceReadOnly = 409 "datasource-read-only", "The data source may not be written",
        "Plumbline writes into a data source only when an administrator has allowed it.",
        "Set it: `PATCH /api/metadata/datasources/{id}` with `options.writable` true beside the options that it has.";
    SecretShown = 409 "secret-shown", "The secret has been shown already",
        "The request was carried out under this `Idempotency-Key` before, and its answer showed a secret that is kept nowhere.",
        "Use what that answer had. If it is lost, revoke the key that `detail` names (a sign-in link ends by itself) and make another under a new `Idempotency-Key`.";
    SignInUnavailable = 409 "sign-in-unavailable", "Nobody can sign in by a link here",
        "The service has no `auth.jwt_secret` to sign the token of a session with: its users come from the issuer of `auth.jwks_url`.",
        "Sign in at that issuer, or have an operator set `auth.jwt_secret`.";
    PreconditionFailed = 412 "precondition-failed", "The object has changed since",
        "The object is no longer in the state that the header `If-Match` names.",
        "Read it again, see what has changed, and send the change with the new `ETag`.";
    BodyTooLarge = 413 "body-too-large", "The body is too large",
        "The body has more bytes than the service takes (`server.body_limit_bytes`).",
        "Send less at once.";
    UnsupportedMediaType = 415 "unsupported-media-type", "The body must be JSON",
        "The header `Content-Type` is missing or names something other than JSON.",
        "Send `Content-Type: application/json`.";
    ValidationFailed = 422 "validation-failed", "Some values have to be changed",
        "Values are missing or wrong.",
        "Change each field as its entry of `errors` says.";
    IdempotencyKeyReused = 422 "idempotency-key-reused", "The Idempotency-Key belongs to another request",
        "A request with another content was sent under the same `Idempotency-Key` within a day.",
        "Make a new key for each new request; repeat a request with exactly the same body.";
    InvalidSignInCode = 422 "invalid-sign-in-code", "The sign-in link cannot be used",
        "The code was never made, has been used, or is older than ten minutes.",
        "Ask for a new link: `plumb sign-in-link` makes one.";
    TooManyRequests = 429 "too-many-requests", "Too many requests",
        "More requests came at once than the service works on (`server.max_concurrent_requests`, `server.max_connections`), or more previews of one data source than its connections allow.",
        "Wait as long as `Retry-After` says.";
    RateLimited = 429 "rate-limited", "You ask too often",
        "This caller, or this address without a valid credential, sent more than `server.requests_per_second` allows.",
        "Wait as long as `Retry-After` says, and send fewer requests.";
    Internal = 500 "internal", "Something went wrong in the service",
        "A fault of the service.",
        "Look for `request_id` in the log of the service, and report it.";
    DatasourceUnreachable = 502 "datasource-unreachable", "The data source cannot be read",
        "The data source cannot be reached, or refuses the service.",
        "Test its connection: `POST /api/metadata/datasources/{id}/test` says at which step it fails, and what to change.";
    MetaFailed = 502 "meta-failed", "The meta service did not answer as expected",
        "Manager has asked meta and could not use the answer.",
        "Look for `request_id` in the logs of both services; are they of the same release?";
    StoreUnavailable = 503 "store-unavailable", "The store cannot be reached",
        "The service cannot reach its own `PostgreSQL`.",
        "Come back after `Retry-After`; an operator looks at `/health/ready` and the store.";
    IssuerUnavailable = 503 "issuer-unavailable", "The issuer of tokens cannot be asked",
        "The keys at `auth.jwks_url` cannot be fetched, and those that are known do not have the token's.",
        "Come back after `Retry-After`; an operator looks at the log and at `auth.jwks_url`.";
    MetaUnavailable = 503 "meta-unavailable", "The meta service cannot be reached",
        "Manager cannot reach meta.",
        "Come back after `Retry-After`; an operator looks at meta's `/health/ready` and at `meta.url` of manager.";
    TimedOut = 504 "timed-out", "The request took too long",
        "The work took longer than a request may (`server.request_timeout_seconds`), or than a preview may (`preview.timeout_seconds`).",
        "Ask for less at once, such as a smaller `limit`, and try again.";
}
