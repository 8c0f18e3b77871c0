//! What a request may send as its body.

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::FieldError;
use crate::auth::{CreateApiKey, CreateSignInLink, IntrospectApiKey, SignIn};
use crate::datasource::{CreateDatasource, TestConnection, UpdateDatasource};
use crate::job::{ReportJob, UpdateJob};
use crate::lookup::LookupIds;
use crate::managed_object::{Manage, UpdateManagedObject};
use crate::openlineage::Event;
use crate::overview::TableGroups;
use crate::pipeline::{CreatePipeline, UpdatePipeline};
use crate::scan::{StartDeepScan, StartSync};
use crate::schedule::{CreateSchedule, UpdateSchedule};

/// A type that a request may send as its body.
///
/// The type and every struct in it must `#[serde(deny_unknown_fields)]`, and not `flatten`. Only a document of
/// somebody else's specification that is open to additions may have fields that are not known.
pub trait RequestBody: DeserializeOwned + garde::Validate<Context = ()> {
    /// A sound body with every field, as the API document shows it. While a service looks for
    /// further faults, its values stand in for those that are missing or wrong.
    fn example() -> Value;

    /// What a body asks for that is not there yet. It is told before the fields are looked at, since those that
    /// belong to it are not known.
    #[must_use]
    fn not_yet(_body: &Value) -> Vec<FieldError> {
        Vec::new()
    }
}

impl RequestBody for CreateDatasource {
    fn example() -> Value {
        json!({
            "name": "Web shop", "datasource_type": "postgresql", "host": "db.example.org", "port": 5432,
            "username": "plumbline", "password": "correct horse", "database": "shop",
            "tls": { "mode": "prefer", "ca_certificate": "-----BEGIN CERTIFICATE-----" },
            "options": {
                "max_connections": 2, "include_databases": ["shop*"], "exclude_databases": ["*_tmp"],
                "include_schemas": ["public"], "exclude_schemas": ["audit_*"]
            }
        })
    }
}

impl RequestBody for UpdateDatasource {
    fn example() -> Value {
        let mut example = CreateDatasource::example();
        if let Some(object) = example.as_object_mut() {
            object.remove("datasource_type");
            object.insert("paused".to_owned(), json!(false));
        }
        example
    }
}

impl RequestBody for TestConnection {
    fn example() -> Value {
        let mut example = CreateDatasource::example();
        if let Some(object) = example.as_object_mut() {
            object.remove("name");
            object.remove("options");
        }
        example
    }
}

impl RequestBody for StartSync {
    fn example() -> Value {
        json!({ "resource_id": 1, "force": false })
    }
}

impl RequestBody for StartDeepScan {
    fn example() -> Value {
        json!({
            "resource_id": 1, "database": "shop", "tables": ["orders"],
            "targets": [{ "database": "shop", "tables": ["orders", "sales.invoices"] }],
            "include_tables": true, "include_fields": true, "include_statistics": false, "mode": "full"
        })
    }
}

impl RequestBody for LookupIds {
    fn example() -> Value {
        json!({ "database_ids": [3], "table_ids": [7, 8] })
    }
}

impl RequestBody for CreateSchedule {
    fn example() -> Value {
        json!({
            "resource_id": 1, "level": 2, "databases": ["shop"], "cron": "30 2 * * *", "time_zone": "Europe/Berlin",
            "paused": false, "jitter_seconds": 300
        })
    }
}

impl RequestBody for UpdateSchedule {
    fn example() -> Value {
        json!({
            "databases": ["shop", "billing"], "cron": "0 */6 * * *", "time_zone": "UTC", "paused": true,
            "jitter_seconds": 60
        })
    }
}

impl RequestBody for IntrospectApiKey {
    fn example() -> Value {
        json!({ "key": "plk_1_" })
    }
}

impl RequestBody for ReportJob {
    fn example() -> Value {
        let mut example = UpdateJob::example();
        if let Some(object) = example.as_object_mut() {
            object.insert("external_id".to_owned(), json!("nightly-2026-01-31"));
            object.insert("job_type".to_owned(), json!("AI_ETL"));
            object.insert("target_scope".to_owned(), json!("all_biz"));
            object.insert("parameters".to_owned(), json!({ "model": "small" }));
            object.insert("started_at".to_owned(), json!("2026-01-31T02:00:00Z"));
        }
        example
    }
}

impl RequestBody for UpdateJob {
    fn example() -> Value {
        json!({
            "status": "PARTIAL", "completed_at": "2026-01-31T02:10:00Z", "records_total": 1000,
            "records_processed": 997, "records_failed": 3, "message": "writing", "error_details": "3 rows have no key",
            "result": { "tokens": 51200 }
        })
    }
}

impl RequestBody for CreatePipeline {
    fn example() -> Value {
        json!({
            "name": "orders", "sync_table_id": 7, "biz_table_id": 9,
            "fill": {
                "kind": "sql", "resource_id": 1, "database": "shop", "query": "select id, total from orders",
                "mapping": { "total": "amount" }, "key": ["id"], "mode": "upsert"
            },
            "etl": {
                "kind": "http", "url": "https://etl.example.org/run", "headers": { "authorization": "env:ETL_TOKEN" },
                "timeout_seconds": 600
            },
            "delta": { "method": "key", "sync_columns": ["id"], "biz_columns": ["order_id"] },
            "target": { "sync_seconds": 86400, "etl_seconds": 86400 }, "threshold": 500,
            "schedule": { "cron": "30 2 * * *", "time_zone": "Europe/Berlin", "paused": false, "jitter_seconds": 300 }
        })
    }

    fn not_yet(body: &Value) -> Vec<FieldError> {
        crate::pipeline::kinds_to_come(body)
    }
}

impl RequestBody for UpdatePipeline {
    fn example() -> Value {
        CreatePipeline::example()
    }

    fn not_yet(body: &Value) -> Vec<FieldError> {
        crate::pipeline::kinds_to_come(body)
    }
}

impl RequestBody for TableGroups {
    fn example() -> Value {
        json!({ "groups": [{ "name": "Staging", "prefixes": ["stg_"], "table_ids": [7] }] })
    }
}

impl RequestBody for CreateApiKey {
    fn example() -> Value {
        json!({ "name": "nightly export", "role": "viewer", "expires_in_days": 90 })
    }
}

impl RequestBody for CreateSignInLink {
    fn example() -> Value {
        json!({ "subject": "ada", "roles": ["operator"] })
    }
}

impl RequestBody for SignIn {
    fn example() -> Value {
        json!({ "code": "pls_1_" })
    }
}

impl RequestBody for Manage {
    fn example() -> Value {
        json!({
            "resource_id": 1, "database": "shop", "tables": ["orders"], "trigger_deep_scan": true,
            "permission": "read"
        })
    }
}

impl RequestBody for UpdateManagedObject {
    fn example() -> Value {
        json!({ "permission": "write" })
    }
}

impl RequestBody for Event {
    fn example() -> Value {
        json!({
            "eventTime": "2026-01-31T08:00:00Z", "eventType": "COMPLETE",
            "producer": "https://example.org/nightly-load",
            "schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent",
            "run": {
                "runId": "019e0000-0000-7000-8000-000000000000",
                "facets": {
                    "errorMessage": { "message": "deadlock detected", "programmingLanguage": "Python" },
                    "parent": {
                        "run": { "runId": "019e0000-0000-7000-8000-000000000001" },
                        "job": { "namespace": "nightly", "name": "all" }
                    }
                }
            },
            "job": {
                "namespace": "nightly", "name": "load-orders",
                "facets": { "jobType": { "jobType": "TASK", "integration": "AIRFLOW", "processingType": "BATCH" } }
            },
            "dataset": { "namespace": "postgres://db.example.org:5432", "name": "shop.public.customers" },
            "inputs": [{ "namespace": "mysql://crm.example.org:3306", "name": "crm.orders" }],
            "outputs": [{
                "namespace": "postgres://db.example.org:5432", "name": "shop.public.orders",
                "outputFacets": { "outputStatistics": { "rowCount": 512 } }
            }]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_sound<T: RequestBody>() {
        let read: T = serde_json::from_value(T::example()).expect("the example can be read");
        read.validate().expect("the example is valid");
    }

    #[test]
    fn examples_are_sound() {
        is_sound::<CreateDatasource>();
        is_sound::<UpdateDatasource>();
        is_sound::<TestConnection>();
        is_sound::<StartSync>();
        is_sound::<StartDeepScan>();
        is_sound::<LookupIds>();
        is_sound::<CreateSchedule>();
        is_sound::<UpdateSchedule>();
        is_sound::<ReportJob>();
        is_sound::<UpdateJob>();
        is_sound::<CreatePipeline>();
        is_sound::<UpdatePipeline>();
        is_sound::<TableGroups>();
        is_sound::<CreateApiKey>();
        is_sound::<IntrospectApiKey>();
        is_sound::<CreateSignInLink>();
        is_sound::<SignIn>();
        is_sound::<Manage>();
        is_sound::<UpdateManagedObject>();
        is_sound::<Event>();
    }
}
